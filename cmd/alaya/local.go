package main

import (
	"context"
	"encoding/hex"
	"os"

	"crypto/rand"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/chain/app"
	"github.com/alaya-network/alaya/chain/node"
	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/station"
)

// operatorName is the key that owns the validator and pays for verdicts.
const operatorName = "operator"

// founders are the keys of a new local chain, with their money. They need no
// secrecy: the chain is alone on this machine.
func founders() []struct {
	name  string
	money num.Amount
} {
	return []struct {
		name  string
		money num.Amount
	}{
		{operatorName, 10_000 * num.ALY}, {"requester", 1_000_000 * num.ALY},
		{"alice", 1_000 * num.ALY}, {"bob", 1_000 * num.ALY}, {"carol", 1_000 * num.ALY},
	}
}

// createLocal makes a chain of one validator under home, with keys for people
// to try things with.
func createLocal(home string) error {
	ring, err := client.OpenTestKeyring(home)
	if err != nil {
		return err
	}
	id := make([]byte, 3)
	if _, err := rand.Read(id); err != nil {
		return fault.Internal("chain id: %w", err)
	}
	chain := node.Chain{ID: "alaya-local-" + hex.EncodeToString(id)}
	for _, f := range founders() {
		key, err := ring.Key(f.name)
		if fault.Is(err, fault.KindNotFound) {
			key, _, err = ring.Create(f.name)
		}
		if err != nil {
			return err
		}
		address := sdk.AccAddress(key.PublicKey().Address())
		chain.Balances = append(chain.Balances, app.Balance{Address: address, Ualy: int64(f.money)})
		if f.name == operatorName {
			chain.Operators = append(chain.Operators, address)
		}
	}
	return node.Create(chain, home)
}

// startLocal starts the station of a home that createLocal made.
func startLocal(ctx context.Context, c station.Config) (*station.Station, error) {
	ring, err := client.OpenTestKeyring(c.Home)
	if err != nil {
		return nil, err
	}
	if c.Operator, err = ring.Key(operatorName); err != nil {
		return nil, err
	}
	s, err := station.Start(ctx, c)
	if err != nil {
		return nil, err
	}
	return s, s.Client.WaitHeight(ctx, 2)
}

// localAccount returns a founder's account on a running station.
func localAccount(s *station.Station, home, name string) (*client.Account, error) {
	ring, err := client.OpenTestKeyring(home)
	if err != nil {
		return nil, err
	}
	key, err := ring.Key(name)
	if err != nil {
		return nil, err
	}
	return s.Client.Account(key)
}

// throwAway makes a home that the returned function takes away, unless keep.
func throwAway(keep bool) (home string, remove func(), err error) {
	home, err = os.MkdirTemp("", "alaya-")
	if err != nil {
		return "", nil, fault.Internal("make a home: %w", err)
	}
	remove = func() { _ = os.RemoveAll(home) }
	if err := createLocal(home); err != nil {
		remove()
		return "", nil, err
	}
	if keep {
		remove = func() {}
	}
	return home, remove, nil
}
