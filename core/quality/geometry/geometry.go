// Package geometry holds the shapes people draw on pictures and into point
// clouds, in whole numbers: boxes, polygons, cuboids, how far two of them
// overlap, and what makes one fit to be used.
//
// Words: a unit is whatever the caller counts in; label records use 1/1024
// pixel and millimetres, plain pixels do as well. The overlap of two shapes is
// their IoU: intersection over union, 1 for equal shapes, 0 for apart ones. A
// frame is the box that a picture fills.
//
// Assumptions: x grows to the right. Pictures let y grow downwards, point
// clouds do not: nothing here depends on it. Cuboids stand upright and turn
// about the vertical alone.
//
// Do not use it for geographic coordinates or for curves.
//
// Invariants:
//  1. A shape that passed Check overflows nowhere here; others may.
//  2. Boxes and polygons are compared in exact integers; cuboids, whose corners
//     are no integers, in strict arithmetic.
//  3. IoU lies in [0, 1], is 1 for equal shapes, and does not depend on which
//     of the two is asked.
//  4. A mean lies in the bounding box of what went in, up to rounding.
//
// Sources: Sutherland and Hodgman, CACM 17(1), 1974, for clipping; FreeBSD msun
// k_sin.c and k_cos.c.
package geometry

import (
	"math"

	"github.com/alaya-network/alaya/core/fault"
)

// MaxCoord bounds the size of every coordinate and side, in units: a million
// pixels of 1/1024, or a thousand kilometres in millimetres.
const MaxCoord = 1 << 30

// Point is a place in the plane.
type Point struct {
	X, Y int64
}

// inRange says whether all values lie within ±MaxCoord.
func inRange(values ...int64) bool {
	for _, v := range values {
		if v < -MaxCoord || v > MaxCoord {
			return false
		}
	}
	return true
}

// mean returns ref plus the weighted mean of value(i)−ref over n values,
// halves rounded up. The weights are positive.
func mean(ref int64, weight []float64, value func(i int) int64) int64 {
	var sum, all float64
	for i, w := range weight {
		sum += float64(w * float64(value(i)-ref))
		all += w
	}
	return ref + int64(math.Floor(sum/all+0.5))
}

func outOfRange(shape any) error {
	return fault.Limit("quality: shape %+v: want coordinates within ±%d", shape, MaxCoord)
}
