package market

import (
	"context"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/chain/kit"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	"github.com/alaya-network/alaya/wire"
)

// Engagement returns one engagement.
func (q queryServer) Engagement(ctx context.Context, m *marketv1.QueryEngagementRequest) (*marketv1.QueryEngagementResponse, error) {
	request, contributor, err := q.one(m.GetRequest(), m.GetContributor())
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	e, err := q.k.Engagement(ctx, request, contributor)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &marketv1.QueryEngagementResponse{Engagement: *wire.EngagementToProto(e)}, nil
}

// Engagements lists the engagements of a request by contributor.
func (q queryServer) Engagements(ctx context.Context, m *marketv1.QueryEngagementsRequest) (*marketv1.QueryEngagementsResponse, error) {
	if err := kit.CheckPage(m.GetPagination()); err != nil {
		return nil, kit.Err(Name, err)
	}
	engagements, page, err := query.CollectionPaginate(ctx, q.k.engagements, m.GetPagination(),
		func(_ pair, e marketv1.Engagement) (marketv1.Engagement, error) { return e, nil },
		query.WithCollectionPaginationPairPrefix[string, string](m.GetRequest()))
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &marketv1.QueryEngagementsResponse{Engagements: engagements, Pagination: page}, nil
}
