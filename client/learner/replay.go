package learner

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/learn"
)

// Part is one model of a tape: its record, its log and its contributions in
// the order of their numbers.
type Part struct {
	Model model.Model
	Log   []model.Entry
	Items []model.Contribution
}

// Tape is all that a replay of a model needs: the lineage, the oldest first,
// then the model itself; and the seed, which they share.
type Tape struct {
	Parts []Part
	Seed  []learn.Entry
}

// Own is the part of the model itself.
func (t Tape) Own() Part { return t.Parts[len(t.Parts)-1] }

func (t Tape) part(m id.ModelID) (Part, error) {
	for _, p := range t.Parts {
		if p.Model.ID == m {
			return p, nil
		}
	}
	return Part{}, fault.NotFound("learner: %s is not on the tape", m)
}

// source is a tape as a replay reads it.
type source struct{ Tape }

func (s source) Model(m id.ModelID) (model.Model, error) {
	p, err := s.part(m)
	return p.Model, err
}

func (s source) Entry(m id.ModelID, number uint64) (model.Entry, error) {
	p, err := s.part(m)
	if err == nil && (number < 1 || number > uint64(len(p.Log))) {
		err = fault.NotFound("learner: entry %d of %s: there are %d", number, m, len(p.Log))
	}
	if err != nil {
		return model.Entry{}, err
	}
	return p.Log[number-1], nil
}

func (s source) Contribution(m id.ModelID, number uint64) (model.Contribution, error) {
	p, err := s.part(m)
	if err == nil && (number < 1 || number > uint64(len(p.Items))) {
		err = fault.NotFound("learner: contribution %d to %s: there are %d", number, m, len(p.Items))
	}
	if err != nil {
		return model.Contribution{}, err
	}
	return p.Items[number-1], nil
}

// Check holds the tape against the records of its models: every log chains to
// its model's root, every item in force hashes to what its entry says, and the
// lineage meets where it says. The seed must be checked by its content id.
func (t Tape) Check() error {
	lineage := t.Own().Model.Lineage
	if len(lineage) != len(t.Parts)-1 {
		return fault.Invalid("learner: %d models before %s, its lineage has %d", len(t.Parts)-1, t.Own().Model.ID, len(lineage))
	}
	for i, p := range t.Parts {
		if i < len(lineage) && (p.Model.ID != lineage[i].Model || lineage[i].Entry > uint64(len(p.Log)) || p.root(lineage[i].Entry) != lineage[i].Root) {
			return fault.Invalid("learner: lineage of %s: entry %d of %s has not the root %s", t.Own().Model.ID, lineage[i].Entry, lineage[i].Model, lineage[i].Root)
		}
		if err := p.check(); err != nil {
			return err
		}
	}
	return nil
}

// root is that of the log after an entry.
func (p Part) root(entry uint64) id.Hash {
	if entry == 0 {
		return p.Model.FirstRoot()
	}
	return p.Log[entry-1].Root
}

func (p Part) check() error {
	m := p.Model
	if uint64(len(p.Log)) != m.Entries || uint64(len(p.Items)) != m.Contributions {
		return fault.Invalid("learner: %d entries and %d contributions of %s, its record says %d and %d", len(p.Log), len(p.Items), m.ID, m.Entries, m.Contributions)
	}
	root := m.FirstRoot()
	for i, e := range p.Log {
		if root = e.Chain(root); e.Number != uint64(i)+1 || e.Root != root {
			return fault.Invalid("learner: entry %d of %s: root %s, want %s", i+1, m.ID, e.Root, root)
		}
		if err := p.checkItem(e); err != nil {
			return err
		}
	}
	if root != m.Root {
		return fault.Invalid("learner: the log of %s chains to %s, its record says %s", m.ID, root, m.Root)
	}
	return nil
}

// checkItem holds what an entry taught against the contribution it names,
// unless that was withdrawn and is empty.
func (p Part) checkItem(e model.Entry) error {
	if e.Kind != model.EntryTrain {
		return nil
	}
	if e.Contribution < 1 || e.Contribution > uint64(len(p.Items)) {
		return fault.Invalid("learner: entry %d of %s teaches contribution %d of %d", e.Number, p.Model.ID, e.Contribution, len(p.Items))
	}
	c := p.Items[e.Contribution-1]
	if c.State != model.Withdrawn && c.Offer.Item() != e.Item {
		return fault.Invalid("learner: contribution %d to %s is not the item that entry %d taught", c.Number, c.Model, e.Number)
	}
	return nil
}

// Replay learns the model again from its log, and returns the parameters that
// its live generation must have. The tape must have passed Check.
func (t Tape) Replay() (*learn.Memory, error) {
	m := t.Own().Model
	l, err := learn.New(m.Terms.Config)
	if err != nil {
		return nil, err
	}
	s := &learn.Memory{}
	learn.Load(s, t.Seed)
	generation := m.Generation
	m.Replay = model.Replay{Generation: generation + 1, Basis: m.Basis, Next: 1}
	for m.Replaying() {
		if m, _, err = m.Step(source{t}, l, s, 1<<20, model.Now{}); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// Same compares parameters and names the first that differs.
func Same(got, want []learn.Entry) error {
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got):
			return fault.Invalid("learner: parameter %+v of %d is missing", want[i], len(want))
		case i >= len(want):
			return fault.Invalid("learner: parameter %+v is one too many: want %d", got[i], len(want))
		case got[i] != want[i]:
			return fault.Invalid("learner: parameter %d of %d is %+v, want %+v", i+1, len(want), got[i], want[i])
		}
	}
	return nil
}

// Lost counts the items that were withdrawn since the live generation was
// made, of a family that cannot forget: until the rebuild that is due, the
// live parameters hold them, and nobody can learn them again.
func (t Tape) Lost() uint64 {
	sum := uint64(0)
	for _, p := range t.Parts {
		sum += p.Model.Withdrawn
	}
	return sum - t.Own().Model.Basis.Withdrawn
}
