package merkle

import (
	"crypto/sha256"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// Tree keeps every hash over a list, about 64 bytes per leaf, and so proves
// any leaf without hashing again. It never changes and may be shared.
type Tree struct {
	levels [][]id.Hash // leaf hashes first, the root last
}

// NewTree returns the tree over leaves in their order.
func NewTree(leaves [][]byte) *Tree {
	hashes := make([]id.Hash, len(leaves))
	for i, leaf := range leaves {
		hashes[i] = LeafHash(leaf)
	}
	return newTree(hashes)
}

// NewTreeOfHashes returns the tree over leaves given by their LeafHash.
func NewTreeOfHashes(leaves []id.Hash) *Tree {
	return newTree(append([]id.Hash(nil), leaves...))
}

func newTree(level []id.Hash) *Tree {
	t := &Tree{levels: [][]id.Hash{level}}
	for len(level) > 1 {
		level = parents(level)
		t.levels = append(t.levels, level)
	}
	return t
}

func parents(level []id.Hash) []id.Hash {
	up := make([]id.Hash, 0, (len(level)+1)/2)
	for i := 0; i+1 < len(level); i += 2 {
		up = append(up, node(level[i], level[i+1]))
	}
	if len(level)%2 == 1 {
		up = append(up, level[len(level)-1])
	}
	return up
}

// Count returns the number of leaves.
func (t *Tree) Count() uint64 { return uint64(len(t.levels[0])) }

// Root returns the root over all leaves.
func (t *Tree) Root() id.Hash {
	if t.Count() == 0 {
		return sha256.Sum256(nil)
	}
	return t.levels[len(t.levels)-1][0]
}

// Proof proves the leaf at index, the first being 0. An index beyond the last
// leaf is an error of kind invalid.
func (t *Tree) Proof(index uint64) (Proof, error) {
	if index >= t.Count() {
		return nil, fault.Invalid("merkle: proof of leaf %d of %d: no such leaf", index, t.Count())
	}
	proof := Proof{}
	for _, level := range t.levels {
		if sibling := index ^ 1; sibling < uint64(len(level)) {
			proof = append(proof, level[sibling])
		}
		index /= 2
	}
	return proof, nil
}
