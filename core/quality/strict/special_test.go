package strict_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/quality/strict"
)

func near(got, want, relative, absolute float64) bool {
	return math.Abs(got-want) <= absolute+relative*math.Abs(want)
}

func TestErfAndLogGammaAgreeWithTheLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-8, 28).Draw(t, "x")
		if got, want := strict.Erf(x), math.Erf(x); !near(got, want, 4e-16, 0) {
			t.Fatalf("Erf(%v) = %v, want %v", x, got, want)
		}
		if got, want := strict.Erfc(x), math.Erfc(x); !near(got, want, 2e-15, 1e-290) {
			t.Fatalf("Erfc(%v) = %v, want %v", x, got, want)
		}
		y := rapid.Float64Range(1e-9, 1e6).Draw(t, "y")
		want, _ := math.Lgamma(y)
		if got := strict.LogGamma(y); !near(got, want, 1e-14, 1e-14) {
			t.Fatalf("LogGamma(%v) = %v, want %v", y, got, want)
		}
	})
}

func TestErfAtItsEnds(t *testing.T) {
	for x, want := range map[float64]float64{0: 0, 6: 1, -7: -1, math.Inf(1): 1, math.Inf(-1): -1} {
		if erf, erfc := strict.Erf(x), strict.Erfc(x); erf != want || !near(erfc, 1-want, 0, 1e-16) {
			t.Errorf("Erf(%v), Erfc(%v) = %v, %v; want %v, %v", x, x, erf, erfc, want, 1-want)
		}
	}
}

func TestDigammaHasItsKnownValues(t *testing.T) {
	const euler = 0.57721566490153286061
	for x, want := range map[float64]float64{
		1:    -euler,
		0.5:  -euler - 2*math.Ln2,
		0.25: -euler - math.Pi/2 - 3*math.Ln2,
		2:    1 - euler,
		10:   7129./2520 - euler,
		1e6:  13.815510057964190,
	} {
		if got := strict.Digamma(x); !near(got, want, 1e-14, 1e-13) {
			t.Errorf("Digamma(%v) = %v, want %v", x, got, want)
		}
	}
}

func TestDigammaClimbsByItsRecurrence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(1e-3, 1e4).Draw(t, "x")
		if got, want := strict.Digamma(x+1)-strict.Digamma(x), 1/x; !near(got, want, 1e-14, 1e-13) {
			t.Fatalf("Digamma(%v+1) - Digamma(%v) = %v, want %v", x, x, got, want)
		}
	})
}

func TestRandomIsFixedByItsKeyAndEven(t *testing.T) {
	a, b := strict.NewRandom([32]byte{1}, "test", 2, 3), strict.NewRandom([32]byte{1}, "test", 2, 3)
	other := strict.NewRandom([32]byte{1}, "test", 3, 2)
	if x, y, z := a.Uint64(), b.Uint64(), other.Uint64(); x != y || x == z {
		t.Errorf("draws %x, %x of one key, %x of another", x, y, z)
	}
	const n = 100_000
	var sum, waits float64
	counts := make([]int, 6)
	for range n {
		x := a.Float64()
		if x <= 0 || x >= 1 {
			t.Fatalf("Float64 drew %v", x)
		}
		sum += x
		waits += a.Exponential()
		counts[a.IntN(len(counts))]++
	}
	if !near(sum/n, 0.5, 0, 0.005) || !near(waits/n, 1, 0, 0.02) {
		t.Errorf("means %v, %v; want 0.5, 1", sum/n, waits/n)
	}
	for face, c := range counts {
		if !near(float64(c), n/6., 0.04, 0) {
			t.Errorf("face %d came %d times in %d", face, c, n)
		}
	}
}

// The outputs of SplitMix64 from state 0 are printed with its first C version.
func TestRandomIsSplitMix64(t *testing.T) {
	var r strict.Random
	for _, want := range []uint64{0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4, 0x06c45d188009454f} {
		if got := r.Uint64(); got != want {
			t.Errorf("drew %x, want %x", got, want)
		}
	}
}
