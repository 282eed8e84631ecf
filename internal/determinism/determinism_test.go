package determinism_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/alaya-network/alaya/internal/determinism"
)

func TestTheAnalyserFindsWhatIsPlantedAndNoMore(t *testing.T) {
	const beside = determinism.Order | determinism.Clock | determinism.Chance | determinism.Threads | determinism.Inexact | determinism.Fused
	analyser := determinism.New([]determinism.Place{
		{Path: "beside", Rules: beside, Why: "a test"},
		{Path: "block", Rules: determinism.Floats, Why: "a test"},
	})
	analysistest.Run(t, analysistest.TestData(), analyser, "beside", "block", "free")
}

func TestEveryPlaceHasAReasonAndIsReached(t *testing.T) {
	places := determinism.Places()
	for i, p := range places {
		if p.Why == "" {
			t.Errorf("%s: no reason", p.Path)
		}
		for _, earlier := range places[:i] {
			if strings.HasPrefix(p.Path+"/", earlier.Path+"/") {
				t.Errorf("%s is never reached: %s stands before it", p.Path, earlier.Path)
			}
		}
	}
}

// What `make lint` says when somebody plants a fault in the quality engine.
func TestTheLinterRefusesAFaultPlantedInTheEngine(t *testing.T) {
	const planted = `package strict

import "math"

func planted(a, b, c float64, m map[string]int) float64 {
	for range m {
		c += math.Exp(a)
	}
	return a*b + c
}
`
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	replace := map[string]string{filepath.Join(root, "core/quality/strict/planted.go"): write("planted.go", planted)}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) (string, error) {
		cmd := exec.Command("go", args...)
		cmd.Dir = root
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	tool := filepath.Join(dir, "check")
	if out, err := run("build", "-o", tool, "./internal/determinism/check"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := run("vet", "-vettool="+tool, "-overlay="+write("overlay.json", string(overlay)), "./core/quality/strict")
	if err == nil {
		t.Errorf("the planted file passed")
	}
	for _, want := range []string{
		"planted.go:6:2: a range over a map: the order differs from run to run; sort the keys first",
		"planted.go:7:13: math.Exp: differs between machines; use core/quality/strict",
		"planted.go:9:9: a product that may be fused with a sum: round it, as in float64(x*y)",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}
