package party

import (
	"context"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/party"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	"github.com/alaya-network/alaya/wire"
)

// Standing lists an address's standings by skill, and returns its conduct.
func (q queryServer) Standing(ctx context.Context, r *partyv1.QueryStandingRequest) (*partyv1.QueryStandingResponse, error) {
	reply, err := q.standing(ctx, r)
	return reply, kit.Err(Name, err)
}

func (q queryServer) standing(ctx context.Context, r *partyv1.QueryStandingRequest) (*partyv1.QueryStandingResponse, error) {
	a, err := q.k.address(r.GetAddress())
	if err != nil {
		return nil, err
	}
	if err := kit.CheckPage(r.GetPagination()); err != nil {
		return nil, err
	}
	params, err := q.k.Params(ctx)
	if err != nil {
		return nil, err
	}
	rate := func(_ pair, p partyv1.Standing) (partyv1.Rating, error) { return rating(ctx, p, params) }
	ratings, page, err := query.CollectionPaginate(ctx, q.k.standings, r.GetPagination(), rate,
		query.WithCollectionPaginationPairPrefix[string, string](string(a)))
	if err != nil {
		return nil, err
	}
	conduct, err := q.k.Conduct(ctx, a)
	if err != nil {
		return nil, err
	}
	return &partyv1.QueryStandingResponse{Ratings: ratings, Conduct: *wire.ConductToProto(conduct), Pagination: page}, nil
}

func rating(ctx context.Context, p partyv1.Standing, params party.Params) (partyv1.Rating, error) {
	s, err := wire.StandingFromProto(&p)
	if err != nil {
		return partyv1.Rating{}, err
	}
	now := kit.Now(ctx)
	return partyv1.Rating{
		Standing: p, Score: uint32(s.Score(now, params.HalfLife)), Level: string(s.Level(now, params.HalfLife)),
	}, nil
}
