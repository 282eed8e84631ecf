package model

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// Fork makes a model that starts as another was at a version, under terms of
// its own: name, incentive, owner, holdout and robust window may differ, what it
// is made of may not. Its first generation is a replay of the lineage; withdrawn
// is the sum of Withdrawn over it.
func (m Model) Fork(creator id.Address, nonce uint64, t Terms, at Version, withdrawn uint64, now id.Time) (Model, error) {
	if at.Model != m.ID || at.Entry > m.Entries || at.Root.IsZero() || at.Entry == m.Entries && at.Root != m.Root {
		return Model{}, fault.Invalid("model: fork of %s at entry %d, root %s: %s has %d entries, root %s", at.Model, at.Entry, at.Root, m.ID, m.Entries, m.Root)
	}
	if len(m.Lineage) >= MaxDepth {
		return Model{}, fault.Limit("model: %s is a fork %d deep: no more", m.ID, MaxDepth)
	}
	if t.Config.Hash() != m.Terms.Config.Hash() || t.Licence != m.Terms.Licence || t.Robust.Norm != m.Terms.Robust.Norm || t.Seed != m.Terms.Seed ||
		string(t.Encoder.Inline) != string(m.Terms.Encoder.Inline) || t.Encoder.Content != m.Terms.Encoder.Content {
		return Model{}, fault.Invalid("model: fork of %s: config, encoder, seed, norm and licence must stay", m.ID)
	}
	f, err := Create(creator, nonce, t, now)
	if err != nil {
		return Model{}, err
	}
	f.Lineage = append(append([]Version(nil), m.Lineage...), at)
	f.Root = f.FirstRoot()
	f.Replay = Replay{Generation: 1, Basis: Basis{Withdrawn: withdrawn}, Next: 1}
	return f, nil
}

// DescendsFrom says whether the model is a fork of another, near or far.
func (m Model) DescendsFrom(other id.ModelID) bool {
	for _, v := range m.Lineage {
		if v.Model == other {
			return true
		}
	}
	return false
}
