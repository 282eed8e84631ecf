package label_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/internal/recorded"
)

// set is a public data set: recorded answers and, of some tasks, the truth.
type set struct {
	answers []label.Answer
	gold    []label.Truth
}

// load reads a crowd set, or skips the test.
func load(t testing.TB, name string) (s set) {
	t.Helper()
	s.answers, s.gold = recorded.Crowd(t, name)
	return s
}

func table(t testing.TB, answers []label.Answer) *label.Table {
	t.Helper()
	tab, err := label.NewTable(answers, label.Rules{})
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

// accuracy returns the share of the gold tasks with answers that r labels
// right.
func accuracy(tab *label.Table, r label.Result, gold []label.Truth) float64 {
	right, n := 0, 0
	for i, class := range tab.Gold(gold) {
		if class == label.None {
			continue
		}
		n++
		if r.Labels[i] == class {
			right++
		}
	}
	return float64(right) / float64(n)
}
