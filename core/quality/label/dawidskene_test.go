package label_test

import (
	"fmt"
	"runtime"
	"slices"
	"testing"

	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/synth"
)

// layouts are tables whose confusion matrices are held whole, and in part, and
// the truth of both.
func layouts(t *testing.T) (tables map[string]*label.Table, truth label.Gold) {
	t.Helper()
	whole, truth := crowd(t, synth.Recipe{Tasks: 4_000, Workers: 400, Classes: 10, PerTask: 5, Spammers: 100_000})
	return map[string]*label.Table{"whole": whole, "in part": padded(t, whole, 300)}, truth
}

func TestDawidSkeneGivesTheSameBitsForAnyNumberOfThreads(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	tables, truth := layouts(t)
	for i := range truth {
		if i%10 > 0 {
			truth[i] = label.None
		}
	}
	for name, tab := range tables {
		t.Run("matrices held "+name, func(t *testing.T) {
			var want label.Result
			for _, threads := range []int{1, 2, 5, 16} {
				runtime.GOMAXPROCS(threads)
				got := label.DawidSkene{Prior: label.Pooled, Hard: 5, Soft: 5}.Aggregate(tab, truth)
				if want.Labels == nil {
					want = got
				}
				if !slices.Equal(got.Posterior, want.Posterior) || !slices.Equal(got.Labels, want.Labels) {
					t.Errorf("%d threads give other posteriors than one", threads)
				}
			}
		})
	}
}

func TestDawidSkeneAllocatesNothingInItsSteps(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	mallocs := func(tab *label.Table, steps int) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		label.DawidSkene{Prior: label.Pooled, Hard: steps, Soft: steps}.Aggregate(tab, nil)
		runtime.ReadMemStats(&after)
		return after.Mallocs - before.Mallocs
	}
	tables, _ := layouts(t)
	for name, tab := range tables {
		t.Run("matrices held "+name, func(t *testing.T) {
			mallocs(tab, 1)
			few, many := mallocs(tab, 2), mallocs(tab, 22)
			// What is left are the runtime's own, when a thread first waits.
			if many > few+10 {
				t.Errorf("%d allocations in 2 and 2 steps, %d in 22 and 22", few, many)
			}
		})
	}
}

// Labels that nobody gives take a share of the prior; for the rest, matrices
// held in part differ only where whole ones find a class that nobody gave.
func TestMatricesHeldInPartFindTheSameLabels(t *testing.T) {
	tables, truth := layouts(t)
	whole, part := tables["whole"], tables["in part"]
	for _, m := range []label.DawidSkene{
		{Title: "flat", Prior: label.Flat, Soft: 10},
		{Title: "pooled", Prior: label.Pooled, Soft: 10},
		{Title: "hard", Prior: label.Pooled, Hard: 30, Soft: 10},
	} {
		t.Run(m.Name(), func(t *testing.T) {
			want, got, simple := m.Aggregate(whole, nil), m.Aggregate(part, nil), label.Majority{}.Aggregate(whole, nil)
			given, same, right, simply := 0, 0, 0, 0
			for i := range truth {
				if slices.ContainsFunc(whole.Votes(i), func(v label.Vote) bool { return v.Label == want.Labels[i] }) {
					given++
					same += count(got.Labels[i] == want.Labels[i])
				}
				right += count(got.Labels[i] == truth[i])
				simply += count(simple.Labels[i] == truth[i])
			}
			t.Logf("%d of %d labels that somebody gave are the same; %d are right, %d by majority", same, given, right, simply)
			if 100*same < 97*given || right < simply+len(truth)/20 {
				t.Errorf("%d of %d labels are the same, %d right, %d by majority; want .97, and .05 above majority", same, given, right, simply)
			}
		})
	}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func TestPosteriorsOfManyLabelsAreSharesAndGoldIsCertain(t *testing.T) {
	tables, truth := layouts(t)
	tab := tables["in part"]
	for i := range truth {
		if i%7 > 0 {
			truth[i] = label.None
		}
	}
	truth[0] = int32(tab.K()) - 1 // given by nobody
	nobody := make([]bool, len(tab.Workers))
	for _, v := range tab.Votes(1) {
		nobody[v.Worker] = true
	}
	tab = tab.Without(nobody)
	r := label.DawidSkene{Prior: label.Diagonal, Hard: 3, Soft: 3}.Aggregate(tab, truth)
	for i := range tab.Tasks {
		var sum float64
		for c, z := range r.Row(i) {
			sum += z
			if z < 0 || z > r.Row(i)[r.Labels[i]] {
				t.Fatalf("task %d: class %d has %v, label %d less", i, c, z, r.Labels[i])
			}
		}
		if sum < 1-1e-9 || sum > 1+1e-9 {
			t.Fatalf("task %d with %d votes: sum %v", i, len(tab.Votes(i)), sum)
		}
		if class := truth.At(i); class != label.None && r.Row(i)[class] != 1 {
			t.Fatalf("gold task %d: %v, want certain", i, r.Row(i)[class])
		}
	}
}

func TestATaskOfManyDifferentLabelsKeepsTheMostFrequent(t *testing.T) {
	var answers []label.Answer
	for j := range 500 {
		worker, class := fmt.Sprint("w", j), fmt.Sprint("c", j%200)
		answers = append(answers, label.Answer{Task: "crowded", Worker: worker, Label: class},
			label.Answer{Task: "clear", Worker: worker, Label: "c7"})
	}
	for j := range 3 {
		answers = append(answers, label.Answer{Task: "crowded", Worker: fmt.Sprint("more", j), Label: "c9"})
	}
	tab, err := label.NewTable(answers, label.Rules{})
	if err != nil {
		t.Fatal(err)
	}
	if tab.Dense() {
		t.Fatal("want matrices held in part")
	}
	r := label.DawidSkene{Prior: label.Diagonal, Soft: 1}.Aggregate(tab, nil)
	possible := 0
	for _, z := range r.Row(1) {
		possible += count(z > 0)
	}
	if got := tab.Labels[r.Labels[1]]; got != "c9" || possible != 16 || tab.Labels[r.Labels[0]] != "c7" {
		t.Errorf("labels %s and %s, %d classes possible; want c9 and c7, 16", got, tab.Labels[r.Labels[0]], possible)
	}
}
