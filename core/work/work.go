// Package work is how items become independent answers: rounds of pages,
// leases that nobody chooses, commitments that bind before anything shows.
//
// Words: a page is a slice of the request's items and keeps its number in every
// round; a round is a set of pages that get the same number of further answers;
// a lease gives a page to a contributor for a time; a submission is his answers
// to it, first committed to, later revealed; gold are true labels the requester
// committed to at posting.
//
// Invariants:
//  1. A page holds at most as many leases and submissions as its round's target.
//  2. Nobody is given a page twice within a milestone.
//  3. Nothing is revealed before the round's committing has ended, and no
//     commitment is taken after.
//  4. What leases and submissions may earn never exceeds the budget of the
//     milestones so far.
//  5. The chain of inputs covers every revealed submission once, in order.
package work

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
)

// RoundState says where a round stands.
type RoundState uint8

// States of a round.
const (
	Preparing RoundState = iota + 1
	Committing
	Revealing
	Gold
	Judging
	Closed
)

// String names the state.
func (s RoundState) String() string {
	return [...]string{"unspecified", "preparing", "committing", "revealing", "gold", "judging", "closed"}[min(s, 6)]
}

// CanMove is the table of a round's moves.
func (s RoundState) CanMove(to RoundState) bool {
	switch s {
	case Preparing:
		return to == Committing
	case Committing:
		return to == Revealing
	case Revealing:
		return to == Gold || to == Judging
	case Gold:
		return to == Judging
	case Judging:
		return to == Closed
	default:
		return false
	}
}

// MaxRounds bounds the rounds of a request.
const MaxRounds = 64

// Round is a set of pages that get Target further answers each.
type Round struct {
	Request     id.RequestID
	Number      uint32 // from 1
	Milestone   uint32
	State       RoundState
	Manifest    id.CID
	Root        id.Hash
	Pages       uint32 // in all
	Laid        uint32 // laid out so far
	Target      uint32
	Least       uint32 // no page is covered less often: where draws begin
	Seed        id.Hash
	Deadline    id.Time // of the state
	Leased      uint32  // open leases
	Committed   uint32
	Revealed    uint32
	Inputs      id.Hash
	Submissions uint64
	GoldContent id.CID
}

// Key names the round in events, deadlines and hashes.
func (r Round) Key() string { return key(r.Request, r.Number) }

func (r Round) move(to RoundState, deadline id.Time) (Round, error) {
	if !r.State.CanMove(to) {
		return r, fault.State("work: round %s: %s cannot become %s", r.Key(), r.State, to)
	}
	r.State, r.Deadline = to, deadline
	return r, nil
}

// Begin starts committing once all pages are laid out. The seed must come from
// a block after the roster was fixed; committing ends at the latest when the
// milestone is due.
func (r Round) Begin(seed id.Hash, due, now id.Time, w market.Windows) (Round, error) {
	if r.Laid != r.Pages {
		return r, fault.State("work: round %s: %d of %d pages laid out", r.Key(), r.Laid, r.Pages)
	}
	r.Seed = id.Sum("alaya/work/seed/v1", seed[:], []byte(r.Key()))
	return r.move(Committing, max(now.Add(market.MinWindow), min(now.Add(w.Commit), due)))
}

// Full says whether every page has its target of commitments.
func (r Round) Full() bool { return uint64(r.Committed) == uint64(r.Pages)*uint64(r.Target) }

// Settled says whether every commitment is revealed.
func (r Round) Settled() bool { return r.Revealed == r.Committed }

// CloseEarly ends committing at the requester's word, while nobody holds a lease.
func (r Round) CloseEarly(now id.Time, w market.Windows) (Round, error) {
	if r.Leased > 0 {
		return r, fault.State("work: round %s: %d leases are open", r.Key(), r.Leased)
	}
	return r.EndCommitting(now, w)
}

// EndCommitting opens the reveals.
func (r Round) EndCommitting(now id.Time, w market.Windows) (Round, error) {
	return r.move(Revealing, now.Add(w.Reveal))
}

// EndRevealing goes on to the gold, if there is any, or to the oracle.
func (r Round) EndRevealing(now id.Time, w market.Windows, gold market.Gold) (Round, error) {
	if gold.Count > 0 && r.Submissions > 0 {
		return r.move(Gold, now.Add(w.Gold))
	}
	return r.move(Judging, 0)
}

// Proceed goes on as far as there is nothing left to wait for: a full round
// ends its committing, a settled one its reveals.
func (r Round) Proceed(now id.Time, w market.Windows, gold market.Gold) (Round, error) {
	if r.State == Committing && r.Full() {
		var err error
		if r, err = r.EndCommitting(now, w); err != nil {
			return r, err
		}
	}
	if r.State == Revealing && r.Settled() {
		return r.EndRevealing(now, w, gold)
	}
	return r, nil
}

// OpenGold records where the requester put the gold he opened; "" for none.
func (r Round) OpenGold(content id.CID) (Round, error) {
	if r.State != Gold {
		return r, fault.State("work: round %s is %s: no gold is taken", r.Key(), r.State)
	}
	if content != "" {
		if _, err := id.ParseCID(string(content)); err != nil {
			return r, err
		}
	}
	r.GoldContent = content
	return r.move(Judging, 0)
}

// EndGold goes on without gold: the requester was silent.
func (r Round) EndGold() (Round, error) { return r.move(Judging, 0) }

// Close ends the round after its verdict.
func (r Round) Close() (Round, error) { return r.move(Closed, 0) }

// Last says whether no round may follow: nothing new came in, the milestone is
// due, or the rounds are used up.
func (r Round) Last(due, now id.Time) bool {
	return r.Revealed == 0 || now >= due || r.Number >= MaxRounds
}

// Check holds what every stored round must show.
func (r Round) Check() error {
	slots := uint64(r.Pages) * uint64(r.Target)
	bad := r.State < Preparing || r.State > Closed || r.Laid > r.Pages || r.Least > r.Target || r.Revealed > r.Committed ||
		uint64(r.Leased)+uint64(r.Committed) > slots || (r.State > Committing && r.Leased > 0)
	if bad {
		return fault.Internal("work: round %s: %s, %d/%d pages, target %d, %d leased, %d committed, %d revealed",
			r.Key(), r.State, r.Laid, r.Pages, r.Target, r.Leased, r.Committed, r.Revealed)
	}
	return nil
}
