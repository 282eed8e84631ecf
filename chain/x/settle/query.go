package settle

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	"github.com/alaya-network/alaya/wire"
)

// queryServer answers the Query service.
type queryServer struct{ *Keeper }

// NewQueryServer serves the queries of the stage.
func NewQueryServer(k *Keeper) settlev1.QueryServer { return queryServer{k} }

// Params returns the parameters.
func (q queryServer) Params(ctx context.Context, _ *settlev1.QueryParamsRequest) (*settlev1.QueryParamsResponse, error) {
	p, err := q.Keeper.Params(ctx)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &settlev1.QueryParamsResponse{Params: *wire.SettleParamsToProto(p)}, nil
}

// Balances lists escrow accounts, of one request if given.
func (q queryServer) Balances(ctx context.Context, r *settlev1.QueryBalancesRequest) (*settlev1.QueryBalancesResponse, error) {
	var of []func(*query.CollectionsPaginateOptions[collections.Pair[string, string]])
	if r.Request != "" {
		of = append(of, query.WithCollectionPaginationPairPrefix[string, string](r.Request))
	}
	balances, page, err := query.CollectionPaginate(ctx, q.balances, bounded(r.Pagination),
		func(key collections.Pair[string, string], held int64) (settlev1.Balance, error) {
			return *wire.BalanceToProto(escrow.Account(key.K2()), num.Amount(held)), nil
		}, of...)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &settlev1.QueryBalancesResponse{Balances: balances, Pagination: page}, nil
}

// Settlement returns the settlement of a milestone.
func (q queryServer) Settlement(ctx context.Context, r *settlev1.QuerySettlementRequest) (*settlev1.QuerySettlementResponse, error) {
	s, err := q.Keeper.Settlement(ctx, id.RequestID(r.Request), r.Milestone)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &settlev1.QuerySettlementResponse{Settlement: *wire.SettlementToProto(s)}, nil
}

// Posting lists the settlements whose pay vector is not complete, at most
// maxPosting of them.
func (q queryServer) Posting(ctx context.Context, _ *settlev1.QueryPostingRequest) (*settlev1.QueryPostingResponse, error) {
	reply := &settlev1.QueryPostingResponse{}
	err := q.posting.Walk(ctx, nil, func(key milestoneKey) (bool, error) {
		s, err := q.settlements.Get(ctx, key)
		reply.Settlements = append(reply.Settlements, s)
		return len(reply.Settlements) == maxPosting, err
	})
	return reply, kit.Err(Name, err)
}

// Payouts lists the payouts of a milestone.
func (q queryServer) Payouts(ctx context.Context, r *settlev1.QueryPayoutsRequest) (*settlev1.QueryPayoutsResponse, error) {
	payouts, page, err := query.CollectionPaginate(ctx, q.payouts, bounded(r.Pagination),
		func(_ payoutKey, p settlev1.Payout) (settlev1.Payout, error) { return p, nil }, ofMilestone(r.Request, r.Milestone))
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &settlev1.QueryPayoutsResponse{Payouts: payouts, Pagination: page}, nil
}

// Earnings lists the payouts of a contributor.
func (q queryServer) Earnings(ctx context.Context, r *settlev1.QueryEarningsRequest) (*settlev1.QueryEarningsResponse, error) {
	ofContributor := func(o *query.CollectionsPaginateOptions[earningKey]) {
		prefix := collections.TriplePrefix[string, string, uint32](r.Contributor)
		o.Prefix = &prefix
	}
	payouts, page, err := query.CollectionPaginate(ctx, q.earnings, bounded(r.Pagination),
		func(key earningKey, _ collections.NoValue) (settlev1.Payout, error) {
			return q.payouts.Get(ctx, collections.Join3(key.K2(), key.K3(), key.K1()))
		}, ofContributor)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &settlev1.QueryEarningsResponse{Payouts: payouts, Pagination: page}, nil
}

// Contests lists the contests of a milestone.
func (q queryServer) Contests(ctx context.Context, r *settlev1.QueryContestsRequest) (*settlev1.QueryContestsResponse, error) {
	contests, page, err := query.CollectionPaginate(ctx, q.contests, bounded(r.Pagination),
		func(_ payoutKey, c settlev1.Contest) (settlev1.Contest, error) { return c, nil }, ofMilestone(r.Request, r.Milestone))
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &settlev1.QueryContestsResponse{Contests: contests, Pagination: page}, nil
}

func ofMilestone(r string, milestone uint32) func(*query.CollectionsPaginateOptions[payoutKey]) {
	return func(o *query.CollectionsPaginateOptions[payoutKey]) {
		prefix := collections.TripleSuperPrefix[string, uint32, string](r, milestone)
		o.Prefix = &prefix
	}
}

const (
	// maxPage bounds a page of any list.
	maxPage = 1_000
	// maxPosting bounds the settlements that Posting lists.
	maxPosting = 100
)

func bounded(p *query.PageRequest) *query.PageRequest {
	if p == nil {
		return nil
	}
	page := *p
	page.Limit = min(page.Limit, maxPage)
	return &page
}
