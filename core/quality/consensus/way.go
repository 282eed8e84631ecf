package consensus

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/quality/geometry"
)

// way is a box that moves from its first keyframe to its last; it is compared
// at moments frames, evenly over the time of both.
type way struct{ frames []answer.Frame }

const moments = 16

// Check accepts all.
func (way) Check() error { return nil }

// Extent is the time from the first keyframe to behind the last.
func (w way) Extent() (from, to int64) { return w.frames[0].F, w.frames[len(w.frames)-1].F }

// IoU is the boxes' shared area over that of both, summed over frames.
func (w way) IoU(o way) float64 {
	if slices.Equal(w.frames, o.frames) {
		return 1
	}
	first := min(w.frames[0].F, o.frames[0].F)
	last := max(w.frames[len(w.frames)-1].F, o.frames[len(o.frames)-1].F)
	var both, either float64
	for n := range int64(moments) {
		f := first + (last-first)*n/(moments-1)
		a, here := w.at(f)
		b, there := o.at(f)
		switch {
		case here && there:
			shared, all := a.Overlap(b)
			both += float64(shared)
			either += float64(all)
		case here:
			either += float64(a.Area())
		case there:
			either += float64(b.Area())
		}
	}
	if either == 0 {
		return 0
	}
	return both / either
}

// at returns the box at a frame, and whether it is to be seen.
func (w way) at(f int64) (geometry.Box, bool) {
	n, exact := slices.BinarySearchFunc(w.frames, f, func(k answer.Frame, f int64) int { return cmp.Compare(k.F, f) })
	if exact {
		k := w.frames[n]
		return rectangle(k.X, k.Y, k.W, k.H), !k.Out
	}
	if n == 0 || n == len(w.frames) || w.frames[n-1].Out {
		return geometry.Box{}, false
	}
	a, b := w.frames[n-1], w.frames[n]
	between := func(x, y int64) int64 { return x + (y-x)*(f-a.F)/(b.F-a.F) }
	return rectangle(between(a.X, b.X), between(a.Y, b.Y), between(a.W, b.W), between(a.H, b.H)), true
}

func rectangle(x, y, w, h int64) geometry.Box {
	return geometry.Box{X1: x, Y1: y, X2: x + w, Y2: y + h}
}

// Mean is the one that overlaps most with all.
func (w way) Mean(of []way, weight []float64) way {
	return of[central(of, weight, way.IoU, func(a, b way) int { return slices.CompareFunc(a.frames, b.frames, compareFrames) })]
}

func compareFrames(a, b answer.Frame) int {
	out := func(f answer.Frame) int {
		if f.Out {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(a.F, b.F), cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y), cmp.Compare(a.W, b.W), cmp.Compare(a.H, b.H), out(a)-out(b))
}
