package geometry_test

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/geometry"
)

const far = geometry.MaxCoord

// drawBox draws a valid box, a small one near the origin as often as a huge
// one.
func drawBox(t *rapid.T, name string) geometry.Box {
	most := rapid.SampledFrom([]int64{8, 1000, far}).Draw(t, name+" reach")
	side := rapid.Int64Range(-most, most-1)
	x, y := side.Draw(t, name+" x"), side.Draw(t, name+" y")
	return geometry.Box{
		X1: x, X2: rapid.Int64Range(x+1, most).Draw(t, name+" x2"),
		Y1: y, Y2: rapid.Int64Range(y+1, most).Draw(t, name+" y2"),
	}
}

func TestBoxesAreRefusedForAReason(t *testing.T) {
	tests := []struct {
		name       string
		x, y, w, h int64
		want       fault.Kind
	}{
		{"a plain box", 1, 2, 3, 4, fault.KindNone},
		{"the largest box", -far, -far, far, far, fault.KindNone},
		{"no width", 1, 2, 0, 4, fault.KindInvalid},
		{"a negative height", 1, 2, 3, -4, fault.KindInvalid},
		{"a corner too far out", far + 1, 2, 3, 4, fault.KindLimit},
		{"a width that would wrap", 1 << 62, 0, 1 << 62, 1, fault.KindLimit},
		{"an end too far out", far, 0, 1, 1, fault.KindLimit},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, err := geometry.NewBox(tt.x, tt.y, tt.w, tt.h)
			if fault.KindOf(err) != tt.want {
				t.Errorf("NewBox(%d, %d, %d, %d) = %+v, %v; want kind %s", tt.x, tt.y, tt.w, tt.h, b, err, tt.want)
			}
		})
	}
}

func TestABoxLiesInsideItsFrameUpToTheEdge(t *testing.T) {
	frame := geometry.Box{X2: 640, Y2: 480}
	tests := []struct {
		name string
		box  geometry.Box
		want bool
	}{
		{"the whole frame", frame, true},
		{"in a corner", geometry.Box{X1: 600, Y1: 400, X2: 640, Y2: 480}, true},
		{"a pixel too far right", geometry.Box{X1: 600, Y1: 400, X2: 641, Y2: 480}, false},
		{"a pixel too high", geometry.Box{X1: 0, Y1: -1, X2: 640, Y2: 480}, false},
	}
	for _, tt := range tests {
		if got := tt.box.Inside(frame); got != tt.want {
			t.Errorf("%s: %+v inside %+v is %v, want %v", tt.name, tt.box, frame, got, tt.want)
		}
	}
}

func TestOverlapIsExact(t *testing.T) {
	area := func(x1, y1, x2, y2 int64) *big.Int {
		if x1 >= x2 || y1 >= y2 {
			return new(big.Int)
		}
		return new(big.Int).Mul(big.NewInt(x2-x1), big.NewInt(y2-y1))
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawBox(t, "a"), drawBox(t, "b")
		intersection, union := a.Overlap(b)
		shared := area(max(a.X1, b.X1), max(a.Y1, b.Y1), min(a.X2, b.X2), min(a.Y2, b.Y2))
		whole := new(big.Int).Add(area(a.X1, a.Y1, a.X2, a.Y2), area(b.X1, b.Y1, b.X2, b.Y2))
		whole.Sub(whole, shared)
		if shared.Cmp(big.NewInt(intersection)) != 0 || whole.Cmp(big.NewInt(union)) != 0 {
			t.Fatalf("%+v and %+v: %d of %d, want %s of %s", a, b, intersection, union, shared, whole)
		}
		if ab, ba := a.IoU(b), b.IoU(a); ab != ba || ab < 0 || ab > 1 || a.IoU(a) != 1 {
			t.Fatalf("%+v and %+v: IoU %v and %v", a, b, ab, ba)
		}
	})
}

func TestMeanOfBoxesLiesAmongThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 5).Draw(t, "n")
		boxes, weight := make([]geometry.Box, n), make([]float64, n)
		for i := range boxes {
			boxes[i] = drawBox(t, "box")
			weight[i] = rapid.Float64Range(0.1, 4000).Draw(t, "weight")
		}
		m := boxes[0].Mean(boxes, weight)
		if err := m.Check(); err != nil {
			t.Fatal(err)
		}
		low, high := boxes[0].X1, boxes[0].X1
		for _, b := range boxes {
			low, high = min(low, b.X1), max(high, b.X1)
		}
		if m.X1 < low || m.X1 > high {
			t.Fatalf("mean of %+v is %+v", boxes, m)
		}
		if n == 1 && m != boxes[0] {
			t.Fatalf("mean of %+v alone is %+v", boxes[0], m)
		}
	})
}

func TestMeanOfBoxesFollowsTheWeights(t *testing.T) {
	of := []geometry.Box{{X1: 0, Y1: 0, X2: 10, Y2: 10}, {X1: 4, Y1: 8, X2: 14, Y2: 20}}
	want := geometry.Box{X1: 3, Y1: 6, X2: 13, Y2: 18} // 17.5 goes up
	if got := of[0].Mean(of, []float64{1, 3}); got != want {
		t.Errorf("mean = %+v, want %+v", got, want)
	}
}
