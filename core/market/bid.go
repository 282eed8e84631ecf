package market

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/party"
)

// BidState says where a bid stands.
type BidState uint8

// States of a bid.
const (
	BidOpen BidState = iota + 1
	BidAwarded
	BidRejected
	BidWithdrawn
	BidExpired
)

// String names the state.
func (s BidState) String() string {
	return [...]string{"unspecified", "open", "awarded", "rejected", "withdrawn", "expired"}[min(s, 5)]
}

// CanMove is the table of a bid's moves.
func (s BidState) CanMove(to BidState) bool { return s == BidOpen && to > BidOpen && to <= BidExpired }

// Offer is what a bidder puts forward.
type Offer struct {
	Price num.Amount // of one answer
	Units uint64     // answers at the most
	Pages []uint32   // pages the bidder can judge, sorted; empty for all
	Note  id.CID
}

// Bounds of an offer: answers, and pages it names.
const (
	MaxUnits      = 100_000_000
	MaxOfferPages = 4_096
)

// Bid is an offer on a request; one per bidder.
type Bid struct {
	Request id.RequestID
	Bidder  id.Address
	Offer
	Score   num.Ppm // the bidder's when he bid, in the request's skill
	Deposit num.Amount
	State   BidState
	Placed  id.Time
}

// Applicant is what is known of a bidder.
type Applicant struct {
	Profile party.Profile
	Score   num.Ppm // in the skill the request asks for
}

// PlaceBid checks the offer against the request and locks the deposit.
// Errors: state after the deadline, forbidden to the requester himself and the
// unqualified, limit above the price cap.
func (r Request) PlaceBid(who id.Address, a Applicant, o Offer, now id.Time) (Bid, []escrow.Transfer, error) {
	if err := r.bidding(now); err != nil {
		return Bid{}, nil, err
	}
	if err := r.qualifies(who, a); err != nil {
		return Bid{}, nil, err
	}
	if err := r.checkOffer(o); err != nil {
		return Bid{}, nil, err
	}
	b := Bid{Request: r.ID, Bidder: who, Offer: o, Score: a.Score, Deposit: r.Terms.Deposit, State: BidOpen, Placed: now}
	lock := escrow.Transfer{From: escrow.Wallet(who), To: escrow.Deposit(r.ID, who), Amount: b.Deposit, Why: "bid deposit"}
	return b, []escrow.Transfer{lock}, nil
}

func (r Request) bidding(now id.Time) error {
	if r.State != Open {
		return fault.State("market: request %s is %s: no more bids", r.ID, r.State)
	}
	if now > r.Terms.BidDeadline {
		return fault.State("market: request %s: bids closed at %s", r.ID, r.Terms.BidDeadline)
	}
	if r.Bids >= MaxBids {
		return fault.Limit("market: request %s has %d bids already", r.ID, MaxBids)
	}
	return nil
}

func (r Request) qualifies(who id.Address, a Applicant) error {
	q := r.Terms.Qualification
	if who == r.Requester {
		return fault.Forbidden("market: request %s: %s cannot work on his own request", r.ID, who)
	}
	if len(q.Invited) > 0 && !slices.Contains(q.Invited, who) {
		return fault.Forbidden("market: request %s is by invitation, %s has none", r.ID, who)
	}
	if a.Score < q.Score {
		return fault.Forbidden("market: request %s asks for a score of %s in %s, %s has %s", r.ID, q.Score, q.Skill, who, a.Score)
	}
	if !a.Profile.Speaks(q.Languages) {
		return fault.Forbidden("market: request %s asks for one of the languages %v, the profile of %s names %v", r.ID, q.Languages, who, a.Profile.Languages)
	}
	return nil
}

func (r Request) checkOffer(o Offer) error {
	if o.Price < 1 || o.Price > r.Terms.PriceCap {
		return fault.Limit("market: request %s: price %s: 1ualy to the cap of %s", r.ID, o.Price, r.Terms.PriceCap)
	}
	if o.Units < 1 || o.Units > MaxUnits {
		return fault.Limit("market: request %s: %d units: 1 to %d", r.ID, o.Units, MaxUnits)
	}
	if len(o.Pages) > MaxOfferPages {
		return fault.Limit("market: request %s: %d pages in the offer: at most %d", r.ID, len(o.Pages), MaxOfferPages)
	}
	for i, p := range o.Pages {
		if int(p) >= len(r.Terms.Manifest.Pages) || i > 0 && p <= o.Pages[i-1] {
			return fault.Invalid("market: request %s: page %d of the offer: sorted, each once, below %d", r.ID, p, len(r.Terms.Manifest.Pages))
		}
	}
	if o.Note != "" {
		if _, err := id.ParseCID(string(o.Note)); err != nil {
			return err
		}
	}
	return nil
}

// End finishes an open bid and returns its deposit.
func (b Bid) End(as BidState) (Bid, []escrow.Transfer, error) {
	if !b.State.CanMove(as) {
		return b, nil, fault.State("market: bid of %s on request %s: %s cannot become %s", b.Bidder, b.Request, b.State, as)
	}
	b.State = as
	back := escrow.Transfer{From: escrow.Deposit(b.Request, b.Bidder), To: escrow.Wallet(b.Bidder), Amount: b.Deposit, Why: "deposit returned"}
	return b, []escrow.Transfer{back}, nil
}

// Held is what escrow must hold for the bid.
func (b Bid) Held() num.Amount {
	if b.State == BidOpen {
		return b.Deposit
	}
	return 0
}

// Check holds what every stored bid must show.
func (b Bid) Check() error {
	if b.State < BidOpen || b.State > BidExpired || b.Price < 1 || b.Units < 1 || b.Deposit < 0 {
		return fault.Internal("market: bid of %s on request %s: %s, price %s, %d units, deposit %d", b.Bidder, b.Request, b.State, b.Price, b.Units, b.Deposit)
	}
	return nil
}

// MatchAuto picks bids by price, then score, then hash, until their units
// cover every item max times.
func (r Request) MatchAuto(bids []Bid) []Bid {
	sorted := slices.Clone(bids)
	slices.SortFunc(sorted, func(a, b Bid) int {
		if a.Price != b.Price {
			return cmp.Compare(a.Price, b.Price)
		}
		if a.Score != b.Score {
			return cmp.Compare(b.Score, a.Score)
		}
		return r.lot(a.Bidder).Compare(r.lot(b.Bidder))
	})
	want := r.Terms.Manifest.Count * uint64(r.Terms.Redundancy.Max)
	var roster []Bid
	var units uint64
	for _, b := range sorted {
		if units >= want {
			break
		}
		roster = append(roster, b)
		units += min(b.Units, r.Terms.Manifest.Count) // nobody answers an item twice
	}
	return roster
}

func (r Request) lot(a id.Address) id.Hash {
	return id.Sum("alaya/market/match/v1", []byte(r.ID), []byte(a))
}
