package learn

import "github.com/alaya-network/alaya/core/model/fixed"

// arow keeps, with each weight, how unsure it still is of it (a variance, Q30,
// 1 at first, kept as what is missing to 1), and moves unsure weights further.
// Scores are margins in Q20. Source: Crammer, Kulesza and Dredze, Adaptive
// regularization of weight vectors (NIPS 2009), with a diagonal matrix.
//
// Use it for tables and short texts with clean labels: rare features are
// learnt from few items, common ones settle. Not where many labels are wrong.
type arow struct {
	rest
	ridge int64 // Q30
}

const (
	certain     = int64(1) << 30 // 1 in Q30
	certainBits = 30
	maxLoss     = int64(1) << 32 // 4096 in Q20
)

func newArow(c Config) (Learner, error) {
	ridge, err := setting("ridge", c.Params.Ridge, 10*fixed.One, maxRate)
	return arow{rest{c.Classes, c.Features}, ridge << (certainBits - fixed.Shift)}, err
}

func (a arow) Scores(s State, x Input) []int64 {
	return a.scores(func(class uint32) int64 { return weighted(s, class, x) })
}

// variance returns what is kept in a cell, 0 to certain.
func variance(s State, c Cell) int64 { return certain - max(0, min(certain, s.Get(c))) }

func (a arow) Update(s State, x Input, label int64) {
	a.each(label, func(class uint32, sign int64) {
		loss := fixed.Sub(fixed.One, fixed.MulInt(sign, weighted(s, class, x)))
		if loss <= 0 {
			return
		}
		bias := Cell{tableScalar, scalarSlope, class}
		sum := a.ridge + variance(s, bias)
		for k, i := range x.Indices {
			spread := scaled(variance(s, Cell{tableSlope, class, i}), x, k)
			sum = fixed.Add(sum, scaled(spread, x, k))
		}
		pull := (min(loss, maxLoss) << certainBits) / sum
		for k, i := range x.Indices {
			slope := Cell{tableSlope, class, i}
			a.move(s, Cell{tableWeight, class, i}, slope, sign*pull, scaled(variance(s, slope), x, k), sum)
		}
		a.move(s, Cell{tableScalar, scalarBias, class}, bias, sign*pull, variance(s, bias), sum)
	})
}

// move pulls one weight by its share of the spread, and grows surer of it.
func (a arow) move(s State, weight, slope Cell, pull, spread, sum int64) {
	shift(s, weight, fixed.MulDiv(pull, spread, certain))
	s.Set(slope, certain-variance(s, slope)+fixed.MulDiv(spread, spread, sum))
}

func (a arow) Cost(x Input) uint64 { return a.cost(x, 2, 2) }

func (a arow) Size() uint64 { return a.size(2) }
