package bounty

import (
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/num"
)

// Test gives a revealed test item by its place in the order of revelation.
type Test func(number uint32) (model.Item, error)

// Scored returns how many items count, and the place of the first of them: the
// sample comes before and does not.
func (m Market) Scored() (items, first uint32) {
	first = m.Terms.Slices[m.Sample]
	return m.Terms.items() - first, first
}

// Current is the number of the batch that Step works on, 0 for the model as it
// was.
func (m Market) Current() uint32 {
	if m.Score.Place == 0 || int(m.Score.Place) > len(m.Order) {
		return 0
	}
	return m.Order[m.Score.Place-1]
}

// Learn is a family with its settings, and the live parameters.
type Learn struct {
	Config  learn.Config
	Learner learn.Learner
	Live    learn.State
}

// Step scores the batch Current, zero for the first place, on up to budget test
// items. It changes no parameters: a trial of the batch is made anew for every
// step, so nothing but the cursor is kept. Once all items are scored the batch
// is settled and the cursor goes on; if it is Kept, the caller trains its offers
// (model.Adopt, Train, Settle) before the next step.
func (m Market) Step(on Learn, b Batch, test Test, budget uint32) (Market, Batch, []escrow.Transfer, error) {
	if err := m.want(Scoring, "batches are scored"); err != nil {
		return m, b, nil, err
	}
	if b.Number != m.Current() {
		return m, b, nil, fault.Internal("bounty: market %d on %s: batch %d given, %d is scored", m.Number, m.Model, b.Number, m.Current())
	}
	items, first := m.Scored()
	if b.Number > 0 && len(b.Offers) == 0 { // it changes nothing
		m.Score.Sum, m.Score.Item = m.Score.Last, items
	}
	trial := model.Trial(on.Live)
	for _, o := range b.Offers {
		on.Learner.Update(trial, o.Input, o.Label)
	}
	for ; budget > 0 && m.Score.Item < items; budget-- {
		t, err := test(first + m.Score.Item)
		if err != nil {
			return m, b, nil, err
		}
		scores := on.Learner.Scores(trial, t.Input)
		m.Score.Sum = fixed.Add(m.Score.Sum, m.Terms.Measure.Loss(on.Config, m.Terms.Cap, scores, t.Label))
		m.Score.Item++
	}
	if m.Score.Item < items {
		return m, b, nil, nil
	}
	return m.next(b, items)
}

// next ends a place of the order and goes on to the next.
func (m Market) next(b Batch, items uint32) (Market, Batch, []escrow.Transfer, error) {
	loss := m.Score.Sum
	m.Score.Sum, m.Score.Item = 0, 0
	var moves []escrow.Transfer
	if b.Number == 0 {
		m.Score.First, m.Score.Last = loss, loss
	} else {
		var err error
		if m, b, moves, err = m.settle(b, loss, items); err != nil {
			return m, b, nil, err
		}
	}
	if int(m.Score.Place) < len(m.Order) {
		m.Score.Place++
		return m, b, moves, nil
	}
	m, last, err := m.finish()
	return m, b, append(moves, last...), err
}

// settle pays a batch the loss it took away, out of the bounty or its stake.
func (m Market) settle(b Batch, loss int64, items uint32) (Market, Batch, []escrow.Transfer, error) {
	owed, err := m.Terms.owed(m.Score.First, loss, items)
	if err != nil {
		return m, b, nil, err
	}
	pay := owed - m.Score.Paid
	to, amount, why := escrow.Wallet(b.Author), num.Amount(int64(b.Stake)+pay), "stake and pay"
	state := Kept
	if amount < 0 {
		state, pay, to, amount, why = Undone, 0, escrow.Pool, b.Stake, "stake of a batch that did harm"
	}
	if b, err = b.move(state); err != nil {
		return m, b, nil, err
	}
	b.Pay = pay
	m.Settled++
	if state == Kept {
		m.Score.Paid, m.Score.Last = owed, loss
		m.Score.Earned += num.Amount(max(0, pay))
	}
	m, t, err := m.pay(to, amount, why)
	return m, b, []escrow.Transfer{t}, err
}

// finish gives the provider bond and unspent bounty back. What stakes paid for
// a model that got worse goes to the pool: nobody earns by a hostile test set.
func (m Market) finish() (Market, []escrow.Transfer, error) {
	m, err := m.move(Done)
	if err != nil {
		return m, nil, err
	}
	back := m.Terms.Bond + m.Terms.Bounty - num.Amount(max(0, m.Score.Paid))
	harm := num.Amount(max(0, -m.Score.Paid))
	m, rest, err := m.pay(escrow.Wallet(m.Provider), back, "bond and unspent bounty")
	if err != nil {
		return m, nil, err
	}
	m, pooled, err := m.pay(escrow.Pool, harm, "paid by stakes for a worse model")
	return m, []escrow.Transfer{rest, pooled}, err
}
