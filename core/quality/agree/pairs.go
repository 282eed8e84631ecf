package agree

import (
	"math"
	"slices"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Pair is a cell of the matrix of agreement between workers.
type Pair struct {
	A, B           int32 // worker numbers, A below B
	Shared, Agreed int32 // tasks both answered, and alike
	// Kappa is Cohen's. Lower and Upper bound it at 95 %: Wilson's interval of
	// the share agreed, with the labels' shares taken as known (after Cohen,
	// 1960). Of a pair that gave one label only it is One.
	Kappa, Lower, Upper num.Ppm
}

// Pairwise returns the matrix of agreement, its cells of at least so many
// shared tasks alone.
func Pairwise(t *label.Table, least int) []Pair {
	return Meet(t, least, func(a, b int32, met []Meeting) Pair {
		p := Pair{A: a, B: b, Shared: int32(len(met)), Kappa: num.One, Lower: num.One, Upper: num.One}
		for _, m := range met {
			if m.A == m.B {
				p.Agreed++
			}
		}
		n := float64(len(met))
		chance := byChance(met) / float64(n*n)
		if chance < 1 {
			low, high := wilson(float64(p.Agreed), n)
			beyond := func(share float64) num.Ppm { return strict.Ppm((share - chance) / (1 - chance)) }
			p.Kappa, p.Lower, p.Upper = beyond(float64(p.Agreed)/n), beyond(low), beyond(high)
		}
		return p
	})
}

// byChance counts the pairs of one meeting's A and one meeting's B that agree.
func byChance(met []Meeting) float64 {
	as, bs := make([]int32, len(met)), make([]int32, len(met))
	for i, m := range met {
		as[i], bs[i] = m.A, m.B
	}
	slices.Sort(as)
	slices.Sort(bs)
	agree := 0
	for len(as) > 0 && len(bs) > 0 {
		l := min(as[0], bs[0])
		na, nb := leading(as, l), leading(bs, l)
		agree += na * nb
		as, bs = as[na:], bs[nb:]
	}
	return float64(agree)
}

// leading counts how often l stands at the front.
func leading(sorted []int32, l int32) int {
	n := 0
	for n < len(sorted) && sorted[n] == l {
		n++
	}
	return n
}

// wilson returns the bounds of Wilson's score interval at 95 %.
func wilson(successes, n float64) (low, high float64) {
	const z = 1.959964
	const zz = z * z
	middle := successes + zz/2
	spread := float64(z * math.Sqrt(float64(successes*(n-successes))/n+zz/4))
	return (middle - spread) / (n + zz), (middle + spread) / (n + zz)
}
