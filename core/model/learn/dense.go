package learn

import (
	"math"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/fixed"
)

// dense answers the class whose items' mean is nearest, over vectors that have
// every feature. It keeps exact sums, so a mean never drifts. Scores are minus
// the squared distance in Q20; a class without items has the lowest there is.
// Source: Rocchio (1971).
//
// Use it for vectors from an encoder, of sentences or pictures, and for new
// classes with few items; it can forget. Not where one class has several
// middles (knn, tree), nor for words (centroid).
type dense struct {
	classes  uint32
	features uint32
}

func newDense(c Config) (Learner, error) {
	if c.Features > MaxIndices {
		return nil, fault.Limit("learn: dense of %d features: 1 to %d", c.Features, MaxIndices)
	}
	return dense{c.Classes, c.Features}, nil
}

// checkWhole refuses vectors with features missing.
func checkWhole(c Config, x Input) error {
	if len(x.Indices) != int(c.Features) {
		return fault.Invalid("learn: vector of %d features: want all %d", len(x.Indices), c.Features)
	}
	return nil
}

func (d dense) Scores(s State, x Input) []int64 {
	all := make([]int64, d.classes)
	for c := range d.classes {
		all[c] = d.near(s, c, x)
	}
	return all
}

func (d dense) near(s State, class uint32, x Input) int64 {
	items := natural(s.Get(Cell{tableScalar, countItems, class}))
	if items == 0 {
		return math.MinInt64
	}
	distance := int64(0)
	for k, i := range x.Indices {
		off := fixed.Sub(x.value(k), s.Get(Cell{tableCount, class, i})/items)
		distance = fixed.Add(distance, fixed.Mul(off, off))
	}
	return -distance
}

func (d dense) Update(s State, x Input, label int64) { d.add(s, x, uint32(label), 1) }

func (d dense) Remove(s State, x Input, label int64) { d.add(s, x, uint32(label), -1) }

func (d dense) add(s State, x Input, class uint32, by int64) {
	add(s, Cell{tableScalar, countItems, class}, by)
	for k, i := range x.Indices {
		add(s, Cell{tableCount, class, i}, by*x.value(k))
	}
}

func (d dense) Cost(x Input) uint64 {
	return uint64(d.classes) * (uint64(len(x.Indices)) + 1)
}

func (d dense) Size() uint64 { return uint64(d.classes) * (uint64(d.features) + 1) }
