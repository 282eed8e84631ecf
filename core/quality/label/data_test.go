package label_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/quality/label"
)

// set is a public data set: recorded answers and, of some tasks, the truth.
type set struct {
	answers []label.Answer
	gold    []label.Truth
}

// load reads a set below $ALAYA_DATA/crowd, or skips the test.
func load(t testing.TB, name string) set {
	t.Helper()
	root := os.Getenv("ALAYA_DATA")
	if root == "" {
		t.Skip("ALAYA_DATA is not set: no recorded answers to test on")
	}
	var s set
	for _, f := range fields(t, filepath.Join(root, "crowd", name, "answers.tsv")) {
		s.answers = append(s.answers, label.Answer{Task: f[0], Worker: f[1], Label: f[2]})
	}
	for _, f := range fields(t, filepath.Join(root, "crowd", name, "gold.tsv")) {
		s.gold = append(s.gold, label.Truth{Task: f[0], Label: f[1]})
	}
	return s
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
