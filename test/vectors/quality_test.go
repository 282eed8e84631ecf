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
	//go:embed quality_verdict.json
	qualityVerdict string
)

// update rewrites the golden verdict: the one vector without an independent
// reference. It must come out the same on every machine.
var update = flag.Bool("update", false, "rewrite quality_verdict.json")

// texts returns the fields of a table below its header line.
func texts(table string) [][]string {
	var all [][]string
	for _, line := range strings.Split(strings.TrimSpace(table), "\n")[1:] {
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

func TestExpAndLogGiveTheReferenceBits(t *testing.T) {
	for _, fn := range []struct {
		name, table string
		of          func(float64) float64
		library     func(float64) float64
	}{
		{"Exp", qualityExp, strict.Exp, math.Exp},
		{"Log", qualityLog, strict.Log, math.Log},
	} {
		for _, r := range texts(fn.table) {
			x, want := float(t, r[0]), float(t, r[1])
			if got := fn.of(x); got != want {
				t.Errorf("%s(%v) = %x, want %x", fn.name, x, got, want)
			}
			if near := fn.library(x); math.Abs(want-near) > 1e-15*math.Max(1, math.Abs(near)) && x >= -700 {
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
		method, err := label.New(name)
		if err != nil {
			t.Fatal(err)
		}
		var gold label.Gold
		if known {
			gold = table.Gold(truths())
		}
		result := method.Aggregate(table, gold)
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
