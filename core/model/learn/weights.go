package learn

import "github.com/alaya-network/alaya/core/model/fixed"

// Weigher is a Learner whose scores are, for each class, a bias and a sum of
// the input's values, each by the weight of its feature (fixed.Mul): what it
// learnt can leave as a table of weights. All do it exactly, but average, whose
// rounded weights give scores that are off by at most one unit per feature.
type Weigher interface {
	Learner
	// Bias returns a class's bias.
	Bias(s State, class uint32) int64
	// Weight returns the weight of a feature; of MaxFeatures, which no model
	// has, that of a feature never seen.
	Weight(s State, class, feature uint32) int64
}

// Bias returns a class's bias; of two classes, class 0 has none.
func (r rest) Bias(s State, class uint32) int64 {
	if class < r.first() {
		return 0
	}
	return s.Get(Cell{tableScalar, scalarBias, class})
}

// Weight returns a class's weight; of two classes, class 0 has none.
func (r rest) Weight(s State, class, feature uint32) int64 {
	if class < r.first() {
		return 0
	}
	return s.Get(Cell{tableWeight, class, feature})
}

// Bias returns the bias of the value.
func (l linear) Bias(s State, _ uint32) int64 { return s.Get(Cell{tableScalar, scalarBias, 0}) }

// Weight returns a feature's weight.
func (l linear) Weight(s State, _, feature uint32) int64 {
	return s.Get(Cell{tableWeight, 0, feature})
}

// Bias returns the mean of a class's biases so far.
func (a average) Bias(s State, class uint32) int64 {
	return a.mean(s, a.perceptron.Bias(s, class), Cell{tableScalar, scalarSlope, class})
}

// Weight returns the mean of a class's weights so far.
func (a average) Weight(s State, class, feature uint32) int64 {
	return a.mean(s, a.perceptron.Weight(s, class, feature), Cell{tableSlope, class, feature})
}

// mean returns the mean over time of a number whose last value is known.
func (a average) mean(s State, last int64, past Cell) int64 {
	tick := a.tick(s)
	return fixed.Sub(fixed.MulInt(tick, last), s.Get(past)) / tick
}

// Bias returns the logarithm of a class's share.
func (b bayes) Bias(s State, class uint32) int64 { return fixed.Log2(b.items(s, class) + 1) }

// Weight returns the logarithm of a feature's share in a class.
func (b bayes) Weight(s State, class, feature uint32) int64 {
	return fixed.Log2(b.of(s, class, feature)+1) - fixed.Log2(b.tokens(s, class)+b.known(s))
}

// Bias is 0: the family knows no prior.
func (n complement) Bias(State, uint32) int64 { return 0 }

// Weight returns minus the logarithm of a feature's share in the other classes.
func (n complement) Weight(s State, class, feature uint32) int64 {
	features, sum := n.every(s, n.tokens)
	return fixed.Log2(sum-features[class]+n.known(s)) - fixed.Log2(n.total(s, feature)-n.of(s, class, feature)+1)
}

// Bias returns the log-odds of a class before anything is known of the item.
func (b bayesWeights) Bias(s State, class uint32) int64 {
	if class < b.rest.first() {
		return 0
	}
	return b.odds(s, class, Input{}, nil).prior
}

// Weight returns a feature's log-count ratio times its weight.
func (b bayesWeights) Weight(s State, class, feature uint32) int64 {
	if class < b.rest.first() {
		return 0
	}
	x := Input{Indices: []uint32{feature}}
	o := b.odds(s, class, x, b.totals(s, x))
	return fixed.Sub(o.sum(s, class, x), o.prior)
}

// WeightCells returns the first state of a perceptron, average, pa, arow,
// logistic or linear that starts from known weights: per class a bias and a
// weight per feature, all in Q20. Of two classes only class 1 counts.
func WeightCells(biases []int64, weights [][]int64) []Entry {
	var m Memory
	for class, b := range biases {
		m.Set(Cell{tableScalar, scalarBias, uint32(class)}, b)
	}
	for class, row := range weights {
		for i, w := range row {
			m.Set(Cell{tableWeight, uint32(class), uint32(i)}, w)
		}
	}
	return m.Cells()
}

// MiddleCells returns the first state of a dense that starts from known
// middles, in Q20, one per class, each as if it were the mean of some items.
func MiddleCells(items []int64, middles [][]int64) []Entry {
	var m Memory
	for class, n := range items {
		m.Set(Cell{tableScalar, countItems, uint32(class)}, n)
		for i, v := range middles[class] {
			m.Set(Cell{tableCount, uint32(class), uint32(i)}, fixed.MulInt(v, n))
		}
	}
	return m.Cells()
}
