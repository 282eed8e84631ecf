// Package flatfs is a plane driver on a local folder: one file per block.
//
//	DIR/blocks  the blocks, laid out by go-ds-flatfs, readable by other IPFS tools
//	DIR/pins    one empty file per pin, named CID@reason
//
// Invariants:
//  1. A block's file appears whole or not at all, also when the process is
//     killed; a power cut may spoil what was put after the last Sync, and the
//     next Put of such a block mends it.
//  2. One process at a time has the folder open.
package flatfs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"

	"github.com/ipfs/boxo/datastore/dshelp"
	"github.com/ipfs/go-datastore"
	"github.com/ipfs/go-datastore/query"
	flat "github.com/ipfs/go-ds-flatfs"
	"github.com/multiformats/go-multihash"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// Driver keeps blocks and pins in a folder.
type Driver struct {
	blocks *flat.Datastore
	pins   string
}

// Open opens the folder dir, which it creates if need be.
func Open(dir string) (*Driver, error) {
	pins := filepath.Join(dir, "pins")
	if err := os.MkdirAll(pins, 0o755); err != nil {
		return nil, fmt.Errorf("flatfs: open: %w", err)
	}
	blocks, err := flat.CreateOrOpen(filepath.Join(dir, "blocks"), flat.NextToLast(2), syncEachBlock)
	if err != nil {
		return nil, fmt.Errorf("flatfs: open %s: %w", dir, err)
	}
	return &Driver{blocks: blocks, pins: pins}, nil
}

// Close ends the use of the folder.
func (d *Driver) Close() error { return d.blocks.Close() }

// Put writes the block beside its place and renames it, unless it is there.
func (d *Driver) Put(ctx context.Context, key id.Hash, block []byte) error {
	name, err := fileKey(key)
	if err != nil {
		return err
	}
	if there, err := d.blocks.Get(ctx, name); err == nil && bytes.Equal(there, block) {
		return nil
	}
	if err := d.blocks.Put(ctx, name, block); err != nil {
		return fmt.Errorf("flatfs: put block %s: %w", key, err)
	}
	return nil
}

// Get reads the block.
func (d *Driver) Get(ctx context.Context, key id.Hash) ([]byte, error) {
	name, err := fileKey(key)
	if err != nil {
		return nil, err
	}
	b, err := d.blocks.Get(ctx, name)
	return b, named(err, "get", key)
}

// Size returns the block's length.
func (d *Driver) Size(ctx context.Context, key id.Hash) (int64, error) {
	name, err := fileKey(key)
	if err != nil {
		return 0, err
	}
	n, err := d.blocks.GetSize(ctx, name)
	return int64(n), named(err, "size of", key)
}

// Delete removes the block's file.
func (d *Driver) Delete(ctx context.Context, key id.Hash) error {
	name, err := fileKey(key)
	if err != nil {
		return err
	}
	return named(d.blocks.Delete(ctx, name), "delete", key)
}

// Keys walks the folder.
func (d *Driver) Keys(ctx context.Context) iter.Seq2[id.Hash, error] {
	return func(yield func(id.Hash, error) bool) {
		results, err := d.blocks.Query(ctx, query.Query{KeysOnly: true})
		if err != nil {
			yield(id.Hash{}, fmt.Errorf("flatfs: list blocks: %w", err))
			return
		}
		defer func() { _ = results.Close() }()
		for r := range results.Next() {
			key, err := parseKey(r)
			if !yield(key, err) || err != nil {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(id.Hash{}, err)
		}
	}
}

// Sync flushes the file system that the folder lies on.
func (d *Driver) Sync(context.Context) error {
	if err := syncFolder(d.pins); err != nil {
		return fmt.Errorf("flatfs: sync: %w", err)
	}
	return nil
}

// fileKey names a block's file as kubo does: by its multihash in base32.
func fileKey(key id.Hash) (datastore.Key, error) {
	m, err := multihash.Encode(key[:], multihash.SHA2_256)
	if err != nil {
		return datastore.Key{}, fault.Internal("flatfs: block %s: %w", key, err)
	}
	return dshelp.MultihashToDsKey(m), nil
}

func parseKey(r query.Result) (id.Hash, error) {
	if r.Error != nil {
		return id.Hash{}, fmt.Errorf("flatfs: list blocks: %w", r.Error)
	}
	m, err := dshelp.DsKeyToMultihash(datastore.RawKey(r.Key))
	if err != nil {
		return id.Hash{}, fault.Internal("flatfs: file %s: not a block's name: %w", r.Key, err)
	}
	d, err := multihash.Decode(m)
	if err != nil || d.Code != multihash.SHA2_256 {
		return id.Hash{}, fault.Internal("flatfs: file %s: not named by a SHA-256", r.Key)
	}
	return id.HashFromBytes(d.Digest)
}

// named says what failed on which block, and gives absence its kind.
func named(err error, doing string, key id.Hash) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, datastore.ErrNotFound):
		return fault.NotFound("block %s: not found", key)
	}
	return fmt.Errorf("flatfs: %s block %s: %w", doing, key, err)
}
