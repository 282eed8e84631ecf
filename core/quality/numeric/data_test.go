package numeric_test

import (
	"math"
	"strconv"
	"testing"

	"github.com/alaya-network/alaya/core/quality/numeric"
	"github.com/alaya-network/alaya/core/quality/table"
	"github.com/alaya-network/alaya/internal/recorded"
)

// load reads a crowd set, or skips the test.
func load(t testing.TB, name string) (*numeric.Table, []numeric.Truth) {
	t.Helper()
	given, known := recorded.Crowd(t, name)
	var answers []numeric.Answer
	for _, a := range given {
		answers = append(answers, numeric.Answer{Task: a.Task, Worker: a.Worker, Value: number(t, a.Label)})
	}
	var truths []numeric.Truth
	for _, k := range known {
		truths = append(truths, numeric.Truth{Task: k.Task, Value: number(t, k.Label)})
	}
	return ordered(t, answers), truths
}

func number(t testing.TB, text string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func ordered(t testing.TB, answers []numeric.Answer) *numeric.Table {
	t.Helper()
	tab, err := numeric.NewTable(answers, table.KeepFirst)
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

// Errors of mean and median were published with the set's benchmark; those of
// the others were measured with another program.
func TestMethodsReachTheReferenceErrors(t *testing.T) {
	tab, truths := load(t, "N_Emotion")
	tests := []struct {
		method    string
		mae, rmse float64
	}{
		{"mean", 12.02, 17.84},
		{"median", 13.53, 21.26},
		{"trimmed", 12.44, 19.66},
		{"huber", 12.88, 20.24},
		{"lfc", 12.77, 18.48},
		{"auto", 12.02, 17.84},
	}
	for _, tt := range tests {
		m, err := numeric.New(tt.method)
		if err != nil {
			t.Fatal(err)
		}
		got := numeric.Evaluate(tab, numeric.Aggregate(tab, m).Values, truths)
		mae, rmse := float64(got.MAE)/1e6, float64(got.RMSE)/1e6
		if got.Tasks != 700 || math.Abs(mae-tt.mae) > .01 || math.Abs(rmse-tt.rmse) > .015 {
			t.Errorf("%s: MAE %.3f, RMSE %.3f on %d tasks; want %.2f, %.2f on 700", tt.method, mae, rmse, got.Tasks, tt.mae, tt.rmse)
		}
	}
	m, trials := numeric.Choose(tab)
	if m.Name() != "mean" {
		t.Errorf("auto chose %s by %+v, want the mean: nothing beats it here", m.Name(), trials)
	}
}

// An interval that covers 95 % of the means of many would cover fewer truths:
// the crowd is off as a whole. It must cover most nevertheless.
func TestMarginsCoverMostOfTheTruth(t *testing.T) {
	tab, truths := load(t, "N_Emotion")
	values := numeric.Aggregate(tab, numeric.Mean{}).Values
	covered := 0
	for _, truth := range truths {
		i, _ := tab.Find(truth.Task)
		v := values[i]
		if d := truth.Value - float64(v.Value)/1e6; math.Abs(d) <= float64(v.Margin)/1e6 {
			covered++
		}
	}
	t.Logf("%d of %d truths lie within the margin", covered, len(truths))
	if covered < 400 {
		t.Errorf("%d of %d truths lie within the margin, want most", covered, len(truths))
	}
}
