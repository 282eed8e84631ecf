package merkle

import (
	"math/bits"

	"github.com/alaya-network/alaya/core/fault"
)

// Prover proves one leaf of a list that passes by once, keeping one hash per
// pair of levels only.
type Prover struct {
	index uint64
	count uint64
	// beside[l] has the leaves under the sibling at level l: those whose
	// indices differ from the leaf's first at bit l.
	beside [64]Builder
}

// NewProver returns the prover of the leaf at index, the first being 0.
func NewProver(index uint64) *Prover { return &Prover{index: index} }

// Add shows the next leaf.
func (p *Prover) Add(leaf []byte) {
	if p.count != p.index {
		p.beside[bits.Len64(p.count^p.index)-1].Add(leaf)
	}
	p.count++
}

// Proof returns the proof within the leaves so far. It is an error of kind
// invalid when the leaf itself has not come.
func (p *Prover) Proof() (Proof, error) {
	if p.index >= p.count {
		return nil, fault.Invalid("merkle: proof of leaf %d of %d: no such leaf", p.index, p.count)
	}
	proof := Proof{}
	for i := range p.beside {
		if b := &p.beside[i]; b.Count() > 0 {
			proof = append(proof, b.Root())
		}
	}
	return proof, nil
}

// Count returns the number of leaves so far.
func (p *Prover) Count() uint64 { return p.count }
