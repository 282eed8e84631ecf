package bounty

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/num"
)

// Measure says what loss is.
type Measure uint8

// The measures.
const (
	CrossEntropy Measure = iota + 1 // learn.Config.Loss, up to the cap
	Mistakes                        // the cap for a wrong class, else 0
)

// String names the measure.
func (m Measure) String() string {
	return [...]string{"unspecified", "cross-entropy", "mistakes"}[min(m, 2)]
}

// Loss of one answer, in Q20 from 0 to the cap.
func (m Measure) Loss(c learn.Config, most int64, scores []int64, label int64) int64 {
	if m == Mistakes && c.Classes > 1 {
		if class, _ := learn.Best(scores); int64(class) == label {
			return 0
		}
		return most
	}
	return min(most, c.Loss(scores, label))
}

// Terms are what a provider offers, fixed when the market opens.
type Terms struct {
	Root     id.Hash    `json:"root"`   // over the leaves of all slices
	Slices   []uint32   `json:"slices"` // items of each
	Measure  Measure    `json:"measure"`
	Cap      int64      `json:"cap"` // largest loss of one item, Q20
	Bounty   num.Amount `json:"bounty"`
	Bond     num.Amount `json:"bond"`    // of the provider, for revealing in time
	Stake    num.Amount `json:"stake"`   // least of a batch
	Batches  uint32     `json:"batches"` // at most so many
	SampleBy id.Time    `json:"sample_by"`
	JoinBy   id.Time    `json:"join_by"`
	OpenBy   id.Time    `json:"open_by"`
	RevealBy id.Time    `json:"reveal_by"`
}

// Bounds of a market.
const (
	MinSlices  = 8
	MaxSlices  = 64
	MaxItems   = 20_000 // of the test set
	MaxBatches = 1_024
	MaxOffers  = 64 // items of a batch
	MaxMoney   = 1_000_000_000 * num.ALY
)

// Validate checks every bound, and names the one that is broken.
func (t Terms) Validate(now id.Time) error {
	if err := t.checkTest(); err != nil {
		return err
	}
	if t.Measure < CrossEntropy || t.Measure > Mistakes || t.Cap < fixed.One/16 || t.Cap > learn.MaxLoss {
		return fault.Limit("bounty: measure %s with a cap of %d: %d to %d", t.Measure, t.Cap, fixed.One/16, learn.MaxLoss)
	}
	if t.Bounty < 1 || t.Bond < 1 || t.Stake < 1 || max(t.Bounty, t.Bond, t.Stake) > MaxMoney {
		return fault.Limit("bounty: bounty %s, bond %s, stake %s: each 1ualy to %s", t.Bounty, t.Bond, t.Stake, MaxMoney)
	}
	if t.Batches < 1 || t.Batches > MaxBatches {
		return fault.Limit("bounty: %d batches: 1 to %d", t.Batches, MaxBatches)
	}
	last := now
	for _, by := range []id.Time{t.SampleBy, t.JoinBy, t.OpenBy, t.RevealBy} {
		if by <= last || by > last.Add(model.MaxWait) {
			return fault.Limit("bounty: deadline %s: after %s, by at most %d ms", by, last, model.MaxWait)
		}
		last = by
	}
	return nil
}

func (t Terms) checkTest() error {
	if n := len(t.Slices); n < MinSlices || n > MaxSlices || t.Root.IsZero() {
		return fault.Limit("bounty: %d slices under root %s: %d to %d", n, t.Root, MinSlices, MaxSlices)
	}
	sum := uint64(0)
	for i, n := range t.Slices {
		if n < 1 {
			return fault.Limit("bounty: slice %d is empty", i)
		}
		sum += uint64(n)
	}
	if sum > MaxItems {
		return fault.Limit("bounty: test set of %d items: at most %d", sum, MaxItems)
	}
	return nil
}

// items counts those of all slices.
func (t Terms) items() uint32 {
	sum := uint32(0)
	for _, n := range t.Slices {
		sum += n
	}
	return sum
}

// offset is the first leaf of a slice.
func (t Terms) offset(slice uint32) uint32 {
	sum := uint32(0)
	for _, n := range t.Slices[:slice] {
		sum += n
	}
	return sum
}

// owed is floor(B·(L₀-L)/Lmax) for n scored items: what all batches up to a
// loss L earn together.
func (t Terms) owed(first, loss int64, n uint32) (int64, error) {
	most := t.Cap * int64(n)
	if loss > first {
		v, err := num.MulDiv(int64(t.Bounty), loss-first, most, num.Up)
		return -v, err
	}
	return num.MulDiv(int64(t.Bounty), first-loss, most, num.Down)
}
