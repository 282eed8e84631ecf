package work

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
	"github.com/alaya-network/alaya/wire"
)

// Progress sums up the work on a request.
func (q queryServer) Progress(ctx context.Context, r *workv1.QueryProgressRequest) (*workv1.QueryProgressResponse, error) {
	p, err := q.Keeper.Progress(ctx, id.RequestID(r.Request))
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &workv1.QueryProgressResponse{Progress: *wire.ProgressToProto(p)}, nil
}

// Round returns one round.
func (q queryServer) Round(ctx context.Context, r *workv1.QueryRoundRequest) (*workv1.QueryRoundResponse, error) {
	round, err := q.Keeper.Round(ctx, id.RequestID(r.Request), r.Number)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &workv1.QueryRoundResponse{Round: *wire.RoundToProto(round)}, nil
}

// Rounds lists the rounds of a request.
func (q queryServer) Rounds(ctx context.Context, r *workv1.QueryRoundsRequest) (*workv1.QueryRoundsResponse, error) {
	rounds, page, err := list(ctx, q.rounds, r.Pagination, collections.PairPrefix[string, uint32](r.Request))
	return &workv1.QueryRoundsResponse{Rounds: rounds, Pagination: page}, err
}

// Pages lists the pages of a round.
func (q queryServer) Pages(ctx context.Context, r *workv1.QueryPagesRequest) (*workv1.QueryPagesResponse, error) {
	pages, page, err := list(ctx, q.pages, r.Pagination, collections.TripleSuperPrefix[string, uint32, uint32](r.Request, r.Round))
	return &workv1.QueryPagesResponse{Pages: pages, Pagination: page}, err
}
