package learn

import "github.com/alaya-network/alaya/core/model/fixed"

// Kinds of scalars of the families that count.
const (
	countItems    uint32 = iota // of each class
	countFeatures               // of each class, over its items
	countKnown                  // features ever seen, at index 0
	countSquares                // of each class, the sum of its counts' squares
)

// counts are how often features came with classes.
type counts struct {
	classes  uint32
	features uint32
}

// Size is a count per class and feature, and scalars.
func (n counts) Size() uint64 { return uint64(n.classes)*(uint64(n.features)+2) + 1 }

// count adds one item, by +1, or takes it back, by -1.
func (n counts) count(s State, x Input, label int64, by int64) {
	class := uint32(label)
	add(s, Cell{tableScalar, countItems, class}, by)
	add(s, Cell{tableScalar, countFeatures, class}, by*int64(len(x.Indices)))
	known := int64(0)
	for _, i := range x.Indices {
		before := n.total(s, i)
		add(s, Cell{tableCount, class, i}, by)
		known += min(n.total(s, i), 1) - min(before, 1)
	}
	add(s, Cell{tableScalar, countKnown, 0}, known)
}

func (n counts) items(s State, class uint32) int64 {
	return natural(s.Get(Cell{tableScalar, countItems, class}))
}

// tokens returns how many features the items of a class had.
func (n counts) tokens(s State, class uint32) int64 {
	return natural(s.Get(Cell{tableScalar, countFeatures, class}))
}

// of returns how often a feature came with a class.
func (n counts) of(s State, class, feature uint32) int64 {
	return natural(s.Get(Cell{tableCount, class, feature}))
}

// total returns how often a feature came at all.
func (n counts) total(s State, feature uint32) (sum int64) {
	for c := range n.classes {
		sum += n.of(s, c, feature)
	}
	return sum
}

// totals returns the total of each feature of an input.
func (n counts) totals(s State, x Input) []int64 {
	all := make([]int64, len(x.Indices))
	for k, i := range x.Indices {
		all[k] = n.total(s, i)
	}
	return all
}

// known returns the number of features ever seen, at least 1.
func (n counts) known(s State) int64 {
	return max(1, natural(s.Get(Cell{tableScalar, countKnown, 0})))
}

// every collects a number of each class, and their sum.
func (n counts) every(s State, of func(State, uint32) int64) (each []int64, sum int64) {
	each = make([]int64, n.classes)
	for c := range n.classes {
		each[c] = of(s, c)
		sum += each[c]
	}
	return each, sum
}

// maxCount bounds what a count is taken for, so that sums of counts stay in
// range whatever the State holds.
const maxCount = int64(1) << 48

// natural returns a count as one that can be.
func natural(v int64) int64 { return max(0, min(maxCount, v)) }

// add adds to a cell, saturated.
func add(s State, c Cell, by int64) { s.Set(c, fixed.Add(s.Get(c), by)) }
