package work

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

// RevealPage opens a commitment, whoever brings it.
func (s msgServer) RevealPage(ctx context.Context, m *workv1.MsgRevealPage) (*workv1.MsgRevealPageResponse, error) {
	return &workv1.MsgRevealPageResponse{}, kit.Err(Name, s.reveal(ctx, m))
}

func (k *Keeper) reveal(ctx context.Context, m *workv1.MsgRevealPage) error {
	if _, _, err := names(m.Request, m.Contributor); err != nil {
		return err
	}
	salt, err := id.HashFromBytes(m.Salt)
	if err != nil {
		return err
	}
	submission, err := k.submission(ctx, collections.Join4(m.Request, m.Round, m.Page, m.Contributor))
	if err != nil {
		return err
	}
	round, err := k.Round(ctx, submission.Request, submission.Round)
	if err != nil {
		return err
	}
	progress, err := k.Progress(ctx, submission.Request)
	if err != nil {
		return err
	}
	brief, err := k.brief(ctx, submission.Request)
	if err != nil {
		return err
	}
	before := round.State
	submission, round, progress, err = submission.Reveal(round, progress, id.CID(m.Content), salt)
	if err != nil {
		return err
	}
	if err := k.saveSubmission(ctx, submission); err != nil {
		return err
	}
	if err := k.saveProgress(ctx, progress); err != nil {
		return err
	}
	emit(ctx, "revealed", submission.Request, kit.AttributeParty, m.Contributor, "round", decimal(m.Round), "page", decimal(m.Page), "content", m.Content)
	return k.proceed(ctx, round, before, brief)
}
