package learner

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/merkle"
	"github.com/alaya-network/alaya/core/model"
)

// Holdout is a model's holdout, which its creator has committed to and keeps
// secret: challenges take it slice by slice.
type Holdout struct {
	Items []model.Item `json:"items"`
}

// SealHoldout salts the lines of a holdout.
func SealHoldout(lines []Line, salt func() []byte) Holdout {
	var h Holdout
	for _, line := range lines {
		h.Items = append(h.Items, model.Item{Input: line.Input, Label: line.Label, Salt: salt()})
	}
	return h
}

func (h Holdout) tree() *merkle.Tree {
	var leaves [][]byte
	for i, t := range h.Items {
		leaves = append(leaves, t.Leaf(model.HoldoutDomain, 0, uint32(i)))
	}
	return merkle.NewTree(leaves)
}

// Root is the commitment.
func (h Holdout) Root() id.Hash { return h.tree().Root() }

// Slice returns n items from the first, with their paths.
func (h Holdout) Slice(first, n uint32) ([]Revealed, error) {
	if uint64(first)+uint64(n) > uint64(len(h.Items)) {
		return nil, fault.Invalid("learner: %d items of a holdout from %d: there are %d", n, first, len(h.Items))
	}
	tree := h.tree()
	var all []Revealed
	for i := first; i < first+n; i++ {
		path, err := tree.Proof(uint64(i))
		if err != nil {
			return nil, err
		}
		all = append(all, Revealed{Item: h.Items[i], Path: path})
	}
	return all, nil
}
