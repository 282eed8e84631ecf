package drift

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// MaxLabels bounds the labels of one column.
const MaxLabels = 1024

// Labels compares how often each label, or hour of the day, was seen. It
// returns an error of kind invalid for counts of different lengths or below 0,
// or fewer than 20 rows on a side; of kind limit for more than MaxLabels.
func Labels(name string, reference, current []int64) (Result, error) {
	if len(reference) != len(current) {
		return Result{}, fault.Invalid("quality: column %.40q: %d labels against %d", name, len(current), len(reference))
	}
	if len(reference) > MaxLabels {
		return Result{}, fault.Limit("quality: column %.40q: %d labels: want at most %d", name, len(reference), MaxLabels)
	}
	r := Result{Name: name, labels: true}
	for l := range reference {
		if reference[l] < 0 || current[l] < 0 {
			return Result{}, fault.Invalid("quality: column %.40q: label %d seen %d times, before %d", name, l, current[l], reference[l])
		}
		r.Reference += reference[l]
		r.Current += current[l]
	}
	if r.Reference < leastRows || r.Current < leastRows {
		return Result{}, fault.Invalid("quality: column %.40q: %d rows against %d: want at least %d", name, r.Current, r.Reference, leastRows)
	}
	n, m := float64(r.Reference), float64(r.Current)
	var square, divergence float64
	freedom := -1
	for l := range reference {
		a, b := float64(reference[l]), float64(current[l])
		if a+b == 0 {
			continue
		}
		freedom++
		miss := float64(a*m) - float64(b*n)
		square += float64(miss*miss) / float64(float64(n*m)*(a+b))
		p, q := a/n, b/m
		divergence += (towards(p, (p+q)/2) + towards(q, (p+q)/2)) / 2
	}
	r.JS = strict.Ppm(max(0, divergence))
	r.P = strict.Ppm(chiSquare(square, freedom))
	return r, nil
}

// towards returns p·ln(p/q).
func towards(p, q float64) float64 {
	if p == 0 {
		return 0
	}
	return float64(p * strict.Log(p/q))
}

// steps is what the series and the continued fraction below need for MaxLabels.
const steps = 500

// chiSquare returns the probability that a chi-square of so many degrees of
// freedom exceeds x: the incomplete gamma function Q(freedom/2, x/2), by its
// series below the mean and by its continued fraction above (Abramowitz and
// Stegun 6.5.29 and 6.5.31).
func chiSquare(x float64, freedom int) float64 {
	if freedom < 1 || x <= 0 {
		return 1
	}
	a, x := float64(freedom)/2, x/2
	front := float64(a*strict.Log(x)) - x - strict.LogGamma(a)
	if x < a+1 {
		sum, term := 1/a, 1/a
		for n := 1; n <= steps; n++ {
			term = float64(term*x) / (a + float64(n))
			sum += term
		}
		return max(0, 1-float64(sum*strict.Exp(front)))
	}
	b := x + 1 - a
	c, d := 1e300, 1/b
	h := d
	for n := 1; n <= steps; n++ {
		an := -float64(float64(n) * (float64(n) - a))
		b += 2
		d = 1 / nonzero(float64(an*d)+b)
		c = nonzero(b + an/c)
		h = float64(h * float64(d*c))
	}
	return max(0, min(1, float64(h*strict.Exp(front))))
}

// nonzero keeps a continued fraction from dividing by 0.
func nonzero(x float64) float64 {
	if x == 0 {
		return 1e-300
	}
	return x
}
