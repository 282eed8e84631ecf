package strict_test

import (
	"math"
	"runtime"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/strict"
)

func TestExpAndLogAreAccurate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-699, 699).Draw(t, "x")
		if got, want := strict.Exp(x), math.Exp(x); math.Abs(got-want) > 4e-16*want {
			t.Fatalf("Exp(%v) = %v, want %v", x, got, want)
		}
		y := rapid.Float64Range(1e-300, 1e300).Draw(t, "y")
		if got, want := strict.Log(y), math.Log(y); math.Abs(got-want) > 4e-16*math.Abs(want)+1e-300 {
			t.Fatalf("Log(%v) = %v, want %v", y, got, want)
		}
	})
}

func TestExpAtItsEnds(t *testing.T) {
	for x, want := range map[float64]float64{0: 1, -701: 0, math.Inf(-1): 0} {
		if got := strict.Exp(x); got != want {
			t.Errorf("Exp(%v) = %v, want %v", x, got, want)
		}
	}
}

func TestSoftmaxMakesShares(t *testing.T) {
	row := []float64{-1000, -1000, -2000}
	strict.Softmax(row)
	if row[0] != 0.5 || row[1] != 0.5 || row[2] != 0 {
		t.Errorf("Softmax = %v, want [0.5 0.5 0]", row)
	}
	strict.Softmax(nil)
}

func TestPpmRoundsHalvesUp(t *testing.T) {
	for x, want := range map[float64]num.Ppm{0: 0, 1: num.One, 0.0000005: 1, 0.00000049: 0, -0.0000005: 0, 2.5: 2_500_000} {
		if got := strict.Ppm(x); got != want {
			t.Errorf("Ppm(%v) = %d, want %d", x, got, want)
		}
	}
}

func TestShardsCoverEveryIndexOnce(t *testing.T) {
	for _, n := range []int{0, 1, 15, 16, 17, 1000} {
		next := 0
		for s := range strict.Shards {
			from, to := strict.Range(n, s)
			if from != next || to < from {
				t.Errorf("shard %d of %d is [%d, %d), want it to start at %d", s, n, from, to, next)
			}
			next = to
		}
		if next != n {
			t.Errorf("shards of %d end at %d", n, next)
		}
	}
}

func TestEachCallsEveryIndexOnce(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	for _, work := range []int{0, 1 << 20} {
		calls := make([]atomic.Int32, 100)
		strict.Each(len(calls), work, func(i int) { calls[i].Add(1) })
		for i := range calls {
			if got := calls[i].Load(); got != 1 {
				t.Errorf("work %d: index %d called %d times", work, i, got)
			}
		}
	}
}
