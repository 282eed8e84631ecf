package numeric_test

import (
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/quality/numeric"
	"github.com/alaya-network/alaya/core/quality/table"
)

// load reads a set below $ALAYA_DATA/crowd, or skips the test.
func load(t testing.TB, name string) (*numeric.Table, []numeric.Truth) {
	t.Helper()
	root := os.Getenv("ALAYA_DATA")
	if root == "" {
		t.Skip("ALAYA_DATA is not set: no recorded answers to test on")
	}
	var answers []numeric.Answer
	for _, f := range fields(t, filepath.Join(root, "crowd", name, "answers.tsv")) {
		answers = append(answers, numeric.Answer{Task: f[0], Worker: f[1], Value: number(t, f[2])})
	}
	var truths []numeric.Truth
	for _, f := range fields(t, filepath.Join(root, "crowd", name, "gold.tsv")) {
		truths = append(truths, numeric.Truth{Task: f[0], Value: number(t, f[1])})
	}
	return ordered(t, answers), truths
}

// fields returns the fields of each line below the header.
func fields(t testing.TB, path string) [][]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] {
		all = append(all, strings.Split(line, "\t"))
	}
	return all
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
