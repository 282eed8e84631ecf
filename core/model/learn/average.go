package learn

import "github.com/alaya-network/alaya/core/model/fixed"

// average is a perceptron that answers by the mean of all weights it ever had,
// kept as the last weights and their sum over time. Scores are in Q20. Source:
// Freund and Schapire, Machine Learning 37 (1999).
//
// Use it where a late item must not upset the model and an update must stay
// small; not under wrong labels, nor where the truth moves: it never lets go of
// what it believed early.
type average struct {
	perceptron
}

func newAverage(c Config) (Learner, error) {
	rate, err := setting("rate", c.Params.Rate, fixed.One, maxRate)
	return average{perceptron{rest{c.Classes, c.Features}, rate}}, err
}

// tick returns 1 plus the number of items so far.
func (a average) tick(s State) int64 {
	return natural(s.Get(Cell{tableScalar, scalarTick, 0})) + 1
}

func (a average) Scores(s State, x Input) []int64 {
	tick := a.tick(s)
	return a.scores(func(class uint32) int64 {
		past := s.Get(Cell{tableScalar, scalarSlope, class})
		for k, i := range x.Indices {
			past = fixed.Add(past, scaled(s.Get(Cell{tableSlope, class, i}), x, k))
		}
		sum := fixed.Sub(fixed.MulInt(tick, weighted(s, class, x)), past)
		return awayFromZero(sum, tick)
	})
}

// awayFromZero divides so that the sign stays.
func awayFromZero(v, by int64) int64 {
	q := v / by
	if r := v % by; r > 0 {
		q++
	} else if r < 0 {
		q--
	}
	return q
}

func (a average) Update(s State, x Input, label int64) {
	tick := a.tick(s)
	a.each(label, func(class uint32, sign int64) {
		if (weighted(s, class, x) > 0) == (sign > 0) {
			return
		}
		by := sign * a.rate
		step(s, class, x, by)
		add(s, Cell{tableScalar, scalarSlope, class}, fixed.MulInt(by, tick))
		for k, i := range x.Indices {
			add(s, Cell{tableSlope, class, i}, fixed.MulInt(scaled(by, x, k), tick))
		}
	})
	s.Set(Cell{tableScalar, scalarTick, 0}, tick)
}

func (a average) Cost(x Input) uint64 { return a.cost(x, 2, 2) + 1 }

func (a average) Size() uint64 { return a.size(2) + 1 }
