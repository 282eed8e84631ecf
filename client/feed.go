package client

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	rpcclient "github.com/cometbft/cometbft/rpc/client"
	ctypes "github.com/cometbft/cometbft/rpc/core/types"
	cmttypes "github.com/cometbft/cometbft/types"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

const (
	// keptBlocks is how many of the last blocks a feed keeps for followers.
	keptBlocks = 64
	// pollEvery is how often a feed asks for the height by itself, in case
	// the node's events fail to come.
	pollEvery = time.Second
	// eventRoom is how many blocks may wait between node and feed; further
	// ones are lost and fetched.
	eventRoom = 16
)

// feed follows the last block of a node: it knows the height, keeps the last
// blocks, and tells those who wait for a transaction. A block counts once the
// node has committed its state, so a query after it sees what it did.
type feed struct {
	rpc  rpcclient.Client
	done chan struct{}

	mu      sync.Mutex
	head    int64
	kept    [keptBlocks]Block
	moved   chan struct{} // closed at the next block
	waiting map[txHash]chan Result
}

func newFeed(rpc rpcclient.Client, head int64) *feed {
	return &feed{
		rpc: rpc, head: head, done: make(chan struct{}), moved: make(chan struct{}),
		waiting: map[txHash]chan Result{},
	}
}

// run follows until ctx ends. Events carry whole blocks; what is missing
// between them, or when they fail to come, is fetched.
func (f *feed) run(ctx context.Context) {
	defer close(f.done)
	subscriber := fmt.Sprintf("alaya-client-%p", f)
	query := cmttypes.EventQueryNewBlock.String()
	events, err := f.rpc.Subscribe(ctx, subscriber, query, eventRoom)
	if err == nil {
		defer func() { _ = f.rpc.Unsubscribe(context.WithoutCancel(ctx), subscriber, query) }()
	}
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	polled := f.height()
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-events:
			f.event(ctx, e)
		case <-tick.C:
			if f.height() == polled {
				f.poll(ctx)
			}
			polled = f.height()
		}
	}
}

func (f *feed) event(ctx context.Context, e ctypes.ResultEvent) {
	data, ok := e.Data.(cmttypes.EventDataNewBlock)
	if !ok || data.Block == nil {
		return
	}
	f.fetchTo(ctx, data.Block.Height-1)
	if data.Block.Height == f.height()+1 {
		f.take(readBlock(data.Block.Header, data.Block.Txs, data.ResultFinalizeBlock.TxResults, data.ResultFinalizeBlock.Events))
	}
}

// poll fetches up to the height that the node has committed. An unreachable
// node is asked again at the next tick.
func (f *feed) poll(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	if info, err := f.rpc.ABCIInfo(ctx); err == nil {
		f.fetchTo(ctx, info.Response.LastBlockHeight)
	}
}

func (f *feed) fetchTo(ctx context.Context, height int64) {
	for next := f.height() + 1; next <= height; next++ {
		block, results, err := fetchBlock(ctx, f.rpc, next)
		switch {
		case err == nil:
			f.take(block, results)
		case fault.Is(err, fault.KindNotFound):
			f.skip(height)
		default:
			return
		}
	}
}

// skip gives up the blocks up to height, which the node has dropped.
func (f *feed) skip(height int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.head = height
}

// take makes block the last one.
func (f *feed) take(block Block, results map[txHash]Result) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.head = int64(block.Height)
	f.kept[f.head%keptBlocks] = block
	for hash, result := range results {
		if waiter, ok := f.waiting[hash]; ok {
			waiter <- result
			delete(f.waiting, hash)
		}
	}
	close(f.moved)
	f.moved = make(chan struct{})
}

func (f *feed) height() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.head
}

// watch returns where the result of a transaction will come, once.
func (f *feed) watch(hash txHash) <-chan Result {
	f.mu.Lock()
	defer f.mu.Unlock()
	waiter, ok := f.waiting[hash]
	if !ok {
		waiter = make(chan Result, 1)
		f.waiting[hash] = waiter
	}
	return waiter
}

func (f *feed) unwatch(hash txHash) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.waiting, hash)
}

// await returns once the chain has reached height.
func (f *feed) await(ctx context.Context, height int64) error {
	for {
		f.mu.Lock()
		head, moved := f.head, f.moved
		f.mu.Unlock()
		if head >= height {
			return nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return fmt.Errorf("client: wait for block %d, now %d: %w", height, head, ctx.Err())
		case <-f.done:
			return fault.State("client: wait for block %d, now %d: client closed", height, head)
		}
	}
}

// recent returns a block that is still kept.
func (f *feed) recent(height int64) (Block, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	b := f.kept[height%keptBlocks]
	return b, int64(b.Height) == height
}

// fetchBlock reads a block that is there already. A height that the node no
// longer has is an error of kind not found.
func fetchBlock(ctx context.Context, rpc rpcclient.Client, height int64) (Block, map[txHash]Result, error) {
	results, err := rpc.BlockResults(ctx, &height)
	if err != nil {
		return Block{}, nil, fetchError(height, err)
	}
	b, err := rpc.Block(ctx, &height)
	if err != nil {
		return Block{}, nil, fetchError(height, err)
	}
	if b.Block == nil {
		return Block{}, nil, fault.NotFound("client: block %d: not found", height)
	}
	block, done := readBlock(b.Block.Header, b.Block.Txs, results.TxsResults, results.FinalizeBlockEvents)
	return block, done, nil
}

func fetchError(height int64, err error) error {
	if strings.Contains(err.Error(), "is not available, lowest height is") {
		return fault.NotFound("client: block %d: %w", height, err)
	}
	return fault.Internal("client: block %d: %w", height, err)
}

// Height returns the height of the last block whose state can be read.
func (c *Client) Height() id.Height { return id.Height(c.feed.height()) }

// WaitHeight returns once the chain has reached h.
func (c *Client) WaitHeight(ctx context.Context, h id.Height) error {
	return c.feed.await(ctx, int64(h))
}
