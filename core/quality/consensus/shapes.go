package consensus

import (
	"cmp"
	"math"
	"slices"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/geometry"
)

// dot is a place; two are of one thing if squares of 32 px around them overlap
// by half, as when they lie 10 px apart.
type dot struct{ x, y int64 }

const dotReach = 16 << 10

func (d dot) square() geometry.Box {
	return geometry.Box{X1: d.x - dotReach, Y1: d.y - dotReach, X2: d.x + dotReach, Y2: d.y + dotReach}
}

// Check accepts all.
func (dot) Check() error { return nil }

// IoU is that of the squares.
func (d dot) IoU(o dot) float64 { return d.square().IoU(o.square()) }

// Extent is that of the square.
func (d dot) Extent() (from, to int64) { return d.square().Extent() }

// Mean is the mean of both coordinates.
func (d dot) Mean(of []dot, weight []float64) dot {
	return dot{
		mean(d.x, weight, func(i int) int64 { return of[i].x }),
		mean(d.y, weight, func(i int) int64 { return of[i].y }),
	}
}

// stretch is an interval of time with what was said in it.
type stretch struct {
	start, end int64
	text       string
}

// Check accepts all.
func (stretch) Check() error { return nil }

// IoU is that of the times.
func (s stretch) IoU(o stretch) float64 {
	if s.start == o.start && s.end == o.end {
		return 1
	}
	both := min(s.end, o.end) - max(s.start, o.start)
	if both <= 0 {
		return 0
	}
	return float64(both) / float64(max(s.end, o.end)-min(s.start, o.start))
}

// Extent is the time itself.
func (s stretch) Extent() (from, to int64) { return s.start, s.end }

// Mean is the mean of both ends, with the text most like the others.
func (s stretch) Mean(of []stretch, weight []float64) stretch {
	m := stretch{
		start: mean(s.start, weight, func(i int) int64 { return of[i].start }),
		end:   mean(s.end, weight, func(i int) int64 { return of[i].end }),
	}
	m.text = of[central(of, weight, stretch.worthIn, func(a, b stretch) int { return cmp.Compare(a.text, b.text) })].text
	return m
}

// worth is how alike the texts are.
func (s stretch) worth(o stretch) num.Ppm { return alike(s.text, o.text) }

func (s stretch) worthIn(o stretch) float64 { return float64(s.worth(o)) }

// mean is the weighted mean of whole numbers, taken from one of them so that
// large ones lose nothing.
func mean(from int64, weight []float64, of func(i int) int64) int64 {
	var sum, all float64
	for i, w := range weight {
		sum += float64(w * float64(of(i)-from))
		all += w
	}
	return from + int64(math.Floor(sum/all+0.5))
}

// central returns the place of the element that is nearest to all by weight,
// the first by order among equals.
func central[S any](of []S, weight []float64, near func(a, b S) float64, order func(a, b S) int) int {
	at := make([]int, len(of))
	for i := range at {
		at[i] = i
	}
	slices.SortStableFunc(at, func(i, j int) int { return order(of[i], of[j]) })
	best, most := at[0], math.Inf(-1)
	for _, i := range at {
		var sum float64
		for _, j := range at {
			sum += float64(weight[j] * near(of[i], of[j]))
		}
		if sum > most {
			best, most = i, sum
		}
	}
	return best
}
