package work

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/wire"
)

// What one block does at most; the rest comes with the next one.
const (
	leasesPerBlock = 500   // leases expired
	roundsPerBlock = 100   // rounds whose state ends
	stepsPerBlock  = 1_000 // pages laid out, submissions swept, spots cleared, over all rounds
)

// EndBlock expires leases and ends the states of rounds.
func (k *Keeper) EndBlock(ctx context.Context) error {
	now := kit.Now(ctx)
	if _, err := k.expiries.Due(ctx, now, leasesPerBlock, k.leaseDue); err != nil {
		return err
	}
	left := stepsPerBlock
	_, err := k.due.Due(ctx, now, roundsPerBlock, func(ctx context.Context, key pageKey) error {
		steps, err := k.roundDue(ctx, key, left)
		left -= steps
		return err
	})
	return err
}

// leaseDue takes a page back.
func (k *Keeper) leaseDue(ctx context.Context, key leaseKey) error {
	p, err := k.leases.Get(ctx, key)
	if err != nil {
		return err
	}
	lease, err := wire.LeaseFromProto(&p)
	if err != nil {
		return err
	}
	e, err := k.flow.Engagement(ctx, lease.Request, lease.Contributor)
	if err != nil {
		return err
	}
	desk, err := k.deskOf(ctx, lease)
	if err != nil {
		return err
	}
	before := desk.Page
	if desk, err = desk.Expire(e.Price); err != nil {
		return err
	}
	if err := k.movePage(ctx, before, desk.Page, desk.Round.Target); err != nil {
		return err
	}
	if err := k.dropLease(ctx, lease); err != nil {
		return err
	}
	if err := k.saveDesk(ctx, desk); err != nil {
		return err
	}
	emit(ctx, "expired", lease.Request, kit.AttributeParty, string(lease.Contributor), "round", decimal(lease.Round), "page", decimal(lease.Page))
	return k.saveRound(ctx, desk.Round)
}

// roundDue ends the state of a round, or does as much of what that takes as
// fits into left steps, and returns how many it took. A round that has moved
// on is left alone.
func (k *Keeper) roundDue(ctx context.Context, key pageKey, left int) (int, error) {
	r, err := k.Round(ctx, id.RequestID(key.K1()), key.K2())
	if err != nil || kit.Now(ctx) < r.Deadline {
		return 0, err
	}
	if left <= 0 {
		return 0, k.wait(ctx, r, key.K3())
	}
	brief, err := k.brief(ctx, r.Request)
	if err != nil {
		return 0, err
	}
	switch r.State {
	case work.Preparing:
		return k.layOut(ctx, r, brief, left)
	case work.Committing:
		return 1, k.commitDue(ctx, r, brief)
	case work.Revealing:
		return k.sweep(ctx, r, brief, sweepFrom{page: key.K3(), left: left})
	case work.Gold:
		return 1, k.goldDue(ctx, r, brief)
	case work.Closed:
		return k.clear(ctx, r, left)
	case work.Judging:
	}
	return 0, nil
}

// layOut puts the next pages of a round's plan on the ring, and begins the
// round after the last.
func (k *Keeper) layOut(ctx context.Context, r work.Round, b work.Brief, left int) (int, error) {
	key := collections.Join(string(r.Request), r.Number)
	plan, err := k.plans.Get(ctx, key)
	if err != nil {
		return 0, err
	}
	_, pages, err := wire.PlanFromProto(&plan)
	if err != nil {
		return 0, err
	}
	next := pages[r.Laid:min(int(r.Laid)+left, len(pages))]
	for _, p := range next {
		if err := k.putPage(ctx, work.NewPage(r, p), r.Target); err != nil {
			return 0, err
		}
	}
	r.Laid += uint32(len(next))
	if r.Laid < r.Pages {
		if err := k.saveRound(ctx, r); err != nil {
			return 0, err
		}
		return len(next), k.wait(ctx, r, 0)
	}
	if err := k.plans.Remove(ctx, key); err != nil {
		return 0, err
	}
	if r, err = r.Begin(kit.Entropy(ctx, "alaya/work/entropy/v1"), b.Due, kit.Now(ctx), b.Windows); err != nil {
		return 0, err
	}
	return len(next), k.turn(ctx, r)
}

// commitDue opens the reveals once the last lease has run out.
func (k *Keeper) commitDue(ctx context.Context, r work.Round, b work.Brief) error {
	if r.Leased > 0 {
		return k.wait(ctx, r, 0)
	}
	next, err := r.EndCommitting(kit.Now(ctx), b.Windows)
	if err != nil {
		return err
	}
	return k.proceed(ctx, next, r.State, b)
}

// goldDue goes on without gold.
func (k *Keeper) goldDue(ctx context.Context, r work.Round, b work.Brief) error {
	next, err := r.EndGold()
	if err != nil {
		return err
	}
	return k.proceed(ctx, next, r.State, b)
}

// clear takes pages of a closed round off the ring, some at a time.
func (k *Keeper) clear(ctx context.Context, r work.Round, left int) (int, error) {
	all := new(collections.Range[spot]).
		StartInclusive(collections.Join4(string(r.Request), lane(r.Number, 0), uint64(0), uint32(0))).
		EndExclusive(collections.Join4(string(r.Request), lane(r.Number+1, 0), uint64(0), uint32(0)))
	var spots []spot
	err := k.ring.Walk(ctx, all, func(s spot) (bool, error) {
		spots = append(spots, s)
		return len(spots) >= left, nil
	})
	if err != nil {
		return 0, err
	}
	for _, s := range spots {
		if err := k.ring.Remove(ctx, s); err != nil {
			return 0, err
		}
	}
	if len(spots) < left {
		return len(spots), nil
	}
	return len(spots), k.wait(ctx, r, 0)
}
