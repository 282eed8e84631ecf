// Package bounty is the market that pays for what a model gets better by: a
// provider puts up a bounty and commits to a test set; contributors enter
// batches of data blind; batches are learnt one by one in a drawn order, and
// each is paid the loss it took away.
//
// Words: the provider pays; the test set is cut into slices, all committed to
// at once as salted leaves under one root; the sample is the slice, drawn by a
// later block, that shows what the test looks like and is never scored; a batch
// is what one contributor enters with a stake, by commit and reveal; the loss
// is the model's on the scored slices; pay may be negative, then the stake pays.
//
// Use it where a test set exists and somebody pays for improvement. It needs no
// trusted owner: silence ends by deadlines, at the cost of who was silent. Not
// where the test set is small: pay follows its noise.
//
// Invariants:
//  1. What came in = what went out + Held; when a market is over and its batches
//     are settled, Held is 0.
//  2. Pay of the batches kept up to any point = floor(B·(L₀-L)/Lmax) <= B.
//  3. Pay follows from a batch and its place, not from who entered it: splitting
//     a contributor into many changes nothing.
//  4. A batch whose damage its stake does not cover is not learnt, and forfeits
//     the stake.
//  5. Sample and order are drawn once, by blocks after all they depend on stood.
//  6. A step that is repeated from its cursor pays the same.
//
// Sources: Abernethy and Frongillo, A collaborative mechanism for crowdsourcing
// prediction problems (NIPS 2011); Waggoner, Frongillo and Abernethy, A market
// framework for eliciting private data (NIPS 2015).
package bounty

import (
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/num"
)

// State says where a market stands.
type State uint8

// States of a market.
const (
	Sampling  State = iota + 1 // the sample is drawn, then the provider reveals it
	Joining                    // batches are committed to
	Opening                    // batches are revealed
	Revealing                  // the provider reveals the test set
	Drawing                    // a block draws the order
	Scoring                    // batches are learnt and paid
	Done
	Failed // the test set stayed hidden: contributors share bounty and bond
	Void   // nothing to score
)

// String names the state.
func (s State) String() string {
	return [...]string{"unspecified", "sampling", "joining", "opening", "revealing", "drawing", "scoring", "done", "failed", "void"}[min(s, 9)]
}

// CanMove is the table of a market's moves.
func (s State) CanMove(to State) bool {
	switch s {
	case Sampling:
		return to == Joining || to == Void
	case Joining:
		return to == Opening || to == Void
	case Opening:
		return to == Revealing || to == Void
	case Revealing:
		return to == Drawing || to == Failed
	case Drawing:
		return to == Scoring
	case Scoring:
		return to == Done
	default:
		return false
	}
}

// Over says whether only batches are left to settle, if any.
func (s State) Over() bool { return s >= Done }

// Market is one call for improvement of a model.
type Market struct {
	Model    id.ModelID
	Number   uint64 // of the model's markets, from 1
	Provider id.Address
	Terms    Terms
	State    State
	Height   id.Height // from which the next draw may be made
	Sample   uint32    // slice that is the sample
	Drawn    bool      // the sample is
	Revealed uint32    // items revealed: the sample's, then those of all other slices in order

	Batches uint32     // committed to, numbered from 1
	Opened  uint32     // revealed
	Settled uint32     // whose stake has gone its way
	Held    num.Amount // all money that is still here
	Staked  num.Amount // stakes of opened batches

	Order []uint32 // opened batches as drawn
	Score Score
}

// Score is the cursor of the scoring.
type Score struct {
	Place  uint32     // 0: the model as it was; n: batch Order[n-1] on top
	Item   uint32     // next item to score, in the order of revelation after the sample
	Sum    int64      // losses of this place so far
	First  int64      // loss of the model as it was, L₀
	Last   int64      // loss after the last batch that was kept
	Paid   int64      // P after that batch, may be negative
	Earned num.Amount // sum of positive pay, for the records
}

// Account is where the market's money is.
func (m Market) Account() escrow.Account { return escrow.Bounty(m.Model, m.Number) }

// Delay is how many blocks after a fact a draw that depends on it is made.
const Delay = 2

// Open opens a market on a model whose last one, zero if none, is over. Bounty
// and bond go into escrow.
func Open(on model.Model, last Market, provider id.Address, t Terms, now model.Now) (Market, []escrow.Transfer, error) {
	if err := on.Learning(); err != nil {
		return Market{}, nil, err
	}
	if on.Terms.Incentive.Kind != model.Bounty {
		return Market{}, nil, fault.Forbidden("bounty: %s has %s, not markets", on.ID, on.Terms.Incentive.Kind)
	}
	if last.Number > 0 && !last.State.Over() {
		return Market{}, nil, fault.State("bounty: market %d on %s is %s: one at a time", last.Number, on.ID, last.State)
	}
	if err := t.Validate(now.Time); err != nil {
		return Market{}, nil, err
	}
	held, err := t.Bounty.Add(t.Bond)
	if err != nil {
		return Market{}, nil, err
	}
	m := Market{
		Model: on.ID, Number: last.Number + 1, Provider: provider, Terms: t, State: Sampling,
		Height: now.Height + Delay, Held: held,
	}
	return m, []escrow.Transfer{{From: escrow.Wallet(provider), To: m.Account(), Amount: held, Why: "bounty and bond"}}, nil
}

func (m Market) move(to State) (Market, error) {
	if !m.State.CanMove(to) {
		return m, fault.State("bounty: market %d on %s: %s cannot become %s", m.Number, m.Model, m.State, to)
	}
	m.State = to
	return m, nil
}

// want refuses what does not belong in the state.
func (m Market) want(s State, what string) error {
	if m.State != s {
		return fault.State("bounty: market %d on %s is %s: %s when %s", m.Number, m.Model, m.State, what, s)
	}
	return nil
}

// pay moves money out.
func (m Market) pay(to escrow.Account, amount num.Amount, why string) (Market, escrow.Transfer, error) {
	held, err := m.Held.Sub(amount)
	if err != nil {
		return m, escrow.Transfer{}, fault.Internal("bounty: market %d on %s holds %s: %s wanted for %s", m.Number, m.Model, m.Held, amount, why)
	}
	m.Held = held
	return m, escrow.Transfer{From: m.Account(), To: to, Amount: amount, Why: why}, nil
}

// Check holds what every stored market must show.
func (m Market) Check() error {
	s, items := m.Score, m.Terms.items()
	if m.State < Sampling || m.State > Void || m.Opened > m.Batches || m.Settled > m.Batches {
		return fault.Internal("bounty: market %d on %s is %s: %d batches, %d opened, %d settled", m.Number, m.Model, m.State, m.Batches, m.Opened, m.Settled)
	}
	if m.Revealed > items || s.Item > items || int(s.Place) > len(m.Order) || m.State == Scoring && len(m.Order) != int(m.Opened) {
		return fault.Internal("bounty: market %d on %s is %s: %d of %d items revealed, place %d of %d, item %d",
			m.Number, m.Model, m.State, m.Revealed, items, s.Place, len(m.Order), s.Item)
	}
	if m.Held < 0 || s.Paid > int64(m.Terms.Bounty) || m.State.Over() && m.Settled == m.Batches && m.Held != 0 {
		return fault.Internal("bounty: market %d on %s is %s: %d ualy held, %d paid of %s, %d of %d batches settled",
			m.Number, m.Model, m.State, m.Held, s.Paid, m.Terms.Bounty, m.Settled, m.Batches)
	}
	return nil
}
