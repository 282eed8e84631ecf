package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestTheGuideWorksAsWritten pastes every block of the first guide into a
// shell, against a node started as the guide starts it, but on ports of its
// own.
func TestTheGuideWorksAsWritten(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a node for half a minute")
	}
	guide, err := os.ReadFile(filepath.Join("..", "..", "docs", "guides", "first-campaign.md"))
	if err != nil {
		t.Fatal(err)
	}
	var script strings.Builder
	for _, block := range regexp.MustCompile("(?s)\n```sh\n(.*?)```").FindAllSubmatch(guide, -1) {
		script.Write(block[1])
	}
	home := t.TempDir()
	env := append(os.Environ(), "ALAYA_HOME="+home)
	env = append(env, startNode(t, env)...)

	shell := exec.CommandContext(t.Context(), "bash", "-euxo", "pipefail", "-c", script.String())
	shell.Dir, shell.Env = t.TempDir(), env
	out, err := shell.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{"clause holds  true", "state         done", "verify: ok"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("the guide's output lacks %q:\n%s", want, out)
		}
	}
}

// startNode runs `alaya up` until the test ends, and returns the variables
// that name it.
func startNode(t *testing.T, env []string) []string {
	t.Helper()
	up := exec.Command("alaya", "up", "--rpc", "tcp://127.0.0.1:0", "--http", "127.0.0.1:0", "--output", "json")
	up.Env, up.Stderr = env, os.Stderr
	out, err := up.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := up.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := up.Process.Signal(os.Interrupt); err != nil {
			t.Error(err)
		}
		if err := up.Wait(); err != nil {
			t.Errorf("alaya up: %v", err)
		}
	})
	var ready upView
	if err := json.NewDecoder(out).Decode(&ready); err != nil {
		t.Fatalf("alaya up says no JSON: %v", err)
	}
	return []string{"ALAYA_NODE=" + ready.Node, "ALAYA_GATEWAY=" + ready.Gateway}
}
