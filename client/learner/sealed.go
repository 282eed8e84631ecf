package learner

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/merkle"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/bounty"
)

// Sealed is a set of items that its owner has committed to and keeps secret
// until it is revealed: a market's test set, cut into slices.
type Sealed struct {
	Items  []model.Item `json:"items"` // slice by slice
	Slices []uint32     `json:"slices"`
}

// Seal cuts lines into so many slices of about the same size, and salts them.
func Seal(lines []Line, slices int, salt func() []byte) (Sealed, error) {
	if slices < bounty.MinSlices || slices > bounty.MaxSlices || len(lines) < slices {
		return Sealed{}, fault.Limit("learner: %d items in %d slices: want %d to %d slices of 1 item or more", len(lines), slices, bounty.MinSlices, bounty.MaxSlices)
	}
	var s Sealed
	for _, line := range lines {
		s.Items = append(s.Items, model.Item{Input: line.Input, Label: line.Label, Salt: salt()})
	}
	for k := range slices {
		s.Slices = append(s.Slices, uint32(len(lines)*(k+1)/slices-len(lines)*k/slices))
	}
	return s, nil
}

// tree is the tree under the commitment.
func (s Sealed) tree() *merkle.Tree {
	var leaves [][]byte
	next := 0
	for slice, size := range s.Slices {
		for number := range size {
			leaves = append(leaves, bounty.Leaf(s.Items[next], uint32(slice), number))
			next++
		}
	}
	return merkle.NewTree(leaves)
}

// Root is the commitment.
func (s Sealed) Root() id.Hash { return s.tree().Root() }

// Revealed is an item with the path to the root.
type Revealed struct {
	Item model.Item
	Path merkle.Proof
}

// Order returns the items in the order of revelation, with their paths: the
// sample's, then those of all other slices.
func (s Sealed) Order(sample uint32) ([]Revealed, error) {
	if int(sample) >= len(s.Slices) {
		return nil, fault.Invalid("learner: sample slice %d of %d", sample, len(s.Slices))
	}
	tree := s.tree()
	var front, back []Revealed
	next := 0
	for slice, size := range s.Slices {
		for range size {
			path, err := tree.Proof(uint64(next))
			if err != nil {
				return nil, err
			}
			r := Revealed{Item: s.Items[next], Path: path}
			if slice == int(sample) {
				front = append(front, r)
			} else {
				back = append(back, r)
			}
			next++
		}
	}
	return append(front, back...), nil
}
