package mask_test

import (
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/mask"
)

func paint(t testing.TB, height, width int, inside func(x, y int) bool) mask.Mask {
	t.Helper()
	m, err := mask.Paint(height, width, inside)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestRunsAreRefusedForAReason(t *testing.T) {
	tests := []struct {
		name          string
		height, width int
		runs          []int
		want          fault.Kind
		canonical     []int
	}{
		{"a block", 4, 5, []int{5, 2, 2, 2, 9}, fault.KindNone, []int{5, 2, 2, 2, 9}},
		{"nothing inside", 4, 5, []int{20}, fault.KindNone, []int{20}},
		{"all inside", 4, 5, []int{0, 20}, fault.KindNone, []int{0, 20}},
		{"runs of nothing", 4, 5, []int{0, 0, 5, 2, 0, 1, 12, 0}, fault.KindNone, []int{5, 3, 12}},
		{"a negative run", 4, 5, []int{5, -2, 17}, fault.KindInvalid, nil},
		{"too long", 4, 5, []int{5, 16}, fault.KindInvalid, nil},
		{"too short", 4, 5, []int{5, 14}, fault.KindInvalid, nil},
		{"no runs", 4, 5, nil, fault.KindInvalid, nil},
		{"no height", 0, 5, []int{0}, fault.KindInvalid, nil},
		{"a negative width", 4, -5, []int{20}, fault.KindInvalid, nil},
		{"a picture too large", 1 << 16, 1 << 15, []int{1 << 31}, fault.KindLimit, nil},
		{"a picture whose size would wrap", 1 << 62, 1 << 62, []int{0}, fault.KindLimit, nil},
		{"too many runs", 4, 5, make([]int, mask.MaxRuns+1), fault.KindLimit, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, err := mask.FromRuns(tt.height, tt.width, tt.runs)
			if fault.KindOf(err) != tt.want || err == nil && !slices.Equal(m.Runs(), tt.canonical) {
				t.Errorf("runs %v, %v; want %v, kind %s", m.Runs(), err, tt.canonical, tt.want)
			}
		})
	}
}

// The texts are pycocotools 2.0.10's, of the same pixels.
func TestTextsAreThoseOfCOCO(t *testing.T) {
	tests := []struct {
		name          string
		height, width int
		inside        func(x, y int) bool
		want          string
		area          int
	}{
		{"nothing", 4, 5, func(x, y int) bool { return false }, "d0", 0},
		{"everything", 4, 5, func(x, y int) bool { return true }, "0d0", 20},
		{"a block", 4, 5, func(x, y int) bool { return 1 <= x && x < 4 && 1 <= y && y < 3 }, "5220003", 6},
		{"two corners", 1000, 1000, func(x, y int) bool { return x == y && (x == 0 || x == 999) }, "01na`n00", 2},
		{"a pattern", 37, 41, func(x, y int) bool { return (x/7+y/5)%3 == 0 },
			"05:000H08000H08000H08000H08000H08000H0800020N070I070I070I070I070I070I020N00MK3500MK3500MK3500MK3500MK3500MK350020N" +
				"00H08000H08000H08000H08000H08000H0800020N070I070I070I070I070I070I020N00MK3500MK3500MK3500MK3500MK3500M", 506},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := paint(t, tt.height, tt.width, tt.inside)
			if m.String() != tt.want || m.Area() != tt.area {
				t.Errorf("text %q, area %d; want %q, %d", m, m.Area(), tt.want, tt.area)
			}
			back, err := mask.Parse(tt.height, tt.width, tt.want)
			if err != nil || !back.Equal(m) {
				t.Errorf("Parse(%q) = %v, %v; want runs %v", tt.want, back.Runs(), err, m.Runs())
			}
		})
	}
	ellipse := paint(t, 600, 960, func(x, y int) bool { return 9*(x-400)*(x-400)+16*(y-300)*(y-300) < 360_000 })
	sum := sha256.Sum256([]byte(ellipse.String()))
	if got := hex.EncodeToString(sum[:]); got != "34e771af3ffae6a35d1f6a74c4ba3b6d038378dcbea88237f6dfe64cd9b97126" {
		t.Errorf("hash of an ellipse's text: %s", got)
	}
}

func TestTextsAreRefusedForAReason(t *testing.T) {
	tests := []struct {
		name, text string
		want       fault.Kind
	}{
		{"another alphabet", "5 2", fault.KindInvalid},
		{"a number that ends in the middle", "d", fault.KindInvalid},
		{"a number without an end", strings.Repeat("o", 20), fault.KindInvalid},
		{"a negative run", "O0", fault.KindInvalid},
		{"a run larger than any picture", "ooooo1", fault.KindInvalid},
		{"too few pixels", "5", fault.KindInvalid},
		{"too many runs", strings.Repeat("0", mask.MaxRuns+1), fault.KindLimit},
		{"too long", strings.Repeat("0", mask.MaxText+1), fault.KindLimit},
	}
	for _, tt := range tests {
		if m, err := mask.Parse(4, 5, tt.text); fault.KindOf(err) != tt.want {
			t.Errorf("%s: %v, %v; want kind %s", tt.name, m.Runs(), err, tt.want)
		}
	}
}

func TestMasksBehaveAsSetsOfPixels(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		height, width := rapid.IntRange(1, 7).Draw(t, "height"), rapid.IntRange(1, 7).Draw(t, "width")
		pixels := rapid.SliceOfN(rapid.Bool(), height*width, height*width)
		draw := func(name string) ([]bool, mask.Mask) {
			bits := pixels.Draw(t, name)
			m, err := mask.Paint(height, width, func(x, y int) bool { return bits[x*height+y] })
			if err != nil {
				t.Fatal(err)
			}
			return bits, m
		}
		a, m := draw("a")
		b, o := draw("b")
		both, either, area := 0, 0, 0
		for i := range a {
			if a[i] {
				area++
			}
			if a[i] && b[i] {
				both++
			}
			if a[i] || b[i] {
				either++
			}
		}
		if i, u := m.Overlap(o); i != both || u != either || m.Area() != area {
			t.Fatalf("overlap %d of %d, area %d; want %d of %d, %d", i, u, m.Area(), both, either, area)
		}
		if m.IoU(o) != o.IoU(m) || m.IoU(m) != 1 || m.Equal(o) != reflect.DeepEqual(a, b) {
			t.Fatalf("IoU %v and %v, equal %v", m.IoU(o), o.IoU(m), m.Equal(o))
		}
		again, err := mask.FromRuns(height, width, m.Runs())
		if err != nil || !again.Equal(m) {
			t.Fatalf("runs %v became %v, %v", m.Runs(), again.Runs(), err)
		}
		parsed, err := mask.Parse(height, width, m.String())
		if err != nil || !parsed.Equal(m) {
			t.Fatalf("text %q of %v became %v, %v", m, m.Runs(), parsed.Runs(), err)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"5220003", "0d0", "01na`n00", "o", ""} {
		f.Add(4, 5, seed)
	}
	f.Fuzz(func(t *testing.T, height, width int, text string) {
		m, err := mask.Parse(height, width, text)
		if err != nil {
			return
		}
		if i, u := m.Overlap(m); i != m.Area() || u != m.Area() || m.Area() > height*width {
			t.Fatalf("%q: overlap with itself %d of %d, area %d", text, i, u, m.Area())
		}
		again, err := mask.Parse(height, width, m.String())
		if err != nil || !again.Equal(m) {
			t.Fatalf("%q is %v, written as %q, read as %v, %v", text, m.Runs(), m, again.Runs(), err)
		}
	})
}
