// Package memory is a plane driver that lies in the memory of the process: for
// tests and for nodes that are thrown away.
package memory

import (
	"bytes"
	"context"
	"iter"
	"maps"
	"slices"
	"sync"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/plane"
)

// Driver keeps blocks and pins in maps.
type Driver struct {
	mu     sync.RWMutex
	blocks map[id.Hash][]byte
	pins   map[plane.Pin]struct{}
}

// New returns an empty driver.
func New() *Driver {
	return &Driver{blocks: map[id.Hash][]byte{}, pins: map[plane.Pin]struct{}{}}
}

// Put keeps a copy of block.
func (d *Driver) Put(_ context.Context, key id.Hash, block []byte) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.blocks[key] = bytes.Clone(block)
	return nil
}

// Get returns the block.
func (d *Driver) Get(_ context.Context, key id.Hash) ([]byte, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	b, ok := d.blocks[key]
	if !ok {
		return nil, fault.NotFound("block %s: not found", key)
	}
	return b, nil
}

// Size returns the block's length.
func (d *Driver) Size(ctx context.Context, key id.Hash) (int64, error) {
	b, err := d.Get(ctx, key)
	return int64(len(b)), err
}

// Delete removes the block.
func (d *Driver) Delete(_ context.Context, key id.Hash) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.blocks, key)
	return nil
}

// Keys yields the keys as they were at the call.
func (d *Driver) Keys(ctx context.Context) iter.Seq2[id.Hash, error] {
	return func(yield func(id.Hash, error) bool) {
		d.mu.RLock()
		keys := slices.Collect(maps.Keys(d.blocks))
		d.mu.RUnlock()
		for _, key := range keys {
			if err := ctx.Err(); err != nil {
				yield(id.Hash{}, err)
				return
			}
			if !yield(key, nil) {
				return
			}
		}
	}
}

// Sync does nothing: memory survives nothing.
func (d *Driver) Sync(context.Context) error { return nil }

// AddPin adds p.
func (d *Driver) AddPin(_ context.Context, p plane.Pin) error {
	if err := p.Check(); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.pins[p] = struct{}{}
	return nil
}

// RemovePin removes p.
func (d *Driver) RemovePin(_ context.Context, p plane.Pin) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.pins, p)
	return nil
}

// ListPins returns all pins in order.
func (d *Driver) ListPins(context.Context) ([]plane.Pin, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return slices.SortedFunc(maps.Keys(d.pins), plane.Pin.Compare), nil
}
