package station

import (
	"context"
	"sync/atomic"

	"github.com/alaya-network/alaya/agent/verifier"
	"github.com/alaya-network/alaya/chain/votes"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/plane"
	"github.com/alaya-network/alaya/plane/fetch"
)

// Library is the node's own blobs and, behind them, its peers'.
type Library struct {
	store   *plane.Store
	fetcher *fetch.Fetcher
}

// Read returns a blob, fetching it first if it is not here. One that no peer
// gave is not found, whatever the peers did instead: they may be down or lie.
func (l *Library) Read(ctx context.Context, c id.CID, limit int64) ([]byte, error) {
	content, err := l.store.GetBytes(ctx, c, limit)
	if l.fetcher == nil || !fault.Is(err, fault.KindNotFound) {
		return content, err
	}
	if _, err := l.fetcher.Fetch(ctx, c, limit); err != nil {
		if ctx.Err() != nil {
			return nil, err
		}
		return nil, fault.NotFound("station: %w", err)
	}
	return l.store.GetBytes(ctx, c, limit)
}

// Put keeps a blob.
func (l *Library) Put(ctx context.Context, content []byte) (id.CID, error) {
	return l.store.PutBytes(ctx, content)
}

// Pin keeps a blob for a request.
func (l *Library) Pin(ctx context.Context, c id.CID, request id.RequestID) error {
	return l.store.Pin(ctx, c, "request:"+string(request))
}

// lateOracle is the verifier in the form the chain asks, once there is one: the
// chain starts first.
type lateOracle struct {
	v atomic.Pointer[verifier.Verifier]
}

func (o *lateOracle) set(v *verifier.Verifier) { o.v.Store(v) }

// Digests implements votes.Oracle.
func (o *lateOracle) Digests(context.Context) []votes.JobDigest {
	v := o.v.Load()
	if v == nil {
		return nil
	}
	found := v.Digests()
	out := make([]votes.JobDigest, len(found))
	for i, f := range found {
		out[i] = votes.JobDigest{Job: f.Job, Digest: f.Digest}
	}
	return out
}
