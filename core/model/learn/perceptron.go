package learn

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/fixed"
)

// maxRate bounds a step: 1024 in Q20.
const maxRate = 1024 * fixed.One

// perceptron adds each item that it got wrong to the weights of its class, and
// takes it from the others. Source: Rosenblatt, Psychological Review 65 (1958).
//
// Use it as a baseline, or where an update must touch as little as can be; not
// where some labels are wrong: one bad item moves as much as a good one.
type perceptron struct {
	rest
	rate int64
}

func newPerceptron(c Config) (Learner, error) {
	rate, err := setting("rate", c.Params.Rate, fixed.One, maxRate)
	return perceptron{rest{c.Classes, c.Features}, rate}, err
}

// setting returns a setting or its default, and refuses what is not in 1 to
// limit.
func setting(name string, v, standard, limit int64) (int64, error) {
	if v == 0 {
		return standard, nil
	}
	if v < 1 || v > limit {
		return 0, fault.Limit("learn: %s %d: 1 to %d", name, v, limit)
	}
	return v, nil
}

func (p perceptron) Scores(s State, x Input) []int64 {
	return p.scores(func(class uint32) int64 { return weighted(s, class, x) })
}

func (p perceptron) Update(s State, x Input, label int64) {
	p.each(label, func(class uint32, sign int64) {
		if (weighted(s, class, x) > 0) == (sign > 0) {
			return
		}
		step(s, class, x, sign*p.rate)
	})
}

func (p perceptron) Cost(x Input) uint64 { return p.cost(x, 1, 1) }

func (p perceptron) Size() uint64 { return p.size(1) }

// step moves a vector by some of the input, and its bias by as much.
func step(s State, class uint32, x Input, by int64) {
	for k, i := range x.Indices {
		shift(s, Cell{tableWeight, class, i}, scaled(by, x, k))
	}
	shift(s, Cell{tableScalar, scalarBias, class}, by)
}
