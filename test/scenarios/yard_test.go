// Package scenarios_test tells whole-way stories on real stations: every byte
// and every coin goes its real way, nothing is mocked.
//
// Words: a yard is a throw-away chain of one or more stations with a treasury;
// a town is a synthetic crowd of contributors, each with his own temper; a
// story is one campaign played by hand, message by message.
//
// Waiting follows blocks, never the clock: only the deadline of a whole test is
// in seconds, and a generous one.
package scenarios_test

import (
	"cmp"
	"context"
	"encoding/json"
	"testing"
	"time"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/chain/app"
	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/chain/node"
	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	"github.com/alaya-network/alaya/station"
)

const (
	// blockTime and restTime are how fast a yard's chain goes.
	blockTime = 50 * time.Millisecond
	restTime  = 100 * time.Millisecond
	// patience bounds the waits of one test.
	patience = 4 * time.Minute
	// treasure is what the treasury has at genesis, operators get wages each.
	treasure = num.Amount(1_000_000_000) * num.ALY
	wages    = 1_000 * num.ALY
)

// keyOf is somebody's key, by name.
func keyOf(name string) client.Key { return client.KeyFromSeed(id.Sum("test/key", []byte(name))) }

func walletOf(k client.Key) sdk.AccAddress { return sdk.AccAddress(k.PublicKey().Address()) }

// create makes the homes of a new chain, whose validators are operated by
// the keys "operator 0", "operator 1", and so on.
func create(t *testing.T, change app.Change, homes ...string) {
	t.Helper()
	chain := node.Chain{
		ID: "alaya-test", Change: change,
		Balances: []app.Balance{{Address: walletOf(keyOf("treasury")), Ualy: int64(treasure)}},
	}
	for i := range homes {
		operator := walletOf(operatorKey(i))
		chain.Operators = append(chain.Operators, operator)
		chain.Balances = append(chain.Balances, app.Balance{Address: operator, Ualy: int64(wages)})
	}
	if err := node.Create(chain, homes...); err != nil {
		t.Fatal(err)
	}
}

func operatorKey(i int) client.Key { return keyOf("operator " + string(rune('0'+i))) }

// hasty is a chain on which a job's attempt and a stake's unbonding take
// seconds instead of minutes and days.
func hasty(codec kit.Codec, state map[string]json.RawMessage) error {
	var quality qualityv1.GenesisState
	if err := codec.Proto.UnmarshalJSON(state["quality"], &quality); err != nil {
		return err
	}
	quality.Params.JobMs = 4_000
	state["quality"] = codec.Proto.MustMarshalJSON(&quality)
	var party partyv1.GenesisState
	if err := codec.Proto.UnmarshalJSON(state["party"], &party); err != nil {
		return err
	}
	party.Params.UnbondingMs = 1_000
	state["party"] = codec.Proto.MustMarshalJSON(&party)
	return nil
}

// yard is a station of a chain and the treasury on it.
type yard struct {
	*station.Station
	ctx      context.Context
	treasury *client.Account
}

// deadline bounds all waits of a test.
func deadline(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}

// open starts a chain of one validator.
func open(t *testing.T, change app.Change) yard {
	t.Helper()
	home := t.TempDir()
	create(t, change, home)
	y := begin(t, station.Config{Home: home, Operator: operatorKey(0)})
	t.Cleanup(func() { stop(t, y) })
	return y
}

// begin starts a station.
func begin(t *testing.T, c station.Config) yard {
	t.Helper()
	y, err := start(deadline(t), c)
	if err != nil {
		t.Fatal(err)
	}
	return y
}

func start(ctx context.Context, c station.Config) (yard, error) {
	c.BlockTime, c.RestTime = cmp.Or(c.BlockTime, blockTime), restTime
	s, err := station.Start(ctx, c)
	if err != nil {
		return yard{}, err
	}
	treasury, err := s.Client.Account(keyOf("treasury"))
	return yard{Station: s, ctx: ctx, treasury: treasury}, err
}

func stop(t *testing.T, y yard) {
	t.Helper()
	if err := y.Stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
}

// until waits for done, asking once per block.
func (y yard) until(t *testing.T, what string, done func() (bool, error)) {
	t.Helper()
	for {
		height := y.Client.Height()
		ok, err := done()
		if err != nil {
			t.Fatalf("waiting for %s at height %d: %v", what, height, err)
		}
		if ok {
			return
		}
		if err := y.Client.WaitHeight(y.ctx, height+1); err != nil {
			t.Fatalf("waiting for %s: %v", what, err)
		}
	}
}

// rest waits for n blocks.
func (y yard) rest(t *testing.T, n int) {
	t.Helper()
	if err := y.Client.WaitHeight(y.ctx, y.Client.Height()+id.Height(n)); err != nil {
		t.Fatal(err)
	}
}

// money is what a wallet holds.
func (y yard) money(t *testing.T, who id.Address) num.Amount {
	t.Helper()
	a, err := y.Client.Balance(y.ctx, who)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// escrow is what an account of the ledger holds.
func (y yard) escrow(t *testing.T, a escrow.Account) num.Amount {
	t.Helper()
	res, err := y.Client.Settle().Balances(y.ctx, &settlev1.QueryBalancesRequest{Request: string(a.Request())})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range res.Balances {
		if b.Account == string(a) {
			return num.Amount(b.Amount)
		}
	}
	return 0
}

// account gives somebody new money.
func (y yard) account(t *testing.T, name string, amount num.Amount) *client.Account {
	t.Helper()
	a, err := y.Client.Account(keyOf(name))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := y.treasury.Send(y.ctx, client.Payment(y.treasury.Address(), a.Address(), amount)); err != nil {
		t.Fatal(err)
	}
	return a
}

// sound holds every stage's invariants and the whole store.
func (y yard) sound(t *testing.T) {
	t.Helper()
	if err := y.Node.App().Invariants(); err != nil {
		t.Errorf("at height %d: %v", y.Client.Height(), err)
	}
	if err := y.Store.Check(y.ctx); err != nil {
		t.Errorf("store: %v", err)
	}
}
