package ordinal_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/ordinal"
)

// given makes answers to one task, the n-th by worker n.
func given(grades ...string) []label.Answer {
	var answers []label.Answer
	for n, g := range grades {
		answers = append(answers, label.Answer{Task: "t", Worker: fmt.Sprint(n), Label: g})
	}
	return answers
}

func method(t testing.TB, name string) label.Method {
	t.Helper()
	m, err := ordinal.New(name)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMedianOfAnswers(t *testing.T) {
	tests := []struct {
		name    string
		answers []string
		grade   string
		mean    num.Ppm // in steps
	}{
		{"one answer", []string{"good"}, "good", 2_000_000},
		{"between two others", []string{"poor", "fair", "best"}, "fair", 4 * num.One / 3},
		{"most agree", []string{"best", "best", "poor"}, "best", 2_000_000},
		{"far ones do not count by their distance", []string{"poor", "poor", "fair", "best", "best", "best", "fair"}, "fair", 11 * num.One / 7},
		{"others are dropped", []string{"awful", "fair", "none"}, "fair", 1_000_000},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tab := ordered(t, given(tt.answers...), "poor", "fair", "good", "best")
			got := ordinal.Aggregate(tab, method(t, "median"), nil).Estimates[0]
			if tab.Grades[got.Grade] != tt.grade || max(got.Mean-tt.mean, tt.mean-got.Mean) > 1 || got.Answers+tab.Foreign != len(tt.answers) {
				t.Errorf("%v: %s, mean %v of %d answers; want %s, %v", tt.answers, tab.Grades[got.Grade], got.Mean, got.Answers, tt.grade, tt.mean)
			}
		})
	}
}

func TestHalvesGoWhereTheSaltSays(t *testing.T) {
	seen := map[int32]int{}
	for salt := range byte(64) {
		rules := ordinal.Rules{Salt: [32]byte{salt}, Grades: []string{"0", "1", "2", "3"}}
		tab, err := ordinal.NewTable(given("0", "0", "2", "3"), rules)
		if err != nil {
			t.Fatal(err)
		}
		seen[ordinal.Aggregate(tab, label.Majority{}, nil).Estimates[0].Grade]++
	}
	if seen[0] < 16 || seen[2] < 16 || seen[0]+seen[2] != 64 {
		t.Errorf("medians between 0 and 2 over 64 salts: %v", seen)
	}
}

// crowd simulates graders of five grades who mostly err by one step; a third
// of them are one grade too high most of the time.
func crowd() (answers []label.Answer, truths []ordinal.Truth) {
	r := rand.New(rand.NewPCG(8, 9))
	for i := range 400 {
		task, grade := fmt.Sprintf("t%03d", i), r.IntN(5)
		truths = append(truths, ordinal.Truth{Task: task, Label: fmt.Sprint(grade)})
		for _, j := range r.Perm(24)[:5] {
			given := grade
			if j%3 == 0 {
				given++
			}
			if r.IntN(10) < 3 {
				given += 2*r.IntN(2) - 1
			}
			answers = append(answers, label.Answer{Task: task, Worker: fmt.Sprintf("w%02d", j), Label: fmt.Sprint(min(max(given, 0), 4))})
		}
	}
	return answers, truths
}

func TestBandedLearnsWhoGradesHigh(t *testing.T) {
	answers, truths := crowd()
	tab := ordered(t, answers, "0", "1", "2", "3", "4")
	score := func(name string) ordinal.Score {
		s, err := ordinal.Evaluate(tab, ordinal.Aggregate(tab, method(t, name), nil).Estimates, truths)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	banded, even, median := score("banded"), score("dsmap"), score("median")
	if banded.MAE >= even.MAE || banded.MAE >= median.MAE || banded.Kappa < 930_000 {
		t.Errorf("banded %+v, dsmap %+v, median %+v; want banded best, its kappa at least 93%%", banded, even, median)
	}
	for j, w := range ordinal.Aggregate(tab, method(t, "banded"), nil).Workers {
		if high := j%3 == 0; high != (w.Bias > 300_000) || w.Error < w.Bias {
			t.Errorf("worker %d: %+v, grades high: %v", j, w, high)
		}
	}
}

// Two workers agree on all they grade, a third gives everything the lowest
// grade: what little he says must not outweigh both.
func TestAFewAnswersDoNotMakeAMinorityRight(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	for range 200 {
		answers, want := outvoted(r)
		tab := ordered(t, answers, "0", "1", "2", "3", "4")
		for i, e := range ordinal.Aggregate(tab, method(t, ordinal.Fit(tab)), nil).Estimates {
			if e.Grade != want[i] {
				t.Fatalf("task %d of %v: grade %d", i, want, e.Grade)
			}
		}
	}
}

// outvoted draws twelve tasks with three right answers each, but for the last
// six: there the third is always 0.
func outvoted(r *rand.Rand) (answers []label.Answer, want []int32) {
	for i := range 12 {
		task, grade := fmt.Sprintf("t%02d", i), r.IntN(5)
		third := label.Answer{Task: task, Worker: "w2", Label: fmt.Sprint(grade)}
		if i >= 6 {
			third.Worker, third.Label = "lazy", "0"
		}
		for _, worker := range []string{"w0", "w1"} {
			answers = append(answers, label.Answer{Task: task, Worker: worker, Label: fmt.Sprint(grade)})
		}
		answers, want = append(answers, third), append(want, int32(grade))
	}
	return answers, want
}

func TestManyAnswersAreWeighed(t *testing.T) {
	answers, _ := crowd()
	if got := ordinal.Fit(ordered(t, answers, "0", "1", "2", "3", "4")); got != "banded" {
		t.Errorf("fit of %d answers: %s, want banded", len(answers), got)
	}
}

func TestGoldIsCertain(t *testing.T) {
	tab := ordered(t, given("0", "0", "1"), "0", "1", "2")
	truths := []ordinal.Truth{{Task: "t", Label: "2"}, {Task: "other", Label: "1"}, {Task: "t", Label: "9"}}
	want := ordinal.Estimate{Grade: 2, Confidence: num.One, Mean: 2 * num.One, Answers: 3}
	if got := ordinal.Aggregate(tab, method(t, "banded"), truths).Estimates[0]; got != want {
		t.Errorf("estimate %+v, want %+v", got, want)
	}
}

// Of the example, squared steps sum to 5; over all 36 pairs of an estimate and
// a truth to 54, a sixth of which is what chance gives: kappa is 1 - 5/9.
func TestEvaluateComparesWithTheTruth(t *testing.T) {
	estimates, truth := []string{"0", "1", "2", "2", "0", "1"}, []string{"0", "1", "2", "0", "0", "2"}
	var answers []label.Answer
	var truths []ordinal.Truth
	for i := range truth {
		task := fmt.Sprint(i)
		answers = append(answers, label.Answer{Task: task, Worker: "w", Label: estimates[i]})
		truths = append(truths, ordinal.Truth{Task: task, Label: truth[i]})
	}
	truths = append(truths, ordinal.Truth{Task: "unknown", Label: "1"}, ordinal.Truth{Task: "0", Label: "unknown"})
	tab := ordered(t, answers, "0", "1", "2")
	got, err := ordinal.Evaluate(tab, ordinal.Aggregate(tab, label.Majority{}, nil).Estimates, truths)
	if want := (ordinal.Score{Tasks: 6, Accuracy: 666_666, MAE: 500_000, Kappa: 444_444}); err != nil || got != want {
		t.Errorf("Evaluate = %+v, %v; want %+v", got, err, want)
	}
}

func TestGradesAreChecked(t *testing.T) {
	many := make([]string, ordinal.MaxGrades+1)
	for n := range many {
		many[n] = fmt.Sprint(n)
	}
	for _, grades := range [][]string{nil, {"0"}, {"a", "b", "a"}, many} {
		if _, err := ordinal.NewTable(given("0"), ordinal.Rules{Grades: grades}); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%d grades: error %v, want kind invalid", len(grades), err)
		}
	}
	if _, err := ordinal.New("mode"); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("method mode: error %v, want kind invalid", err)
	}
	if _, err := ordinal.NewTable(given("0", ""), ordinal.Rules{Grades: many[:100]}); err != nil {
		t.Errorf("100 grades: error %v", err)
	}
}

func TestAtMostHalfLiesOnEitherSide(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		grades := []string{"0", "1", "2", "3", "4"}
		answers := given(rapid.SliceOfN(rapid.SampledFrom(grades), 1, 12).Draw(r, "grades")...)
		tab := ordered(t, answers, grades...)
		got := ordinal.Aggregate(tab, label.Majority{}, nil).Estimates[0]
		below, above := 0, 0
		for _, a := range answers {
			switch n := slices.Index(grades, a.Label); {
			case n < int(got.Grade):
				below++
			case n > int(got.Grade):
				above++
			}
		}
		if 2*below > len(answers) || 2*above > len(answers) {
			r.Fatalf("%v: grade %d, %d below, %d above", answers, got.Grade, below, above)
		}
	})
}
