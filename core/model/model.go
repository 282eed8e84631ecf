// Package model holds the rules of collaborative models: public models that
// anyone may use for free and improve by contributions, and that nobody has to
// be trusted with.
//
// Words: a contribution is one labelled item given by its author; to train is
// to let the model learn it; the log is the numbered list of entries that
// changed the model; the root is the hash chain over the log; to judge is to
// ask the model, once and without the item, whether it agrees with the label;
// credit counts the items that were confirmed; a fork is a model that starts
// from another's log; a replay makes parameters anew from the log; a generation
// is one set of parameters, of which the newest complete one is live; a cut is
// where a rollback went back to; a holdout is a set of
// items the creator committed to and that no model has seen.
//
// Everything here is old state and facts in, new state out. Parameters are not
// part of a Model: they stay in a learn.State that the shell keeps under
// (Model.ID, generation).
//
// Invariants:
//  1. Every change of a live generation is an entry of the log, so the root
//     stands for every parameter.
//  2. States move only along CanMove; deadlines alone can finish every noun.
//  3. An item is judged once, not before its time, by a model that has not
//     learnt it; what was judged stays judged.
//  4. A withdrawn item is in no generation that a replay began after it; where
//     the family can forget, it leaves the live one at once.
//  5. Given = open + confirmed + neutral + rejected + lapsed + withdrawn, for
//     every contributor.
//  6. From a contributor's last contribution, each leads to the one before.
//  7. An owner can do nothing from OwnerUntil on; a model has none by default.
//
// Sources: Harris and Waggoner, Decentralized and collaborative AI on
// blockchain (2019), for the idea of the open model.
package model

import (
	"encoding/binary"
	"encoding/json"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// State says where a model stands.
type State uint8

// States of a model.
const (
	Live     State = iota + 1
	Replaced       // a challenger was promoted: ask the successor
	Retired        // takes nothing more, answers for ever
)

// String names the state.
func (s State) String() string {
	return [...]string{"unspecified", "live", "replaced", "retired"}[min(s, 3)]
}

// CanMove is the table of a model's moves.
func (s State) CanMove(to State) bool {
	return s == Live && (to == Replaced || to == Retired)
}

// Version names a model as it was after an entry of its log; Root is the root
// there. Entry 0 is the model as created.
type Version struct {
	Model id.ModelID `json:"model"`
	Entry uint64     `json:"entry"`
	Root  id.Hash    `json:"root"`
}

// Model is a public model without its parameters.
type Model struct {
	ID            id.ModelID
	Creator       id.Address
	Terms         Terms
	State         State
	Created       id.Time
	Lineage       []Version // what it was forked from, the oldest first
	Root          id.Hash
	Entries       uint64 // of the log
	Contributions uint64 // numbers given, from 1
	Updates       uint64 // items the live generation has learnt from its own log
	Withdrawn     uint64 // items taken out, ever
	Generation    uint32 // the live one; 0 is the seed and what was learnt on it
	Basis         Basis  // of the live generation
	Replay        Replay // making the next generation, if it has a number
	Cuts          []Cut  // rollbacks in its own log, ascending
	HoldoutUsed   uint32 // items of the holdout that challenges took
	Successor     id.ModelID
}

// Create makes a model whose log is empty.
func Create(creator id.Address, nonce uint64, t Terms, now id.Time) (Model, error) {
	if err := t.Validate(now); err != nil {
		return Model{}, err
	}
	m := Model{ID: id.NewModelID(creator, nonce), Creator: creator, Terms: t, State: Live, Created: now}
	m.Root = m.FirstRoot()
	return m, nil
}

// FirstRoot is the root of the empty log, where the chain of roots begins: it
// commits to id, terms and lineage.
func (m Model) FirstRoot() id.Hash {
	var parent []byte
	if n := len(m.Lineage); n > 0 {
		v := m.Lineage[n-1]
		parent = append(binary.BigEndian.AppendUint64([]byte(v.Model), v.Entry), v.Root[:]...)
	}
	terms := m.Terms.Hash()
	return id.Sum("alaya/model/root/v1", []byte(m.ID), terms[:], parent)
}

// Version names the model as it is.
func (m Model) Version() Version { return Version{Model: m.ID, Entry: m.Entries, Root: m.Root} }

func (m Model) move(to State) (Model, error) {
	if !m.State.CanMove(to) {
		return m, fault.State("model: %s: %s cannot become %s", m.ID, m.State, to)
	}
	m.State = to
	return m, nil
}

// Learning refuses a model that takes nothing more.
func (m Model) Learning() error {
	if m.State != Live {
		return fault.State("model: %s is %s: it takes nothing more", m.ID, m.State)
	}
	return nil
}

// Own refuses everybody but the owner, and the owner after his deadline.
func (m Model) Own(by id.Address, now id.Time) error {
	if m.Terms.Owner == "" || by != m.Terms.Owner {
		return fault.Forbidden("model: %s is not %s's to change", m.ID, by)
	}
	if now >= m.Terms.OwnerUntil {
		return fault.Forbidden("model: %s: the owner's rights ended at %s", m.ID, m.Terms.OwnerUntil)
	}
	return nil
}

// Retire ends what the model takes; it goes on answering. Only its owner may.
func (m Model) Retire(by id.Address, now id.Time) (Model, error) {
	if err := m.Own(by, now); err != nil {
		return m, err
	}
	return m.move(Retired)
}

// Check holds what every stored model must show.
func (m Model) Check() error {
	if err := m.checkCuts(); err != nil {
		return err
	}
	if m.State < Live || m.State > Retired || (m.State == Replaced) != (m.Successor != "") {
		return fault.Internal("model: %s is %s, its successor %q", m.ID, m.State, m.Successor)
	}
	if m.Updates > m.Entries || m.Withdrawn > m.Contributions || m.HoldoutUsed > m.Terms.Holdout.Count {
		return fault.Internal("model: %s: %d entries, %d updates, %d contributions, %d withdrawn, %d of %d holdout items used",
			m.ID, m.Entries, m.Updates, m.Contributions, m.Withdrawn, m.HoldoutUsed, m.Terms.Holdout.Count)
	}
	r := m.Replay
	if len(m.Lineage) > MaxDepth || int(r.Level) > len(m.Lineage) || m.Basis.Entry > m.Entries || m.Replaying() && r.Generation != m.Generation+1 {
		return fault.Internal("model: %s: generation %d rests on %d of %d entries; replay into %d is at level %d of %d",
			m.ID, m.Generation, m.Basis.Entry, m.Entries, r.Generation, r.Level, len(m.Lineage))
	}
	if m.Entries == 0 && m.Root != m.FirstRoot() {
		return fault.Internal("model: %s: root %s of an empty log, want %s", m.ID, m.Root, m.FirstRoot())
	}
	return nil
}

func (m Model) checkCuts() error {
	last := uint64(0)
	for _, c := range m.Cuts {
		if c.To <= last || c.To <= c.From || c.To > m.Entries {
			return fault.Internal("model: %s: cut of entries %d to %d after %d, of %d", m.ID, c.From, c.To, last, m.Entries)
		}
		last = c.To
	}
	return nil
}

// hashJSON hashes a value by its JSON, which has one spelling for structs
// without maps whose slices are left out when empty.
func hashJSON(domain string, v any) id.Hash {
	text, err := json.Marshal(v)
	if err != nil {
		panic("model: " + err.Error()) // structs of plain fields always marshal
	}
	return id.Sum(domain, text)
}
