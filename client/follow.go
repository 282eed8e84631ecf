package client

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// Between attempts to fetch a block.
const (
	minPause = 100 * time.Millisecond
	maxPause = 5 * time.Second
)

// Blocks yields every block from a height on, and waits for those to come;
// from 0 means the next one. To go on after a stop, ask from the height after
// the last block seen. It rides over lost connections; it ends by yielding the
// error of ctx, of kind not found when the node has dropped the block, or of
// kind state when the client is closed.
func (c *Client) Blocks(ctx context.Context, from id.Height) iter.Seq2[Block, error] {
	return func(yield func(Block, error) bool) {
		if from <= 0 {
			from = c.Height() + 1
		}
		for h := from; ; h++ {
			block, err := c.Block(ctx, h)
			if err != nil {
				yield(Block{}, err)
				return
			}
			if !yield(block, nil) {
				return
			}
		}
	}
}

// Follow yields every event as Blocks does every block.
func (c *Client) Follow(ctx context.Context, from id.Height) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		for block, err := range c.Blocks(ctx, from) {
			if err != nil {
				yield(Event{}, err)
				return
			}
			for _, e := range block.Events {
				if !yield(e, nil) {
					return
				}
			}
		}
	}
}

// Block returns the block of height h, from 1, and waits for it if it is yet
// to come. Its errors are those that end Blocks.
func (c *Client) Block(ctx context.Context, h id.Height) (Block, error) {
	if h < 1 {
		return Block{}, fault.Invalid("client: block %d: want a height from 1", h)
	}
	height := int64(h)
	if err := c.feed.await(ctx, height); err != nil {
		return Block{}, err
	}
	for pause := minPause; ; pause = min(2*pause, maxPause) {
		if block, ok := c.feed.recent(height); ok {
			return block, nil
		}
		block, _, err := fetchBlock(ctx, c.rpc, height)
		if err == nil || fault.Is(err, fault.KindNotFound) {
			return block, err
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return Block{}, fmt.Errorf("client: block %d: %w", height, ctx.Err())
		case <-c.feed.done:
			return Block{}, fault.State("client: block %d: client closed", height)
		}
	}
}
