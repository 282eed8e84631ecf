package vectors_test

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/numeric"
	"github.com/alaya-network/alaya/core/quality/ordinal"
	"github.com/alaya-network/alaya/core/quality/pairwise"
	"github.com/alaya-network/alaya/core/quality/table"
	"github.com/alaya-network/alaya/core/quality/text"
)

var (
	//go:embed answers_numbers.tsv
	answersNumbers string
	//go:embed answers_biased.tsv
	answersBiased string
	//go:embed answers_grades.tsv
	answersGrades string
	//go:embed answers_texts.tsv
	answersTexts string
	//go:embed answers_choices.tsv
	answersChoices string
	//go:embed answers_want.tsv
	answersWant string
)

// must stops the test on an error.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// answersResult returns what a method makes of a set: a line for each task or
// item, then for each worker; the trials of auto before.
func answersResult(t *testing.T, set, method string) []string {
	switch set {
	case "numbers":
		return numbersResult(t, answersNumbers, method)
	case "biased":
		return numbersResult(t, answersBiased, method)
	case "grades":
		return gradesResult(t, method)
	case "texts":
		return textsResult(t, method)
	default:
		return choicesResult(t, method)
	}
}

func numbersResult(t *testing.T, set, method string) (lines []string) {
	var answers []numeric.Answer
	for _, f := range texts(set) {
		value, err := strconv.ParseFloat(f[2], 64)
		must(t, err)
		answers = append(answers, numeric.Answer{Task: f[0], Worker: f[1], Value: value})
	}
	tab, err := numeric.NewTable(answers, table.KeepFirst)
	must(t, err)
	m, err := numeric.New(method)
	must(t, err)
	if method == "auto" {
		var trials []numeric.Trial
		m, trials = numeric.Choose(tab)
		for _, trial := range trials {
			lines = append(lines, fmt.Sprintf("%s %d %d", trial.Method, trial.Gain, trial.Error))
		}
	}
	r := numeric.Aggregate(tab, m)
	for _, v := range r.Values {
		lines = append(lines, fmt.Sprintf("%d %d %d", v.Value, v.Margin, v.Answers))
	}
	for _, w := range r.Workers {
		lines = append(lines, fmt.Sprintf("%d %d %d", w.Bias, w.Deviation, w.Answers))
	}
	return lines
}

func gradesResult(t *testing.T, method string) (lines []string) {
	var answers []label.Answer
	for _, f := range texts(answersGrades) {
		answers = append(answers, label.Answer{Task: f[0], Worker: f[1], Label: f[2]})
	}
	tab, err := ordinal.NewTable(answers, ordinal.Rules{Grades: []string{"0", "1", "2", "3", "4"}})
	must(t, err)
	m, err := ordinal.New(method)
	must(t, err)
	r := ordinal.Aggregate(tab, m, nil)
	for _, e := range r.Estimates {
		lines = append(lines, fmt.Sprintf("%d %d %d %d", e.Grade, e.Confidence, e.Mean, e.Answers))
	}
	for _, w := range r.Workers {
		lines = append(lines, fmt.Sprintf("%d %d %d", w.Bias, w.Error, w.Answers))
	}
	return lines
}

func textsResult(t *testing.T, method string) (lines []string) {
	var answers []text.Answer
	for _, f := range texts(answersTexts) {
		answers = append(answers, text.Answer{Task: f[0], Worker: f[1], Value: f[2]})
	}
	tab, err := text.NewTable(answers, table.KeepFirst)
	must(t, err)
	m, err := text.New(method, text.Rules{})
	must(t, err)
	if method == "auto" {
		var trials []text.Trial
		m, trials = text.Choose(tab, text.Rules{})
		for _, trial := range trials {
			lines = append(lines, fmt.Sprintf("%s %d", trial.Method, trial.WER))
		}
	}
	r := m.Aggregate(tab)
	for _, found := range r.Texts {
		lines = append(lines, fmt.Sprintf("%s %d %d", found.Text, found.Support, found.Answers))
	}
	for _, w := range r.Workers {
		lines = append(lines, fmt.Sprintf("%d %d", w.Reliability, w.Answers))
	}
	return lines
}

func choicesResult(t *testing.T, method string) (lines []string) {
	var choices []pairwise.Choice
	for _, f := range texts(answersChoices) {
		choices = append(choices, pairwise.Choice{Worker: f[0], Left: f[1], Right: f[2], Winner: f[3]})
	}
	tab, err := pairwise.NewTable(choices, pairwise.Rules{})
	must(t, err)
	m, err := pairwise.New(method)
	must(t, err)
	r := m.Aggregate(tab)
	for _, item := range r.Items {
		lines = append(lines, fmt.Sprintf("%d %d %d", item.Score, item.Rank, item.Choices))
	}
	for _, w := range r.Workers {
		lines = append(lines, fmt.Sprintf("%d %d %d", w.Reliability, w.Left, w.Choices))
	}
	return lines
}

func TestAnswersOfOtherKindsGiveTheReferenceResults(t *testing.T) {
	for _, f := range texts(answersWant) {
		set, method, want, first := f[0], f[1], f[2], f[3]
		lines := answersResult(t, set, method)
		sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
		if got := hex.EncodeToString(sum[:]); got != want {
			t.Errorf("%s by %s: hash %s, want %s; the first line should be\n%s; got\n%s", set, method, got, want, first, strings.Join(lines, "\n"))
		}
	}
}
