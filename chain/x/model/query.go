package model

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// queryServer answers the Query service.
type queryServer struct{ k *Keeper }

// NewQueryServer serves the queries of the stage.
func NewQueryServer(k *Keeper) modelv1.QueryServer { return queryServer{k} }

// Models lists models, of one creator or owner if given.
func (q queryServer) Models(ctx context.Context, r *modelv1.QueryModelsRequest) (*modelv1.QueryModelsResponse, error) {
	models, page, err := q.models(ctx, r)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &modelv1.QueryModelsResponse{Models: models, Pagination: page}, nil
}

func (q queryServer) models(ctx context.Context, r *modelv1.QueryModelsRequest) ([]modelv1.Model, *query.PageResponse, error) {
	if err := kit.CheckPage(r.Pagination); err != nil {
		return nil, nil, err
	}
	index, who := q.k.creators, r.Creator
	if r.Owner != "" {
		index, who = q.k.owners, r.Owner
	}
	if who != "" {
		return query.CollectionPaginate(ctx, index, r.Pagination, func(key addressKey, _ collections.NoValue) (modelv1.Model, error) {
			return q.k.model(ctx, key.K2())
		}, query.WithCollectionPaginationPairPrefix[string, string](who))
	}
	return query.CollectionPaginate(ctx, q.k.models, r.Pagination, func(key string, _ modelv1.Model) (modelv1.Model, error) {
		return q.k.model(ctx, key)
	})
}

// Model returns a model, and the money around it.
func (q queryServer) Model(ctx context.Context, r *modelv1.QueryModelRequest) (*modelv1.QueryModelResponse, error) {
	d, err := q.k.openText(ctx, r.Model)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	sum, err := q.k.withdrawn(ctx, d.model)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	res := &modelv1.QueryModelResponse{Model: *wire.ModelToProto(d.model), Stale: d.model.Stale(sum), Height: int64(d.now.Height)}
	if d.model.Terms.Incentive.Kind == model.Deposit {
		res.Price, res.Purse = wire.PriceToProto(d.price), wire.PurseToProto(d.purse)
		res.NextDeposit = int64(d.price.At(d.model.Terms.Incentive.Deposit, d.now.Time).Amount)
	}
	return res, nil
}

// Seed returns the parameters that a model started from.
func (q queryServer) Seed(ctx context.Context, r *modelv1.QuerySeedRequest) (*modelv1.QuerySeedResponse, error) {
	m, err := q.k.Model(ctx, id.ModelID(r.Model))
	if err != nil || m.Terms.Seed == "" {
		return &modelv1.QuerySeedResponse{}, kit.Err(Name, err)
	}
	seed, err := q.k.seeds.Get(ctx, string(m.Terms.Seed))
	return &modelv1.QuerySeedResponse{Seed: seed}, kit.Err(Name, err)
}

// Entries lists the log of a model.
func (q queryServer) Entries(ctx context.Context, r *modelv1.QueryEntriesRequest) (*modelv1.QueryEntriesResponse, error) {
	m, err := q.k.models.Get(ctx, r.Model)
	if err != nil {
		return nil, kit.Err(Name, missing(err, "no model %.40q", r.Model))
	}
	entries, page, err := numbered(q.k.entries.open(ctx, r.Model).get, m.Entries, r.Pagination)
	return &modelv1.QueryEntriesResponse{Entries: entries, Pagination: page}, kit.Err(Name, err)
}

// Challenges lists the challenges of a champion.
func (q queryServer) Challenges(ctx context.Context, r *modelv1.QueryChallengesRequest) (*modelv1.QueryChallengesResponse, error) {
	challenges, page, err := listed(ctx, q.k.challenges, r.Pagination, query.WithCollectionPaginationPairPrefix[string, uint32](r.Model))
	if err != nil {
		return nil, err
	}
	return &modelv1.QueryChallengesResponse{Challenges: challenges, Pagination: page}, nil
}

// Markets lists the markets of a model.
func (q queryServer) Markets(ctx context.Context, r *modelv1.QueryMarketsRequest) (*modelv1.QueryMarketsResponse, error) {
	markets, page, err := listed(ctx, q.k.markets, r.Pagination, query.WithCollectionPaginationPairPrefix[string, uint64](r.Model))
	if err != nil {
		return nil, err
	}
	return &modelv1.QueryMarketsResponse{Markets: markets, Pagination: page}, nil
}

// Market returns a market; number 0 is the last one.
func (q queryServer) Market(ctx context.Context, r *modelv1.QueryMarketRequest) (*modelv1.QueryMarketResponse, error) {
	m, err := q.k.lastMarket(ctx, id.ModelID(r.Model))
	if err == nil && (r.Market > 0 || m.Number == 0) {
		m, err = q.k.Market(ctx, id.ModelID(r.Model), r.Market)
	}
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &modelv1.QueryMarketResponse{Market: *wire.ModelMarketToProto(m)}, nil
}

// Batches lists the batches of a market.
func (q queryServer) Batches(ctx context.Context, r *modelv1.QueryBatchesRequest) (*modelv1.QueryBatchesResponse, error) {
	batches, page, err := listed(ctx, q.k.batches, r.Pagination, ofMarket(r.Model, r.Market))
	if err != nil {
		return nil, err
	}
	return &modelv1.QueryBatchesResponse{Batches: batches, Pagination: page}, nil
}

// TestItems lists the revealed test items of a market.
func (q queryServer) TestItems(ctx context.Context, r *modelv1.QueryTestItemsRequest) (*modelv1.QueryTestItemsResponse, error) {
	items, page, err := listed(ctx, q.k.tests, r.Pagination, ofMarket(r.Model, r.Market))
	if err != nil {
		return nil, err
	}
	return &modelv1.QueryTestItemsResponse{Items: items, Pagination: page}, nil
}

func ofMarket(m string, number uint64) func(*query.CollectionsPaginateOptions[batchKey]) {
	return func(o *query.CollectionsPaginateOptions[batchKey]) {
		prefix := collections.TripleSuperPrefix[string, uint64, uint32](m, number)
		o.Prefix = &prefix
	}
}

// listed is a page of what a map holds.
func listed[K, V any](ctx context.Context, m collections.Map[K, V], page *query.PageRequest, of func(*query.CollectionsPaginateOptions[K])) ([]V, *query.PageResponse, error) {
	if err := kit.CheckPage(page); err != nil {
		return nil, nil, kit.Err(Name, err)
	}
	values, next, err := query.CollectionPaginate(ctx, m, page, func(_ K, v V) (V, error) { return v, nil }, of)
	return values, next, kit.Err(Name, err)
}
