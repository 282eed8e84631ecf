package worker

import (
	"context"
	"sync"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
)

// maxManifest bounds the manifests a worker reads, in bytes.
const maxManifest = 1 << 30

// Campaign is a request as its workers see it: items, spec, and the pages of
// each round. Many workers in one process share one.
type Campaign struct {
	client  *client.Client
	blobs   client.Blobs
	Request market.Request
	Spec    market.Spec
	Items   []work.Item

	mu    sync.Mutex
	pages map[uint32]map[uint32][]string
}

// Join reads a request and what it names, and refuses one whose manifest is
// not what the request says: no work on it could be judged.
func Join(ctx context.Context, c *client.Client, blobs client.Blobs, request id.RequestID) (*Campaign, error) {
	k := &Campaign{client: c, blobs: blobs, pages: map[uint32]map[uint32][]string{}}
	var err error
	if k.Request, err = c.Request(ctx, request); err != nil {
		return nil, err
	}
	text, err := blobs.GetBytes(ctx, k.Request.Guideline().Spec, market.MaxSpecSize)
	if err != nil {
		return nil, err
	}
	if k.Spec, err = market.ParseSpec(text); err != nil {
		return nil, err
	}
	if text, err = blobs.GetBytes(ctx, k.Request.Terms.Manifest.CID, maxManifest); err != nil {
		return nil, err
	}
	m := k.Request.Terms.Manifest
	root, count, err := work.Root(text)
	if err != nil {
		return nil, err
	}
	if root != m.Root || count != m.Count {
		return nil, fault.Invalid("worker: manifest %s of request %s has root %s over %d items, the request says %s over %d", m.CID, request, root, count, m.Root, m.Count)
	}
	k.Items, err = work.ParseItems(text)
	return k, err
}

// Pages returns the item ids of every page of a round.
func (k *Campaign) Pages(ctx context.Context, r work.Round) (map[uint32][]string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if pages, known := k.pages[r.Number]; known {
		return pages, nil
	}
	var text []byte
	var err error
	if !r.First(k.Request.Terms) {
		if text, err = k.blobs.GetBytes(ctx, r.Manifest, maxManifest); err != nil {
			return nil, err
		}
	}
	pages, err := r.PagesOf(k.Request.Terms, k.Items, text)
	if err == nil {
		k.pages[r.Number] = pages
	}
	return pages, err
}
