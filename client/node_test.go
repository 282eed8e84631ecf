package client_test

import (
	"context"
	"crypto/sha256"
	"path/filepath"
	"testing"
	"time"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/chain/app"
	"github.com/alaya-network/alaya/chain/node"
	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/num"
)

const purse = 1_000_000_000

// seeded returns a key that depends on a name only.
func seeded(name string) client.Key { return client.KeyFromSeed(sha256.Sum256([]byte(name))) }

func addressOf(k client.Key) sdk.AccAddress { return sdk.AccAddress(k.PublicKey().Address()) }

// startNode runs a chain of one validator on which each key has a purse.
func startNode(t *testing.T, keys ...client.Key) *node.Node {
	t.Helper()
	home := filepath.Join(t.TempDir(), "node")
	chain := node.Chain{ID: "alaya-test"}
	for _, k := range keys {
		chain.Balances = append(chain.Balances, app.Balance{Address: addressOf(k), Ualy: purse})
	}
	if err := node.Create(chain, home); err != nil {
		t.Fatal(err)
	}
	n, err := node.Start(node.Options{Home: home, BlockTime: 50 * time.Millisecond, RPC: "tcp://127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := n.Stop(); err != nil {
			t.Errorf("stop node: %v", err)
		}
	})
	return n
}

func dial(t *testing.T, cfg client.Config) *client.Client {
	t.Helper()
	c, err := client.Dial(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func account(t *testing.T, c *client.Client, k client.Key) *client.Account {
	t.Helper()
	a, err := c.Account(k)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func balance(t *testing.T, c *client.Client, a *client.Account) num.Amount {
	t.Helper()
	b, err := c.Balance(t.Context(), a.Address())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func patient(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}
