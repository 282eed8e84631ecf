package replay

import (
	"slices"

	"github.com/alaya-network/alaya/core/work"
)

// people are the workers of a recording.
type people struct {
	recorded *Recorded
	layout   Layout
}

// Crowd returns the recorded workers over a layout.
func (r *Recorded) Crowd(l Layout) Crowd { return people{r, l} }

func (p people) Size() int           { return len(p.recorded.Workers) }
func (p people) Name(i int) string   { return p.recorded.Workers[i] }
func (p people) Able(i int) []uint32 { return p.layout.Able[p.Name(i)] }
func (p people) Units(i int) uint64  { return uint64(len(p.recorded.Answers[p.Name(i)])) }

func (p people) Answer(i int, item string) work.Answer {
	label, answered := p.recorded.Answers[p.Name(i)][item]
	if !answered {
		return work.Answer{Item: item, Skip: "other"}
	}
	return work.Answer{Item: item, Label: label}
}

// Unused is the gold that was not chosen: it measures and decides nothing.
func (r *Recorded) Unused(chosen []work.GoldLabel) map[string]string {
	out := make(map[string]string, len(r.Gold))
	for item, label := range r.Gold {
		if !slices.ContainsFunc(chosen, func(g work.GoldLabel) bool { return g.Item == item }) {
			out[item] = label
		}
	}
	return out
}
