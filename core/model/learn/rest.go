package learn

import "github.com/alaya-network/alaya/core/model/fixed"

// Tables of the families with weights.
const (
	tableScalar uint8 = iota // one number per class, or a few of all
	tableWeight              // per class and feature
	tableSecond              // a second number per class and feature
)

// maxWeight bounds what a weight can grow to, a million in Q20; the sum over an
// input's features then stays far from the ends of the range.
const maxWeight = int64(1) << 40

// rest are the vectors of one-versus-rest: a vector per class that says this
// class or any other; for two classes the one of class 1 is enough.
type rest struct {
	classes uint32
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

// weighted returns the bias and the weighted sum of the input's values, in Q20.
func weighted(s State, class uint32, x Input) int64 {
	sum := s.Get(Cell{tableScalar, 0, class})
	for k, i := range x.Indices {
		w := s.Get(Cell{tableWeight, class, i})
		if x.Values != nil {
			w = fixed.Mul(w, x.Values[k])
		}
		sum = fixed.Add(sum, w)
	}
	return sum
}

// shift adds to a cell and keeps it within maxWeight.
func shift(s State, c Cell, by int64) {
	s.Set(c, fixed.Clamp(fixed.Add(s.Get(c), by), maxWeight))
}
