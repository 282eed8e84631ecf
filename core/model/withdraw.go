package model

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model/learn"
)

// Generations are the parameters of a model: the live ones, and those that a
// replay is making, nil without one.
type Generations struct{ Live, Shadow learn.State }

// Withdraw takes an item back for its author, at any time after it was given.
// Where the family can forget, the model forgets at once; else the item leaves
// with the next replay. The offer is emptied; its hash stays in the log. A copy
// that a rollback cut out, or that was never learnt, costs no work.
func (m Model) Withdraw(by id.Address, c Contribution, who Contributor, l learn.Learner, g Generations, now Now) (Model, Contribution, Contributor, Entry, error) {
	if by != c.Author {
		return m, c, who, Entry{}, fault.Forbidden("model: contribution %d to %s is %s's to withdraw, not %s's", c.Number, m.ID, c.Author, by)
	}
	offer, entry := c.Offer, c.Entry
	c, who, err := c.end(who, Withdrawn)
	if err != nil {
		return m, c, who, Entry{}, err
	}
	m.Withdrawn++
	c.Offer = Offer{}
	m = m.forget(offer, entry, l, g)
	if entry == 0 {
		return m, c, who, Entry{}, nil
	}
	m, e := m.log(Entry{Kind: EntryRemove, Contribution: c.Number, Item: offer.Item()}, now)
	return m, c, who, e, nil
}

// forget takes an item out of the generations that hold it, if the family can,
// and notes which of them have it no more.
func (m Model) forget(o Offer, entry uint64, l learn.Learner, g Generations) Model {
	f, can := l.(learn.Forgetter)
	inLive := entry > 0 && m.InForce(entry, m.Basis.Entry)
	if inLive && can {
		f.Remove(g.Live, m.input(o), o.Label)
		m.Updates--
	}
	if can || !inLive {
		m.Basis.Withdrawn++
	}
	if !m.Replaying() {
		return m
	}
	inShadow := entry > 0 && int(m.Replay.Level) == len(m.Lineage) && entry < m.Replay.Next && m.InForce(entry, m.Replay.Basis.Entry)
	if inShadow && can {
		f.Remove(g.Shadow, m.input(o), o.Label)
		m.Replay.Updates--
	}
	if can || !inShadow {
		m.Replay.Basis.Withdrawn++
	}
	return m
}
