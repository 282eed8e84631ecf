package market

import (
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

// State says where a request stands.
type State uint8

// States of a request.
const (
	Open State = iota + 1
	Matched
	Working
	Settling
	Closed
	Cancelled
	Expired
)

// String names the state.
func (s State) String() string {
	return [...]string{"unspecified", "open", "matched", "working", "settling", "closed", "cancelled", "expired"}[min(s, 7)]
}

// CanMove is the table of a request's moves.
func (s State) CanMove(to State) bool {
	switch s {
	case Open:
		return to == Matched || to == Cancelled || to == Expired
	case Matched:
		return to == Working || to == Expired
	case Working:
		return to == Settling
	case Settling:
		return to == Closed
	default:
		return false
	}
}

// Over says whether nothing more happens to the request.
func (s State) Over() bool { return s == Closed || s == Cancelled || s == Expired }

// Guideline is one version of the spec, in force since Since.
type Guideline struct {
	Version uint32
	Spec    id.CID
	Since   id.Time
}

// MaxGuidelines bounds the versions of a request's spec.
const MaxGuidelines = 100

// Request is a funded call for data.
type Request struct {
	ID         id.RequestID
	Requester  id.Address
	Terms      Terms
	TermsHash  id.Hash
	State      State
	Posted     id.Time
	Guidelines []Guideline
	Milestone  uint32 // in work, from 0
	Offered    uint32 // engagements offered and not yet answered
	Active     uint32 // engagements in force
	Bids       uint32 // bids not yet ended
	Fee        num.Bps
}

// Post opens a request: budget and network fee go into escrow at once.
func Post(requester id.Address, nonce uint64, t Terms, now id.Time, fee num.Bps) (Request, []escrow.Transfer, error) {
	if err := t.Validate(now); err != nil {
		return Request{}, nil, err
	}
	r := Request{
		ID: id.NewRequestID(requester, nonce), Requester: requester, Terms: t, TermsHash: t.Hash(),
		State: Open, Posted: now, Fee: fee,
		Guidelines: []Guideline{{Version: 1, Spec: t.Spec, Since: now}},
	}
	feeAmount, err := fee.Of(t.Budget, num.Up)
	if err != nil {
		return Request{}, nil, err
	}
	wallet := escrow.Wallet(requester)
	return r, []escrow.Transfer{
		{From: wallet, To: escrow.Budget(r.ID), Amount: t.Budget, Why: "budget"},
		{From: wallet, To: escrow.Fees(r.ID), Amount: feeAmount, Why: "network fee"},
	}, nil
}

// Move takes the request to another state, or says that it cannot.
func (r Request) Move(to State) (Request, error) {
	if !r.State.CanMove(to) {
		return r, fault.State("market: request %s: %s cannot become %s", r.ID, r.State, to)
	}
	r.State = to
	return r, nil
}

// Own refuses everybody but the requester.
func (r Request) Own(by id.Address) error {
	if by != r.Requester {
		return fault.Forbidden("market: request %s belongs to %s, not to %s", r.ID, r.Requester, by)
	}
	return nil
}

// Cancel ends an open request to which nobody is bound yet: an award stands.
func (r Request) Cancel(by id.Address) (Request, error) {
	if err := r.Own(by); err != nil {
		return r, err
	}
	if r.Offered+r.Active > 0 {
		return r, fault.State("market: request %s: %d engagements are offered, %d accepted: an award stands", r.ID, r.Offered, r.Active)
	}
	return r.Move(Cancelled)
}

// Refund is what goes back to the requester when the request is over: all that
// budget and fees still hold.
func (r Request) Refund(budget, fees num.Amount) []escrow.Transfer {
	wallet := escrow.Wallet(r.Requester)
	return []escrow.Transfer{
		{From: escrow.Budget(r.ID), To: wallet, Amount: budget, Why: "budget refunded"},
		{From: escrow.Fees(r.ID), To: wallet, Amount: fees, Why: "fee refunded"},
	}
}

// Revise adds a version of the spec. Labels keep the version their author saw.
func (r Request) Revise(by id.Address, spec id.CID, now id.Time) (Request, error) {
	if err := r.Own(by); err != nil {
		return r, err
	}
	if r.State != Open && r.State != Matched && r.State != Working {
		return r, fault.State("market: request %s is %s: its guidelines stand", r.ID, r.State)
	}
	if _, err := id.ParseCID(string(spec)); err != nil {
		return r, err
	}
	if len(r.Guidelines) >= MaxGuidelines {
		return r, fault.Limit("market: request %s has %d guideline versions already", r.ID, MaxGuidelines)
	}
	next := Guideline{Version: r.Guideline().Version + 1, Spec: spec, Since: now}
	r.Guidelines = append(append([]Guideline(nil), r.Guidelines...), next)
	return r, nil
}

// Guideline is the version in force.
func (r Request) Guideline() Guideline { return r.Guidelines[len(r.Guidelines)-1] }

// Due is when the milestone in work must be judged as it stands.
func (r Request) Due() id.Time {
	m, ok := r.Terms.Milestone(r.Milestone)
	if !ok {
		return r.Terms.DeliveryDeadline
	}
	return m.Due
}

// NextMilestone goes on to the next one; false after the last.
func (r Request) NextMilestone() (Request, bool) {
	if r.Milestone+1 >= r.Terms.MilestoneCount() {
		return r, false
	}
	r.Milestone++
	return r, true
}

// Check holds what every stored request must show. A request that is over may
// still have bids and, if closed, engagements: the next blocks end them.
func (r Request) Check() error {
	if r.State < Open || r.State > Expired || len(r.Guidelines) == 0 || r.Milestone >= r.Terms.MilestoneCount() {
		return fault.Internal("market: request %s: %s, %d guidelines, milestone %d", r.ID, r.State, len(r.Guidelines), r.Milestone)
	}
	if r.TermsHash != r.Terms.Hash() {
		return fault.Internal("market: request %s: terms hash %s, its terms hash to %s", r.ID, r.TermsHash, r.Terms.Hash())
	}
	begun := r.State != Open && r.State != Matched
	unbound := r.State == Cancelled || r.State == Expired
	if begun && r.Offered > 0 || unbound && r.Active > 0 {
		return fault.Internal("market: request %s is %s with %d offers, %d engagements", r.ID, r.State, r.Offered, r.Active)
	}
	return nil
}
