package market

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/market"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
)

// WithdrawBid takes an open bid back, with its deposit.
func (s msgServer) WithdrawBid(ctx context.Context, m *marketv1.MsgWithdrawBid) (*marketv1.MsgWithdrawBidResponse, error) {
	return &marketv1.MsgWithdrawBidResponse{}, kit.Err(Name, s.withdrawBid(ctx, m))
}

func (s msgServer) withdrawBid(ctx context.Context, m *marketv1.MsgWithdrawBid) error {
	bidder, r, err := s.on(ctx, m.Bidder, m.Request)
	if err != nil {
		return err
	}
	b, err := s.k.Bid(ctx, r.ID, bidder)
	if err != nil {
		return err
	}
	if r, err = s.k.endBid(ctx, r, b, market.BidWithdrawn); err != nil {
		return err
	}
	return s.k.SetRequest(ctx, r)
}
