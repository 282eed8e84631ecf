package work

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/wire"
)

// Open starts the first round of the request's milestone.
func (k *Keeper) Open(ctx context.Context, r market.Request) error {
	return k.Follow(ctx, r, work.FirstOf(r))
}

// Follow starts the next round of the request's milestone.
func (k *Keeper) Follow(ctx context.Context, r market.Request, n work.Next) error {
	progress, last, err := k.soFar(ctx, r.ID)
	if err != nil {
		return err
	}
	brief, err := work.NewBrief(r)
	if err != nil {
		return err
	}
	progress, round, err := progress.Open(last, r.Milestone, n, kit.Now(ctx))
	if err != nil {
		return err
	}
	if err := k.briefs.Set(ctx, string(r.ID), *wire.BriefToProto(brief)); err != nil {
		return err
	}
	if err := k.saveProgress(ctx, progress); err != nil {
		return err
	}
	if err := k.plans.Set(ctx, collections.Join(string(r.ID), round.Number), *wire.PlanToProto(round, n.Pages)); err != nil {
		return err
	}
	return k.turn(ctx, round)
}

// soFar returns the progress of a request and its last round, both zero before
// the first.
func (k *Keeper) soFar(ctx context.Context, r id.RequestID) (work.Progress, work.Round, error) {
	progress, err := k.Progress(ctx, r)
	if fault.Is(err, fault.KindNotFound) {
		return work.Progress{Request: r}, work.Round{}, nil
	}
	if err != nil {
		return progress, work.Round{}, err
	}
	last, err := k.Round(ctx, r, progress.Round)
	return progress, last, err
}

// CloseRound ends a round after its verdict.
func (k *Keeper) CloseRound(ctx context.Context, r id.RequestID, n uint32) error {
	round, err := k.Round(ctx, r, n)
	if err != nil {
		return err
	}
	if round, err = round.Close(); err != nil {
		return err
	}
	return k.turn(ctx, round)
}

// Suspend lets contributors have no more leases on a request. Those they hold
// they may still answer.
func (k *Keeper) Suspend(ctx context.Context, r id.RequestID, who []id.Address) error {
	for _, c := range who {
		a, err := k.Assignment(ctx, r, c)
		if err != nil {
			return err
		}
		a.Suspended = true
		if err := k.saveAssignment(ctx, a); err != nil {
			return err
		}
		emit(ctx, "suspended", r, kit.AttributeParty, string(c))
	}
	return nil
}

// Revise tells which guideline version leases carry from now on. Before the
// first round there is nothing to tell.
func (k *Keeper) Revise(ctx context.Context, r id.RequestID, version uint32) error {
	brief, err := k.brief(ctx, r)
	if fault.Is(err, fault.KindNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	brief.Guideline = version
	return k.briefs.Set(ctx, string(r), *wire.BriefToProto(brief))
}

// proceed keeps a round that was in state before, as far as it can go on.
func (k *Keeper) proceed(ctx context.Context, r work.Round, before work.RoundState, b work.Brief) error {
	r, err := r.Proceed(kit.Now(ctx), b.Windows, b.Gold)
	if err != nil {
		return err
	}
	if r.State == before {
		return k.saveRound(ctx, r)
	}
	if err := k.turn(ctx, r); err != nil {
		return err
	}
	if r.State != work.Judging {
		return nil
	}
	return k.flow.Judge(ctx, r, r.Last(b.Due, kit.Now(ctx)))
}

// turn keeps a round that has entered its state, and lets the state end.
func (k *Keeper) turn(ctx context.Context, r work.Round) error {
	if err := k.saveRound(ctx, r); err != nil {
		return err
	}
	emit(ctx, "round", r.Request, "round", decimal(r.Number), "state", r.State.String())
	if r.State == work.Judging {
		return nil // ends by CloseRound
	}
	return k.wait(ctx, r, 0)
}

// wait lets a round come back at its deadline, a sweep at the given page.
func (k *Keeper) wait(ctx context.Context, r work.Round, page uint32) error {
	return k.due.Push(ctx, r.Deadline, collections.Join3(string(r.Request), r.Number, page))
}
