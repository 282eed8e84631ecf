package num_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
)

func TestWilsonLowerRefusesAndDegenerates(t *testing.T) {
	if _, err := num.WilsonLower(1, 2, 940_000); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("confidence 94%%: error %v, want kind invalid", err)
	}
	if _, err := num.WilsonLower(3, 2, 950_000); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("3 of 2: error %v, want kind invalid", err)
	}
	if got, err := num.WilsonLower(0, 0, 950_000); got != 0 || err != nil {
		t.Errorf("0 of 0: %v, %v; want 0", got, err)
	}
	if got, err := num.WilsonLower(math.MaxUint64, math.MaxUint64, 990_000); got != 999_999 || err != nil {
		t.Errorf("all of 2⁶⁴-1: %v, %v; want 99.9999%%", got, err)
	}
}

func TestWilsonLowerGrowsWithSuccessesAndShrinksWithDoubt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Uint64Range(1, 1<<40).Draw(t, "n")
		s := rapid.Uint64Range(0, n-1).Draw(t, "successes")
		bound := func(s uint64, c num.Ppm) num.Ppm {
			b, err := num.WilsonLower(s, n, c)
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
		b := bound(s, 950_000)
		if share := float64(s) / float64(n) * 1e6; float64(b) > share {
			t.Fatalf("%d of %d: bound %v above the share %.1f ppm", s, n, b, share)
		}
		if more := bound(s+1, 950_000); more < b {
			t.Fatalf("%d of %d: %v, one more success: %v", s, n, b, more)
		}
		if surer := bound(s, 990_000); surer > b {
			t.Fatalf("%d of %d: %v at 95%%, %v at 99%%", s, n, b, surer)
		}
	})
}

func TestBetaLowerGrowsWithRightAnswersOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Int64Range(100_000, 1_000_000_000).Draw(t, "alpha")
		b := rapid.Int64Range(100_000, 1_000_000_000).Draw(t, "beta")
		const slack = 6 // twice the stated error
		q := num.BetaLower(a, b)
		if q < 0 || q > num.One {
			t.Fatalf("BetaLower(%d, %d) = %d", a, b, q)
		}
		if right := num.BetaLower(a+1_000_000, b); right+slack < q {
			t.Fatalf("BetaLower(%d, %d) = %d, with one more right %d", a, b, q, right)
		}
		if wrong := num.BetaLower(a, b+1_000_000); wrong > q+slack {
			t.Fatalf("BetaLower(%d, %d) = %d, with one more wrong %d", a, b, q, wrong)
		}
	})
}

func TestBetaLowerTakesAnyCounts(t *testing.T) {
	for _, c := range [][2]int64{{0, 0}, {-5, 1}, {math.MaxInt64, 1}, {1, math.MaxInt64}, {math.MaxInt64, math.MaxInt64}} {
		if q := num.BetaLower(c[0], c[1]); q < 0 || q > num.One {
			t.Errorf("BetaLower(%d, %d) = %d, want within 0 and One", c[0], c[1], q)
		}
	}
}

func TestDecay(t *testing.T) {
	tests := []struct {
		name             string
		x, elapsed, half int64
		want             int64
	}{
		{"no time", 1000, 0, 10, 1000},
		{"time before", 1000, -5, 10, 1000},
		{"one half-life", 1000, 10, 10, 500},
		{"three half-lives, rounded down", 1001, 30, 10, 125},
		{"half a half-life", 1_000_000_000, 5, 10, 707_106_781},
		{"everything forgotten", math.MaxInt64, 63, 1, 0},
		{"nothing to age", 0, 5, 10, 0},
		{"less than nothing", -7, 5, 10, 0},
		{"no half-life", 1000, 5, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := num.Decay(tt.x, tt.elapsed, tt.half); got != tt.want {
				t.Errorf("Decay(%d, %d, %d) = %d, want %d", tt.x, tt.elapsed, tt.half, got, tt.want)
			}
		})
	}
}

func BenchmarkBetaLower(b *testing.B) {
	for b.Loop() {
		num.BetaLower(37_500_000, 2_250_000)
	}
}
