package learn

import "github.com/alaya-network/alaya/core/model/fixed"

// passive is passive-aggressive learning, PA-I: each item moves the weights
// just as far as it takes to be right by a margin of 1, but never more than the
// bound. Scores are margins in Q20. Source: Crammer and others, Online
// passive-aggressive algorithms, JMLR 7 (2006).
//
// Use it where the truth moves and the last items matter most; a smaller bound
// makes it calmer. Not where many labels are wrong.
type passive struct {
	rest
	bound int64
}

func newPassive(c Config) (Learner, error) {
	bound, err := setting("bound", c.Params.Bound, fixed.One/50, maxRate)
	return passive{rest{c.Classes, c.Features}, bound}, err
}

func (p passive) Scores(s State, x Input) []int64 {
	return p.scores(func(class uint32) int64 { return weighted(s, class, x) })
}

func (p passive) Update(s State, x Input, label int64) {
	norm := fixed.Add(squares(x), fixed.One)
	p.each(label, func(class uint32, sign int64) {
		loss := fixed.Sub(fixed.One, fixed.MulInt(sign, weighted(s, class, x)))
		if loss > 0 {
			step(s, class, x, sign*min(p.bound, fixed.MulDiv(loss, fixed.One, norm)))
		}
	})
}

func (p passive) Cost(x Input) uint64 { return p.cost(x, 1, 1) }

func (p passive) Size() uint64 { return p.size(1) }

// squares returns the sum of the squares of an input's values, in Q20.
func squares(x Input) int64 {
	if x.Values == nil {
		return int64(len(x.Indices)) << fixed.Shift
	}
	sum := int64(0)
	for _, v := range x.Values {
		sum += fixed.Mul(v, v) // at most 2⁴⁰, 2¹⁰ of them
	}
	return sum
}
