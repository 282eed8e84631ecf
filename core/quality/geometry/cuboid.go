package geometry

import (
	"cmp"

	"github.com/alaya-network/alaya/core/fault"
)

// Turn is a full turn, and quarter a quarter, in millionths of a radian.
const (
	Turn    = 6_283_185
	quarter = 1_570_796
)

// Cuboid is an upright block around a centre. Length lies along its heading,
// Width across, Height up; Yaw turns the heading from the x axis towards y, in
// millionths of a radian.
type Cuboid struct {
	X, Y, Z               int64
	Length, Width, Height int64
	Yaw                   int64
}

// Check returns an error of kind invalid for a side below 1 or a yaw beyond a
// turn either way, of kind limit for a number beyond MaxCoord.
func (c Cuboid) Check() error {
	if !inRange(c.X, c.Y, c.Z, c.Length, c.Width, c.Height) {
		return outOfRange(c)
	}
	if c.Length < 1 || c.Width < 1 || c.Height < 1 {
		return fault.Invalid("quality: cuboid %+v: want sides of at least 1", c)
	}
	if c.Yaw < -Turn || c.Yaw > Turn {
		return fault.Invalid("quality: cuboid %+v: want a yaw within ±%d", c, Turn)
	}
	return nil
}

// IoU returns the volume of the intersection over that of the union: the
// rectangles' overlap in the ground plane times the overlap of the heights. A
// heading turned about does not change it.
func (c Cuboid) IoU(o Cuboid) float64 {
	if c.compare(o) > 0 {
		c, o = o, c // one order, so that both ask the same question
	}
	// Twice the height: the middle of an odd one is no integer.
	twice := min(2*c.Z+c.Height, 2*o.Z+o.Height) - max(2*c.Z-c.Height, 2*o.Z-o.Height)
	if c == o {
		return 1
	}
	if twice <= 0 || !c.near(o) {
		return 0
	}
	a, b := c.volume(), o.volume()
	shared := min(float64(groundOverlap(c, o)*float64(twice)/2), a, b)
	return shared / (a - shared + b)
}

// Extent returns a range of x that holds the cuboid at any yaw: cuboids whose
// ranges do not meet are apart.
func (c Cuboid) Extent() (from, to int64) {
	reach := c.reach()
	return c.X - reach, c.X + reach
}

// Mean returns the weighted mean of some cuboids, all matched to c; a positive
// weight for each. One cuboid has four descriptions, a quarter turn apart: the
// mean is taken over those nearest to c, and its heading is the one with the
// most weight.
func (c Cuboid) Mean(of []Cuboid, weight []float64) Cuboid {
	near := make([]Cuboid, len(of))
	var votes [4]float64
	for i, o := range of {
		turns := quarters(o.Yaw - c.Yaw)
		near[i] = o.turned(-turns)
		near[i].Yaw = c.Yaw + wrap(near[i].Yaw-c.Yaw)
		votes[turns&3] += weight[i]
	}
	m := Cuboid{
		X:      mean(c.X, weight, func(i int) int64 { return near[i].X }),
		Y:      mean(c.Y, weight, func(i int) int64 { return near[i].Y }),
		Z:      mean(c.Z, weight, func(i int) int64 { return near[i].Z }),
		Length: mean(c.Length, weight, func(i int) int64 { return near[i].Length }),
		Width:  mean(c.Width, weight, func(i int) int64 { return near[i].Width }),
		Height: mean(c.Height, weight, func(i int) int64 { return near[i].Height }),
		Yaw:    mean(c.Yaw, weight, func(i int) int64 { return near[i].Yaw }),
	}
	heading := 0
	for turns := range votes {
		if votes[turns] > votes[heading] {
			heading = turns
		}
	}
	return m.turned(int64(heading))
}

// turned returns the same block described from another side, so many quarter
// turns on.
func (c Cuboid) turned(quarters int64) Cuboid {
	if quarters&1 == 1 {
		c.Length, c.Width = c.Width, c.Length
	}
	c.Yaw = wrap(c.Yaw + quarters*quarter)
	return c
}

// quarters returns the number of quarter turns nearest to an angle, -2 to 2.
func quarters(yaw int64) int64 {
	yaw = wrap(yaw) + Turn // positive, so that the division rounds down
	return (yaw+quarter/2)/quarter - 4
}

// wrap brings an angle into (-Turn/2, Turn/2].
func wrap(yaw int64) int64 {
	yaw %= Turn
	switch {
	case yaw > Turn/2:
		return yaw - Turn
	case yaw <= -Turn/2:
		return yaw + Turn
	}
	return yaw
}

// reach bounds the distance of a corner from the centre, in the ground plane.
func (c Cuboid) reach() int64 { return (c.Length+c.Width)/2 + 1 }

// near says whether the two may overlap in the ground plane.
func (c Cuboid) near(o Cuboid) bool {
	reach := c.reach() + o.reach()
	dx, dy := o.X-c.X, o.Y-c.Y
	return -reach < dx && dx < reach && -reach < dy && dy < reach
}

func (c Cuboid) volume() float64 {
	return float64(float64(c.Length) * float64(c.Width) * float64(c.Height))
}

func (c Cuboid) compare(o Cuboid) int {
	return cmp.Or(
		cmp.Compare(c.X, o.X), cmp.Compare(c.Y, o.Y), cmp.Compare(c.Z, o.Z),
		cmp.Compare(c.Length, o.Length), cmp.Compare(c.Width, o.Width), cmp.Compare(c.Height, o.Height),
		cmp.Compare(c.Yaw, o.Yaw))
}
