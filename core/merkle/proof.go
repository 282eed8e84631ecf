package merkle

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// Proof is the path of sibling hashes from a leaf to the root, lowest first.
// Its JSON is an array of hex strings. Index and count are not part of it:
// the verifier takes them from where he takes the root.
type Proof []id.Hash

// Verify returns nil when proof shows that leaf is number index of the count
// leaves under root, the first being 0. Everything else is an error of kind
// invalid. Root, index and count are trusted, leaf and proof are not.
func Verify(root id.Hash, leaf []byte, index, count uint64, proof Proof) error {
	if index >= count {
		return fault.Invalid("merkle: leaf %d of %d: no such leaf", index, count)
	}
	if want := proofLen(index, count); len(proof) != want {
		return fault.Invalid("merkle: leaf %d of %d: proof of %d hashes, want %d", index, count, len(proof), want)
	}
	if got := climb(LeafHash(leaf), index, count, proof); got != root {
		return fault.Invalid("merkle: leaf %d of %d: proof leads to root %s, want %s", index, count, got, root)
	}
	return nil
}

// proofLen counts the levels on which the leaf's ancestor has a sibling.
func proofLen(index, count uint64) int {
	n := 0
	for ; count > 1; index, count = index/2, halve(count) {
		if index^1 < count {
			n++
		}
	}
	return n
}

func climb(h id.Hash, index, count uint64, proof Proof) id.Hash {
	for ; count > 1; index, count = index/2, halve(count) {
		if index^1 >= count {
			continue
		}
		if index%2 == 0 {
			h = node(h, proof[0])
		} else {
			h = node(proof[0], h)
		}
		proof = proof[1:]
	}
	return h
}

// halve returns the width of the next level: half, rounded up.
func halve(width uint64) uint64 { return width/2 + width%2 }
