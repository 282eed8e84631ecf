package learn

import "github.com/alaya-network/alaya/core/model/fixed"

// Cells of naive Bayes: class numbers of the scalar table are what is counted.
const (
	countItems    uint32 = iota // per class
	countFeatures               // per class, over its items
	countKnown                  // features ever seen, at index 0
)

// counts are how often features came with classes.
type counts struct {
	classes uint32
}

// count adds one item, by +1, or takes it back, by -1.
func (n counts) count(s State, x Input, label int64, by int64) {
	class := uint32(label)
	shift(s, Cell{tableScalar, countItems, class}, by)
	shift(s, Cell{tableScalar, countFeatures, class}, by*int64(len(x.Indices)))
	known := int64(0)
	for _, i := range x.Indices {
		all := Cell{tableSecond, 0, i}
		before := s.Get(all)
		shift(s, all, by)
		known += min(s.Get(all), 1) - min(before, 1)
		shift(s, Cell{tableWeight, class, i}, by)
	}
	shift(s, Cell{tableScalar, countKnown, 0}, known)
}

// vocabulary returns the number of features ever seen, at least 1.
func (n counts) vocabulary(s State) int64 {
	return max(1, s.Get(Cell{tableScalar, countKnown, 0}))
}

// bayes is multinomial naive Bayes over features an item has, with one added to
// each count. Scores are the logarithms to base 2 of likelihood times prior.
// Source: McCallum and Nigam, AAAI workshop on text categorization (1998).
//
// Use it first: it is right early, hardly minds wrong labels and can forget
// exactly. Not where features say the same thing many times over: it counts
// them all, and is too sure of itself.
type bayes struct {
	counts
}

func newBayes(c Config) (Learner, error) { return bayes{counts{c.Classes}}, nil }

func (b bayes) Scores(s State, x Input) []int64 {
	known, length := b.vocabulary(s), int64(len(x.Indices))
	all := make([]int64, b.classes)
	for c := range b.classes {
		total := fixed.Add(s.Get(Cell{tableScalar, countFeatures, c}), known)
		score := fixed.Log2(fixed.Add(s.Get(Cell{tableScalar, countItems, c}), 1)) - length*fixed.Log2(total)
		for _, i := range x.Indices {
			score += fixed.Log2(fixed.Add(s.Get(Cell{tableWeight, c, i}), 1))
		}
		all[c] = score
	}
	return all
}

func (b bayes) Update(s State, x Input, label int64) { b.count(s, x, label, 1) }

func (b bayes) Remove(s State, x Input, label int64) { b.count(s, x, label, -1) }

func (b bayes) Cost(x Input) uint64 {
	return uint64(b.classes)*(uint64(len(x.Indices))+2) + uint64(len(x.Indices)) + 1
}
