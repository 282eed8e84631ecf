package watch

import (
	"math"

	"github.com/alaya-network/alaya/core/quality/agree"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Pair says how often two workers agreed on tasks both answered.
type Pair struct {
	A, B   int32 // worker numbers, A below B
	Shared int32
	Agreed int32
	Expect int64 // agreements to expect of independent workers, in ppm of one
	Z      int64 // agreement beyond independence given the truth, in ppm of a standard deviation
}

// Pairs tests all pairs of workers who share at least ten tasks: given the
// truth, honest workers err independently, so two of them agree about as often
// as their confusion matrices say; copiers and rings agree more. Blind to a
// ring that outvotes the honest: then gold must speak first. See agree.Meet for
// how few pairs of a task with very many answers are looked at.
//
//	e_i = Σ_l conf_p[y_i,l]·conf_q[y_i,l];  Z = (A - Σe_i) / √(Σe_i(1-e_i))
func Pairs(t *label.Table, r label.Result) []Pair {
	c := newConfusions(t, r.Labels)
	return agree.Meet(t, minAnswers, func(a, b int32, met []agree.Meeting) Pair {
		p := Pair{A: a, B: b, Shared: int32(len(met))}
		var expect, variance float64
		for _, m := range met {
			if m.A == m.B {
				p.Agreed++
			}
			y := r.Labels[m.Task]
			e := c.row(a, y).agreement(c.row(b, y))
			expect += e
			variance += float64(e * (1 - e))
		}
		p.Expect = int64(strict.Ppm(expect))
		p.Z = int64(strict.Ppm((float64(p.Agreed) - expect) / math.Sqrt(variance+1e-9)))
		return p
	})
}
