// Package strict is floating-point arithmetic that gives the same bits on
// every machine, for results that validators must agree on.
//
// The four operations, square root and floor are exact IEEE 754 everywhere; the
// library's Exp and Log are not (assembly on some machines), and a compiler may
// fuse x·y + z into one rounding. So Exp and Log here are FreeBSD's polynomials
// written out, and every product that meets a sum is wrapped in float64(),
// which forbids the fusion. Beside them stand the special functions made of
// them, and random numbers keyed by hashes.
//
// Words: a shard is one of Shards fixed ranges of an index; work done shard by
// shard and gathered in shard order does not depend on the number of threads.
//
// Invariants:
//  1. No result depends on the machine, on GOMAXPROCS or on scheduling.
//  2. Floats stay within core/quality: what leaves it went through Ppm.
//  3. The analyser of internal/determinism refuses, in all of core/quality,
//     functions of package math that are not exact, products that may be
//     fused, loops over maps, goroutines, clocks and random numbers.
//
// Sources: FreeBSD msun e_exp.c, e_log.c and s_erf.c (Sun Microsystems, 1993);
// Abramowitz and Stegun, 6.1.40 and 6.3.18 (Stirling's series).
package strict

import (
	"math"
	"slices"

	"github.com/alaya-network/alaya/core/num"
)

const (
	ln2Hi = 6.93147180369123816490e-01
	ln2Lo = 1.90821492927058770002e-10
	log2E = 1.44269504088896338700e+00
)

// Exp returns eˣ for -700 <= x <= 700, and 0 below.
func Exp(x float64) float64 {
	if x < -700 {
		return 0
	}
	k := math.Floor(float64(x*log2E) + 0.5)
	hi := x - float64(k*ln2Hi)
	lo := float64(k * ln2Lo)
	r := hi - lo
	t := float64(r * r)
	c := float64(t * 4.13813679705723846039e-08)
	c = float64(t * (-1.65339022054652515390e-06 + c))
	c = float64(t * (6.61375632143793436117e-05 + c))
	c = float64(t * (-2.77777777770155933842e-03 + c))
	c = r - float64(t*(1.66666666666666019037e-01+c))
	y := 1 - ((lo - float64(float64(r*c)/(2-c))) - hi)
	return float64(y * math.Float64frombits(uint64(int64(k)+1023)<<52))
}

// Log returns the natural logarithm of a finite x > 0.
func Log(x float64) float64 {
	frac, exp := math.Frexp(x)
	if frac < math.Sqrt2/2 {
		frac += frac
		exp--
	}
	f := frac - 1
	k := float64(exp)
	s := f / (2 + f)
	s2 := float64(s * s)
	s4 := float64(s2 * s2)
	a := float64(s4 * 1.479819860510658591e-01)
	a = float64(s4 * (1.818357216161805012e-01 + a))
	a = float64(s4 * (2.857142874366239149e-01 + a))
	a = float64(s2 * (6.666666666666735130e-01 + a))
	b := float64(s4 * 1.531383769920937332e-01)
	b = float64(s4 * (2.222219843214978396e-01 + b))
	b = float64(s4 * (3.999999999940941908e-01 + b))
	h := float64(0.5 * f * f)
	return float64(k*ln2Hi) - ((h - (float64(s*(h+(a+b))) + float64(k*ln2Lo))) - f)
}

// Softmax turns the logarithms in row into shares that sum to 1, in place.
func Softmax(row []float64) {
	if len(row) == 0 {
		return
	}
	top := row[0]
	for _, x := range row[1:] {
		if x > top {
			top = x
		}
	}
	var sum, share float64
	last := math.Inf(1)
	for k, x := range row {
		if x != last { // equal neighbours are common
			last, share = x, Exp(x-top)
		}
		row[k] = share
		sum += share
	}
	for k := range row {
		row[k] /= sum
	}
}

// LogSumExp returns the logarithm of the sum of the exponentials of row, which
// is not empty.
func LogSumExp(row []float64) float64 {
	top := slices.Max(row)
	var sum float64
	for _, x := range row {
		sum += Exp(x - top)
	}
	return top + Log(sum)
}

// Ppm rounds x to parts per million, halves up; |x| must be below 10¹².
func Ppm(x float64) num.Ppm {
	return num.Ppm(math.Floor(float64(x*float64(num.One)) + 0.5))
}
