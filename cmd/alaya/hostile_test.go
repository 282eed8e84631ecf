package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestAHostileFileTeachesNothing gives a live node's model what nobody should be
// able to give it, from files, and wants each refused by its place and
// bound before anything is sent.
func TestAHostileFileTeachesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a node")
	}
	dir := t.TempDir()
	env := append(os.Environ(), "ALAYA_HOME="+t.TempDir())
	env = append(env, startNode(t, env)...)
	write := func(name, text string) string {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return name
	}
	alaya := func(args ...string) (string, int) {
		run := exec.CommandContext(t.Context(), "alaya", args...)
		run.Dir, run.Env = dir, env
		out, err := run.CombinedOutput()
		if run.ProcessState == nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(string(out)), run.ProcessState.ExitCode()
	}
	draft := write("model.yaml", `name: vectors
licence: CC0-1.0
family: dense
labels: [bad, good]
encoder: {kind: vector, length: 4}
incentive: {kind: points, wait: 1h}
`)
	model, code := alaya("model", "create", draft, "--from", "alice", "--quiet")
	if code != 0 {
		t.Fatalf("create: exit code %d, %s", code, model)
	}
	million := strings.Repeat("1 ", 1_000_000)
	for _, tt := range []struct {
		name, file, says string
	}{
		{"NaN in JSON", write("nan.jsonl", `{"vector":[NaN,1,1,1],"label":"good"}`+"\n"), "nan.jsonl"},
		{"NaN as text", write("nan.tsv", "vector\tlabel\nNaN 1 1 1\tgood\n"), "nan.tsv line 2, field vector"},
		{"infinity", write("inf.tsv", "vector\tlabel\n1e999 1 1 1\tgood\n"), "inf.tsv line 2, field vector"},
		{"a million numbers", write("long.tsv", "vector\tlabel\n"+million+"\tgood\n"), "long.tsv line 2"},
		{"a value out of range", write("big.tsv", "vector\tlabel\n1 1 1 5000\tgood\n"), "big.tsv line 2, field vector: learn: value 5242880000 of index 3: at most 1073741824"},
		{"a label that is none", write("label.tsv", "vector\tlabel\n1 1 1 1\tsplendid\n"), "label.tsv line 2, field label"},
	} {
		out, code := alaya("model", "contribute", model, tt.file, "--from", "bob")
		if code == 0 || code == 1 || !strings.Contains(out, tt.says) {
			t.Errorf("%s: exit code %d, %.300q, want a refusal that says %q", tt.name, code, out, tt.says)
		}
	}
	if out, code := alaya("model", "show", model); code != 0 || !strings.Contains(out, "0 of 0 contributions") {
		t.Errorf("the model was taught: exit code %d, %s", code, out)
	}
}
