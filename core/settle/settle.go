// Package settle turns a final verdict into money: pay vector, review, contest,
// release.
//
// Words: a payout is what one contributor gets for a milestone; the pay vector
// is the list of payouts behind one Merkle root over chunks; a settlement is
// the passage of one milestone's pay vector from verdict to release; a contest
// freezes a payout until it is withdrawn or its deadline ends it in the
// contributor's favour.
//
// Invariants:
//  1. total = sum of the posted payouts, once all are posted; pending escrow of
//     a request = sum of its totals less what was released.
//  2. A payout is released exactly once.
//  3. Nobody is paid more than price times answers.
//  4. Deadlines alone finish a settlement once anyone has posted its vector.
//  5. The worthless get nothing.
//
// The quality factor is linear between chance and the clause's threshold, and at
// most what the work is informed: the constant answer to a skewed question is
// often right and earns nothing.
package settle

import (
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

// State says where a settlement stands.
type State uint8

// States of a settlement.
const (
	Posting State = iota + 1
	Review
	Done
)

// String names the state.
func (s State) String() string {
	return [...]string{"unspecified", "posting", "review", "done"}[min(s, 3)]
}

// CanMove is the table of a settlement's moves.
func (s State) CanMove(to State) bool {
	return s == Posting && to == Review || s == Review && to == Done
}

// Settlement is the passage of one milestone's pay vector.
type Settlement struct {
	Request     id.RequestID
	Milestone   uint32
	Round       uint32
	State       State
	Root        id.Hash // over the chunks of the vector
	Payouts     uint32  // entries of the vector
	Posted      uint32
	Total       num.Amount
	PostedTotal num.Amount
	Released    num.Amount
	Fee         num.Bps
	Open        uint32 // payouts not yet released
	ReleaseAt   id.Time
	Chunks      []uint32 // posted, sorted
	Holds       bool
	Due         num.Ppm
}

// Award is what a final verdict says about money.
type Award struct {
	Request   id.RequestID
	Milestone uint32
	Round     uint32
	Root      id.Hash
	Payouts   uint32
	Total     num.Amount
	Holds     bool
	Due       num.Ppm
}

// MaxPayouts bounds a pay vector.
const MaxPayouts = 100_000

// Open starts the settlement of a final verdict and sets its total aside from
// the budget. Without payouts it goes straight to an empty review.
func Open(a Award, fee num.Bps) (Settlement, []escrow.Transfer, error) {
	if a.Payouts > MaxPayouts {
		return Settlement{}, nil, fault.Limit("settle: request %s, milestone %d: %d payouts: at most %d", a.Request, a.Milestone, a.Payouts, MaxPayouts)
	}
	if a.Total < 0 || a.Payouts == 0 && a.Total != 0 {
		return Settlement{}, nil, fault.Invalid("settle: request %s, milestone %d: %s for %d payouts", a.Request, a.Milestone, a.Total, a.Payouts)
	}
	s := Settlement{
		Request: a.Request, Milestone: a.Milestone, Round: a.Round, State: Posting, Root: a.Root,
		Payouts: a.Payouts, Total: a.Total, Fee: fee, Holds: a.Holds, Due: a.Due,
	}
	if a.Payouts == 0 {
		s.State = Review
	}
	aside := escrow.Transfer{From: escrow.Budget(a.Request), To: escrow.Pending(a.Request), Amount: a.Total, Why: "pay set aside"}
	return s, []escrow.Transfer{aside}, nil
}

func (s Settlement) move(to State) (Settlement, error) {
	if !s.State.CanMove(to) {
		return s, fault.State("settle: request %s, milestone %d: %s cannot become %s", s.Request, s.Milestone, s.State, to)
	}
	s.State = to
	return s, nil
}

// Finished says whether Finish is due: the vector is complete and nothing of it
// is open.
func (s Settlement) Finished() bool { return s.State == Review && s.Open == 0 }

// Finish ends a settlement whose payouts are all released.
func (s Settlement) Finish() (Settlement, error) {
	if s.Open > 0 || s.Released != s.Total {
		return s, fault.State("settle: request %s, milestone %d: %d payouts open, %s of %s released", s.Request, s.Milestone, s.Open, s.Released, s.Total)
	}
	return s.move(Done)
}

// Held is what pending escrow must hold for the settlement.
func (s Settlement) Held() num.Amount { return s.Total - s.Released }

// Check holds invariant 1 as far as one settlement shows it.
func (s Settlement) Check() error {
	bad := s.State < Posting || s.State > Done || s.Posted > s.Payouts || s.Open > s.Posted || s.PostedTotal > s.Total || s.Released > s.PostedTotal ||
		(s.State != Posting && (s.Posted != s.Payouts || s.PostedTotal != s.Total))
	if bad {
		return fault.Internal("settle: request %s, milestone %d: %s, %d/%d payouts, %s/%s posted, %s released",
			s.Request, s.Milestone, s.State, s.Posted, s.Payouts, s.PostedTotal, s.Total, s.Released)
	}
	return nil
}
