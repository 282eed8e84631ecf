package ordinal_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/ordinal"
	"github.com/alaya-network/alaya/internal/recorded"
)

// load reads a crowd set, or skips the test.
func load(t testing.TB, name string, grades ...string) (*ordinal.Table, []ordinal.Truth) {
	t.Helper()
	answers, truths := recorded.Crowd(t, name)
	return ordered(t, answers, grades...), truths
}

func ordered(t testing.TB, answers []label.Answer, grades ...string) *ordinal.Table {
	t.Helper()
	tab, err := ordinal.NewTable(answers, ordinal.Rules{Grades: grades})
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func TestBandedIsNearestToTheTruth(t *testing.T) {
	for _, set := range []string{"S_Rel", "S_Adult"} {
		t.Run(set, func(t *testing.T) {
			tab, truths := load(t, set, "0", "1", "2", "3")
			kappa := map[string]num.Ppm{}
			for _, name := range []string{"median", "dsmap", "banded"} {
				m, err := ordinal.New(name)
				if err != nil {
					t.Fatal(err)
				}
				s, err := ordinal.Evaluate(tab, ordinal.Aggregate(tab, m, nil).Estimates, truths)
				if err != nil {
					t.Fatal(err)
				}
				t.Logf("%s: %+v", name, s)
				kappa[name] = s.Kappa
			}
			if kappa["banded"] <= max(kappa["dsmap"], kappa["median"]) {
				t.Errorf("kappa %v: want banded above the others", kappa)
			}
		})
	}
}

// What Fit says of samples: those of 100 tasks have a fifth of an answer to a
// cell, those of 4,000 two.
func TestFitFollowsTheAnswersToACell(t *testing.T) {
	for _, set := range []string{"S_Rel", "S_Adult"} {
		answers, truths := recorded.Crowd(t, set)
		few := samples{tasks: 100, seeds: 40, fit: "median"}.right(t, answers, truths)
		t.Logf("%s, few answers, right of 10,000: %v", set, few)
		if few["median"] < few["banded"] {
			t.Errorf("%s, few answers: %v: want the median ahead", set, few)
		}
		many := samples{tasks: 4000, seeds: 2, fit: "banded"}.right(t, answers, truths)
		t.Logf("%s, many answers, right of 10,000: %v", set, many)
		if many["banded"] < many["median"]-200 {
			t.Errorf("%s, many answers: %v: want banded ahead, or two of a hundred behind", set, many)
		}
	}
}

// samples is a number of samples of some tasks, and what Fit says of each.
type samples struct {
	tasks int
	seeds uint64
	fit   string
}

// right returns how many of 10,000 grades each method has right.
func (s samples) right(t *testing.T, answers []label.Answer, truths []ordinal.Truth) map[string]int {
	t.Helper()
	right, of := map[string]int{}, map[string]int{}
	for seed := range s.seeds {
		tab := ordered(t, sample(answers, s.tasks, seed), "0", "1", "2", "3")
		if got := ordinal.Fit(tab); got != s.fit {
			t.Errorf("%d tasks: fit %s, want %s", s.tasks, got, s.fit)
		}
		for _, name := range []string{"median", "banded"} {
			score, err := ordinal.Evaluate(tab, ordinal.Aggregate(tab, method(t, name), nil).Estimates, truths)
			if err != nil {
				t.Fatal(err)
			}
			right[name] += int(score.Accuracy) * score.Tasks / 100
			of[name] += score.Tasks
		}
	}
	for name, n := range right {
		right[name] = n / of[name]
	}
	return right
}

// sample returns the answers of some tasks.
func sample(answers []label.Answer, tasks int, seed uint64) []label.Answer {
	of := map[string][]label.Answer{}
	for _, a := range answers {
		of[a.Task] = append(of[a.Task], a)
	}
	names := slices.Sorted(maps.Keys(of))
	rand.New(rand.NewPCG(seed, 1)).Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	var out []label.Answer
	for _, name := range names[:tasks] {
		out = append(out, of[name]...)
	}
	return out
}
