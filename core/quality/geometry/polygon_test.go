package geometry_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/geometry"
)

func TestPolygonsAreJudged(t *testing.T) {
	tests := []struct {
		name   string
		p      geometry.Polygon
		simple bool
		area2  uint64 // of simple ones
	}{
		{"a triangle", geometry.Polygon{{0, 0}, {4, 0}, {0, 3}}, true, 12},
		{"a triangle the other way", geometry.Polygon{{0, 3}, {4, 0}, {0, 0}}, true, 12},
		{"a hollow shape", geometry.Polygon{{0, 0}, {4, 0}, {4, 4}, {2, 1}, {0, 4}}, true, 20},
		{"the whole plane", geometry.Polygon{{-far, -far}, {far, -far}, {far, far}, {-far, far}}, true, 1 << 63},
		{"a bow tie", geometry.Polygon{{0, 0}, {4, 4}, {4, 0}, {0, 4}}, false, 0},
		{"a line", geometry.Polygon{{0, 0}, {4, 0}}, false, 0},
		{"three points in line", geometry.Polygon{{0, 0}, {2, 0}, {4, 0}}, false, 0},
		{"a spike", geometry.Polygon{{0, 0}, {4, 0}, {4, 4}, {4, 2}, {0, 2}}, false, 0},
		{"a corner on an edge", geometry.Polygon{{0, 0}, {4, 0}, {4, 4}, {2, 0}, {0, 4}}, false, 0},
		{"two loops joined at a point", geometry.Polygon{{0, 0}, {2, 2}, {4, 0}, {4, 4}, {2, 2}, {0, 4}}, false, 0},
		{"an edge run twice", geometry.Polygon{{0, 0}, {4, 0}, {4, 4}, {4, 0}, {0, -4}}, false, 0},
		{"nothing", nil, false, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.p.Simple(); got != tt.simple {
				t.Errorf("%v simple is %v, want %v", tt.p, got, tt.simple)
			}
			if got := tt.p.Area2(); tt.simple && got != tt.area2 {
				t.Errorf("%v: twice the area is %d, want %d", tt.p, got, tt.area2)
			}
			if err := tt.p.Check(); (err == nil) != tt.simple {
				t.Errorf("%v: Check says %v, want simple %v", tt.p, err, tt.simple)
			}
		})
	}
}

func TestARingHasNoPointTwiceInARow(t *testing.T) {
	p := geometry.Polygon{{0, 0}, {4, 0}, {4, 0}, {0, 3}, {0, 0}, {0, 0}}
	if !p.Closed() || p.Ring().Closed() || len(p.Ring()) != 3 {
		t.Errorf("%v: closed %v, ring %v; want three points", p, p.Closed(), p.Ring())
	}
	if err := p.Check(); err != nil {
		t.Errorf("%v: %v, want no error", p, err)
	}
	if got := (geometry.Polygon{{1, 1}, {1, 1}}).Ring(); len(got) != 1 {
		t.Errorf("ring of one point twice is %v", got)
	}
}

func TestPolygonsAreBounded(t *testing.T) {
	if err := make(geometry.Polygon, geometry.MaxVertices+1).Check(); !fault.Is(err, fault.KindLimit) {
		t.Errorf("too many points: %v, want kind limit", err)
	}
	p := geometry.Polygon{{0, 0}, {far + 1, 0}, {0, 3}}
	if err := p.Check(); !fault.Is(err, fault.KindLimit) {
		t.Errorf("%v: %v, want kind limit", p, err)
	}
	frame := geometry.Box{X2: 4, Y2: 3}
	p = geometry.Polygon{{0, 0}, {4, 0}, {0, 3}}
	if !p.Inside(frame) || p.Inside(geometry.Box{X2: 3, Y2: 3}) || p.Bounds() != frame {
		t.Errorf("%v has bounds %+v, want %+v", p, p.Bounds(), frame)
	}
}

// crossing is the definition: two edges of the ring share a point other than the
// one that joins them. All pairs are tried, by plain differences of products.
func crossing(p geometry.Polygon) bool {
	on := func(a, b, c geometry.Point) bool {
		cross := (b.X-a.X)*(c.Y-a.Y) - (b.Y-a.Y)*(c.X-a.X)
		return cross == 0 && min(a.X, b.X) <= c.X && c.X <= max(a.X, b.X) && min(a.Y, b.Y) <= c.Y && c.Y <= max(a.Y, b.Y)
	}
	turn := func(a, b, c geometry.Point) int64 { return (b.X-a.X)*(c.Y-a.Y) - (b.Y-a.Y)*(c.X-a.X) }
	n := len(p)
	for i := range n {
		a, b := p[i], p[(i+1)%n]
		for j := range n {
			c, d := p[j], p[(j+1)%n]
			switch {
			case i == j:
				continue
			case (i+1)%n == j:
				if on(a, b, d) || on(c, d, a) {
					return true
				}
				continue
			case (j+1)%n == i:
				continue
			}
			if on(a, b, c) || on(a, b, d) {
				return true
			}
			if turn(a, b, c) > 0 != (turn(a, b, d) > 0) && turn(c, d, a) > 0 != (turn(c, d, b) > 0) &&
				turn(a, b, c) != 0 && turn(a, b, d) != 0 && turn(c, d, a) != 0 && turn(c, d, b) != 0 {
				return true
			}
		}
	}
	return false
}

func TestTheSweepFindsWhatAllPairsFind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.Custom(func(t *rapid.T) geometry.Point {
			return geometry.Point{X: rapid.Int64Range(0, 6).Draw(t, "x"), Y: rapid.Int64Range(0, 6).Draw(t, "y")}
		})
		p := geometry.Polygon(rapid.SliceOfN(at, 3, 7).Draw(t, "polygon")).Ring()
		if want := len(p) >= 3 && !crossing(p); p.Simple() != want {
			t.Fatalf("%v: simple is %v, want %v", p, p.Simple(), want)
		}
	})
}

func BenchmarkSimple(b *testing.B) {
	comb := geometry.Polygon{{0, -1}}
	for i := range int64(geometry.MaxVertices/2 - 1) {
		comb = append(comb, geometry.Point{X: 2 * i, Y: 0}, geometry.Point{X: 2*i + 1, Y: 100})
	}
	comb = append(comb, geometry.Point{X: geometry.MaxVertices, Y: -1})
	for b.Loop() {
		if !comb.Simple() {
			b.Fatal("a comb is simple")
		}
	}
}
