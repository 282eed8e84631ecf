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
		by := agreements{c: c, a: a, b: b}
		var expect, variance float64
		for _, m := range met {
			if m.A == m.B {
				p.Agreed++
			}
			e := by.on(r.Labels[m.Task])
			expect += e
			variance += float64(e * (1 - e))
		}
		p.Expect = int64(strict.Ppm(expect))
		p.Z = int64(strict.Ppm((float64(p.Agreed) - expect) / math.Sqrt(variance+1e-9)))
		return p
	})
}

// agreements remembers the expected agreement of two workers on the first
// classes.
type agreements struct {
	c     confusions
	a, b  int32
	known uint64
	first [64]float64
}

func (g *agreements) on(class int32) float64 {
	if class >= 64 {
		return g.c.row(g.a, class).agreement(g.c.row(g.b, class))
	}
	if g.known>>class&1 == 0 {
		g.known |= 1 << class
		g.first[class] = g.c.row(g.a, class).agreement(g.c.row(g.b, class))
	}
	return g.first[class]
}
