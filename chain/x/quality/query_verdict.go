package quality

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/chain/kit"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
)

// maxPage bounds a page of verdicts.
const maxPage = 100

// Verdict returns the verdict of a round.
func (q queryServer) Verdict(ctx context.Context, r *qualityv1.QueryVerdictRequest) (*qualityv1.QueryVerdictResponse, error) {
	v, err := q.verdicts.Get(ctx, collections.Join(r.Request, r.Round))
	if err != nil {
		return nil, kit.Err(Name, missing(err, "round %s/%d has no verdict", r.Request, r.Round))
	}
	return &qualityv1.QueryVerdictResponse{Verdict: v}, nil
}

// Verdicts lists the verdicts of a request.
func (q queryServer) Verdicts(ctx context.Context, r *qualityv1.QueryVerdictsRequest) (*qualityv1.QueryVerdictsResponse, error) {
	page := query.PageRequest{Limit: maxPage}
	if r.Pagination != nil {
		page = *r.Pagination
		page.Limit = min(page.Limit, maxPage)
	}
	verdicts, next, err := query.CollectionPaginate(ctx, q.verdicts, &page,
		func(_ roundKey, v qualityv1.Verdict) (qualityv1.Verdict, error) { return v, nil },
		query.WithCollectionPaginationPairPrefix[string, uint32](r.Request))
	return &qualityv1.QueryVerdictsResponse{Verdicts: verdicts, Pagination: next}, kit.Err(Name, err)
}
