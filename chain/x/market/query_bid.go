package market

import (
	"context"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/chain/kit"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	"github.com/alaya-network/alaya/wire"
)

// Bid returns one bid.
func (q queryServer) Bid(ctx context.Context, m *marketv1.QueryBidRequest) (*marketv1.QueryBidResponse, error) {
	request, bidder, err := q.one(m.GetRequest(), m.GetBidder())
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	b, err := q.k.Bid(ctx, request, bidder)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &marketv1.QueryBidResponse{Bid: *wire.BidToProto(b)}, nil
}

// Bids lists the bids on a request by bidder.
func (q queryServer) Bids(ctx context.Context, m *marketv1.QueryBidsRequest) (*marketv1.QueryBidsResponse, error) {
	if err := kit.CheckPage(m.GetPagination()); err != nil {
		return nil, kit.Err(Name, err)
	}
	bids, page, err := query.CollectionPaginate(ctx, q.k.bids, m.GetPagination(),
		func(_ pair, b marketv1.Bid) (marketv1.Bid, error) { return b, nil },
		query.WithCollectionPaginationPairPrefix[string, string](m.GetRequest()))
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &marketv1.QueryBidsResponse{Bids: bids, Pagination: page}, nil
}
