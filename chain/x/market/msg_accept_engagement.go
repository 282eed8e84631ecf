package market

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
)

// AcceptEngagement signs the terms and locks the stake.
func (s msgServer) AcceptEngagement(ctx context.Context, m *marketv1.MsgAcceptEngagement) (*marketv1.MsgAcceptEngagementResponse, error) {
	return &marketv1.MsgAcceptEngagementResponse{}, kit.Err(Name, s.acceptEngagement(ctx, m))
}

func (s msgServer) acceptEngagement(ctx context.Context, m *marketv1.MsgAcceptEngagement) error {
	contributor, r, err := s.on(ctx, m.Contributor, m.Request)
	if err != nil {
		return err
	}
	signed, err := id.HashFromBytes(m.TermsHash)
	if err != nil {
		return err
	}
	e, err := s.k.Engagement(ctx, r.ID, contributor)
	if err != nil {
		return err
	}
	e, stake, lock, err := e.Accept(signed, kit.Now(ctx))
	if err != nil {
		return err
	}
	if err := s.k.flow.Carry(ctx, lock); err != nil {
		return err
	}
	if err := s.k.flow.Locked(ctx, stake); err != nil {
		return err
	}
	if err := s.k.setEngagement(ctx, e); err != nil {
		return err
	}
	r.Offered--
	r.Active++
	kit.Emit(ctx, Name, "accepted", kit.AttributeRequest, string(r.ID), kit.AttributeParty, string(contributor))
	return s.k.begin(ctx, r)
}
