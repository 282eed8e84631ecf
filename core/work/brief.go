package work

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
)

// Brief is what the work on a milestone needs of its request. It is small, so
// that a lease need not load the request with its thousands of pages.
type Brief struct {
	Request   id.RequestID
	Requester id.Address
	Milestone uint32
	Due       id.Time
	Budget    num.Amount // of the milestones so far
	Gold      market.Gold
	Windows   market.Windows // lease, commit, reveal and gold only
	Guideline uint32         // version in force
}

// NewBrief sums up a request for the milestone it is in.
func NewBrief(r market.Request) (Brief, error) {
	budget, err := r.Terms.BudgetThrough(r.Milestone)
	if err != nil {
		return Brief{}, err
	}
	w := r.Terms.Windows
	return Brief{
		Request: r.ID, Requester: r.Requester, Milestone: r.Milestone, Due: r.Due(), Budget: budget, Gold: r.Terms.Gold,
		Windows:   market.Windows{Lease: w.Lease, Commit: w.Commit, Reveal: w.Reveal, Gold: w.Gold},
		Guideline: r.Guideline().Version,
	}, nil
}

// Own refuses everybody but the requester.
func (b Brief) Own(by id.Address) error {
	if by != b.Requester {
		return fault.Forbidden("work: request %s belongs to %s, not to %s", b.Request, b.Requester, by)
	}
	return nil
}
