package node_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/cosmos/cosmos-sdk/client/tx"
	"github.com/cosmos/cosmos-sdk/crypto/keys/secp256k1"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/tx/signing"
	authsigning "github.com/cosmos/cosmos-sdk/x/auth/signing"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/alaya-network/alaya/chain/app"
	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/chain/node"
	"github.com/alaya-network/alaya/chain/votes"
	"github.com/alaya-network/alaya/core/id"
)

const million = 1_000_000

// deadline bounds every wait of a test.
func deadline(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// account is somebody who can sign.
type account struct{ key *secp256k1.PrivKey }

func newAccount(name string) account {
	kit.SetPrefixes()
	return account{secp256k1.GenPrivKeyFromSecret([]byte(name))}
}

func (a account) address() sdk.AccAddress { return sdk.AccAddress(a.key.PubKey().Address()) }

// ledger is what a test asks a node about money.
type ledger struct {
	t *testing.T
	*node.Node
}

func (l ledger) balance(of sdk.AccAddress) int64 {
	l.t.Helper()
	res, err := banktypes.NewQueryClient(l.ClientContext()).
		Balance(context.Background(), banktypes.NewQueryBalanceRequest(of, kit.Denom))
	if err != nil {
		l.t.Fatalf("balance of %s: %v", of, err)
	}
	return res.Balance.Amount.Int64()
}

// send pays and waits for the block.
func (l ledger) send(from account, to sdk.AccAddress, ualy int64) {
	l.t.Helper()
	raw := l.sign(from, banktypes.NewMsgSend(from.address(), to, sdk.NewCoins(sdk.NewInt64Coin(kit.Denom, ualy))))
	res, err := l.Client().BroadcastTxCommit(deadline(l.t), raw)
	if err != nil {
		l.t.Fatalf("broadcast: %v", err)
	}
	if res.CheckTx.Code != 0 || res.TxResult.Code != 0 {
		l.t.Fatalf("send: check %q, result %q", res.CheckTx.Log, res.TxResult.Log)
	}
}

func (l ledger) sign(from account, msg sdk.Msg) []byte {
	l.t.Helper()
	ctx := l.ClientContext()
	info, err := authtypes.NewQueryClient(ctx).AccountInfo(context.Background(),
		&authtypes.QueryAccountInfoRequest{Address: from.address().String()})
	if err != nil {
		l.t.Fatalf("account of %s: %v", from.address(), err)
	}
	b := ctx.TxConfig.NewTxBuilder()
	b.SetGasLimit(200_000)
	if err := b.SetMsgs(msg); err != nil {
		l.t.Fatal(err)
	}
	mode := signing.SignMode_SIGN_MODE_DIRECT
	empty := signing.SignatureV2{PubKey: from.key.PubKey(), Sequence: info.Info.Sequence, Data: &signing.SingleSignatureData{SignMode: mode}}
	if err := b.SetSignatures(empty); err != nil {
		l.t.Fatal(err)
	}
	sig, err := tx.SignWithPrivKey(context.Background(), mode, authsigning.SignerData{
		Address: from.address().String(), ChainID: l.ChainID(), PubKey: from.key.PubKey(),
		AccountNumber: info.Info.AccountNumber, Sequence: info.Info.Sequence,
	}, b, from.key, ctx.TxConfig, info.Info.Sequence)
	if err != nil {
		l.t.Fatal(err)
	}
	if err := b.SetSignatures(sig); err != nil {
		l.t.Fatal(err)
	}
	raw, err := ctx.TxConfig.TxEncoder()(b.GetTx())
	if err != nil {
		l.t.Fatal(err)
	}
	return raw
}

func start(t *testing.T, o node.Options) *node.Node {
	t.Helper()
	n, err := node.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func stop(t *testing.T, n *node.Node) {
	t.Helper()
	if err := n.Stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
}

func TestOneValidatorFinalisesAndKeepsItsStateOverARestart(t *testing.T) {
	home, alice, bob := filepath.Join(t.TempDir(), "node"), newAccount("alice"), newAccount("bob")
	chain := node.Chain{ID: "alaya-test-1", Balances: []app.Balance{{Address: alice.address(), Ualy: 10 * million}}}
	if err := node.Create(chain, home); err != nil {
		t.Fatal(err)
	}
	if err := node.Create(chain, home); err == nil {
		t.Error("a home that holds a chain was overwritten")
	}
	options := node.Options{Home: home, BlockTime: 50 * time.Millisecond, Tally: &tally{}, RPC: "tcp://127.0.0.1:0"}

	n := start(t, options)
	if err := n.WaitHeight(deadline(t), 1); err != nil {
		t.Fatal(err)
	}
	ledger{t, n}.send(alice, bob.address(), 3*million)
	if got := (ledger{t, n}).balance(bob.address()); got != 3*million {
		t.Errorf("bob has %d ualy, want %d", got, 3*million)
	}
	before := n.Height()
	stop(t, n)

	n = start(t, options)
	defer stop(t, n)
	if err := n.WaitHeight(deadline(t), before+3); err != nil {
		t.Fatal(err)
	}
	ledger{t, n}.send(bob, alice.address(), million)
	if got := (ledger{t, n}).balance(alice.address()); got != 8*million {
		t.Errorf("alice has %d ualy after the restart, want %d", got, 8*million)
	}
}

// tally keeps the votes it was told, by job and validator.
type tally struct {
	mu    sync.Mutex
	votes map[string]votes.Vote
}

func (y *tally) Record(_ context.Context, v votes.Vote) error {
	y.mu.Lock()
	defer y.mu.Unlock()
	if y.votes == nil {
		y.votes = map[string]votes.Vote{}
	}
	y.votes[v.Job.String()+v.Validator.String()] = v
	return nil
}

// power returns the power that says digest for job, and the total told.
func (y *tally) power(d votes.JobDigest) (power, total int64) {
	y.mu.Lock()
	defer y.mu.Unlock()
	for _, v := range y.votes {
		if v.JobDigest == d {
			power, total = power+v.Power, v.Total
		}
	}
	return power, total
}

// cache is an Oracle whose results the test puts in.
type cache struct {
	mu      sync.Mutex
	results []votes.JobDigest
}

func (c *cache) put(d votes.JobDigest) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.results = append(c.results, d)
}

func (c *cache) Digests(context.Context) []votes.JobDigest {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]votes.JobDigest(nil), c.results...)
}

func TestFourValidatorsTallyEachOthersDigests(t *testing.T) {
	const validators, power = 4, node.DefaultStake / million
	dir := t.TempDir()
	var homes []string
	for i := range validators {
		homes = append(homes, filepath.Join(dir, fmt.Sprint("node", i)))
	}
	if err := node.Create(node.Chain{ID: "alaya-test-4"}, homes...); err != nil {
		t.Fatal(err)
	}
	var nodes []*node.Node
	var caches []*cache
	var tallies []*tally
	for i, home := range homes {
		c, y := &cache{}, &tally{}
		n := start(t, node.Options{Home: home, BlockTime: 100 * time.Millisecond, Oracle: c, Tally: y})
		defer stop(t, n)
		if i > 0 {
			if err := n.Connect(nodes...); err != nil {
				t.Fatal(err)
			}
		}
		nodes, caches, tallies = append(nodes, n), append(caches, c), append(tallies, y)
	}
	good := votes.JobDigest{Job: id.Sum("test/job"), Digest: id.Sum("test/digest")}
	bad := votes.JobDigest{Job: good.Job, Digest: id.Sum("test/other")}
	for i, c := range caches {
		if i == 0 {
			c.put(bad)
			continue
		}
		c.put(good)
	}
	ctx := deadline(t)
	for height := int64(3); ; height++ {
		if err := nodes[0].WaitHeight(ctx, height); err != nil {
			t.Fatal(err)
		}
		agree, _ := tallies[0].power(good)
		against, _ := tallies[0].power(bad) // whose vote may come a block later: the others are enough for one
		if agree == 3*power && against == power {
			break
		}
	}
	for i, y := range tallies {
		if err := nodes[i].WaitHeight(ctx, nodes[0].Height()); err != nil {
			t.Fatal(err)
		}
		if p, total := y.power(good); p != 3*power || total != validators*power {
			t.Errorf("node %d: %d of %d say the good digest, want %d of %d", i, p, total, 3*power, validators*power)
		}
		if p, _ := y.power(bad); p != power {
			t.Errorf("node %d: %d say the bad digest, want %d", i, p, power)
		}
	}
}
