package model

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model/learn"
)

// Cut is a rollback: entry To went back to how things were after entry From.
type Cut struct{ From, To uint64 }

// Basis says what a generation rests on: the entries of the own log, and the
// withdrawals from model and lineage, that it has taken account of. Items
// trained after Entry are in it too; rollbacks after it are not.
type Basis struct{ Entry, Withdrawn uint64 }

// Replay makes a new generation from the logs of the lineage and the model's
// own, in order, some work at a time. The live generation keeps answering and
// learning meanwhile. The shell lays the new one out with the seed's parameters
// before the first Step.
type Replay struct {
	Generation uint32 // being made; 0: no replay
	Basis      Basis
	Level      uint32 // in the lineage; its length is the model's own log
	Next       uint64 // entry to look at, from 1
	Updates    uint64 // items of the own log learnt so far
}

// Source gives a replay what it goes through. It is asked for the models of the
// lineage and the model itself.
type Source interface {
	Model(id.ModelID) (Model, error)
	Entry(m id.ModelID, number uint64) (Entry, error)
	Contribution(m id.ModelID, number uint64) (Contribution, error)
}

// Replaying says whether a new generation is being made.
func (m Model) Replaying() bool { return m.Replay.Generation > 0 }

// InForce says whether an entry counts for a generation whose basis is the log
// up to after: no rollback among those took it back, unless that rollback was
// itself taken back.
func (m Model) InForce(entry, after uint64) bool {
	for i := len(m.Cuts) - 1; i >= 0; i-- {
		c := m.Cuts[i]
		switch {
		case c.To > after:
		case entry > c.To:
			return true
		case entry > c.From:
			return false
		default:
			after = c.From
		}
	}
	return true
}

// Rollback goes back to how the model was after an entry. Only the owner may.
// The live generation stays until a replay without the later entries is done.
func (m Model) Rollback(by id.Address, to uint64, now Now) (Model, Entry, error) {
	if err := m.Own(by, now.Time); err != nil {
		return m, Entry{}, err
	}
	if err := m.Learning(); err != nil {
		return m, Entry{}, err
	}
	if to >= m.Entries {
		return m, Entry{}, fault.Invalid("model: %s: rollback to entry %d of %d", m.ID, to, m.Entries)
	}
	if len(m.Cuts) >= MaxCuts {
		return m, Entry{}, fault.Limit("model: %s was rolled back %d times: no more", m.ID, MaxCuts)
	}
	m, e := m.log(Entry{Kind: EntryRollback, To: to}, now)
	m.Cuts = append(append([]Cut(nil), m.Cuts...), Cut{From: to, To: e.Number})
	return m, e, nil
}

// Stale says whether the live generation holds what must leave it: what a
// rollback took back, or items withdrawn from it or its lineage. withdrawn is
// the sum of Withdrawn over model and lineage.
func (m Model) Stale(withdrawn uint64) bool {
	n := len(m.Cuts)
	return withdrawn > m.Basis.Withdrawn || n > 0 && m.Cuts[n-1].To > m.Basis.Entry
}

// Rebuild begins a replay that is due. Anyone may ask for it.
func (m Model) Rebuild(withdrawn uint64) (Model, error) {
	if m.Replaying() {
		return m, fault.State("model: %s: generation %d is being made", m.ID, m.Replay.Generation)
	}
	if !m.Stale(withdrawn) {
		return m, fault.State("model: %s: nothing has to leave it", m.ID)
	}
	m.Replay = Replay{Generation: m.Generation + 1, Basis: Basis{m.Entries, withdrawn}, Next: 1}
	return m, nil
}

// Step does some of a replay: it stops once the cells it touched reach the
// budget, with the cursor on the next entry; an entry costs at least one. At
// the end of the log the new generation becomes live, and its entry is not zero.
func (m Model) Step(src Source, l learn.Learner, shadow learn.State, budget uint64, now Now) (Model, Entry, error) {
	if !m.Replaying() {
		return m, Entry{}, fault.State("model: %s: no replay", m.ID)
	}
	for used := uint64(0); used < budget; used++ {
		from, last, err := m.level(src)
		if err != nil {
			return m, Entry{}, err
		}
		if m.Replay.Next <= last {
			cost, err := m.again(src, from, l, shadow)
			if err != nil {
				return m, Entry{}, err
			}
			used += cost
			continue
		}
		if from.ID == m.ID {
			m, e := m.finish(now)
			return m, e, nil
		}
		m.Replay.Level, m.Replay.Next = m.Replay.Level+1, 1
	}
	return m, Entry{}, nil
}

// level returns the model whose log the cursor is in, and the last entry of it
// that counts.
func (m Model) level(src Source) (Model, uint64, error) {
	if int(m.Replay.Level) == len(m.Lineage) {
		return m, m.Entries, nil
	}
	v := m.Lineage[m.Replay.Level]
	from, err := src.Model(v.Model)
	return from, v.Entry, err
}

// basis is the last entry of a log whose rollbacks the replay heeds.
func (m Model) basis(from Model) uint64 {
	if from.ID == m.ID {
		return m.Replay.Basis.Entry
	}
	return m.Lineage[m.Replay.Level].Entry
}

// again learns the item of the entry at the cursor, if it is in force, and
// moves the cursor on.
func (m *Model) again(src Source, from Model, l learn.Learner, shadow learn.State) (cost uint64, err error) {
	number := m.Replay.Next
	m.Replay.Next++
	e, err := src.Entry(from.ID, number)
	if err != nil || e.Kind != EntryTrain || !from.InForce(number, m.basis(from)) {
		return 0, err
	}
	c, err := src.Contribution(from.ID, e.Contribution)
	if err != nil || c.State == Withdrawn {
		return 0, err
	}
	x := m.input(c.Offer)
	l.Update(shadow, x, c.Offer.Label)
	if from.ID == m.ID {
		m.Replay.Updates++
	}
	return l.Cost(x), nil
}

// finish makes the new generation live.
func (m Model) finish(now Now) (Model, Entry) {
	m.Generation, m.Updates, m.Basis = m.Replay.Generation, m.Replay.Updates, m.Replay.Basis
	m.Replay = Replay{}
	return m.log(Entry{Kind: EntryRebuild, Generation: m.Generation}, now)
}
