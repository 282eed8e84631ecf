package client

import (
	"context"
	"errors"
	"strings"

	"github.com/cometbft/cometbft/mempool"

	"github.com/alaya-network/alaya/core/fault"
)

// Broadcast hands the bytes of a signed transaction to the node and returns
// once it has taken them; see Account.Broadcast.
func (c *Client) Broadcast(ctx context.Context, raw []byte) (*Pending, error) {
	hash := hashOf(raw)
	p := &Pending{client: c, raw: raw, hash: hash, result: c.feed.watch(hash)}
	err := p.hand(ctx)
	for ; isFull(err); err = p.hand(ctx) {
		if err = c.feed.await(ctx, c.feed.height()+1); err != nil {
			break
		}
	}
	if err != nil {
		c.feed.unwatch(hash)
		return nil, err
	}
	return p, nil
}

// hand gives the transaction to the node; nil when the node has it.
func (p *Pending) hand(ctx context.Context) error {
	res, err := p.client.rpc.BroadcastTxSync(ctx, p.raw)
	p.known = isKnown(err)
	switch {
	case p.known:
		return nil
	case err != nil:
		return fault.Internal("client: broadcast %s: %w", p.hash, err)
	case res.Code != 0:
		return newTxError(p.hash.String(), 0, res.Codespace, res.Code, res.Log)
	}
	return nil
}

// isFull says whether the node had no room. Over a socket only the text of an
// error arrives.
func isFull(err error) bool {
	var full mempool.ErrMempoolIsFull
	return err != nil && (errors.As(err, &full) || strings.Contains(err.Error(), "mempool is full"))
}

// isKnown says whether the node has met the transaction before.
func isKnown(err error) bool {
	return err != nil && (errors.Is(err, mempool.ErrTxInCache) || strings.Contains(err.Error(), mempool.ErrTxInCache.Error()))
}
