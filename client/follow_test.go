package client_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cometbft/cometbft/p2p"
	rpcclient "github.com/cometbft/cometbft/rpc/client"
	ctypes "github.com/cometbft/cometbft/rpc/core/types"
	cmttypes "github.com/cometbft/cometbft/types"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// flaky is a node on a bad line: blocks come when grow is told, events get
// lost, and every so often a call fails.
type flaky struct {
	rpcclient.Client
	mu     sync.Mutex
	height int64
	base   int64 // the first block it still has
	fail   int   // every so many calls fail; 0: none
	calls  int
	events chan ctypes.ResultEvent
	taken  []cmttypes.Tx // what was broadcast and waits
	answer func(attempt int) (uint32, string)
	again  int
	blocks map[int64]cmttypes.Txs
}

func newFlaky(height int64) *flaky {
	f := &flaky{height: height, base: 1, events: make(chan ctypes.ResultEvent, 1000), blocks: map[int64]cmttypes.Txs{}}
	for h := range height {
		f.blocks[h+1] = f.txs(h + 1)
	}
	return f
}

// txs are the oracle's votes and one transaction.
func (f *flaky) txs(height int64) cmttypes.Txs {
	return cmttypes.Txs{[]byte("votes"), fmt.Appendf(nil, "tx of %d", height)}
}

func (f *flaky) results(txs cmttypes.Txs) []*abci.ExecTxResult {
	results := []*abci.ExecTxResult{{Code: 2}}
	for range txs[1:] {
		results = append(results, &abci.ExecTxResult{GasWanted: 10, GasUsed: 5, Events: []abci.Event{
			{Type: "transfer"},
			event("market", "posted", "msg_index", "0", "request", "00000000000000aa", "party", "alaya1anna"),
		}})
	}
	return results
}

func event(stage, action string, pairs ...string) abci.Event {
	e := abci.Event{Type: "alaya." + stage, Attributes: []abci.EventAttribute{{Key: "action", Value: action}}}
	for i := 0; i < len(pairs); i += 2 {
		e.Attributes = append(e.Attributes, abci.EventAttribute{Key: pairs[i], Value: pairs[i+1]})
	}
	return e
}

func own() []abci.Event {
	return []abci.Event{event("work", "opened", "mode", "BeginBlock"), event("settle", "released", "mode", "EndBlock")}
}

// grow makes a block and tells of it, unless quiet.
func (f *flaky) grow(quiet bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.height++
	txs := append(f.txs(f.height), f.taken...)
	f.taken = nil
	f.blocks[f.height] = txs
	if !quiet {
		f.events <- ctypes.ResultEvent{Data: cmttypes.EventDataNewBlock{
			Block:               f.block(f.height),
			ResultFinalizeBlock: abci.ResponseFinalizeBlock{TxResults: f.results(txs), Events: own()},
		}}
	}
}

func (f *flaky) block(h int64) *cmttypes.Block {
	return &cmttypes.Block{Header: cmttypes.Header{Height: h, Time: time.UnixMilli(1000 * h)}, Data: cmttypes.Data{Txs: f.blocks[h]}}
}

func (f *flaky) call() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.calls++; f.fail > 0 && f.calls%f.fail == 0 {
		return errors.New("connection reset")
	}
	return nil
}

func (f *flaky) Status(context.Context) (*ctypes.ResultStatus, error) {
	return &ctypes.ResultStatus{NodeInfo: p2p.DefaultNodeInfo{Network: "flaky"}}, nil
}

func (f *flaky) ABCIInfo(context.Context) (*ctypes.ResultABCIInfo, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return &ctypes.ResultABCIInfo{Response: abci.ResponseInfo{LastBlockHeight: f.height}}, nil
}

func (f *flaky) Subscribe(context.Context, string, string, ...int) (<-chan ctypes.ResultEvent, error) {
	return f.events, nil
}

func (f *flaky) Unsubscribe(context.Context, string, string) error { return nil }

func (f *flaky) BlockResults(_ context.Context, h *int64) (*ctypes.ResultBlockResults, error) {
	if err := f.call(); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if *h < f.base {
		return nil, fmt.Errorf("height %d is not available, lowest height is %d", *h, f.base)
	}
	return &ctypes.ResultBlockResults{Height: *h, TxsResults: f.results(f.blocks[*h]), FinalizeBlockEvents: own()}, nil
}

func (f *flaky) Block(_ context.Context, h *int64) (*ctypes.ResultBlock, error) {
	if err := f.call(); err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return &ctypes.ResultBlock{Block: f.block(*h)}, nil
}

func (f *flaky) BroadcastTxSync(_ context.Context, tx cmttypes.Tx) (*ctypes.ResultBroadcastTx, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.answer != nil {
		f.again++
		if code, log := f.answer(f.again); code != 0 {
			return &ctypes.ResultBroadcastTx{Hash: tx.Hash(), Codespace: "sdk", Code: code, Log: log}, nil
		}
	}
	f.taken = append(f.taken, tx)
	return &ctypes.ResultBroadcastTx{Hash: tx.Hash()}, nil
}

// restart forgets what waits; from now on answer has a say.
func (f *flaky) restart(answer func(attempt int) (uint32, string)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.taken, f.answer = nil, answer
}

func TestBlocksComeWholeAndInOrder(t *testing.T) {
	tests := []struct {
		name  string
		fail  int
		quiet func(block int) bool
	}{
		{"when all goes well", 0, func(int) bool { return false }},
		{"when events get lost", 0, func(b int) bool { return b%3 > 0 }},
		{"when no event comes", 0, func(int) bool { return true }},
		{"when calls fail too", 11, func(b int) bool { return b%5 > 0 }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			const before, after = 100, 40 // more than a client keeps
			f := newFlaky(before)
			f.fail = tt.fail
			c := dial(t, client.Config{RPC: f})
			for b := range after {
				f.grow(tt.quiet(b))
			}
			next := id.Height(1)
			for block, err := range c.Blocks(patient(t), 1) {
				if err != nil || block.Height != next || block.Txs != 1 || len(block.Events) != 3 {
					t.Fatalf("block = %+v, %v, want height %d with one transaction and three events", block, err, next)
				}
				if next++; next > before+after {
					break
				}
			}
		})
	}
}

func TestEventsAreReadInOrder(t *testing.T) {
	c := dial(t, client.Config{RPC: newFlaky(9)})
	var got []client.Event
	for e, err := range c.Follow(patient(t), 9) {
		if err != nil {
			t.Fatal(err)
		}
		if got = append(got, e); len(got) == 3 {
			break
		}
	}
	for i, want := range []string{"work opened", "market posted", "settle released"} {
		e := got[i]
		if e.Stage+" "+e.Action != want || e.Index != i || e.Height != 9 || e.Time != 9000 {
			t.Errorf("event %d = %+v, want %s", i, e, want)
		}
		if inTx := i == 1; (e.Tx != "") != inTx {
			t.Errorf("event %d has transaction %q", i, e.Tx)
		}
	}
	posted := got[1]
	if posted.Request() != "00000000000000aa" || posted.Party() != "alaya1anna" || len(posted.Attributes) != 2 {
		t.Errorf("posted = %+v, want its request and party alone", posted)
	}
}

func TestFollowingEnds(t *testing.T) {
	f := newFlaky(50)
	c := dial(t, client.Config{RPC: f})
	f.mu.Lock()
	f.base = 20
	f.mu.Unlock()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	tests := []struct {
		name string
		ctx  context.Context
		from id.Height
		ends func(error) bool
	}{
		{"at a block that the node dropped", t.Context(), 5, func(err error) bool { return fault.Is(err, fault.KindNotFound) }},
		{"with its context", ctx, 51, func(err error) bool { return errors.Is(err, context.Canceled) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := 0
			for _, err := range c.Follow(tt.ctx, tt.from) {
				if n++; !tt.ends(err) || n > 1 {
					t.Fatalf("yield %d: %v", n, err)
				}
			}
			if n != 1 {
				t.Errorf("ended after %d yields, want the error once", n)
			}
		})
	}
	if _, err := c.Block(t.Context(), 0); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("block 0: %v, want kind invalid", err)
	}
}

func TestWaitFindsTheTransactionAmongMissedBlocks(t *testing.T) {
	f := newFlaky(3)
	c := dial(t, client.Config{RPC: f})
	p, err := c.Broadcast(t.Context(), []byte("mine"))
	if err != nil {
		t.Fatal(err)
	}
	f.grow(true)
	f.grow(true)
	f.grow(false)
	r, err := p.Wait(patient(t))
	if err != nil || r.Height != 4 || r.Hash != p.Hash() || len(r.Events) != 1 {
		t.Errorf("Wait = %+v, %v, want it in block 4", r, err)
	}
}
