package client

import (
	"context"
	"fmt"
	"time"

	abci "github.com/cometbft/cometbft/abci/types"
	"github.com/cosmos/gogoproto/proto"

	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// stall is how long a transaction may be in no block before it is sent again:
// a node that was restarted has forgotten what waited.
const stall = 10 * time.Second

// Pending is a transaction that the node has taken.
type Pending struct {
	client *Client
	raw    []byte
	hash   txHash
	known  bool // the node had it before
	result <-chan Result
}

// Hash returns the transaction's hash, upper-case hex.
func (p *Pending) Hash() string { return p.hash.String() }

// Wait returns once the transaction is in a block. A failed one gives its
// Result and an error that wraps a TxError. An error without a Result means
// that the outcome is not known, but for kind state: then another transaction
// took its place and it never will be in a block. One goroutine may call it,
// once; when ctx ends the transaction goes its way unwatched.
func (p *Pending) Wait(ctx context.Context) (Result, error) {
	defer p.Abandon()
	timer := time.NewTicker(stall)
	defer timer.Stop()
	for replaced := false; ; {
		select {
		case r := <-p.result:
			return r, r.err()
		case <-timer.C:
			err := p.again(ctx)
			want, got, other := sequenceMismatch(err)
			switch {
			case other && want < got:
				// One before it got lost too, and is being sent again.
			case other && !replaced:
				replaced = true // or its block is just arriving
			case other:
				return Result{}, fault.State("client: transaction %s: another of the same sequence %d took its place", p.hash, got)
			case isRefusal(err):
				return Result{}, err
			}
		case <-ctx.Done():
			return Result{}, fmt.Errorf("client: wait for transaction %s: %w", p.hash, ctx.Err())
		case <-p.client.feed.done:
			return Result{}, fault.State("client: wait for transaction %s: client closed", p.hash)
		}
	}
}

// Abandon is for those who will not Wait: the transaction goes its way
// unwatched.
func (p *Pending) Abandon() { p.client.feed.unwatch(p.hash) }

// again hands the transaction to the node once more.
func (p *Pending) again(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, stall)
	defer cancel()
	return p.hand(ctx)
}

// Result is what became of a transaction in a block.
type Result struct {
	Hash      string
	Height    id.Height
	Time      id.Time
	GasWanted int64
	GasUsed   int64
	Events    []Event
	code      uint32
	codespace string
	log       string
	data      []byte
}

func newResult(hash txHash, in Block, r *abci.ExecTxResult, events []Event) Result {
	return Result{
		Hash: hash.String(), Height: in.Height, Time: in.Time,
		GasWanted: r.GasWanted, GasUsed: r.GasUsed, Events: events,
		code: r.Code, codespace: r.Codespace, log: r.Log, data: r.Data,
	}
}

func (r Result) err() error {
	if r.code == 0 {
		return nil
	}
	return newTxError(r.Hash, int64(r.Height), r.codespace, r.code, r.log)
}

// Response reads the response to message number i, from 0, into response,
// which must be of its type.
func (r Result) Response(i int, response proto.Message) error {
	var all sdk.TxMsgData
	if err := proto.Unmarshal(r.data, &all); err != nil {
		return fault.Internal("client: transaction %s: responses: %w", r.Hash, err)
	}
	if i < 0 || i >= len(all.MsgResponses) {
		return fault.Invalid("client: transaction %s: response %d of %d", r.Hash, i, len(all.MsgResponses))
	}
	got, want := all.MsgResponses[i], "/"+proto.MessageName(response)
	if got.TypeUrl != want {
		return fault.Invalid("client: transaction %s: response %d is %s, want %s", r.Hash, i, got.TypeUrl, want)
	}
	if err := proto.Unmarshal(got.Value, response); err != nil {
		return fault.Internal("client: transaction %s: response %d: %w", r.Hash, i, err)
	}
	return nil
}
