package vectors_test

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/pay"
	"github.com/alaya-network/alaya/core/quality/pay/simulate"
)

var (
	//go:embed pay_scores.tsv
	payScores string
	//go:embed pay_divide.tsv
	payDivide string
	//go:embed pay_stake.tsv
	payStake string
	//go:embed pay_proper.tsv
	payProper string
	//go:embed pay_outcome.json
	payOutcome string
)

// tableOf returns the simulated crowd with its labels changed.
func tableOf(t *testing.T, change func(string) string) *label.Table {
	t.Helper()
	var answers []label.Answer
	for _, f := range texts(qualityAnswers) {
		answers = append(answers, label.Answer{Task: f[0], Worker: f[1], Label: change(f[2])})
	}
	table, err := label.NewTable(answers, label.Rules{})
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestPayRulesGiveTheReferenceScores(t *testing.T) {
	four := tableOf(t, func(label string) string { return label })
	two := tableOf(t, func(label string) string { return strconv.FormatBool(label > "bee") })
	scores := map[string]pay.Score{}
	add := func(name string, rule pay.Rule, table *label.Table) {
		all, err := rule.Scores(table, table.Gold(truths()))
		if err != nil {
			t.Fatal(err)
		}
		for w, s := range all {
			scores[name+" "+table.Workers[w]] = s
		}
	}
	for _, rule := range pay.Rules(800_000) {
		add(rule.Name(), rule, four)
	}
	add("dmi of two", pay.Determinant{}, two)
	for _, f := range texts(payScores) {
		name, n := f[0]+" "+f[1], integers[int64](t, f[2]+","+f[3], ",")
		if got, want := scores[name], (pay.Score{Value: num.Ppm(n[0]), Evidence: n[1]}); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
		delete(scores, name)
	}
	if len(scores) > 0 {
		t.Errorf("no reference for %v", scores)
	}
}

func TestDivisionsAgreeWithTheReference(t *testing.T) {
	for _, f := range texts(payDivide) {
		var claims []pay.Claim
		for i, micro := range integers[int64](t, f[1], ",") {
			claims = append(claims, pay.Claim{Worker: fmt.Sprintf("w%d", i), Micro: micro})
		}
		paid, err := pay.Divide(num.Amount(integers[int64](t, f[0], ",")[0]), [32]byte{}, claims)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range integers[int64](t, f[2], ",") {
			if int64(paid[i]) != want {
				t.Errorf("%s from %s: %d, want %s", f[1], f[0], paid, f[2])
				break
			}
		}
	}
}

func TestStakesAgreeWithTheReference(t *testing.T) {
	for _, r := range rows(t, payStake) {
		i := pay.Inspection{Rate: num.Ppm(r[0]), Fails: num.Ppm(r[1])}
		stake, err1 := i.Stake(num.Amount(r[2]), int(r[3]))
		caught, err2 := i.Caught(int(r[3]))
		if err1 != nil || err2 != nil || int64(stake) != r[4] || int64(caught) != r[5] {
			t.Errorf("%+v, gain %d, %d answers: stake %d, %v, caught %d, %v; want %d, %d", i, r[2], r[3], int64(stake), err1, int64(caught), err2, r[4], r[5])
		}
	}
}

func TestProperScoresAgreeWithTheReference(t *testing.T) {
	for _, f := range texts(payProper) {
		var report []num.Ppm
		for _, p := range integers[int64](t, f[0], ",") {
			report = append(report, num.Ppm(p))
		}
		n := integers[int64](t, strings.Join(f[1:], ","), ",")
		quadratic, err1 := pay.Quadratic(report, int(n[0]))
		logarithmic, err2 := pay.Logarithmic(report, int(n[0]))
		near := int64(logarithmic)-n[2] <= 2 && n[2]-int64(logarithmic) <= 2 // two logarithms, each rounded
		if err1 != nil || err2 != nil || int64(quadratic) != n[1] || !near {
			t.Errorf("%s, truth %d: %d, %v and %d, %v; want %d and %d ± 2", f[0], n[0], quadratic, err1, logarithmic, err2, n[1], n[2])
		}
	}
}

func TestSimulationIsTheSameOnEveryMachine(t *testing.T) {
	s := simulate.Default()
	s.Rounds = 1
	outcome, err := simulate.Run(s)
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.MarshalIndent(outcome, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("pay_outcome.json", append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want := strings.TrimSpace(payOutcome); string(got) != want {
		t.Errorf("outcome differs from pay_outcome.json; got\n%s", got)
	}
}
