package work

import (
	"encoding/json"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/merkle"
)

// GoldLabel is a true label, or the true value of a form, with the salt that
// hides it in the commitment.
type GoldLabel struct {
	Item  string     `json:"item"`
	Label string     `json:"label,omitempty"`
	Value answer.Raw `json:"value,omitempty"`
	Salt  id.Hash    `json:"salt"`
}

func (g GoldLabel) leaf() []byte {
	text, err := json.Marshal(g)
	if err != nil {
		panic("work: " + err.Error()) // plain structs always marshal
	}
	return text
}

// Opened is a line of the gold blob: a label with its path to the root.
type Opened struct {
	Gold  GoldLabel    `json:"gold"`
	Index uint64       `json:"index"`
	Proof merkle.Proof `json:"proof"`
}

// CommitGold returns what the request commits to.
func CommitGold(labels []GoldLabel) market.Gold {
	if len(labels) == 0 {
		return market.Gold{}
	}
	return market.Gold{Root: merkle.Root(leaves(labels)), Count: uint32(len(labels))}
}

// OpenGold writes the blob that opens the labels for which show is true.
func OpenGold(labels []GoldLabel, show func(GoldLabel) bool) ([]byte, error) {
	tree := merkle.NewTree(leaves(labels))
	var text []byte
	for i, g := range labels {
		if !show(g) {
			continue
		}
		proof, err := tree.Proof(uint64(i))
		if err != nil {
			return nil, err
		}
		text = AppendLine(text, Opened{Gold: g, Index: uint64(i), Proof: proof})
	}
	return text, nil
}

// ParseGold reads a gold blob and checks every label against the commitment.
// One false line, or an item named twice, spoils the blob: the requester gave
// his protection away.
func ParseGold(text []byte, commitment market.Gold) ([]GoldLabel, error) {
	lines, err := Lines(text)
	if err != nil {
		return nil, err
	}
	if len(lines) > int(commitment.Count) {
		return nil, fault.Invalid("work: gold of %d labels, %d committed to", len(lines), commitment.Count)
	}
	labels := make([]GoldLabel, len(lines))
	seen := make(map[string]struct{}, len(lines))
	for i, l := range lines {
		var o Opened
		if err := DecodeLine(l, &o); err != nil {
			return nil, fault.Invalid("work: gold line %d: %w", i+1, err)
		}
		if err := merkle.Verify(commitment.Root, o.Gold.leaf(), o.Index, uint64(commitment.Count), o.Proof); err != nil {
			return nil, fault.Invalid("work: gold line %d: %w", i+1, err)
		}
		if _, twice := seen[o.Gold.Item]; twice {
			return nil, fault.Invalid("work: gold line %d: item %q stands twice", i+1, o.Gold.Item)
		}
		seen[o.Gold.Item] = struct{}{}
		labels[i] = o.Gold
	}
	return labels, nil
}

func leaves(labels []GoldLabel) [][]byte {
	out := make([][]byte, len(labels))
	for i, g := range labels {
		out[i] = g.leaf()
	}
	return out
}
