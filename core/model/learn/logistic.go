package learn

import "github.com/alaya-network/alaya/core/model/fixed"

// logistic is logistic regression by stochastic gradient descent; each weight
// has its own step, smaller the more it has moved (AdaGrad). Scores are
// log-odds in Q20 nats. Source: Duchi, Hazan and Singer, JMLR 12 (2011).
//
// Use it for text and tables with mostly clean labels, and where scores must
// mean probabilities. Not for a few hundred items with 2^18 hashed features:
// there bayes and nblr are ahead.
type logistic struct {
	rest
	rate int64
}

const (
	logisticStart = fixed.One / 1000 // the slope of a weight that never moved
	maxSlope      = int64(1)<<42 - 1
)

func newLogistic(c Config) (Learner, error) {
	rate, err := setting("rate", c.Params.Rate, fixed.One/4, maxRate)
	return logistic{rest{c.Classes, c.Features}, rate}, err
}

func (l logistic) Scores(s State, x Input) []int64 {
	return l.scores(func(class uint32) int64 { return weighted(s, class, x) })
}

func (l logistic) Update(s State, x Input, label int64) {
	l.each(label, func(class uint32, sign int64) {
		wrong := mistake(weighted(s, class, x), sign)
		a := adaptive{l.rate, logisticStart}
		for k, i := range x.Indices {
			a.step(s, Cell{tableWeight, class, i}, Cell{tableSlope, class, i}, scaled(wrong, x, k))
		}
		a.step(s, Cell{tableScalar, scalarBias, class}, Cell{tableScalar, scalarSlope, class}, wrong)
	})
}

func (l logistic) Cost(x Input) uint64 { return l.cost(x, 2, 2) }

func (l logistic) Size() uint64 { return l.size(2) }

// mistake returns the predicted probability less the true one, in Q20.
func mistake(odds, sign int64) int64 {
	if sign > 0 {
		return fixed.Sigmoid(odds) - fixed.One
	}
	return fixed.Sigmoid(odds)
}

// adaptive is a step of AdaGrad.
type adaptive struct {
	rate, start int64
}

// step moves a weight against its gradient by rate over the root of the sum of
// squared gradients, which slope keeps less its start.
func (a adaptive) step(s State, weight, slope Cell, gradient int64) {
	sum := fixed.Add(fixed.Add(max(0, s.Get(slope)), a.start), fixed.Mul(gradient, gradient))
	sum = min(maxSlope, sum)
	s.Set(slope, sum-a.start)
	root := max(1, fixed.Isqrt(sum<<fixed.Shift))
	shift(s, weight, -fixed.MulDiv(a.rate, gradient, root))
}
