package work

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

// CloseRound ends the committing of a round in which nobody holds a lease.
func (s msgServer) CloseRound(ctx context.Context, m *workv1.MsgCloseRound) (*workv1.MsgCloseRoundResponse, error) {
	return &workv1.MsgCloseRoundResponse{}, kit.Err(Name, s.closeEarly(ctx, m))
}

func (k *Keeper) closeEarly(ctx context.Context, m *workv1.MsgCloseRound) error {
	brief, round, err := k.owned(ctx, m.Requester, m.Request, m.Round)
	if err != nil {
		return err
	}
	before := round.State
	if round, err = round.CloseEarly(kit.Now(ctx), brief.Windows); err != nil {
		return err
	}
	return k.proceed(ctx, round, before, brief)
}

// owned returns a round to the requester, and to nobody else.
func (k *Keeper) owned(ctx context.Context, requester, request string, n uint32) (work.Brief, work.Round, error) {
	r, who, err := names(request, requester)
	if err != nil {
		return work.Brief{}, work.Round{}, err
	}
	brief, err := k.brief(ctx, r)
	if err != nil {
		return brief, work.Round{}, err
	}
	if err := brief.Own(who); err != nil {
		return brief, work.Round{}, err
	}
	round, err := k.Round(ctx, r, n)
	return brief, round, err
}
