package geometry

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
)

// MaxVertices bounds a polygon.
const MaxVertices = 4096

// Polygon is the area within a ring of points, each joined to the next and the
// last to the first. The ring may run either way.
type Polygon []Point

// Ring returns the polygon without points equal to the one before, the first
// coming after the last: drawing tools leave such at a double click, and some
// formats repeat the first point at the end.
func (p Polygon) Ring() Polygon {
	var ring Polygon
	for i, at := range p {
		if i == 0 || at != ring[len(ring)-1] {
			ring = append(ring, at)
		}
	}
	for len(ring) > 1 && ring.Closed() {
		ring = ring[:len(ring)-1]
	}
	return ring
}

// Closed says whether the last point repeats the first, as GeoJSON and WKT
// demand.
func (p Polygon) Closed() bool { return len(p) > 1 && p[0] == p[len(p)-1] }

// Check returns an error of kind invalid unless the ring is simple, of kind
// limit for more than MaxVertices points or a coordinate beyond MaxCoord.
func (p Polygon) Check() error {
	if len(p) > MaxVertices {
		return fault.Limit("quality: polygon of %d points: want at most %d", len(p), MaxVertices)
	}
	for _, at := range p {
		if !inRange(at.X, at.Y) {
			return outOfRange(at)
		}
	}
	if !p.Ring().Simple() {
		return fault.Invalid("quality: polygon of %d points: want at least three, and edges that do not meet", len(p))
	}
	return nil
}

// Inside says whether no part of p lies outside the frame.
func (p Polygon) Inside(frame Box) bool {
	for _, at := range p {
		if at.X < frame.X1 || at.X > frame.X2 || at.Y < frame.Y1 || at.Y > frame.Y2 {
			return false
		}
	}
	return true
}

// Bounds returns the smallest box around a polygon of one point or more.
func (p Polygon) Bounds() Box {
	b := Box{p[0].X, p[0].Y, p[0].X, p[0].Y}
	for _, at := range p[1:] {
		b = Box{min(b.X1, at.X), min(b.Y1, at.Y), max(b.X2, at.X), max(b.Y2, at.Y)}
	}
	return b
}

// Area2 returns twice the area of a simple polygon, which is an integer.
func (p Polygon) Area2() uint64 {
	var sum int64 // may wrap on the way, the area of the whole is right again
	for i, at := range p {
		next := p[(i+1)%len(p)]
		sum += at.X*next.Y - next.X*at.Y
	}
	if sum < 0 {
		return -uint64(sum)
	}
	return uint64(sum)
}

// Simple says whether the ring has three points or more and its edges meet at
// the points that join them alone. It is near-linear unless very many edges lie
// above each other, at worst quadratic.
func (p Polygon) Simple() bool {
	if len(p) < 3 {
		return false
	}
	edges := make([]edge, len(p))
	for i := range p {
		edges[i] = edge{i, p[i], p[(i+1)%len(p)]}
	}
	slices.SortFunc(edges, func(a, b edge) int {
		return cmp.Or(cmp.Compare(a.left(), b.left()), cmp.Compare(a.index, b.index))
	})
	var open []edge // those that reach as far right as the present one begins
	for _, e := range edges {
		open = slices.DeleteFunc(open, func(o edge) bool { return o.right() < e.left() })
		for _, o := range open {
			if e.conflicts(o, len(p)) {
				return false
			}
		}
		open = append(open, e)
	}
	return true
}

// edge joins a polygon's point of some index to the next.
type edge struct {
	index    int
	from, to Point
}

func (e edge) left() int64  { return min(e.from.X, e.to.X) }
func (e edge) right() int64 { return max(e.from.X, e.to.X) }

// conflicts says whether two edges of a ring of n meet where they must not.
func (e edge) conflicts(o edge, n int) bool {
	switch {
	case (e.index+1)%n == o.index:
		return e.holds(o.to) || o.holds(e.from)
	case (o.index+1)%n == e.index:
		return o.holds(e.to) || e.holds(o.from)
	default:
		return e.meets(o)
	}
}

// meets says whether two edges have a point in common.
func (e edge) meets(o edge) bool {
	if side(e.from, e.to, o.from)*side(e.from, e.to, o.to) < 0 &&
		side(o.from, o.to, e.from)*side(o.from, o.to, e.to) < 0 {
		return true
	}
	return e.holds(o.from) || e.holds(o.to) || o.holds(e.from) || o.holds(e.to)
}

// holds says whether a point lies on the edge.
func (e edge) holds(at Point) bool {
	return side(e.from, e.to, at) == 0 &&
		e.left() <= at.X && at.X <= e.right() &&
		min(e.from.Y, e.to.Y) <= at.Y && at.Y <= max(e.from.Y, e.to.Y)
}

// side returns +1 when a, b, c turn left, -1 when right, 0 when they lie in
// line. The two products fit; their difference might not.
func side(a, b, c Point) int {
	return cmp.Compare((b.X-a.X)*(c.Y-a.Y), (b.Y-a.Y)*(c.X-a.X))
}
