package node_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/alaya-network/alaya/chain/app"
	"github.com/alaya-network/alaya/chain/node"
)

// victim is the environment variable that names the home of a child process.
const victim = "ALAYA_TEST_VICTIM"

// TestVictim is the child of the test below: it sends one ualy after the other
// and says so after each is final, until it is killed.
func TestVictim(t *testing.T) {
	home := os.Getenv(victim)
	if home == "" {
		t.Skip("runs only as a child of TestNothingFinalIsLostByAKill")
	}
	n := start(t, node.Options{Home: home, BlockTime: 20 * time.Millisecond, Tally: &tally{}})
	if err := n.WaitHeight(deadline(t), 1); err != nil {
		t.Fatal(err)
	}
	l, bob := ledger{t, n}, newAccount("bob").address()
	for {
		l.send(newAccount("alice"), bob, 1)
		fmt.Println("final", l.balance(bob))
	}
}

func TestNothingFinalIsLostByAKill(t *testing.T) {
	home, alice := filepath.Join(t.TempDir(), "node"), newAccount("alice")
	chain := node.Chain{ID: "alaya-kill", Balances: []app.Balance{{Address: alice.address(), Ualy: million}}}
	if err := node.Create(chain, home); err != nil {
		t.Fatal(err)
	}
	var final int64
	for _, sends := range []int{1, 4, 2} {
		final = killAfter(t, home, sends)
	}
	n := start(t, node.Options{Home: home, BlockTime: 20 * time.Millisecond, Tally: &tally{}})
	defer stop(t, n)
	if err := n.WaitHeight(deadline(t), n.Height()+1); err != nil {
		t.Fatal(err)
	}
	l, bob := ledger{t, n}, newAccount("bob").address()
	// One more may have become final before the kill, unheard.
	if got := l.balance(bob); got < final || got > final+1 {
		t.Errorf("bob has %d ualy, want %d or one more", got, final)
	}
	if got := l.balance(bob) + l.balance(alice.address()); got != million {
		t.Errorf("alice and bob have %d ualy, want %d", got, million)
	}
}

// killAfter starts the victim, kills it after some sends, and returns what it
// last said was final.
func killAfter(t *testing.T, home string, sends int) int64 {
	t.Helper()
	cmd := exec.CommandContext(deadline(t), os.Args[0], "-test.run=^TestVictim$")
	cmd.Env = append(os.Environ(), victim+"="+home)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var final int64
	lines := bufio.NewScanner(out)
	for sends > 0 && lines.Scan() {
		if _, err := fmt.Sscanf(lines.Text(), "final %d", &final); err == nil {
			sends--
		}
	}
	if err := cmd.Process.Kill(); err != nil { // SIGKILL
		t.Fatal(err)
	}
	_ = cmd.Wait() // killed, as it should be
	if sends > 0 {
		t.Fatalf("the victim ended by itself, %d sends early", sends)
	}
	return final
}
