package model

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/model/robust"
)

// Train lets the live generation learn a given item. What the model would have
// said before is kept, for the verdict of families that cannot forget.
func (m Model) Train(c Contribution, l learn.Learner, live learn.State, now Now) (Model, Contribution, Entry, error) {
	if err := m.Learning(); err != nil {
		return m, c, Entry{}, err
	}
	c, err := c.Move(Trained)
	if err != nil {
		return m, c, Entry{}, err
	}
	x := m.input(c.Offer)
	c.Class, c.Margin = learn.Predict(l, live, x)
	c.Deadline = now.Time.Add(m.Terms.Incentive.Wait)
	l.Update(live, x, c.Offer.Label)
	m, e := m.log(Entry{Kind: EntryTrain, Contribution: c.Number, Item: c.Offer.Item()}, now)
	m.Updates++
	c.Entry = e.Number
	return m, c, e, nil
}

// input is what the model sees of an offer.
func (m Model) input(o Offer) learn.Input { return robust.Clip(o.Input, m.Terms.Robust.Norm) }

// Verdict says whether the model agrees with a label.
type Verdict uint8

// The verdicts.
const (
	Agrees Verdict = iota + 1
	Disagrees
	Undecided // by less than the margin, or a copy it agrees with
)

// String names the verdict.
func (v Verdict) String() string {
	return [...]string{"unspecified", "agrees", "disagrees", "undecided"}[min(v, 3)]
}

// State is where a verdict takes a contribution.
func (v Verdict) State() ContributionState {
	switch v {
	case Agrees:
		return Confirmed
	case Disagrees:
		return Rejected
	default:
		return Neutral
	}
}

// Judge says what the live generation thinks of a trained item without having
// learnt it: where the family can forget, as of now with the item left out;
// else as it was before it learnt the item. It changes nothing, and is the same
// whoever asks; too early it is an error of kind state.
func (m Model) Judge(c Contribution, l learn.Learner, live learn.State, now id.Time) (Verdict, error) {
	if c.State != Trained {
		return 0, fault.State("model: contribution %d to %s is %s: no verdict", c.Number, m.ID, c.State)
	}
	if now < c.Deadline {
		return 0, fault.State("model: contribution %d to %s is judged at %s", c.Number, m.ID, c.Deadline)
	}
	class, margin, x := c.Class, c.Margin, m.input(c.Offer)
	if f, ok := l.(learn.Forgetter); ok {
		left := Trial(live)
		if m.InForce(c.Entry, m.Basis.Entry) {
			f.Remove(left, x, c.Offer.Label)
		}
		class, margin = learn.Predict(l, left, x)
	}
	return m.verdict(c, class, margin), nil
}

// verdict compares an answer with the label. A regression's answer agrees
// within the margin, so it is never undecided.
func (m Model) verdict(c Contribution, class uint32, margin int64) Verdict {
	agrees, sure := int64(class) == c.Offer.Label, margin >= max(1, m.Terms.Incentive.Margin)
	if m.Terms.Config.Classes == 1 {
		off := margin - c.Offer.Label
		agrees, sure = max(off, -off) <= m.Terms.Incentive.Margin, true
	}
	switch {
	case !sure || agrees && c.CopyOf > 0:
		return Undecided
	case agrees:
		return Agrees
	default:
		return Disagrees
	}
}

// Settle ends a trained contribution by its verdict. There is one per item.
func (c Contribution) Settle(who Contributor, v Verdict) (Contribution, Contributor, error) {
	if v < Agrees || v > Undecided {
		return c, who, fault.Invalid("model: contribution %d to %s: verdict %d", c.Number, c.Model, v)
	}
	return c.end(who, v.State())
}

// overlay is a State whose changes stay out of the one below.
type overlay struct {
	below learn.State
	cells map[learn.Cell]int64
}

// Trial returns a State over another that keeps changes to itself.
func Trial(below learn.State) learn.State {
	return overlay{below: below, cells: map[learn.Cell]int64{}}
}

func (o overlay) Get(c learn.Cell) int64 {
	if v, ok := o.cells[c]; ok {
		return v
	}
	return o.below.Get(c)
}

func (o overlay) Set(c learn.Cell, v int64) { o.cells[c] = v }
