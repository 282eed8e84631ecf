package merkle

import (
	"crypto/sha256"

	"github.com/alaya-network/alaya/core/id"
)

// Builder computes a root leaf by leaf and keeps one hash per level only. The
// zero Builder is empty and ready.
type Builder struct {
	count uint64
	full  []id.Hash // roots of full subtrees, largest first: the bits of count
}

// Add appends a leaf.
func (b *Builder) Add(leaf []byte) { b.AddHash(LeafHash(leaf)) }

// AddHash appends a leaf by its LeafHash.
func (b *Builder) AddHash(h id.Hash) {
	for low := b.count; low&1 == 1; low >>= 1 {
		last := len(b.full) - 1
		h = node(b.full[last], h)
		b.full = b.full[:last]
	}
	b.full = append(b.full, h)
	b.count++
}

// Count returns the number of leaves so far.
func (b *Builder) Count() uint64 { return b.count }

// Root returns the root over the leaves so far; more may follow.
func (b *Builder) Root() id.Hash {
	if b.count == 0 {
		return sha256.Sum256(nil)
	}
	last := len(b.full) - 1
	root := b.full[last]
	for i := last - 1; i >= 0; i-- {
		root = node(b.full[i], root)
	}
	return root
}
