package market

import (
	"slices"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/party"
)

// EngagementState says where an engagement stands.
type EngagementState uint8

// States of an engagement.
const (
	Offered EngagementState = iota + 1
	Active
	Completed
	Terminated
	Lapsed
)

// String names the state.
func (s EngagementState) String() string {
	return [...]string{"unspecified", "offered", "active", "completed", "terminated", "lapsed"}[min(s, 5)]
}

// CanMove is the table of an engagement's moves.
func (s EngagementState) CanMove(to EngagementState) bool {
	switch s {
	case Offered:
		return to == Active || to == Lapsed
	case Active:
		return to == Completed || to == Terminated
	default:
		return false
	}
}

// Engagement is the contract of one contributor on one request.
type Engagement struct {
	Request     id.RequestID
	Contributor id.Address
	Price       num.Amount
	Units       uint64
	Pages       []uint32
	Stake       num.Amount
	TermsHash   id.Hash
	State       EngagementState
	Offered     id.Time
	AcceptBy    id.Time
	Guideline   uint32
}

// Award turns an open bid into an offered engagement. The bid's deposit goes
// back; the stake takes its place when the contributor accepts.
func (r Request) Award(b Bid, now id.Time) (Engagement, Bid, []escrow.Transfer, error) {
	if r.State != Open {
		return Engagement{}, b, nil, fault.State("market: request %s is %s: its roster stands", r.ID, r.State)
	}
	if b.Request != r.ID {
		return Engagement{}, b, nil, fault.Invalid("market: bid of %s is on request %s, not %s", b.Bidder, b.Request, r.ID)
	}
	b, back, err := b.End(BidAwarded)
	if err != nil {
		return Engagement{}, b, nil, err
	}
	e := Engagement{
		Request: r.ID, Contributor: b.Bidder, Price: b.Price, Units: b.Units, Pages: b.Pages, Stake: r.Terms.Stake,
		State: Offered, Offered: now, AcceptBy: now.Add(r.Terms.Windows.Accept), Guideline: r.Guideline().Version,
	}
	e.TermsHash = e.hash(r.TermsHash)
	return e, b, back, nil
}

// hash covers all that both sides sign.
func (e Engagement) hash(terms id.Hash) id.Hash {
	return hashJSON("alaya/market/engagement/v1", struct {
		Terms       id.Hash
		Request     id.RequestID
		Contributor id.Address
		Price       num.Amount
		Units       uint64
		Pages       []uint32 `json:",omitempty"`
		Stake       num.Amount
		Guideline   uint32
	}{terms, e.Request, e.Contributor, e.Price, e.Units, e.Pages, e.Stake, e.Guideline})
}

// Accept is the contributor's half of the handshake: the hash he signs must be
// the one on offer. The stake locks.
func (e Engagement) Accept(hash id.Hash, now id.Time) (Engagement, party.Stake, []escrow.Transfer, error) {
	if hash != e.TermsHash {
		return e, party.Stake{}, nil, fault.Invalid("market: engagement of %s on request %s: terms hash %s signed, %s offered", e.Contributor, e.Request, hash, e.TermsHash)
	}
	if now > e.AcceptBy {
		return e, party.Stake{}, nil, fault.State("market: engagement of %s on request %s: offer ended at %s", e.Contributor, e.Request, e.AcceptBy)
	}
	e, err := e.Move(Active)
	if err != nil {
		return e, party.Stake{}, nil, err
	}
	stake, lock := party.Lock(e.Request, e.Contributor, e.Stake)
	return e, stake, lock, nil
}

// Move takes the engagement to another state, or says that it cannot.
func (e Engagement) Move(to EngagementState) (Engagement, error) {
	if !e.State.CanMove(to) {
		return e, fault.State("market: engagement of %s on request %s: %s cannot become %s", e.Contributor, e.Request, e.State, to)
	}
	e.State = to
	return e, nil
}

// MayDo says whether the engagement covers a page of the request's manifest.
func (e Engagement) MayDo(page uint32) bool {
	if len(e.Pages) == 0 {
		return true
	}
	_, found := slices.BinarySearch(e.Pages, page)
	return found
}

// Check holds what every stored engagement must show.
func (e Engagement) Check() error {
	if e.State < Offered || e.State > Lapsed || e.Price < 1 || e.Units < 1 || e.TermsHash.IsZero() {
		return fault.Internal("market: engagement of %s on request %s: %s, price %s, %d units", e.Contributor, e.Request, e.State, e.Price, e.Units)
	}
	return nil
}
