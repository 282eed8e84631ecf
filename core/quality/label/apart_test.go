package label_test

import (
	"runtime"
	"slices"
	"testing"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
	"github.com/alaya-network/alaya/core/quality/synth"
)

// sureness returns the share of right labels among those of a posterior of at
// least .99, and the mean of these posteriors.
func sureness(r label.Result, truth label.Gold) (right, posterior float64) {
	n := 0.0
	for i, class := range truth {
		if z := r.Row(i)[r.Labels[i]]; z >= .99 {
			n++
			posterior += z
			right += float64(count(r.Labels[i] == class))
		}
	}
	return right / n, posterior / n
}

// With few answers per worker, the plain model's answers vouch for their own
// workers.
func TestApartIsNotSurerThanItIsRight(t *testing.T) {
	tab, truth := crowd(t, synth.Recipe{Tasks: 4_000, Workers: 2_000, Classes: 4, PerTask: 5, Spammers: num.One / 4})
	plain, _ := sureness(label.DawidSkene{Prior: label.Pooled, Soft: 20}.Aggregate(tab, nil), truth)
	right, posterior := sureness(label.Apart{Strength: 3, Steps: 20}.Aggregate(tab, nil), truth)
	t.Logf("of labels surer than .99, %.4f are right, %.4f expected; %.4f in the plain model", right, posterior, plain)
	if right < posterior-.01 || right < plain {
		t.Errorf("of sure labels %.4f are right; want %.4f, and more than %.4f of the plain model", right, posterior, plain)
	}
}

func TestApartGivesTheSameBitsForAnyNumberOfThreads(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	tab, truth := crowd(t, synth.Reference(2_000))
	for i := range truth {
		if r := strict.NewRandom([32]byte{}, "known", uint64(i)); r.IntN(10) > 0 {
			truth[i] = label.None
		}
	}
	var want label.Result
	for _, threads := range []int{1, 3, 16} {
		runtime.GOMAXPROCS(threads)
		got := label.Apart{Strength: 3, Steps: 5}.Aggregate(tab, truth)
		if want.Labels == nil {
			want = got
		}
		if !slices.Equal(got.Posterior, want.Posterior) || !slices.Equal(got.Labels, want.Labels) {
			t.Errorf("%d threads give other posteriors than one", threads)
		}
		for i, class := range truth {
			if class != label.None && got.Row(i)[class] != 1 {
				t.Fatalf("gold task %d: %v, want certain of %d", i, got.Row(i), class)
			}
		}
	}
}
