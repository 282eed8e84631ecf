package geometry

// vec is a point in the frame of a cuboid: its centre at the origin, its
// heading along x.
type vec struct {
	x, y float64
}

// groundOverlap returns the area in which two cuboids' rectangles overlap: o's
// corners in the frame of c, clipped at c's four sides.
func groundOverlap(c, o Cuboid) float64 {
	corners := corners(c, o)
	shape := corners[:]
	var buf [2][8]vec // each of four clips adds a corner at most
	side := [2]float64{float64(c.Length) / 2, float64(c.Width) / 2}
	for turn := range 4 {
		shape = clip(buf[turn&1][:0], shape, side[turn&1])
	}
	return area(shape)
}

// corners returns o's corners in the frame of c.
func corners(c, o Cuboid) [4]vec {
	sin, cos := sinCos(-c.Yaw)
	dx, dy := float64(o.X-c.X), float64(o.Y-c.Y)
	centre := vec{float64(dx*cos) - float64(dy*sin), float64(dx*sin) + float64(dy*cos)}
	sin, cos = sinCos(wrap(o.Yaw - c.Yaw))
	along := vec{float64(cos * float64(o.Length) / 2), float64(sin * float64(o.Length) / 2)}
	across := vec{float64(-sin * float64(o.Width) / 2), float64(cos * float64(o.Width) / 2)}
	var all [4]vec
	for i, sign := range [4][2]float64{{1, 1}, {-1, 1}, {-1, -1}, {1, -1}} {
		all[i] = vec{
			centre.x + float64(sign[0]*along.x) + float64(sign[1]*across.x),
			centre.y + float64(sign[0]*along.y) + float64(sign[1]*across.y),
		}
	}
	return all
}

// clip appends to out the part of a convex shape with x at most limit, and
// gives it a quarter turn, which brings the next side to the right.
func clip(out, shape []vec, limit float64) []vec {
	for i, to := range shape {
		from := shape[(i+len(shape)-1)%len(shape)]
		if (from.x <= limit) != (to.x <= limit) {
			way := (limit - from.x) / (to.x - from.x)
			out = append(out, vec{from.y + float64(way*(to.y-from.y)), -limit})
		}
		if to.x <= limit {
			out = append(out, vec{to.y, -to.x})
		}
	}
	return out
}

// area returns the area of a convex shape whose corners run against the clock.
func area(shape []vec) float64 {
	var twice float64
	for i := 2; i < len(shape); i++ {
		a, b := shape[i-1], shape[i]
		ax, ay, bx, by := a.x-shape[0].x, a.y-shape[0].y, b.x-shape[0].x, b.y-shape[0].y
		twice += float64(ax*by) - float64(bx*ay)
	}
	return max(0, twice/2)
}
