package settle

import (
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// Contest freezes a payout until Deadline.
type Contest struct {
	Request     id.RequestID
	Milestone   uint32
	Contributor id.Address
	Reason      string
	Evidence    id.CID
	Deadline    id.Time
	Opened      id.Time
}

// Reasons a payout may be contested for.
func Reasons() []string { return []string{"wrong_labels", "spam", "copied", "off_guideline"} }

// Contest freezes a pending payout within the review. A reason code and
// evidence are required; without a withdrawal it ends at its deadline in the
// contributor's favour.
func (s Settlement) Contest(p Payout, reason string, evidence id.CID, now id.Time, windowMs int64) (Payout, Contest, error) {
	if s.State != Review || now >= s.ReleaseAt {
		return p, Contest{}, fault.State("settle: request %s, milestone %d: %s, review ends at %s: no contest", s.Request, s.Milestone, s.State, s.ReleaseAt)
	}
	if !slices.Contains(Reasons(), reason) {
		return p, Contest{}, fault.Invalid("settle: contest reason %q: not one of %v", reason, Reasons())
	}
	if _, err := id.ParseCID(string(evidence)); err != nil {
		return p, Contest{}, fault.Invalid("settle: contest evidence: %w", err)
	}
	p, err := p.move(Contested)
	return p, Contest{
		Request: s.Request, Milestone: s.Milestone, Contributor: p.Contributor, Reason: reason, Evidence: evidence,
		Deadline: now.Add(windowMs), Opened: now,
	}, err
}

// End ends the contest at its deadline, in the contributor's favour: the payout
// goes its way again.
func (c Contest) End(p Payout, now id.Time) (Payout, error) {
	if now < c.Deadline {
		return p, fault.State("settle: contest of %s, request %s, milestone %d runs until %s", c.Contributor, c.Request, c.Milestone, c.Deadline)
	}
	return p.Withdraw()
}

// Withdraw lets a contested payout go its way again.
func (p Payout) Withdraw() (Payout, error) {
	if p.State != Contested {
		return p, fault.State("settle: payout of %s, request %s, milestone %d is %s, not contested", p.Contributor, p.Request, p.Milestone, p.State)
	}
	return p.move(Pending)
}
