// Package plane keeps the bytes that the chain only promises: a local,
// content-addressed store.
//
// Words: a blob is content of any length, named by its CID; it is kept as
// blocks, each named by its SHA-256. A blob of at most 1 MiB is one raw block.
// A longer one is cut into leaves of 1 MiB, the last one shorter, under nodes
// of up to 174 links: UnixFS as IPFS makes it with CIDv1, raw leaves and 1 MiB
// chunks, so the CIDs are the same. A pin keeps a blob for a stated reason.
// GC, garbage collection, removes the blocks that nothing keeps. A lease
// keeps the blocks of a running or just finished Put. A driver is what blocks
// and pins lie on.
//
// Invariants:
//  1. Every block is hashed when read and never handed out when it does not
//     match its name: drivers, disks and peers are not trusted.
//  2. A blob's root is written after all other blocks of it; once Put has
//     returned, the blob is complete and survives the end of the process.
//  3. A pinned blob was complete when it was pinned, and GC removes no block
//     of it.
//  4. GC removes no block of a running Put, nor of one that ended less
//     than Options.Grace ago.
//
// Sources: UnixFS, https://specs.ipfs.tech/unixfs/; CIDs checked against kubo.
package plane

import (
	"context"
	"fmt"
	"iter"

	"github.com/alaya-network/alaya/core/id"
)

// ChunkSize is the length in bytes of every leaf but the last.
const ChunkSize = 1 << 20

// Blocks keeps byte strings under their SHA-256. All methods may be called
// concurrently; a Put and a Delete of one key at the same time may end either
// way.
type Blocks interface {
	// Put keeps block under key, which the caller has computed. It must leave
	// the right bytes there even when broken ones were under key before, and
	// once it has returned they must survive the end of the process.
	Put(ctx context.Context, key id.Hash, block []byte) error
	// Get returns the block, or an error of kind not found. It need not check
	// the hash. The caller may keep the bytes, but not change them.
	Get(ctx context.Context, key id.Hash) ([]byte, error)
	// Size returns the block's length, or an error of kind not found.
	Size(ctx context.Context, key id.Hash) (int64, error)
	// Delete removes the block; an absent one is no error.
	Delete(ctx context.Context, key id.Hash) error
	// Keys yields every key that was there before the call and still is, in
	// no order, and ends after the first error.
	Keys(ctx context.Context) iter.Seq2[id.Hash, error]
	// Sync returns when all that Put has kept before survives a power cut.
	Sync(ctx context.Context) error
}

// Pins keeps a set of pins. All methods may be called concurrently.
type Pins interface {
	// AddPin adds p to the set; one that is there already is no error, one
	// that fails Pin.Check is of kind invalid.
	AddPin(ctx context.Context, p Pin) error
	// RemovePin removes p from the set; an absent one is no error.
	RemovePin(ctx context.Context, p Pin) error
	// ListPins returns the whole set, ordered by CID, then reason.
	ListPins(ctx context.Context) ([]Pin, error)
}

// Driver is a place where a store lies. Package planetest checks the law.
type Driver interface {
	Blocks
	Pins
}

// CorruptError says that a driver holds bytes that do not match their name.
// It comes wrapped in an error of kind internal.
type CorruptError struct {
	Block id.Hash
	Found string // what lies there instead
}

// Error names the block and what was found.
func (e *CorruptError) Error() string {
	return fmt.Sprintf("block %s is corrupt: found %s", e.Block, e.Found)
}
