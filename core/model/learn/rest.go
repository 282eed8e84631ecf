package learn

import "github.com/alaya-network/alaya/core/model/fixed"

// The tables. What Class and Index of a cell are follows each.
const (
	tableScalar uint8 = iota // what is counted or kept, class: a few numbers besides
	tableWeight              // class, feature: how much it speaks for the class
	tableSlope               // class, feature: how much the weight has moved
	tableCount               // class, feature: how often they came together
	tableItem                // slot, position: an item that is kept
	tableNode                // node, what is kept: a tree
	tableFrozen              // feature, unit: an encoder that never learns
)

// Kinds of scalars of the families with weights; Bayes has its own.
const (
	scalarBias  uint32 = iota // of each class
	scalarSlope               // how much the bias has moved
	scalarTick                // items so far, at index 0
)

// maxWeight bounds what a weight can grow to, a million in Q20; the sum over an
// input's features then stays far from the ends of the range.
const maxWeight = int64(1) << 40

// rest are the vectors of one-versus-rest: a vector per class that says this
// class or any other; for two classes the one of class 1 is enough.
type rest struct {
	classes  uint32
	features uint32
}

// first returns the lowest class that has a vector; all above have one.
func (r rest) first() uint32 {
	if r.classes == 2 {
		return 1
	}
	return 0
}

// each calls f for every vector, with +1 for the label's and -1 for others.
func (r rest) each(label int64, f func(class uint32, sign int64)) {
	for c := r.first(); c < r.classes; c++ {
		if int64(c) == label {
			f(c, 1)
		} else {
			f(c, -1)
		}
	}
}

// scores collects the margins of all vectors; class 0 of two has 0.
func (r rest) scores(margin func(class uint32) int64) []int64 {
	all := make([]int64, r.classes)
	for c := r.first(); c < r.classes; c++ {
		all[c] = margin(c)
	}
	return all
}

// cost is the cells touched when every vector reads and writes some numbers per
// feature, and some besides.
func (r rest) cost(x Input, perFeature, besides uint64) uint64 {
	vectors := uint64(r.classes - r.first())
	return vectors * (perFeature*uint64(len(x.Indices)) + besides)
}

// size is the cells of some numbers per feature and the bias, for every vector.
func (r rest) size(perFeature uint64) uint64 {
	return uint64(r.classes-r.first()) * perFeature * (uint64(r.features) + 1)
}

// weighted returns the bias and the weighted sum of the input's values, in Q20.
func weighted(s State, class uint32, x Input) int64 {
	sum := s.Get(Cell{tableScalar, scalarBias, class})
	for k, i := range x.Indices {
		sum = fixed.Add(sum, scaled(s.Get(Cell{tableWeight, class, i}), x, k))
	}
	return sum
}

// scaled returns v times the value of the input's k-th feature.
func scaled(v int64, x Input, k int) int64 {
	if x.Values == nil {
		return v
	}
	return fixed.Mul(v, x.Values[k])
}

// shift adds to a cell and keeps it within maxWeight.
func shift(s State, c Cell, by int64) {
	s.Set(c, fixed.Clamp(fixed.Add(s.Get(c), by), maxWeight))
}
