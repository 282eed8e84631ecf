package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	"crypto/rand"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/chain/app"
	"github.com/alaya-network/alaya/chain/node"
	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/gateway"
	"github.com/alaya-network/alaya/internal/durable"
	"github.com/alaya-network/alaya/station"
)

// operatorName is the key that owns validator i of a local chain, from 0, and
// pays for the verdicts it brings.
func operatorName(i int) string {
	if i == 0 {
		return "operator"
	}
	return fmt.Sprintf("operator%d", i+1)
}

// founder is a key of a new local chain, with its money. It needs no secrecy:
// the chain is alone on this machine.
type founder struct {
	name     string
	money    num.Amount
	operator bool
}

// founders are the operators of a number of validators, and people to try
// things with.
func founders(validators int) []founder {
	var all []founder
	for i := range validators {
		all = append(all, founder{operatorName(i), 10_000 * num.ALY, true})
	}
	all = append(all, founder{name: "requester", money: 1_000_000 * num.ALY})
	for _, name := range []string{"alice", "bob", "carol"} {
		all = append(all, founder{name: name, money: 1_000 * num.ALY})
	}
	return all
}

// createLocal makes a chain of one validator under home, with keys for people
// to try things with.
func createLocal(home string) error { return createNetwork(home, home) }

// createNetwork makes a chain of one validator per home. The keys of founders
// and operators lie under keys.
func createNetwork(keys string, homes ...string) error {
	ring, err := client.OpenTestKeyring(keys)
	if err != nil {
		return err
	}
	id := make([]byte, 3)
	if _, err := rand.Read(id); err != nil {
		return fault.Internal("chain id: %w", err)
	}
	chain := node.Chain{ID: "alaya-local-" + hex.EncodeToString(id)}
	phrases := map[string]string{}
	for _, f := range founders(len(homes)) {
		key, err := ring.Key(f.name)
		if fault.Is(err, fault.KindNotFound) {
			key, phrases[f.name], err = ring.Create(f.name)
		}
		if err != nil {
			return err
		}
		address := sdk.AccAddress(key.PublicKey().Address())
		chain.Balances = append(chain.Balances, app.Balance{Address: address, Ualy: int64(f.money)})
		if f.operator {
			chain.Operators = append(chain.Operators, address)
		}
	}
	if err := durable.Write(filepath.Join(keys, phrasesFile), phrases); err != nil {
		return fault.Internal("phrases: %w", err)
	}
	return node.Create(chain, homes...)
}

// phrasesFile keeps the phrases of a local chain's founders, beside keys that
// are as open.
const phrasesFile = "phrases.json"

// samples are the founders that somebody may try out in a browser.
func (s *session) samples(f upFlags) ([]gateway.Sample, error) {
	if !f.onLoopback() {
		return nil, fault.Forbidden("--sample shows keys to whoever reaches the gateway at %s: only on loopback", f.http)
	}
	var phrases map[string]string
	if err := durable.Read(s.path(phrasesFile), &phrases); err != nil {
		return nil, advise(fault.Internal("%w", err), "this home is older than samples: begin anew with --fresh")
	}
	ring, err := s.keys()
	if err != nil {
		return nil, err
	}
	var all []gateway.Sample
	for _, who := range founders(1) {
		phrase := phrases[who.name]
		if who.operator || phrase == "" {
			continue
		}
		address, err := addressOf(ring, who.name)
		if err != nil {
			return nil, err
		}
		role := "contributor"
		if who.name == "requester" {
			role = "requester"
		}
		all = append(all, gateway.Sample{Name: who.name, Role: role, Address: address, Phrase: phrase})
	}
	return all, nil
}

// startLocal starts the station of a home that createLocal made.
func startLocal(ctx context.Context, c station.Config) (*station.Station, error) {
	ring, err := client.OpenTestKeyring(c.Home)
	if err != nil {
		return nil, err
	}
	if c.Operator, err = ring.Key(operatorName(0)); err != nil {
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
