package work

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/wire"
)

// desk lays out what a contributor's next lease changes, all but the page.
func (k *Keeper) desk(ctx context.Context, r id.RequestID, who id.Address) (work.Desk, error) {
	progress, err := k.Progress(ctx, r)
	if err != nil {
		return work.Desk{}, err
	}
	round, err := k.Round(ctx, r, progress.Round)
	if err != nil {
		return work.Desk{}, err
	}
	assignment, err := k.Assignment(ctx, r, who)
	return work.Desk{Round: round, Assignment: assignment, Progress: progress}, err
}

// deskOf lays out what the end of a lease changes.
func (k *Keeper) deskOf(ctx context.Context, l work.Lease) (work.Desk, error) {
	desk, err := k.desk(ctx, l.Request, l.Contributor)
	if err != nil {
		return desk, err
	}
	desk.Page, err = k.page(ctx, l.Request, l.Round, l.Page)
	return desk, err
}

// saveDesk keeps all of the desk but the page and the round, whose change
// may lead on.
func (k *Keeper) saveDesk(ctx context.Context, d work.Desk) error {
	if err := k.saveAssignment(ctx, d.Assignment); err != nil {
		return err
	}
	return k.saveProgress(ctx, d.Progress)
}

func (k *Keeper) saveAssignment(ctx context.Context, a work.Assignment) error {
	return k.assignments.Set(ctx, collections.Join(string(a.Request), string(a.Contributor)), *wire.AssignmentToProto(a))
}

func (k *Keeper) saveProgress(ctx context.Context, p work.Progress) error {
	return k.progress.Set(ctx, string(p.Request), *wire.ProgressToProto(p))
}

func (k *Keeper) saveRound(ctx context.Context, r work.Round) error {
	return k.rounds.Set(ctx, collections.Join(string(r.Request), r.Number), *wire.RoundToProto(r))
}

func (k *Keeper) saveSubmission(ctx context.Context, s work.Submission) error {
	return k.submissions.Set(ctx, collections.Join4(string(s.Request), s.Round, s.Page, string(s.Contributor)), *wire.SubmissionToProto(s))
}

// saveLease keeps a new lease, its end, and that its contributor had the page.
func (k *Keeper) saveLease(ctx context.Context, l work.Lease) error {
	key := keyOf(l)
	if err := k.leases.Set(ctx, key, *wire.LeaseToProto(l)); err != nil {
		return err
	}
	if err := k.expiries.Push(ctx, l.Expires, key); err != nil {
		return err
	}
	return k.had.Set(ctx, collections.Join3(string(l.Request), string(l.Contributor), l.Page))
}

// dropLease forgets a lease that has ended.
func (k *Keeper) dropLease(ctx context.Context, l work.Lease) error {
	if err := k.leases.Remove(ctx, keyOf(l)); err != nil {
		return err
	}
	return k.expiries.Remove(ctx, l.Expires, keyOf(l))
}

func keyOf(l work.Lease) leaseKey {
	return collections.Join4(string(l.Contributor), string(l.Request), l.Round, l.Page)
}
