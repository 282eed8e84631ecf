package world

import (
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"math"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/market"
)

// point is a return of the scanner, in metres: x ahead, y to the left, z up
// from the scanner, which stands 1.6 m above the road.
type point struct{ x, y, z, light float64 }

const road = -1.6

// focal, the focal length of the camera, in pixels of its picture of 480 x 270.
const focal = 300

func clouds(h *hand) Task {
	t := Task{
		Name: "clouds", Title: "Cars in a laser scan", Tags: []string{"cloud", "cuboids"},
		Summary: "A scanner in a street, with a camera beside it. Set a cuboid around every car.",
		Spec: market.Spec{Question: "Where are the cars?", Form: form(
			answer.Control{Name: "cars", Type: answer.TypeCuboid, Labels: labels("car", "van"), Required: true},
		)},
	}
	for range each {
		var points []point
		view := newSheet(480, 270, color.RGBA{190, 210, 230, 255})
		view.fill(image.Rect(0, 135, 480, 270), color.RGBA{105, 105, 110, 255})
		cars := answer.Cuboids{}
		for i := range 3 { // the farthest first, so that the nearer hides it
			c := answer.Cuboid{
				Label: "car", X: int64(28_000 - 9_000*i + h.between(-800, 800)), Y: int64(h.between(-4_500, 4_500)), L: 4_200, W: 1_800, H: 1_500,
			}
			if h.below(3) == 0 {
				c.Label, c.L, c.W, c.H = "van", 5_200, 2_000, 2_300
			}
			c.Z = int64(road*1000) + c.H/2
			cars = append(cars, c)
			points = append(points, shell(h, c)...)
			view.fill(seen(c), color.RGBA{uint8(h.between(40, 200)), 60, uint8(h.between(60, 200)), 255})
		}
		points = append(points, street(h)...)
		camera := map[string]any{
			"image":      view.png(&t, "camera.png"),
			"intrinsics": []float64{focal, 0, 240, 0, focal, 135, 0, 0, 1},
			// Rows of the matrix from the scanner to the camera, which looks ahead.
			"extrinsics": []float64{0, -1, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, 0, 1},
		}
		t.item(map[string]any{"cloud": pcd(&t, points), "cameras": []any{camera}}, t.filled(cars))
	}
	return t
}

// street is the road and two walls.
func street(h *hand) []point {
	var out []point
	for x := 2.0; x < 40; x += .5 {
		for y := -8.0; y <= 8; y += .5 {
			out = append(out, point{x + .1*h.noise(), y + .1*h.noise(), road + .02*h.noise(), .2})
		}
		for z := road; z < 3; z += .5 {
			out = append(out, point{x, -8.2 + .03*h.noise(), z, .6}, point{x, 8.2 + .03*h.noise(), z, .6})
		}
	}
	return out
}

// shell are returns from the outside of a car.
func shell(h *hand, c answer.Cuboid) []point {
	var out []point
	for range 900 {
		p := [3]float64{signed(h), signed(h), signed(h)}
		p[h.below(3)] = float64(2*h.below(2) - 1)
		out = append(out, point{
			(float64(c.X) + p[0]*float64(c.L)/2) / 1000, (float64(c.Y) + p[1]*float64(c.W)/2) / 1000, (float64(c.Z) + p[2]*float64(c.H)/2) / 1000, .9,
		})
	}
	return out
}

// signed draws from -1 to 1.
func signed(h *hand) float64 { return float64(h.between(-1000, 1000)) / 1000 }

// seen is where the camera sees a car.
func seen(c answer.Cuboid) image.Rectangle {
	var r image.Rectangle
	for corner := range 8 {
		side := func(bit int) float64 { return float64(corner>>bit&1)*2 - 1 }
		x := (float64(c.X) + side(0)*float64(c.L)/2) / 1000
		y := (float64(c.Y) + side(1)*float64(c.W)/2) / 1000
		z := (float64(c.Z) + side(2)*float64(c.H)/2) / 1000
		at := image.Pt(int(240-focal*y/x), int(135-focal*z/x))
		r = r.Union(image.Rectangle{Min: at, Max: at.Add(image.Pt(1, 1))})
	}
	return r
}

// pcd encodes points and adds them to the task.
func pcd(t *Task, points []point) asset {
	out := fmt.Appendf(nil, "# .PCD v0.7\nVERSION 0.7\nFIELDS x y z intensity\nSIZE 4 4 4 4\nTYPE F F F F\nCOUNT 1 1 1 1\n"+
		"WIDTH %d\nHEIGHT 1\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS %d\nDATA binary\n", len(points), len(points))
	for _, p := range points {
		for _, v := range []float64{p.x, p.y, p.z, p.light} {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(v)))
		}
	}
	return t.file(asset{Mime: "application/x-pcd", Name: "street.pcd", Points: len(points)}, out)
}
