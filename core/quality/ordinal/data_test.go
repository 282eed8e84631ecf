package ordinal_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/ordinal"
)

// load reads a set below $ALAYA_DATA/crowd, or skips the test.
func load(t testing.TB, name string, grades ...string) (*ordinal.Table, []ordinal.Truth) {
	t.Helper()
	root := os.Getenv("ALAYA_DATA")
	if root == "" {
		t.Skip("ALAYA_DATA is not set: no recorded answers to test on")
	}
	var answers []label.Answer
	for _, f := range fields(t, filepath.Join(root, "crowd", name, "answers.tsv")) {
		answers = append(answers, label.Answer{Task: f[0], Worker: f[1], Label: f[2]})
	}
	var truths []ordinal.Truth
	for _, f := range fields(t, filepath.Join(root, "crowd", name, "gold.tsv")) {
		truths = append(truths, ordinal.Truth{Task: f[0], Label: f[1]})
	}
	return ordered(t, answers, grades...), truths
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
