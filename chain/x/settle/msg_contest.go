package settle

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	"github.com/alaya-network/alaya/wire"
)

// Contest freezes a payout on the requester's word.
func (s msgServer) Contest(ctx context.Context, m *settlev1.MsgContest) (*settlev1.MsgContestResponse, error) {
	return &settlev1.MsgContestResponse{}, kit.Err(Name, s.openContest(ctx, m))
}

func (k *Keeper) openContest(ctx context.Context, m *settlev1.MsgContest) error {
	s, p, err := k.load(ctx, m.Request, m.Milestone, m.Contributor)
	if err != nil {
		return err
	}
	request, err := k.flow.Request(ctx, s.Request)
	if err != nil {
		return err
	}
	if err := request.Own(id.Address(m.Requester)); err != nil {
		return err
	}
	p, c, err := s.Contest(p, m.Reason, id.CID(m.Evidence), kit.Now(ctx), request.Terms.Windows.Contest)
	if err != nil {
		return err
	}
	if err := k.savePayout(ctx, p); err != nil {
		return err
	}
	if err := k.contests.Set(ctx, keyOf(p), *wire.ContestToProto(c)); err != nil {
		return err
	}
	if err := k.due.Push(ctx, c.Deadline, keyOf(p)); err != nil {
		return err
	}
	emit(ctx, "contested", s, kit.AttributeParty, string(p.Contributor), "reason", c.Reason)
	return k.flow.Contested(ctx, c)
}
