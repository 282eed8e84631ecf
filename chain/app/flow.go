package app

import (
	"context"

	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/oracle"
	"github.com/alaya-network/alaya/core/party"
	"github.com/alaya-network/alaya/core/settle"
	"github.com/alaya-network/alaya/core/work"
)

// flow is every hand-off between stages, in the order of the way of data. Each
// stage declares what it needs of the others as an interface of its own; this
// one type is all of them.
type flow struct{ s *Stages }

// --- party, market and model ask ---------------------------------------------

// Carry moves money through escrow.
func (f flow) Carry(ctx context.Context, t []escrow.Transfer) error {
	return f.s.Settle.Carry(ctx, t)
}

// Balance is what an account of escrow holds.
func (f flow) Balance(ctx context.Context, a escrow.Account) (num.Amount, error) {
	return f.s.Settle.Balance(ctx, a)
}

// --- market asks --------------------------------------------------------------

// Fee is the network fee on new requests.
func (f flow) Fee(ctx context.Context) (num.Bps, error) {
	p, err := f.s.Settle.Params(ctx)
	return p.Fee, err
}

// Applicant is what is known of a bidder: profile and score in a skill.
func (f flow) Applicant(ctx context.Context, who id.Address, skill string) (market.Applicant, error) {
	profile, err := f.s.Party.Profile(ctx, who)
	if err != nil {
		return market.Applicant{}, err
	}
	score, err := f.s.Party.Score(ctx, who, skill)
	return market.Applicant{Profile: profile, Score: score}, err
}

// Locked keeps the stake of an accepted engagement.
func (f flow) Locked(ctx context.Context, s party.Stake) error { return f.s.Party.SaveStake(ctx, s) }

// Unbond lets the stake of an ended engagement go after its delay.
func (f flow) Unbond(ctx context.Context, r id.RequestID, who id.Address) error {
	return f.s.Party.Unbond(ctx, r, who)
}

// StartWork opens the first round: the roster stands.
func (f flow) StartWork(ctx context.Context, r market.Request) error { return f.s.Work.Open(ctx, r) }

// Revised tells the work under which guideline version answers are given.
func (f flow) Revised(ctx context.Context, r id.RequestID, version uint32) error {
	return f.s.Work.Revise(ctx, r, version)
}

// --- work asks ----------------------------------------------------------------

// Request returns a request.
func (f flow) Request(ctx context.Context, r id.RequestID) (market.Request, error) {
	return f.s.Market.Request(ctx, r)
}

// Engagement returns a contributor's engagement on a request.
func (f flow) Engagement(ctx context.Context, r id.RequestID, who id.Address) (market.Engagement, error) {
	return f.s.Market.Engagement(ctx, r, who)
}

// Judge hands a finished round to the oracle.
func (f flow) Judge(ctx context.Context, r work.Round, last bool) error {
	return f.s.Quality.Open(ctx, oracle.Job{Request: r.Request, Round: r.Number, Inputs: r.Inputs, Submissions: r.Submissions, Last: last})
}

// --- quality asks -------------------------------------------------------------

// Judged acts on a verdict: another round for what is contested, or settlement,
// a dataset version, and the next milestone.
func (f flow) Judged(ctx context.Context, v oracle.Verdict) error {
	r, err := f.s.Market.Request(ctx, v.Request)
	if err != nil {
		return err
	}
	if err := f.s.Work.CloseRound(ctx, v.Request, v.Round); err != nil {
		return err
	}
	if err := f.s.Work.Suspend(ctx, v.Request, v.Suspended); err != nil {
		return err
	}
	if !v.Final {
		return f.s.Work.Follow(ctx, r, work.Next{Manifest: v.NextManifest, Root: v.NextRoot, Pages: v.NextPages, Target: v.NextTarget})
	}
	milestone := r.Milestone
	if err := f.publish(ctx, r, v); err != nil {
		return err
	}
	if err := f.goOn(ctx, v.Request); err != nil {
		return err
	}
	return f.s.Settle.Open(ctx, settle.Award{
		Request: v.Request, Milestone: milestone, Round: v.Round, Root: v.PayoutsRoot,
		Payouts: v.Payouts, Total: v.PayoutsTotal, Holds: v.Measure.Holds, Due: v.Due,
	})
}

func (f flow) publish(ctx context.Context, r market.Request, v oracle.Verdict) error {
	if v.RecordsCount == 0 {
		return nil
	}
	return f.s.Dataset.Publish(ctx, dataset.Dataset{
		Owner: r.Requester, Title: r.Terms.Title, RecordsRoot: v.RecordsRoot, Records: v.RecordsCount, Content: v.Records,
		Manifest: r.Terms.Manifest.CID, Label: v.Label, Request: r.ID, Round: v.Round, VerdictDigest: v.Digest(),
		Licence: r.Terms.Licence, Policy: r.Terms.Policy, ContributorShare: r.Terms.ContributorShare,
	})
}

// goOn opens the next milestone, or lets the request settle after the last.
func (f flow) goOn(ctx context.Context, r id.RequestID) error {
	next, more, err := f.s.Market.Advance(ctx, r)
	if err != nil {
		return err
	}
	if more {
		return f.s.Work.Open(ctx, next)
	}
	return f.s.Market.Settle(ctx, r)
}

// Abandoned winds a request up whose round nobody could judge: what earlier
// milestones earned is paid, the rest is refunded.
func (f flow) Abandoned(ctx context.Context, j oracle.Job) error {
	if err := f.s.Work.CloseRound(ctx, j.Request, j.Round); err != nil {
		return err
	}
	if err := f.s.Market.Settle(ctx, j.Request); err != nil {
		return err
	}
	return f.closeIfDone(ctx, j.Request)
}

// --- settle asks --------------------------------------------------------------

// Posted counts a payout's answers in the contributor's standing. The worthless
// get a strike, lose stake by steps, and their engagement.
func (f flow) Posted(ctx context.Context, p settle.Payout) error {
	r, err := f.s.Market.Request(ctx, p.Request)
	if err != nil {
		return err
	}
	if err := f.s.Party.Observe(ctx, p.Contributor, r.Terms.Skill(), p.Right, p.Wrong); err != nil {
		return err
	}
	if !p.Worthless {
		return nil
	}
	e, err := f.s.Market.Engagement(ctx, p.Request, p.Contributor)
	if err != nil || e.State != market.Active {
		return err
	}
	return f.strike(ctx, e, p)
}

func (f flow) strike(ctx context.Context, e market.Engagement, p settle.Payout) error {
	relabel, err := e.Price.Mul(int64(p.Answers))
	if err != nil {
		return err
	}
	moves, err := f.s.Party.Slash(ctx, p.Request, p.Contributor, relabel, "answers found worthless")
	if err != nil {
		return err
	}
	if err := f.s.Settle.Carry(ctx, moves); err != nil {
		return err
	}
	if err := f.s.Market.Terminate(ctx, p.Request, p.Contributor); err != nil {
		return err
	}
	return f.s.Party.Unbond(ctx, p.Request, p.Contributor)
}

// Released counts pay in the contributor's standing.
func (f flow) Released(ctx context.Context, p settle.Payout) error {
	r, err := f.s.Market.Request(ctx, p.Request)
	if err != nil {
		return err
	}
	return f.s.Party.Earned(ctx, p.Contributor, r.Terms.Skill(), p.Amount)
}

// Contested counts a contest against the requester who opened it.
func (f flow) Contested(ctx context.Context, c settle.Contest) error {
	r, err := f.s.Market.Request(ctx, c.Request)
	if err != nil {
		return err
	}
	return f.s.Party.CountContest(ctx, r.Requester)
}

// ContestEnded counts a contest that ended in the contributor's favour.
func (f flow) ContestEnded(ctx context.Context, c settle.Contest, overturned bool) error {
	if !overturned {
		return nil
	}
	r, err := f.s.Market.Request(ctx, c.Request)
	if err != nil {
		return err
	}
	return f.s.Party.CountOverturned(ctx, r.Requester)
}

// Done closes the request when its last settlement is done.
func (f flow) Done(ctx context.Context, s settle.Settlement) error {
	return f.closeIfDone(ctx, s.Request)
}

func (f flow) closeIfDone(ctx context.Context, r id.RequestID) error {
	request, err := f.s.Market.Request(ctx, r)
	if err != nil || request.State != market.Settling {
		return err
	}
	undone, err := f.s.Settle.Undone(ctx, r)
	if err != nil || undone > 0 {
		return err
	}
	return f.s.Market.Close(ctx, r)
}

// --- model asks ---------------------------------------------------------------

// Publish makes the next version of a dataset.
func (f flow) Publish(ctx context.Context, d dataset.Dataset) error {
	return f.s.Dataset.Publish(ctx, d)
}
