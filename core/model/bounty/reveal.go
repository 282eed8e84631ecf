package bounty

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/merkle"
	"github.com/alaya-network/alaya/core/model"
)

// Leaf is a test item as a leaf of the tree under Terms.Root. The salt hides
// the label of even the smallest slice until it is revealed.
func Leaf(t model.Item, slice, number uint32) []byte {
	return t.Leaf("alaya/test/v1", slice, number)
}

// Draw draws the sample when the market is new, and the order of the batches
// when the test set is revealed, from the hash of a block that is not earlier
// than Height. Each is drawn once.
func (m Market) Draw(block id.Hash, batches []uint32, now model.Now) (Market, error) {
	if now.Height < m.Height {
		return m, fault.State("bounty: market %d on %s: the draw is at height %s", m.Number, m.Model, m.Height)
	}
	switch {
	case m.State == Sampling && !m.Drawn:
		h := m.lot("sample", block, 0)
		m.Sample, m.Drawn = uint32(binary.BigEndian.Uint64(h[:])%uint64(len(m.Terms.Slices))), true
		return m, nil
	case m.State == Drawing:
		return m.order(block, batches)
	default:
		return m, fault.State("bounty: market %d on %s is %s: nothing to draw", m.Number, m.Model, m.State)
	}
}

// lot is the ticket of one number in a draw.
func (m Market) lot(what string, block id.Hash, number uint32) id.Hash {
	return id.Sum("alaya/model/draw/v1", []byte(what), []byte(m.Model), binary.BigEndian.AppendUint64(nil, m.Number), block[:], binary.BigEndian.AppendUint32(nil, number))
}

// order sorts the numbers of the opened batches by their lots.
func (m Market) order(block id.Hash, batches []uint32) (Market, error) {
	if uint32(len(batches)) != m.Opened {
		return m, fault.Internal("bounty: market %d on %s: %d of %d opened batches drawn", m.Number, m.Model, len(batches), m.Opened)
	}
	m.Order = slices.SortedFunc(slices.Values(batches), func(a, b uint32) int {
		return cmp.Or(m.lot("order", block, a).Compare(m.lot("order", block, b)), cmp.Compare(a, b))
	})
	return m.move(Scoring)
}

// Next names the item that the provider reveals next: its slice, its number in
// the slice, and its leaf in the tree.
func (m Market) Next() (slice, number, leaf uint32) {
	left := m.Revealed
	if left < m.Terms.Slices[m.Sample] {
		return m.Sample, left, m.Terms.offset(m.Sample) + left
	}
	left -= m.Terms.Slices[m.Sample]
	for i, n := range m.Terms.Slices {
		if uint32(i) == m.Sample {
			continue
		}
		if left < n {
			return uint32(i), left, m.Terms.offset(uint32(i)) + left
		}
		left -= n
	}
	return 0, 0, m.Terms.items()
}

// Reveal takes the next item of the test set with its proof; anyone may bring
// it. The shell keeps it under Revealed as it was before. The last of the
// sample opens the market for batches, the last of all ends the revealing.
func (m Market) Reveal(on model.Model, t model.Item, path merkle.Proof, now model.Now) (Market, error) {
	by := m.Terms.RevealBy
	switch {
	case m.State == Sampling && m.Drawn:
		by = m.Terms.SampleBy
	case m.State != Revealing:
		return m, fault.State("bounty: market %d on %s is %s, sample drawn %t: no test item is taken", m.Number, m.Model, m.State, m.Drawn)
	}
	if now.Time > by {
		return m, fault.State("bounty: market %d on %s: the reveal was due at %s", m.Number, m.Model, by)
	}
	if err := t.Check(on.Terms.Config); err != nil {
		return m, err
	}
	slice, number, leaf := m.Next()
	if err := merkle.Verify(m.Terms.Root, Leaf(t, slice, number), uint64(leaf), uint64(m.Terms.items()), path); err != nil {
		return m, fault.Invalid("bounty: market %d on %s: not item %d of slice %d: %w", m.Number, m.Model, number, slice, err)
	}
	m.Revealed++
	switch m.Revealed {
	case m.Terms.Slices[m.Sample]:
		return m.move(Joining)
	case m.Terms.items():
		m.Height = now.Height + Delay
		return m.move(Drawing)
	default:
		return m, nil
	}
}
