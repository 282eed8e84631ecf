package market

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/chain/kit"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
)

// Request returns one request.
func (q queryServer) Request(ctx context.Context, m *marketv1.QueryRequestRequest) (*marketv1.QueryRequestResponse, error) {
	r, err := q.k.request(ctx, m.GetId())
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &marketv1.QueryRequestResponse{Request: r}, nil
}

// Requests lists requests by id, of one state if given.
func (q queryServer) Requests(ctx context.Context, m *marketv1.QueryRequestsRequest) (*marketv1.QueryRequestsResponse, error) {
	reply, err := q.requests(ctx, m)
	return reply, kit.Err(Name, err)
}

func (q queryServer) requests(ctx context.Context, m *marketv1.QueryRequestsRequest) (*marketv1.QueryRequestsResponse, error) {
	if err := kit.CheckPage(m.GetPagination()); err != nil {
		return nil, err
	}
	var reply marketv1.QueryRequestsResponse
	var err error
	if m.GetState() == marketv1.RequestState_REQUEST_STATE_UNSPECIFIED {
		reply.Requests, reply.Pagination, err = query.CollectionPaginate(ctx, q.k.requests, m.GetPagination(),
			func(key string, _ marketv1.Request) (marketv1.Request, error) { return q.k.request(ctx, key) })
		return &reply, err
	}
	reply.Requests, reply.Pagination, err = query.CollectionPaginate(ctx, q.k.states, m.GetPagination(),
		func(key stateKey, _ collections.NoValue) (marketv1.Request, error) { return q.k.request(ctx, key.K2()) },
		query.WithCollectionPaginationPairPrefix[int32, string](int32(m.GetState())))
	return &reply, err
}
