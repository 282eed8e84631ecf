package geometry_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/geometry"
)

func drawCuboid(t *rapid.T, name string) geometry.Cuboid {
	at, side := rapid.Int64Range(-3000, 3000), rapid.Int64Range(1, 6000)
	return geometry.Cuboid{
		X: at.Draw(t, name+" x"), Y: at.Draw(t, name+" y"), Z: at.Draw(t, name+" z"),
		Length: side.Draw(t, name+" length"), Width: side.Draw(t, name+" width"), Height: side.Draw(t, name+" height"),
		Yaw: rapid.Int64Range(-geometry.Turn, geometry.Turn).Draw(t, name+" yaw"),
	}
}

func TestCuboidsAreRefusedForAReason(t *testing.T) {
	good := geometry.Cuboid{Length: 4, Width: 2, Height: 1}
	tests := []struct {
		name   string
		change func(*geometry.Cuboid)
		want   fault.Kind
	}{
		{"a plain cuboid", func(*geometry.Cuboid) {}, fault.KindNone},
		{"no height", func(c *geometry.Cuboid) { c.Height = 0 }, fault.KindInvalid},
		{"a negative width", func(c *geometry.Cuboid) { c.Width = -1 }, fault.KindInvalid},
		{"more than a turn", func(c *geometry.Cuboid) { c.Yaw = geometry.Turn + 1 }, fault.KindInvalid},
		{"too far out", func(c *geometry.Cuboid) { c.Z = -far - 1 }, fault.KindLimit},
		{"too long", func(c *geometry.Cuboid) { c.Length = math.MaxInt64 }, fault.KindLimit},
	}
	for _, tt := range tests {
		c := good
		tt.change(&c)
		if err := c.Check(); fault.KindOf(err) != tt.want {
			t.Errorf("%s: %+v: %v, want kind %s", tt.name, c, err, tt.want)
		}
	}
}

func TestCuboidsOverlapAsKnown(t *testing.T) {
	const eighth = geometry.Turn / 8
	base := geometry.Cuboid{Length: 2000, Width: 2000, Height: 1000}
	diamond := 2 * (math.Sqrt2 - 1) // the octagon that a square shares with itself turned by 45°
	tests := []struct {
		name string
		a, b geometry.Cuboid
		want float64
	}{
		{"itself", base, base, 1},
		{"half above", base, geometry.Cuboid{Z: 500, Length: 2000, Width: 2000, Height: 1000}, 1. / 3},
		{"standing on it", base, geometry.Cuboid{Z: 1000, Length: 2000, Width: 2000, Height: 1000}, 0},
		{"half ahead", base, geometry.Cuboid{X: 1000, Length: 2000, Width: 2000, Height: 1000}, 1. / 3},
		{"touching", base, geometry.Cuboid{Y: 2000, Length: 2000, Width: 2000, Height: 1000}, 0},
		{"turned by an eighth", base, geometry.Cuboid{Length: 2000, Width: 2000, Height: 1000, Yaw: eighth}, diamond / (2 - diamond)},
		{"turned by a half", base, geometry.Cuboid{Length: 2000, Width: 2000, Height: 1000, Yaw: geometry.Turn / 2}, 1},
		{"a cross", geometry.Cuboid{Length: 3000, Width: 1000, Height: 10}, geometry.Cuboid{Length: 3000, Width: 1000, Height: 10, Yaw: geometry.Turn / 4}, 1. / 5},
		{"a small one inside", base, geometry.Cuboid{X: 100, Length: 500, Width: 200, Height: 100, Yaw: 12345}, 0.0025},
		{"corners out of reach", base, geometry.Cuboid{X: 2200, Y: 2200, Length: 2000, Width: 2000, Height: 1000, Yaw: eighth}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.a.IoU(tt.b); math.Abs(got-tt.want) > 1e-6 {
				t.Errorf("IoU of %+v and %+v is %v, want %v", tt.a, tt.b, got, tt.want)
			}
		})
	}
}

// holds says whether a point lies in the cuboid's rectangle.
func holds(c geometry.Cuboid, x, y float64) bool {
	sin, cos := math.Sincos(float64(c.Yaw) / 1e6)
	dx, dy := x-float64(c.X), y-float64(c.Y)
	return math.Abs(dx*cos+dy*sin) <= float64(c.Length)/2 && math.Abs(dy*cos-dx*sin) <= float64(c.Width)/2
}

func TestGroundOverlapAgreesWithCounting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawCuboid(t, "a"), drawCuboid(t, "b")
		a.Z, b.Z, a.Height, b.Height = 0, 0, 1, 1
		const steps = 300
		reach := float64(max(a.Length, a.Width))
		shared := 0
		for i := range steps {
			for j := range steps {
				x := float64(a.X) + reach*(2*(float64(i)+0.5)/steps-1)
				y := float64(a.Y) + reach*(2*(float64(j)+0.5)/steps-1)
				if holds(a, x, y) && holds(b, x, y) {
					shared++
				}
			}
		}
		cell := 2 * reach / steps * 2 * reach / steps
		area := float64(a.Length*a.Width + b.Length*b.Width)
		iou := a.IoU(b)
		got := iou * area / (1 + iou)
		// Cells on the rim, at most 3.6 reach/cell of them, may count or not.
		if rim := cell * steps * 4; math.Abs(got-float64(shared)*cell) > rim {
			t.Fatalf("%+v and %+v share %v, counting gives %v ± %v", a, b, got, float64(shared)*cell, rim)
		}
	})
}

func TestIoUOfCuboidsKeepsItsPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawCuboid(t, "a"), drawCuboid(t, "b")
		ab, ba := a.IoU(b), b.IoU(a)
		if ab != ba || ab < 0 || ab > 1 || a.IoU(a) != 1 {
			t.Fatalf("%+v and %+v: IoU %v and %v", a, b, ab, ba)
		}
		from, to := a.Extent()
		lo, hi := b.Extent()
		if (to < lo || hi < from) && ab > 0 {
			t.Fatalf("%+v and %+v do not reach each other, yet IoU is %v", a, b, ab)
		}
	})
}

func TestMeanOfCuboidsKeepsSideAndHeading(t *testing.T) {
	const quarter = geometry.Turn / 4
	ref := geometry.Cuboid{Length: 4000, Width: 2000, Height: 1500, Yaw: 3_140_000}
	across := geometry.Cuboid{Length: 2000, Width: 4000, Height: 1500, Yaw: 3_140_000 - quarter}
	back := geometry.Cuboid{Length: 4000, Width: 2000, Height: 1500, Yaw: 0}
	tests := []struct {
		name   string
		of     []geometry.Cuboid
		weight []float64
		want   geometry.Cuboid
	}{
		{"one alone", []geometry.Cuboid{ref}, []float64{3}, ref},
		{"over the seam of a turn", []geometry.Cuboid{ref, {Length: 4000, Width: 2000, Height: 1500, Yaw: -3_140_000}}, []float64{1, 1},
			geometry.Cuboid{Length: 4000, Width: 2000, Height: 1500, Yaw: -3_141_592}},
		{"one of three with the sides exchanged", []geometry.Cuboid{ref, ref, across}, []float64{1, 1, 1}, ref},
		{"the heading with more weight", []geometry.Cuboid{ref, back}, []float64{1, 3}, geometry.Cuboid{Length: 4000, Width: 2000, Height: 1500, Yaw: 0}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ref.Mean(tt.of, tt.weight)
			turn := (got.Yaw - tt.want.Yaw + 3*geometry.Turn/2) % geometry.Turn
			if got.Length != tt.want.Length || got.Width != tt.want.Width || turn-geometry.Turn/2 > 2000 || turn-geometry.Turn/2 < -2000 {
				t.Errorf("mean of %+v is %+v, want about %+v", tt.of, got, tt.want)
			}
		})
	}
}

func TestMeanOfCuboidsIsValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 5).Draw(t, "n")
		all, weight := make([]geometry.Cuboid, n), make([]float64, n)
		for i := range all {
			all[i] = drawCuboid(t, "cuboid")
			weight[i] = rapid.Float64Range(0.1, 4000).Draw(t, "weight")
		}
		m := all[0].Mean(all, weight)
		if err := m.Check(); err != nil {
			t.Fatal(err)
		}
		if n == 1 && m.IoU(all[0]) < 0.999 {
			t.Fatalf("mean of %+v alone is %+v", all[0], m)
		}
	})
}

func BenchmarkCuboidIoU(b *testing.B) {
	x := geometry.Cuboid{Length: 4500, Width: 1900, Height: 1600, Yaw: 700_000}
	y := geometry.Cuboid{X: 300, Y: -120, Z: 40, Length: 4400, Width: 2000, Height: 1500, Yaw: 760_000}
	b.ReportAllocs()
	for b.Loop() {
		if x.IoU(y) == 0 {
			b.Fatal("apart")
		}
	}
}
