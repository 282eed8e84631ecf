package consensus

import (
	"slices"

	"github.com/alaya-network/alaya/core/quality/geometry"
)

// ring is the area within a ring of points, by the even-odd rule where it
// crosses itself. Areas are measured along scanLines lines.
type ring struct {
	points [][2]int64
	bounds geometry.Box
}

const scanLines = 64

func newRing(points [][2]int64) ring {
	p := points[0]
	b := geometry.Box{X1: p[0], Y1: p[1], X2: p[0], Y2: p[1]}
	for _, p := range points {
		b.X1, b.X2 = min(b.X1, p[0]), max(b.X2, p[0])
		b.Y1, b.Y2 = min(b.Y1, p[1]), max(b.Y2, p[1])
	}
	return ring{points, b}
}

// Check refuses a ring without area.
func (r ring) Check() error { return r.bounds.Check() }

// Extent is that of the bounds.
func (r ring) Extent() (from, to int64) { return r.bounds.Extent() }

// IoU compares lengths along lines through both.
func (r ring) IoU(o ring) float64 {
	if slices.Equal(r.points, o.points) {
		return 1
	}
	if r.Check() != nil || o.Check() != nil || r.bounds.IoU(o.bounds) == 0 {
		return 0
	}
	low, high := min(r.bounds.Y1, o.bounds.Y1), max(r.bounds.Y2, o.bounds.Y2)
	mine, others := r.cuts(low, high), o.cuts(low, high)
	both := overlap(mine, others)
	either := length(mine) + length(others) - both
	if either == 0 {
		return 0
	}
	return float64(both) / float64(either)
}

// cuts returns where lines evenly between two heights cross the edges, in order
// along one line after the other: a line is so long that nothing reaches the
// next.
func (r ring) cuts(low, high int64) []int64 {
	const line = 1 << 40
	var cuts []int64
	height := high - low
	a := r.points[len(r.points)-1]
	for _, b := range r.points {
		p, q := a, b
		a = b
		if p[1] > q[1] {
			p, q = q, p
		}
		for n := max(0, (p[1]-low)*scanLines/height-1); n < scanLines; n++ {
			y := low + height*(2*n+1)/(2*scanLines)
			if y >= q[1] {
				break
			}
			if y >= p[1] {
				cuts = append(cuts, n*line+p[0]+(q[0]-p[0])*(y-p[1])/(q[1]-p[1]))
			}
		}
	}
	slices.Sort(cuts)
	return cuts
}

// length sums up every other stretch between sorted cuts.
func length(cuts []int64) (sum int64) {
	for i := 0; i+1 < len(cuts); i += 2 {
		sum += cuts[i+1] - cuts[i]
	}
	return sum
}

// overlap sums up what lies in stretches of both.
func overlap(a, b []int64) (sum int64) {
	for len(a) > 1 && len(b) > 1 {
		sum += max(0, min(a[1], b[1])-max(a[0], b[0]))
		if a[1] < b[1] {
			a = a[2:]
		} else {
			b = b[2:]
		}
	}
	return sum
}

// Mean is the one whose bounds are most like those of all.
func (r ring) Mean(of []ring, weight []float64) ring {
	bounds := r.bounds.Mean(list(of, func(o ring) geometry.Box { return o.bounds }), weight)
	best, most := of[0], -1.0
	for _, o := range of {
		near := bounds.IoU(o.bounds)
		if near > most || near == most && slices.CompareFunc(o.points, best.points, comparePoints) < 0 {
			best, most = o, near
		}
	}
	return best
}

func comparePoints(a, b [2]int64) int { return slices.Compare(a[:], b[:]) }
