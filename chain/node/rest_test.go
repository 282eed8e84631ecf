package node_test

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/alaya-network/alaya/chain/app"
	"github.com/alaya-network/alaya/chain/node"
)

func TestAChainAtRestIsStillAndWakesAtOnce(t *testing.T) {
	home, alice := filepath.Join(t.TempDir(), "node"), newAccount("alice")
	chain := node.Chain{ID: "alaya-rest", Balances: []app.Balance{{Address: alice.address(), Ualy: million}}}
	if err := node.Create(chain, home); err != nil {
		t.Fatal(err)
	}
	// Rest is longer than the test may take: only a transaction makes blocks.
	n := start(t, node.Options{Home: home, BlockTime: 20 * time.Millisecond, RestTime: time.Hour, Tally: &tally{}})
	defer stop(t, n)
	if err := n.WaitHeight(deadline(t), 1); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		ledger{t, n}.send(alice, newAccount("bob").address(), 1)
	}
	// The last send changed the state, the block after it confirms that, and
	// then there is nothing to add.
	last := n.Height()
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if err := n.WaitHeight(ctx, last+4); err == nil {
		t.Errorf("blocks %d to %d came while nothing happened", last+1, n.Height())
	}
	top := n.Height()
	before, err := n.Client().Commit(deadline(t), &last)
	if err != nil {
		t.Fatal(err)
	}
	after, err := n.Client().Commit(deadline(t), &top)
	if err != nil {
		t.Fatal(err)
	}
	if top > last && bytes.Equal(before.AppHash, after.AppHash) {
		t.Errorf("blocks %d and %d have the same state, though something was sent", last, top)
	}
}
