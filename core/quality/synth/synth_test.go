package synth_test

import (
	"slices"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/synth"
)

func crowd(t testing.TB, r synth.Recipe, salt byte) *synth.Crowd {
	t.Helper()
	c, err := synth.New(r, [32]byte{salt})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Figures of another program with the same recipe: workers are right on .55,
// majority on .8355 of a million answers, Dawid-Skene on .961 after ten steps.
func TestTheReferenceCrowdIsAsGoodAsThePublishedOne(t *testing.T) {
	c := crowd(t, synth.Reference(200_000), 0)
	right, n := 0, 0
	for truth, votes := range c.All() {
		for _, v := range votes {
			if n++; v.Label == truth {
				right++
			}
		}
	}
	check(t, "a worker's accuracy", float64(right)/float64(n), .55, .01)
	tab, truth, err := c.Table()
	if err != nil {
		t.Fatal(err)
	}
	check(t, "majority", accuracy(label.Majority{}.Aggregate(tab, nil), truth), .8355, .01)
	check(t, "Dawid-Skene", accuracy(label.DawidSkene{Soft: 10}.Aggregate(tab, nil), truth), .9614, .005)
}

func check(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	t.Logf("%s: %.4f", what, got)
	if got < want-tolerance || got > want+tolerance {
		t.Errorf("%s: %.4f, want %.4f ± %.3f", what, got, want, tolerance)
	}
}

func accuracy(r label.Result, truth label.Gold) float64 {
	right := 0
	for i, class := range truth {
		if r.Labels[i] == class {
			right++
		}
	}
	return float64(right) / float64(len(truth))
}

func TestACrowdDependsOnRecipeAndSaltAlone(t *testing.T) {
	r := synth.Recipe{Tasks: 3000, Workers: 7, Classes: 3, PerTask: 5, Spammers: num.One / 2}
	votes := func(salt byte) (all []label.Vote) {
		for truth, votes := range crowd(t, r, salt).All() {
			all = append(append(all, label.Vote{Worker: -1, Label: truth}), votes...)
		}
		return all
	}
	if !slices.Equal(votes(1), votes(1)) {
		t.Error("the same salt gives other answers")
	}
	if slices.Equal(votes(1), votes(2)) {
		t.Error("another salt gives the same answers")
	}
}

func TestTableHasTheNumbersOfTheCrowd(t *testing.T) {
	c := crowd(t, synth.Recipe{Tasks: 1234, Workers: 12, Classes: 11, PerTask: 12}, 3)
	tab, gold, err := c.Table()
	if err != nil {
		t.Fatal(err)
	}
	i := 0
	for truth, votes := range c.All() {
		slices.SortFunc(votes, func(a, b label.Vote) int { return int(a.Worker) - int(b.Worker) })
		if !slices.Equal(votes, tab.Votes(i)) || gold.At(i) != truth {
			t.Fatalf("task %d (%s): truth %d, votes %v; in the table %d, %v", i, tab.Tasks[i], truth, votes, gold.At(i), tab.Votes(i))
		}
		i++
	}
	if i != len(tab.Tasks) || i != c.Tasks {
		t.Errorf("%d tasks, %d in the table; want %d", i, len(tab.Tasks), c.Tasks)
	}
}

func TestRecipesThatCannotBeCookedAreRefused(t *testing.T) {
	tests := []struct {
		name string
		r    synth.Recipe
		kind fault.Kind
	}{
		{"no classes", synth.Recipe{Workers: 1, PerTask: 1}, fault.KindInvalid},
		{"more answers than workers", synth.Recipe{Classes: 2, Workers: 2, PerTask: 3}, fault.KindInvalid},
		{"more spammers than workers", synth.Recipe{Classes: 2, Workers: 2, PerTask: 1, Spammers: num.One + 1}, fault.KindInvalid},
		{"too many matrices", synth.Recipe{Classes: 1024, Workers: 100, PerTask: 1}, fault.KindLimit},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := synth.New(tt.r, [32]byte{}); !fault.Is(err, tt.kind) {
				t.Errorf("error %v, want kind %v", err, tt.kind)
			}
		})
	}
}
