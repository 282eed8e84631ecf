package learn

import (
	"math"

	"github.com/alaya-network/alaya/core/model/fixed"
)

// centroid answers the class whose items' mean is nearest, over the features
// an item has. Counts keep the means exact. Scores are the squared length of
// the item less the squared distance, in Q40 rounded toward zero; among scores
// that only rounding makes equal, the nearer class gets one more. A class
// without items has the lowest score there is. Source: Rocchio (1971).
//
// Use it for text under wrong labels or with few items per class; it can
// forget. Not where classes differ in how long their items are: the middle of
// long items is far from every short one.
type centroid struct {
	counts
}

const distanceBits = 40

func newCentroid(c Config) (Learner, error) { return centroid{counts{c.Classes, c.Features}}, nil }

func (n centroid) squares(s State, class uint32) int64 {
	return natural(s.Get(Cell{tableScalar, countSquares, class}))
}

// near returns how near a class is, as a fraction; 0/0 for one without items.
func (n centroid) near(s State, class uint32, x Input) (num, den int64) {
	items := min(n.items(s, class), 1<<31)
	hits := int64(0)
	for _, i := range x.Indices {
		hits += min(n.of(s, class, i), 1<<31)
	}
	return fixed.Sub(fixed.MulInt(2*items, hits), n.squares(s, class)), items * items
}

func (n centroid) Scores(s State, x Input) []int64 {
	all := make([]int64, n.classes)
	var bestNum, bestDen, best int64
	for c := range n.classes {
		num, den := n.near(s, c, x)
		if den == 0 {
			all[c] = math.MinInt64
			continue
		}
		all[c] = fixed.MulDiv(num, 1<<distanceBits, den)
		switch {
		case bestDen == 0:
		case fixed.CompareProducts(num, bestDen, bestNum, den) <= 0:
			continue
		case all[c] <= best:
			all[c] = fixed.Add(best, 1)
		}
		bestNum, bestDen, best = num, den, all[c]
	}
	return all
}

func (n centroid) Update(s State, x Input, label int64) {
	add(s, Cell{tableScalar, countItems, uint32(label)}, 1)
	n.hit(s, x, uint32(label), 1)
}

func (n centroid) Remove(s State, x Input, label int64) {
	add(s, Cell{tableScalar, countItems, uint32(label)}, -1)
	n.hit(s, x, uint32(label), -1)
}

// hit counts the features of an item in, or out, with their squares.
func (n centroid) hit(s State, x Input, class uint32, by int64) {
	grown := int64(0)
	for _, i := range x.Indices {
		cell := Cell{tableCount, class, i}
		before := s.Get(cell)
		s.Set(cell, fixed.Add(before, by))
		grown = fixed.Add(grown, fixed.Add(fixed.MulInt(2*by, before), 1))
	}
	add(s, Cell{tableScalar, countSquares, class}, grown)
}

func (n centroid) Cost(x Input) uint64 {
	return uint64(n.classes) * (uint64(len(x.Indices)) + 2)
}
