package ordinal_test

import (
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
