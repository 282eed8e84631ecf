package market

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
)

// CancelRequest refunds a request that is still open; its bids are rejected.
func (s msgServer) CancelRequest(ctx context.Context, m *marketv1.MsgCancelRequest) (*marketv1.MsgCancelRequestResponse, error) {
	return &marketv1.MsgCancelRequestResponse{}, kit.Err(Name, s.cancelRequest(ctx, m))
}

func (s msgServer) cancelRequest(ctx context.Context, m *marketv1.MsgCancelRequest) error {
	by, r, err := s.on(ctx, m.Requester, m.Request)
	if err != nil {
		return err
	}
	if r, err = r.Cancel(by); err != nil {
		return err
	}
	if err := s.k.endBidsLater(ctx, r); err != nil {
		return err
	}
	return s.k.finish(ctx, r)
}
