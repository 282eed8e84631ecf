package market

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
)

// Award offers engagements to bidders, at most market.MaxAwards of them.
func (s msgServer) Award(ctx context.Context, m *marketv1.MsgAward) (*marketv1.MsgAwardResponse, error) {
	return &marketv1.MsgAwardResponse{}, kit.Err(Name, s.award(ctx, m))
}

func (s msgServer) award(ctx context.Context, m *marketv1.MsgAward) error {
	by, r, err := s.on(ctx, m.Requester, m.Request)
	if err != nil {
		return err
	}
	if err := r.MayAward(by, len(m.Bidders)); err != nil {
		return err
	}
	for _, text := range m.Bidders {
		bidder, err := s.k.address(text)
		if err != nil {
			return err
		}
		b, err := s.k.Bid(ctx, r.ID, bidder)
		if err != nil {
			return err
		}
		if r, err = s.k.award(ctx, r, b); err != nil {
			return err
		}
	}
	if m.More {
		return s.k.SetRequest(ctx, r)
	}
	return s.k.closeRoster(ctx, r)
}
