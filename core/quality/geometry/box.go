package geometry

import "github.com/alaya-network/alaya/core/fault"

// Box is the upright rectangle between two corners: X1 <= x <= X2, Y1 <= y <=
// Y2. Its edges are lines between pixels, so its width is X2 - X1.
type Box struct {
	X1, Y1, X2, Y2 int64
}

// NewBox returns the box of a corner, width and height. Errors as Check.
func NewBox(x, y, width, height int64) (Box, error) {
	if !inRange(x, y, width, height) {
		return Box{}, outOfRange([]int64{x, y, width, height})
	}
	b := Box{x, y, x + width, y + height}
	return b, b.Check()
}

// Check returns an error of kind invalid for a box without area, of kind limit
// for a coordinate beyond MaxCoord.
func (b Box) Check() error {
	if !inRange(b.X1, b.Y1, b.X2, b.Y2) {
		return outOfRange(b)
	}
	if b.X1 >= b.X2 || b.Y1 >= b.Y2 {
		return fault.Invalid("quality: box %+v: want X1 below X2 and Y1 below Y2", b)
	}
	return nil
}

// Inside says whether no part of b lies outside the frame.
func (b Box) Inside(frame Box) bool {
	return frame.X1 <= b.X1 && b.X2 <= frame.X2 && frame.Y1 <= b.Y1 && b.Y2 <= frame.Y2
}

// Area returns the area in square units, at most 2⁶².
func (b Box) Area() int64 { return (b.X2 - b.X1) * (b.Y2 - b.Y1) }

// Overlap returns the areas of intersection and union, both exact.
func (b Box) Overlap(o Box) (intersection, union int64) {
	width := min(b.X2, o.X2) - max(b.X1, o.X1)
	height := min(b.Y2, o.Y2) - max(b.Y1, o.Y1)
	if width > 0 && height > 0 {
		intersection = width * height
	}
	// The difference first: the sum of both areas may not fit, the union does.
	return intersection, b.Area() - intersection + o.Area()
}

// IoU returns intersection over union, rounded once from exact areas.
func (b Box) IoU(o Box) float64 {
	intersection, union := b.Overlap(o)
	return float64(intersection) / float64(union)
}

// Extent returns the range of x: boxes whose ranges do not meet are apart.
func (b Box) Extent() (from, to int64) { return b.X1, b.X2 }

// Mean returns the box whose edges are the weighted means of the edges of some
// boxes, all matched to b; a positive weight for each.
func (b Box) Mean(of []Box, weight []float64) Box {
	m := Box{
		X1: mean(b.X1, weight, func(i int) int64 { return of[i].X1 }),
		Y1: mean(b.Y1, weight, func(i int) int64 { return of[i].Y1 }),
		X2: mean(b.X2, weight, func(i int) int64 { return of[i].X2 }),
		Y2: mean(b.Y2, weight, func(i int) int64 { return of[i].Y2 }),
	}
	m.X2, m.Y2 = max(m.X2, m.X1+1), max(m.Y2, m.Y1+1)
	return m
}
