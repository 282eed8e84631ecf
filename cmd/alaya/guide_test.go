package main

import (
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
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
	home := t.TempDir()
	env := append(os.Environ(), "ALAYA_HOME="+home)
	env = append(env, startNode(t, env)...)
	out := paste(t, "first-campaign.md", env)
	for _, want := range []string{"clause holds  true", "state         done", "verify: ok"} {
		if !strings.Contains(out, want) {
			t.Errorf("the guide's output lacks %q:\n%s", want, out)
		}
	}
}

func TestTheQualityGuideWorksAsWritten(t *testing.T) {
	out := paste(t, "quality.md", os.Environ())
	for _, want := range []string{
		"task\tlabel\tconfidence\tanswers\tstatus", "worker\tskill\tanswers\tgold\tgold_right\tflags",
		`"scored": 1000`, `"given": 100`, "page  report/index.html", "PREMIUM OF HONESTY",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the guide's output lacks %q:\n%s", want, out)
		}
	}
}

func TestTheModelGuideWorksAsWritten(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a node for a minute")
	}
	env := append(os.Environ(), "ALAYA_HOME="+t.TempDir())
	out := paste(t, "collaborative-model.md", append(env, startNode(t, env)...))
	for _, want := range []string{
		"attack/index.html", "proved: ", "confirmed", "rejected", "1.5aly claimed now", "verify: ok", "Sentiment of reviews",
		"6 records are all that model",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the guide's output lacks %q:\n%s", want, out)
		}
	}
}

// paste runs every block of a guide in one shell, in an empty folder, and
// returns what is printed.
func paste(t *testing.T, guide string, env []string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "guides", guide))
	if err != nil {
		t.Fatal(err)
	}
	var script strings.Builder
	for _, block := range regexp.MustCompile("(?s)\n```sh\n(.*?)```").FindAllSubmatch(text, -1) {
		script.Write(block[1])
	}
	shell := exec.CommandContext(t.Context(), "bash", "-euxo", "pipefail", "-c", script.String())
	shell.Dir, shell.Env = t.TempDir(), env
	out, err := shell.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

// startNode runs `alaya up` until the test ends, and returns the variables
// that name it.
func startNode(t *testing.T, env []string) []string {
	t.Helper()
	var ready upView
	background(t, env, &ready, "up", "--rpc", "tcp://127.0.0.1:0", "--http", "127.0.0.1:0")
	return []string{"ALAYA_NODE=" + ready.Node, "ALAYA_GATEWAY=" + ready.Gateway}
}

// background runs a command that says in JSON when it is ready, and interrupts
// it when the test ends.
func background(t *testing.T, env []string, ready any, args ...string) {
	t.Helper()
	run := exec.Command("alaya", append(args, "--output", "json")...)
	run.Env, run.Stderr = env, os.Stderr
	out, err := run.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := run.Process.Signal(os.Interrupt); err != nil {
			t.Error(err)
		}
		if err := run.Wait(); err != nil {
			t.Errorf("alaya %s: %v", args[0], err)
		}
	})
	if err := json.NewDecoder(out).Decode(ready); err != nil {
		t.Fatalf("alaya %s says no JSON: %v", args[0], err)
	}
}

func TestALocalnetMovesAndGoesOnAfterAPause(t *testing.T) {
	if testing.Short() {
		t.Skip("runs four nodes")
	}
	env := append(os.Environ(), "ALAYA_HOME="+t.TempDir())
	port := freePorts(t, 12)
	var chain string
	for _, life := range []string{"first", "second"} {
		t.Run(life+" life", func(t *testing.T) {
			var ready localnetView
			background(t, env, &ready, "localnet", "--port", strconv.Itoa(port))
			if len(ready.Nodes) != 4 || chain != "" && ready.Chain != chain {
				t.Errorf("%d nodes of chain %q, want 4 of %q", len(ready.Nodes), ready.Chain, chain)
			}
			chain = ready.Chain
			send := exec.Command("alaya", "chain", "send", "bob", "5aly", "--from", "alice", "--yes", "--node", ready.Nodes[3].Node)
			send.Env = env
			if out, err := send.CombinedOutput(); err != nil {
				t.Errorf("send money through the last node: %v\n%s", err, out)
			}
		})
	}
}

// freePorts returns the first of n ports in a row that are free now.
func freePorts(t *testing.T, n int) int {
	t.Helper()
	for first := 20000; first < 60000; first += n {
		if free(first, n) {
			return first
		}
	}
	t.Fatalf("no %d free ports in a row", n)
	return 0
}

func free(first, n int) bool {
	for port := first; port < first+n; port++ {
		l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err != nil {
			return false
		}
		_ = l.Close()
	}
	return true
}
