package api

import (
	"context"
	"sync"
	"time"

	"github.com/alaya-network/alaya/index/view"
	"github.com/alaya-network/alaya/plane"
)

// countEvery is how long a count of the store's blocks holds: counting looks
// at every one.
const countEvery = time.Minute

// census counts what a store holds, at most once at a time.
type census struct {
	mu    sync.Mutex
	at    time.Time
	usage plane.Usage
}

func (n *census) take(ctx context.Context, s Store) (plane.Usage, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if time.Since(n.at) < countEvery {
		return n.usage, nil
	}
	usage, err := s.Usage(ctx)
	if err == nil {
		n.at, n.usage = time.Now(), usage
	}
	return usage, err
}

// plane tells what the store holds.
func (a *API) plane(c *call) (any, error) {
	pins, err := a.Store.Pins(c.Context())
	if err != nil {
		return nil, err
	}
	v := view.Plane{Pins: []view.Pin{}, Pinned: uint64(len(pins))}
	for _, p := range pins[:min(len(pins), maxLimit)] {
		v.Pins = append(v.Pins, view.Pin{CID: string(p.CID), Reason: p.Reason})
	}
	usage, err := a.census.take(c.Context(), a.Store)
	v.Blobs, v.Bytes = usage.Blocks, usage.Bytes
	return v, err
}
