// Package host keeps a collaborative model in memory and carries its rules out
// as a chain would: for simulators, for clients that replay a log, for tests.
//
// Words: as in core/model. The host holds the log, the contributions, the
// contributors, the index of copies and the generations of one model.
//
// Not for services: nothing is saved, and nothing is safe for concurrent use.
//
// Invariants:
//  1. After every call Check holds: log, contributions and contributors agree
//     with the model, and the root is the chain over the log.
package host

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/learn"
)

// Host is one model with all that belongs to it.
type Host struct {
	Model   model.Model
	Learner learn.Learner
	Live    *learn.Memory
	Log     []model.Entry
	Items   []model.Contribution // number n at n-1

	waiting []uint64 // given, for their window to close
	shadow  *learn.Memory
	seed    []learn.Entry
	people  map[id.Address]model.Contributor
	bands   map[model.Band]uint64
	parents map[id.ModelID]*Host
	start   id.Hash
}

// New creates a model and its host; seed are the parameters it starts from.
func New(creator id.Address, nonce uint64, t model.Terms, seed []learn.Entry, now id.Time) (*Host, error) {
	m, err := model.Create(creator, nonce, t, now)
	if err != nil {
		return nil, err
	}
	return house(m, seed)
}

func house(m model.Model, seed []learn.Entry) (*Host, error) {
	l, err := learn.New(m.Terms.Config)
	if err != nil {
		return nil, err
	}
	h := &Host{
		Model: m, Learner: l, Live: &learn.Memory{}, seed: seed, people: map[id.Address]model.Contributor{},
		bands: map[model.Band]uint64{}, parents: map[id.ModelID]*Host{}, start: m.Root,
	}
	learn.Load(h.Live, seed)
	h.layOut()
	return h, nil
}

// layOut makes room for the generation that a replay makes.
func (h *Host) layOut() {
	if h.Model.Replaying() {
		h.shadow = &learn.Memory{}
		learn.Load(h.shadow, h.seed)
	}
}

// Fork makes a fork of the model as it is, complete after its Replay.
func (h *Host) Fork(creator id.Address, nonce uint64, t model.Terms, at model.Version, now id.Time) (*Host, error) {
	m, err := h.Model.Fork(creator, nonce, t, at, h.withdrawn(), now)
	if err != nil {
		return nil, err
	}
	f, err := house(m, h.seed)
	if err != nil {
		return nil, err
	}
	for _, v := range h.Model.Lineage {
		f.parents[v.Model] = h.parents[v.Model]
	}
	f.parents[h.Model.ID] = h
	return f, nil
}

// At names the model as it was after an entry.
func (h *Host) At(entry uint64) model.Version {
	v := model.Version{Model: h.Model.ID, Entry: entry, Root: h.start}
	if entry > 0 {
		v.Root = h.Log[entry-1].Root
	}
	return v
}

// withdrawn is the sum over model and lineage.
func (h *Host) withdrawn() uint64 {
	sum := h.Model.Withdrawn
	for _, v := range h.Model.Lineage {
		sum += h.parents[v.Model].Model.Withdrawn
	}
	return sum
}

// Contributor returns what the model knows of an address.
func (h *Host) Contributor(who id.Address) model.Contributor {
	if w, ok := h.people[who]; ok {
		return w
	}
	return model.NewContributor(h.Model.ID, who)
}

// SetContributor writes what an incentive changed.
func (h *Host) SetContributor(w model.Contributor) { h.people[w.Address] = w }

// Contributors returns all who gave something, by address.
func (h *Host) Contributors() []model.Contributor {
	var all []model.Contributor
	for _, c := range h.Items {
		all = append(all, h.people[c.Author])
	}
	slices.SortFunc(all, func(a, b model.Contributor) int { return cmp.Compare(a.Address, b.Address) })
	return slices.CompactFunc(all, func(a, b model.Contributor) bool { return a.Address == b.Address })
}

// Item returns a contribution by its number.
func (h *Host) Item(number uint64) (model.Contribution, error) {
	if number < 1 || number > uint64(len(h.Items)) {
		return model.Contribution{}, fault.NotFound("host: contribution %d to %s: there are %d", number, h.Model.ID, len(h.Items))
	}
	return h.Items[number-1], nil
}

// SetItem writes what an incentive changed.
func (h *Host) SetItem(c model.Contribution) { h.Items[c.Number-1] = c }

// Band is part of model.Index.
func (h *Host) Band(b model.Band) (uint64, error) { return h.bands[b], nil }

// SetBand is part of model.Index.
func (h *Host) SetBand(b model.Band, number uint64) error {
	h.bands[b] = number
	return nil
}

// lineage is the host as a model.Source.
type lineage struct{ *Host }

func (l lineage) of(m id.ModelID) (*Host, error) {
	if m == l.Host.Model.ID {
		return l.Host, nil
	}
	if p, ok := l.parents[m]; ok {
		return p, nil
	}
	return nil, fault.NotFound("host: %s is not of the lineage of %s", m, l.Host.Model.ID)
}

func (l lineage) Model(m id.ModelID) (model.Model, error) {
	h, err := l.of(m)
	if err != nil {
		return model.Model{}, err
	}
	return h.Model, nil
}

func (l lineage) Entry(m id.ModelID, number uint64) (model.Entry, error) {
	h, err := l.of(m)
	if err != nil {
		return model.Entry{}, err
	}
	if number < 1 || number > uint64(len(h.Log)) {
		return model.Entry{}, fault.NotFound("host: entry %d of %s: there are %d", number, m, len(h.Log))
	}
	return h.Log[number-1], nil
}

func (l lineage) Contribution(m id.ModelID, number uint64) (model.Contribution, error) {
	h, err := l.of(m)
	if err != nil {
		return model.Contribution{}, err
	}
	return h.Item(number)
}
