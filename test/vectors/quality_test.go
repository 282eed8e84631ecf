package vectors_test

import (
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"flag"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/quality"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
)

var (
	//go:embed quality_answers.tsv
	qualityAnswers string
	//go:embed quality_gold.tsv
	qualityGold string
	//go:embed quality_want.tsv
	qualityWant string
	//go:embed quality_exp.tsv
	qualityExp string
	//go:embed quality_log.tsv
	qualityLog string
	//go:embed quality_digamma.tsv
	qualityDigamma string
	//go:embed quality_lgamma.tsv
	qualityLogGamma string
	//go:embed quality_erf.tsv
	qualityErf string
	//go:embed quality_erfc.tsv
	qualityErfc string
	//go:embed quality_model.tsv
	qualityModel string
	//go:embed quality_verdict.json
	qualityVerdict string
)

// update rewrites the golden verdict: the one vector without an independent
// reference. It must come out the same on every machine.
var update = flag.Bool("update", false, "rewrite quality_verdict.json")

// texts returns the fields of a table below its header line.
func texts(table string) [][]string {
	var all [][]string
	for _, line := range strings.Split(strings.TrimSuffix(table, "\n"), "\n")[1:] {
		all = append(all, strings.Split(line, "\t"))
	}
	return all
}

func truths() []label.Truth {
	var gold []label.Truth
	for _, f := range texts(qualityGold) {
		gold = append(gold, label.Truth{Task: f[0], Label: f[1]})
	}
	return gold
}

func float(t *testing.T, bits string) float64 {
	t.Helper()
	v, err := strconv.ParseUint(bits, 16, 64)
	if err != nil {
		t.Fatal(err)
	}
	return math.Float64frombits(v)
}

func logGamma(x float64) float64 {
	y, _ := math.Lgamma(x)
	return y
}

func TestFunctionsGiveTheReferenceBits(t *testing.T) {
	for _, fn := range []struct {
		name, table string
		of          func(float64) float64
		library     func(float64) float64 // nil where there is none
		within      float64               // of the library's value
	}{
		{"Exp", qualityExp, strict.Exp, math.Exp, 1e-15},
		{"Log", qualityLog, strict.Log, math.Log, 1e-15},
		{"Digamma", qualityDigamma, strict.Digamma, nil, 0},
		{"LogGamma", qualityLogGamma, strict.LogGamma, logGamma, 1e-14},
		{"Erf", qualityErf, strict.Erf, math.Erf, 1e-15},
		{"Erfc", qualityErfc, strict.Erfc, math.Erfc, 1e-15},
	} {
		for _, r := range texts(fn.table) {
			x, want := float(t, r[0]), float(t, r[1])
			if got := fn.of(x); got != want {
				t.Errorf("%s(%v) = %x, want %x", fn.name, x, got, want)
			}
			if fn.library == nil {
				continue
			}
			if near := fn.library(x); math.Abs(want-near) > fn.within*math.Max(1, math.Abs(near)) && x >= -700 {
				t.Errorf("the reference %s(%v) = %v is not %v", fn.name, x, want, near)
			}
		}
	}
}

func TestMethodsGiveTheReferenceBits(t *testing.T) {
	var answers []label.Answer
	for _, f := range texts(qualityAnswers) {
		answers = append(answers, label.Answer{Task: f[0], Worker: f[1], Label: f[2]})
	}
	table, err := label.NewTable(answers, label.Rules{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range texts(qualityWant) {
		name, known, wantBits, wantLabels := r[0], r[1] == "1", r[2], r[3]
		var gold []label.Truth
		if known {
			gold = truths()
		}
		result := aggregate(t, name, table, answers, gold)
		if got := hashOf(result.Posterior); got != wantBits {
			t.Errorf("%s, gold %v: posterior hash %s, want %s", name, known, got, wantBits)
		}
		var labels strings.Builder
		for _, class := range result.Labels {
			labels.WriteByte(table.Labels[class][0])
		}
		if got := labels.String(); got != wantLabels {
			t.Errorf("%s, gold %v: labels\n%s, want\n%s", name, known, got, wantLabels)
		}
	}
}

// aggregate runs the method of a name.
func aggregate(t *testing.T, name string, table *label.Table, answers []label.Answer, gold []label.Truth) label.Result {
	t.Helper()
	switch name {
	case "crowdlab":
		return label.CrowdLab{Model: predictions(t, table)}.Aggregate(table, table.Gold(gold))
	case "live":
		return live(t, table, answers, gold)
	}
	method, err := label.New(name)
	if err != nil {
		t.Fatal(err)
	}
	return method.Aggregate(table, table.Gold(gold))
}

func predictions(t *testing.T, table *label.Table) label.Predictions {
	t.Helper()
	var items []label.Prediction
	for _, f := range texts(qualityModel) {
		item := label.Prediction{Task: f[0]}
		for _, text := range f[1:] {
			share, err := strconv.ParseFloat(text, 64)
			if err != nil {
				t.Fatal(err)
			}
			item.Shares = append(item.Shares, share)
		}
		items = append(items, item)
	}
	p, err := table.Predictions(table.Labels, items)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// live returns what a live job takes the tasks for after all answers, without
// an epoch.
func live(t *testing.T, table *label.Table, answers []label.Answer, gold []label.Truth) label.Result {
	t.Helper()
	job, err := label.NewLive(label.Rules{Labels: table.Labels}, gold)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range answers {
		if _, err := job.Add(a); err != nil {
			t.Fatal(err)
		}
	}
	var r label.Result
	for _, task := range table.Tasks {
		class, _ := slices.BinarySearch(table.Labels, job.Decision(task).Label)
		r.Posterior = append(r.Posterior, job.Posterior(task)...)
		r.Labels = append(r.Labels, int32(class))
	}
	return r
}

// hashOf hashes the little-endian bits of values.
func hashOf(values []float64) string {
	h := sha256.New()
	for _, z := range values {
		h.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(z)))
	}
	return hex.EncodeToString(h.Sum(nil))
}

func TestVerdictIsTheSameOnEveryMachine(t *testing.T) {
	job := quality.Job{Params: quality.Defaults(), Gold: truths()}
	job.Params.Control = 50_000
	for i, f := range texts(qualityAnswers) {
		job.Answers = append(job.Answers, quality.Answer{Task: f[0], Worker: f[1], Label: f[2], Millis: int64(1000 + 37*i%900)})
	}
	verdict, err := quality.Judge(job)
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.MarshalIndent(verdict, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("quality_verdict.json", append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want := strings.TrimSpace(qualityVerdict); string(got) != want {
		t.Errorf("verdict differs from quality_verdict.json; got\n%s", got)
	}
}
