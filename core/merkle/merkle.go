// Package merkle commits to a list of byte strings by one hash and proves
// that a byte string stands at a place of the list.
//
// Words: a leaf is one byte string; a node joins two hashes; a root stands for
// the whole list; a proof is the path of sibling hashes from a leaf to the
// root, lowest first.
//
// The tree is that of RFC 6962, section 2.1, over SHA-256: a leaf is hashed
// behind the byte 0x00 and a node behind 0x01, so neither passes for the
// other; a left-over hash at the end of a level moves up unchanged and is
// never doubled; the root of no leaves is the SHA-256 of nothing.
//
// Invariants:
//  1. Root, Builder and Tree give the same root for the same leaves.
//  2. Verify accepts every proof of a Tree, and refuses it when one bit of
//     root, leaf or proof, or the index, differs.
//  3. A proof has at most 64 hashes.
package merkle

import (
	"crypto/sha256"

	"github.com/alaya-network/alaya/core/id"
)

const (
	leafPrefix = 0x00
	nodePrefix = 0x01
)

// LeafHash returns the hash by which a leaf enters the tree.
func LeafHash(leaf []byte) id.Hash {
	var h id.Hash
	d := sha256.New()
	d.Write([]byte{leafPrefix})
	d.Write(leaf)
	d.Sum(h[:0])
	return h
}

// Root returns the root over leaves in their order.
func Root(leaves [][]byte) id.Hash {
	var b Builder
	for _, leaf := range leaves {
		b.Add(leaf)
	}
	return b.Root()
}

func node(left, right id.Hash) id.Hash {
	var in [1 + 2*id.HashSize]byte
	in[0] = nodePrefix
	copy(in[1:], left[:])
	copy(in[1+id.HashSize:], right[:])
	return sha256.Sum256(in[:])
}
