package geometry

import "math"

// FromCorner returns a rectangle turned about its corner as a cuboid of height
// 1: the corner of least x and y before it was turned by a yaw.
func FromCorner(x, y, width, height, yaw int64) Cuboid {
	dx, dy := toCentre(width, height, yaw)
	return Cuboid{X: x + dx, Y: y + dy, Length: width, Width: height, Height: 1, Yaw: yaw}
}

// Corner returns the corner by which FromCorner makes the cuboid, to within a
// unit.
func (c Cuboid) Corner() (x, y int64) {
	dx, dy := toCentre(c.Length, c.Width, c.Yaw)
	return c.X - dx, c.Y - dy
}

// toCentre leads from the corner to the centre.
func toCentre(width, height, yaw int64) (dx, dy int64) {
	sin, cos := sinCos(yaw)
	w, h := float64(width)/2, float64(height)/2
	x := float64(w*cos) - float64(h*sin)
	y := float64(w*sin) + float64(h*cos)
	return int64(math.Floor(x + 0.5)), int64(math.Floor(y + 0.5))
}
