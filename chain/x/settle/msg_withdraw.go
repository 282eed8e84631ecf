package settle

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/settle"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
)

// WithdrawContest frees a payout on the requester's word.
func (s msgServer) WithdrawContest(ctx context.Context, m *settlev1.MsgWithdrawContest) (*settlev1.MsgWithdrawContestResponse, error) {
	return &settlev1.MsgWithdrawContestResponse{}, kit.Err(Name, s.withdraw(ctx, m))
}

func (k *Keeper) withdraw(ctx context.Context, m *settlev1.MsgWithdrawContest) error {
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
	if p, err = p.Withdraw(); err != nil {
		return err
	}
	c, err := k.free(ctx, p)
	if err != nil {
		return err
	}
	if err := k.due.Remove(ctx, c.Deadline, keyOf(p)); err != nil {
		return err
	}
	if err := k.due.Push(ctx, max(s.ReleaseAt, kit.Now(ctx)), keyOf(p)); err != nil {
		return err
	}
	emit(ctx, "withdrawn", s, kit.AttributeParty, string(p.Contributor))
	return k.flow.ContestEnded(ctx, c, false)
}

// free saves a payout that is contested no more, and returns its last contest.
func (k *Keeper) free(ctx context.Context, p settle.Payout) (settle.Contest, error) {
	c, err := k.contest(ctx, keyOf(p))
	if err != nil {
		return c, err
	}
	if err := k.contests.Remove(ctx, keyOf(p)); err != nil {
		return c, err
	}
	return c, k.savePayout(ctx, p)
}
