package drift

import (
	"math"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// leastRows is the number of rows below which nothing is compared.
const leastRows = 20

// Numbers compares a numeric column. It returns an error of kind invalid for
// fewer than 20 rows on a side or a number that is not finite. Time is that of
// sorting.
func Numbers(name string, reference, current []float64) (Result, error) {
	for _, side := range [][]float64{reference, current} {
		if len(side) < leastRows {
			return Result{}, fault.Invalid("quality: column %.40q: %d rows against %d: want at least %d",
				name, len(current), len(reference), leastRows)
		}
		if i := slices.IndexFunc(side, func(x float64) bool { return x-x != 0 }); i >= 0 {
			return Result{}, fault.Invalid("quality: column %.40q, row %d is %v: want a finite number", name, i, side[i])
		}
	}
	before, now := slices.Sorted(slices.Values(reference)), slices.Sorted(slices.Values(current))
	ks, shift := distances(before, now)
	n, m := float64(len(before)), float64(len(now))
	return Result{
		Name: name, Reference: int64(len(before)), Current: int64(len(now)),
		PSI:         strict.Ppm(stability(before, now)),
		KS:          strict.Ppm(ks),
		Wasserstein: strict.Ppm(min(1000, inDeviations(shift, before))),
		P:           strict.Ppm(kolmogorov(float64(ks * math.Sqrt(float64(n*m)/(n+m))))),
	}, nil
}

// bins is the number of quantile bins of the stability index, leastShare what
// an empty one is taken for.
const (
	bins       = 10
	leastShare = 1e-4
)

// stability returns Σ (now - before)·ln(now/before) over bins that hold a tenth
// of the reference each.
func stability(before, now []float64) float64 {
	var sum, lastBefore, lastNow float64
	for b := 1; b <= bins; b++ {
		atBefore, atNow := 1.0, 1.0
		if b < bins {
			edge := before[(b*len(before)+bins-1)/bins-1]
			atBefore, atNow = upTo(before, edge), upTo(now, edge)
		}
		p, q := max(leastShare, atBefore-lastBefore), max(leastShare, atNow-lastNow)
		sum += float64((q - p) * strict.Log(q/p))
		lastBefore, lastNow = atBefore, atNow
	}
	return sum
}

// upTo returns the share of sorted numbers that are at most x.
func upTo(sorted []float64, x float64) float64 {
	n, _ := slices.BinarySearchFunc(sorted, x, func(v, x float64) int {
		if v <= x {
			return -1
		}
		return 1
	})
	return float64(n) / float64(len(sorted))
}

// distances returns the largest distance of the two distribution functions,
// and the area between them.
func distances(before, now []float64) (largest, area float64) {
	n, m := float64(len(before)), float64(len(now))
	last := min(before[0], now[0])
	for i, j, gap := 0, 0, 0.0; i < len(before) || j < len(now); {
		x := math.Inf(1)
		if i < len(before) {
			x = before[i]
		}
		if j < len(now) {
			x = min(x, now[j])
		}
		area += float64(gap * (x - last))
		last = x
		for i < len(before) && before[i] == x {
			i++
		}
		for j < len(now) && now[j] == x {
			j++
		}
		gap = float64(i)/n - float64(j)/m
		if gap < 0 {
			gap = -gap
		}
		largest = max(largest, gap)
	}
	return largest, area
}

// inDeviations divides by the standard deviation of the reference; against a
// constant one any shift is beyond measure.
func inDeviations(shift float64, reference []float64) float64 {
	n := float64(len(reference))
	var sum, squares float64
	for _, x := range reference {
		sum += x
	}
	mean := sum / n
	for _, x := range reference {
		squares += float64((x - mean) * (x - mean))
	}
	if shift == 0 {
		return 0
	}
	if squares == 0 {
		return math.Inf(1)
	}
	return shift / math.Sqrt(squares/n)
}

// kolmogorov returns 2·Σ (-1)^(k-1)·exp(-2k²x²), the limit of the probability
// of a scaled distance above x; it leans high for small or tied samples.
func kolmogorov(x float64) float64 {
	if x < 0.1 {
		return 1
	}
	var sum float64
	sign := 1.0
	for k := 1; k <= 100; k++ {
		step := float64(float64(k) * x)
		sum += float64(sign * strict.Exp(-float64(2*float64(step*step))))
		sign = -sign
	}
	return max(0, min(1, float64(2*sum)))
}
