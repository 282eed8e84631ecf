package work

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

// RevealGold opens the true labels used in the round.
func (s msgServer) RevealGold(ctx context.Context, m *workv1.MsgRevealGold) (*workv1.MsgRevealGoldResponse, error) {
	return &workv1.MsgRevealGoldResponse{}, kit.Err(Name, s.revealGold(ctx, m))
}

func (k *Keeper) revealGold(ctx context.Context, m *workv1.MsgRevealGold) error {
	brief, round, err := k.owned(ctx, m.Requester, m.Request, m.Round)
	if err != nil {
		return err
	}
	before := round.State
	if round, err = round.OpenGold(id.CID(m.Content)); err != nil {
		return err
	}
	emit(ctx, "gold", round.Request, kit.AttributeParty, m.Requester, "round", decimal(m.Round), "content", m.Content)
	return k.proceed(ctx, round, before, brief)
}
