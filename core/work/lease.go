package work

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
)

// Bounds of what a contributor may hold.
const (
	MaxOpenLeases    = 32
	MaxExpiredLeases = 16 // from then on he is suspended: a hoarder
)

// Lease gives a page to a contributor until Expires.
type Lease struct {
	Request     id.RequestID
	Round       uint32
	Page        uint32
	Contributor id.Address
	Expires     id.Time
	Guideline   uint32 // version in force when the page was given out
}

// Assignment is what a contributor has in hand on a request.
type Assignment struct {
	Request     id.RequestID
	Contributor id.Address
	Open        uint32
	Units       uint64
	Suspended   bool
	Expired     uint32
	Forfeited   uint32
}

// Progress sums up the work on a request.
type Progress struct {
	Request     id.RequestID
	Round       uint32
	Reserved    num.Amount // what leases and submissions may earn
	Inputs      id.Hash
	Submissions uint64
	Answers     uint64
}

// Desk is all that giving out or taking back a page changes.
type Desk struct {
	Round      Round
	Page       Page
	Assignment Assignment
	Progress   Progress
}

// Grant leases the desk's page to an engaged contributor. Errors: state
// outside committing, forbidden to the suspended, limit on open leases and
// units, funds when the milestone's budget is used up.
func (d Desk) Grant(e market.Engagement, budget num.Amount, now id.Time, w market.Windows) (Desk, Lease, error) {
	if err := d.mayLease(e); err != nil {
		return d, Lease{}, err
	}
	cost, err := e.Price.Mul(int64(d.Page.Items))
	if err != nil {
		return d, Lease{}, err
	}
	reserved, err := d.Progress.Reserved.Add(cost)
	if err != nil {
		return d, Lease{}, err
	}
	if reserved > budget {
		return d, Lease{}, fault.Funds("work: request %s: page %d costs %s, %s of %s is reserved", e.Request, d.Page.Number, cost, d.Progress.Reserved, budget)
	}
	if d.Page, err = d.Page.Cover(d.Round.Target); err != nil {
		return d, Lease{}, err
	}
	d.Progress.Reserved = reserved
	d.Assignment.Open++
	d.Assignment.Units += uint64(d.Page.Items)
	d.Round.Leased++
	expires := min(now.Add(w.Lease), d.Round.Deadline)
	return d, Lease{Request: e.Request, Round: d.Round.Number, Page: d.Page.Number, Contributor: e.Contributor, Expires: expires}, nil
}

func (d Desk) mayLease(e market.Engagement) error {
	if err := d.Assignment.MayLease(e, d.Round); err != nil {
		return err
	}
	if d.Assignment.Units+uint64(d.Page.Items) > e.Units {
		return fault.Limit("work: engagement of %s on request %s: %d of %d units are used, page %d has %d", e.Contributor, e.Request, d.Assignment.Units, e.Units, d.Page.Number, d.Page.Items)
	}
	if !e.MayDo(d.Page.Number) {
		return fault.Forbidden("work: engagement of %s on request %s does not cover page %d", e.Contributor, e.Request, d.Page.Number)
	}
	return nil
}

// MayLease says whether the contributor may ask for any page now.
func (a Assignment) MayLease(e market.Engagement, r Round) error {
	if r.State != Committing {
		return fault.State("work: round %s is %s: no leases", r.Key(), r.State)
	}
	if e.State != market.Active {
		return fault.State("work: engagement of %s on request %s is %s", e.Contributor, e.Request, e.State)
	}
	if a.Suspended {
		return fault.Forbidden("work: %s is suspended on request %s", e.Contributor, e.Request)
	}
	if a.Open >= MaxOpenLeases {
		return fault.Limit("work: %s holds %d leases on request %s: at most %d", e.Contributor, a.Open, e.Request, MaxOpenLeases)
	}
	return nil
}

// Expire takes back the page of a lease that ran out.
func (d Desk) Expire(price num.Amount) (Desk, error) {
	d.Assignment.Expired++
	if d.Assignment.Expired >= MaxExpiredLeases {
		d.Assignment.Suspended = true
	}
	d.Assignment.Open--
	d.Round.Leased--
	d, err := d.free(price)
	d.Round.Least = min(d.Round.Least, d.Page.Covered)
	return d, err
}

// free gives back place, units and money.
func (d Desk) free(price num.Amount) (Desk, error) {
	cost, err := price.Mul(int64(d.Page.Items))
	if err != nil {
		return d, err
	}
	if d.Progress.Reserved, err = d.Progress.Reserved.Sub(cost); err != nil {
		return d, err
	}
	d.Assignment.Units -= uint64(d.Page.Items)
	d.Page, err = d.Page.Uncover()
	return d, err
}
