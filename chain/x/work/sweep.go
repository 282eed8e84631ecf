package work

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
	"github.com/alaya-network/alaya/wire"
)

// sweepFrom says where a sweep goes on and how many submissions it looks at.
type sweepFrom struct {
	page uint32
	left int
}

// sweep forfeits what was not revealed, some pages at a time, and ends the
// reveals after the last.
func (k *Keeper) sweep(ctx context.Context, r work.Round, b work.Brief, from sweepFrom) (int, error) {
	sealed, looked, next, err := k.sealed(ctx, r, from)
	if err != nil {
		return 0, err
	}
	if err := k.forfeit(ctx, r.Request, sealed); err != nil {
		return 0, err
	}
	if next > 0 {
		return looked, k.wait(ctx, r, next)
	}
	ended, err := r.EndRevealing(kit.Now(ctx), b.Windows, b.Gold)
	if err != nil {
		return 0, err
	}
	return looked + 1, k.proceed(ctx, ended, r.State, b)
}

// sealed returns the submissions of whole pages that nobody revealed, how many
// it looked at, and the page to go on at, 0 if there is none.
func (k *Keeper) sealed(ctx context.Context, r work.Round, from sweepFrom) (found []work.Submission, looked int, next uint32, err error) {
	rest := new(collections.Range[submissionKey]).
		Prefix(collections.QuadSuperPrefix[string, uint32, uint32, string](string(r.Request), r.Number)).
		StartInclusive(collections.Join4(string(r.Request), r.Number, from.page, ""))
	last := from.page
	err = k.submissions.Walk(ctx, rest, func(key submissionKey, p workv1.Submission) (bool, error) {
		if key.K3() != last && looked >= from.left {
			next = key.K3()
			return true, nil
		}
		last = key.K3()
		looked++
		if work.SubmissionState(p.State) != work.SubmissionCommitted {
			return false, nil
		}
		s, err := wire.SubmissionFromProto(&p)
		found = append(found, s)
		return false, err
	})
	return found, looked, next, err
}

func (k *Keeper) forfeit(ctx context.Context, r id.RequestID, sealed []work.Submission) error {
	if len(sealed) == 0 {
		return nil
	}
	progress, err := k.Progress(ctx, r)
	if err != nil {
		return err
	}
	for _, s := range sealed {
		if progress, err = k.forfeitOne(ctx, s, progress); err != nil {
			return err
		}
	}
	return k.saveProgress(ctx, progress)
}

func (k *Keeper) forfeitOne(ctx context.Context, s work.Submission, p work.Progress) (work.Progress, error) {
	e, err := k.flow.Engagement(ctx, s.Request, s.Contributor)
	if err != nil {
		return p, err
	}
	a, err := k.Assignment(ctx, s.Request, s.Contributor)
	if err != nil {
		return p, err
	}
	s, a, p, err = s.Forfeit(a, p, e.Price)
	if err != nil {
		return p, err
	}
	if err := k.saveSubmission(ctx, s); err != nil {
		return p, err
	}
	emit(ctx, "forfeited", s.Request, kit.AttributeParty, string(s.Contributor), "round", decimal(s.Round), "page", decimal(s.Page))
	return p, k.saveAssignment(ctx, a)
}
