package num

import (
	"math/bits"
	"slices"
)

// Bounds of the counts of a Beta distribution, in ppm of one answer.
const (
	minCount = int64(One) / 10
	maxCount = int64(One) * 1_000_000
)

// BetaLower returns the lower 5 % quantile of a Beta(α, β) distribution, both
// in ppm of one count: the share of right answers that a record of α right
// and β wrong ones makes all but certain. Counts are brought between 0.1 and a
// million each.
//
// Method: with v = log₂(p/(1-p)) the density p^α·(1-p)^β is smooth on the
// whole line, so equal steps sum it exactly but for the rounding; the partial
// sum at a grid point takes the Euler-Maclaurin correction, and a cubic
// through both ends of the step finds the quantile inside it. Measured against
// a 40-digit reference (test/vectors/num.py): off by at most 5 ppm, and by 1
// from ten counts on.
func BetaLower(alphaPpm, betaPpm int64) Ppm {
	d := newDensity(clampCount(alphaPpm), clampCount(betaPpm))
	curve, first := d.curve()
	var total int64
	for _, f := range curve {
		total += f
	}
	want := total / 20
	var before, prev int64 // sum of the densities before step k; mass below step k-1
	for k := 2; k < len(curve)-2; k++ {
		slope := 8*(curve[k+1]-curve[k-1]) - (curve[k+2] - curve[k-2]) // twelve times
		before += curve[k-1]
		mass := before + curve[0] + curve[k]/2 - slope/144
		if mass >= want {
			t := invert(cubic{prev, mass, curve[k-1], curve[k]}, want)
			return logistic(d.mode + (first+int64(k)-1)*d.step + d.step*t>>stepBits)
		}
		prev = mass
	}
	return 0
}

func clampCount(c int64) int64 {
	return min(max(c, minCount), maxCount)
}

// Positions v and logarithms are in Q44, densities in Q40 of the mode's.
const (
	posBits  = 44
	denBits  = 40
	stepBits = 16
	faint    = 1 << (denBits - 30)
)

// density is the Beta density over v, as seen from its mode.
type density struct {
	alpha, beta    int64 // ppm
	mode, step     int64 // positions
	logP0, logNot0 int64 // log₂ p and log₂(1-p) at the mode
}

func newDensity(alpha, beta int64) density {
	d := density{alpha: alpha, beta: beta, mode: log2Int(alpha) - log2Int(beta)}
	d.logP0, d.logNot0 = logShares(d.mode)
	// The spread is 1443/√h, h = αβ/(α+β) in ppm: take a fifth to an eleventh.
	h, _ := MulDiv(alpha, beta, alpha+beta, Down)
	d.step = 1 << (posBits + 8 - (bits.Len64(uint64(h))+1)/2)
	return d
}

// at returns the density i steps from the mode.
func (d density) at(i int64) int64 {
	logP, logNot := logShares(d.mode + i*d.step)
	log := scale(d.alpha, logP-d.logP0) + scale(d.beta, logNot-d.logNot0)
	if log > 0 {
		return 1 << denBits
	}
	return int64(exp2(log) >> (63 - denBits))
}

// curve returns the density at every step where it is not faint, and the
// number of the first step.
func (d density) curve() (curve []int64, first int64) {
	for f, i := int64(faint), int64(-1); f >= faint; i-- {
		f = d.at(i)
		curve = append(curve, f)
	}
	slices.Reverse(curve)
	first = -int64(len(curve))
	for f, i := int64(faint), int64(0); f >= faint; i++ {
		f = d.at(i)
		curve = append(curve, f)
	}
	return curve, first
}

// cubic is the mass below a point of one step: at both ends, with slopes.
type cubic struct{ start, end, startSlope, endSlope int64 }

// invert returns where in the step, in 2⁻¹⁶, the mass reaches want.
func invert(c cubic, want int64) int64 {
	var t int64
	for bit := int64(1) << (stepBits - 1); bit > 0; bit >>= 1 {
		if c.at(t|bit) <= want {
			t |= bit
		}
	}
	return t
}

// at evaluates the Hermite form by Horner's rule.
func (c cubic) at(t int64) int64 {
	rise := c.end - c.start
	third := c.startSlope + c.endSlope - 2*rise
	second := 3*rise - 2*c.startSlope - c.endSlope
	return c.start + ((third*t>>stepBits+second)*t>>stepBits+c.startSlope)*t>>stepBits
}

// logistic returns p at position v, rounded down.
func logistic(v int64) Ppm {
	small := exp2(-abs(v)) >> 1 // Q62
	p, _ := bits.Div64(small>>2, small<<62, q63>>1+small)
	if v > 0 {
		p = q63>>1 - p
	}
	hi, lo := bits.Mul64(p, uint64(One))
	return Ppm(hi<<2 | lo>>62)
}

// logShares returns log₂ p and log₂(1-p) at position v.
func logShares(v int64) (logP, logNot int64) {
	l := int64(1) << posBits // log₂(1 + 2^-|v|), at v = 0
	if v != 0 {
		l = int64(log2(q63+exp2(-abs(v))) >> (63 - posBits))
	}
	if v < 0 {
		return v - l, -l
	}
	return -l, -v - l
}

// exp2 returns 2^v in Q63 for a position v <= 0.
func exp2(v int64) uint64 {
	whole, frac := uint64(-v)>>posBits, uint64(-v)<<(64-posBits)>>1
	return exp2Neg(frac) >> whole
}

// log2Int returns log₂ n as a position, n > 0.
func log2Int(n int64) int64 {
	length := bits.Len64(uint64(n))
	m := uint64(n) << (64 - length)
	return int64(length-1)<<posBits + int64(log2(m)>>(63-posBits))
}

// scale returns count·log for a count in ppm.
func scale(count, log int64) int64 {
	v, _ := MulDiv(count, abs(log), int64(One), Nearest) // below 2⁶² for all counts in bounds
	if log < 0 {
		return -v
	}
	return v
}

func abs(v int64) int64 {
	if v < 0 {
		return -v
	}
	return v
}
