package model

import (
	"context"
	"slices"

	corestore "cosmossdk.io/core/store"

	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/wire"
)

// cells is one generation's parameters as a learn.State. A chunk is read and
// decoded once, and written once by save. The store's first error is kept: the
// caller must ask for it before he trusts what was learnt or said. What they
// cost is counted by cells (desk.charge), whatever the chunks around them hold.
type cells struct {
	store  corestore.KVStore
	prefix []byte // of the generation's keys
	loaded map[wire.ChunkName]*chunk
	all    []*chunk   // those loaded
	recent [16]*chunk // last used, by table and class
	err    error
}

type chunk struct {
	name    wire.ChunkName
	values  wire.Chunk
	changed bool
}

func (k *Keeper) cells(ctx context.Context, g wire.Generation) *cells {
	prefix := append([]byte{wire.ChunkPrefix}, g.Bytes()...)
	return &cells{store: k.store.OpenKVStore(unmetered(ctx)), prefix: slices.Clip(prefix), loaded: map[wire.ChunkName]*chunk{}}
}

// Get returns a parameter.
func (c *cells) Get(at learn.Cell) int64 {
	name, offset := wire.ChunkOf(at)
	return c.chunk(name).values[offset]
}

// Set sets a parameter.
func (c *cells) Set(at learn.Cell, v int64) {
	name, offset := wire.ChunkOf(at)
	if found := c.chunk(name); found.values[offset] != v {
		found.values[offset], found.changed = v, true
	}
}

func (c *cells) chunk(n wire.ChunkName) *chunk {
	last := &c.recent[(2*uint32(n.Table)+n.Class)%uint32(len(c.recent))]
	if *last == nil || (*last).name != n {
		*last = c.load(n)
	}
	return *last
}

func (c *cells) load(n wire.ChunkName) *chunk {
	if found, ok := c.loaded[n]; ok {
		return found
	}
	found := &chunk{name: n}
	c.loaded[n], c.all = found, append(c.all, found)
	value, err := c.store.Get(c.key(n))
	if err == nil {
		err = wire.DecodeChunk(value, &found.values)
	}
	if err != nil && c.err == nil {
		c.err = err
	}
	return found
}

func (c *cells) key(n wire.ChunkName) []byte { return wire.AppendChunkKey(c.prefix, n) }

// sorted returns the chunks that were looked at, in the order of their keys.
func (c *cells) sorted() []*chunk {
	return slices.SortedFunc(slices.Values(c.all), func(a, b *chunk) int { return a.name.Compare(b.name) })
}

// save writes what was changed, in the order of the keys.
func (c *cells) save() error {
	if c.err != nil {
		return c.err
	}
	for _, found := range c.sorted() {
		if err := c.write(found); err != nil {
			return err
		}
	}
	return nil
}

func (c *cells) write(k *chunk) error {
	if !k.changed {
		return nil
	}
	k.changed = false
	value := wire.EncodeChunk(&k.values)
	if value == nil {
		return c.store.Delete(c.key(k.name))
	}
	return c.store.Set(c.key(k.name), value)
}
