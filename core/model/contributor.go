package model

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

// Contributor is what a model knows of one address. The zero counts are those
// of a newcomer.
type Contributor struct {
	Model     id.ModelID
	Address   id.Address
	Last      uint64 // contribution, whose Previous leads to the one before
	Given     uint64 // all contributions, as the sum of those below
	Open      uint64
	Confirmed uint64 // the credit
	Neutral   uint64 // with those that were trimmed
	Rejected  uint64
	Lapsed    uint64
	Withdrawn uint64

	Votes  uint64 // on others' items, counted at their verdicts (points)
	Right  uint64 // of them with the verdict
	Badges Badges // won (points)

	Mark    num.Amount // reward per credit up to which it was paid (deposit)
	Claimed num.Amount // rewards paid so far
}

// NewContributor is an address that has given nothing yet.
func NewContributor(m id.ModelID, who id.Address) Contributor {
	return Contributor{Model: m, Address: who}
}

// Badges is a set of badges; core/model/points says which bit is which.
type Badges uint32

func (w Contributor) open() (Contributor, error) {
	if w.Open >= MaxOpen {
		return w, fault.Limit("model: %s has %d contributions to %s that are not judged: at most %d", w.Address, w.Open, w.Model, MaxOpen)
	}
	w.Given++
	w.Open++
	return w, nil
}

// count carries one contribution from the count of one state to another's.
func (w Contributor) count(from, to ContributionState) (Contributor, error) {
	if *w.of(from) == 0 {
		return w, fault.Internal("model: %s has no %s contribution to %s", w.Address, from, w.Model)
	}
	*w.of(from)--
	*w.of(to)++
	return w, nil
}

func (w *Contributor) of(s ContributionState) *uint64 {
	switch s {
	case Confirmed:
		return &w.Confirmed
	case Neutral, Trimmed:
		return &w.Neutral
	case Rejected:
		return &w.Rejected
	case Lapsed:
		return &w.Lapsed
	case Withdrawn:
		return &w.Withdrawn
	default:
		return &w.Open
	}
}

// Check holds invariant 5.
func (w Contributor) Check() error {
	sum := w.Open + w.Confirmed + w.Neutral + w.Rejected + w.Lapsed + w.Withdrawn
	if w.Address == "" || w.Given != sum || (w.Given == 0) != (w.Last == 0) || w.Open > MaxOpen || w.Right > w.Votes || w.Mark < 0 || w.Claimed < 0 {
		return fault.Internal("model: %q gave %d to %s: %d open, %d confirmed, %d neutral, %d rejected, %d lapsed, %d withdrawn; %d of %d votes right",
			w.Address, w.Given, w.Model, w.Open, w.Confirmed, w.Neutral, w.Rejected, w.Lapsed, w.Withdrawn, w.Right, w.Votes)
	}
	return nil
}
