package bounty

import (
	"encoding/binary"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/num"
)

// BatchState says where a batch stands.
type BatchState uint8

// States of a batch.
const (
	Committed BatchState = iota + 1
	Opened
	Kept      // learnt and paid
	Undone    // its damage exceeded its stake: not learnt, the stake is gone
	Returned  // the market failed: stake back, with a share of bounty and bond
	Forfeited // never opened
)

// String names the state.
func (s BatchState) String() string {
	return [...]string{"unspecified", "committed", "opened", "kept", "undone", "returned", "forfeited"}[min(s, 6)]
}

// CanMove is the table of a batch's moves.
func (s BatchState) CanMove(to BatchState) bool {
	switch s {
	case Committed:
		return to == Opened || to == Forfeited
	case Opened:
		return to == Kept || to == Undone || to == Returned
	default:
		return false
	}
}

// Batch is what one contributor enters.
type Batch struct {
	Model      id.ModelID
	Market     uint64
	Number     uint32 // in the market, from 1
	Author     id.Address
	Commitment id.Hash
	Stake      num.Amount
	Offers     []model.Offer // once opened; items known from the log are left out
	Pay        int64         // once kept, may be negative
	State      BatchState
}

// Commitment binds the items of a batch to market, author and salt.
func Commitment(m id.ModelID, market uint64, author id.Address, offers []model.Offer, salt [32]byte) id.Hash {
	parts := [][]byte{[]byte(m), binary.BigEndian.AppendUint64(nil, market), []byte(author), salt[:]}
	for _, o := range offers {
		h := o.Commitment(m, author, salt)
		parts = append(parts, h[:])
	}
	return id.Sum("alaya/model/batch/v1", parts...)
}

// Join enters a batch by its commitment, with a stake.
func (m Market) Join(who id.Address, commitment id.Hash, stake num.Amount, now id.Time) (Market, Batch, []escrow.Transfer, error) {
	if err := m.want(Joining, "batches are entered"); err != nil {
		return m, Batch{}, nil, err
	}
	if now > m.Terms.JoinBy {
		return m, Batch{}, nil, fault.State("bounty: market %d on %s: joining ended at %s", m.Number, m.Model, m.Terms.JoinBy)
	}
	if m.Batches >= m.Terms.Batches {
		return m, Batch{}, nil, fault.Limit("bounty: market %d on %s has %d batches: no more", m.Number, m.Model, m.Batches)
	}
	if commitment.IsZero() || stake < m.Terms.Stake || stake > MaxMoney {
		return m, Batch{}, nil, fault.Limit("bounty: market %d on %s: commitment %s with a stake of %s: %s to %s", m.Number, m.Model, commitment, stake, m.Terms.Stake, MaxMoney)
	}
	held, err := m.Held.Add(stake)
	if err != nil {
		return m, Batch{}, nil, err
	}
	m.Held = held
	m.Batches++
	b := Batch{Model: m.Model, Market: m.Number, Number: m.Batches, Author: who, Commitment: commitment, Stake: stake, State: Committed}
	return m, b, []escrow.Transfer{{From: escrow.Wallet(who), To: m.Account(), Amount: stake, Why: "stake"}}, nil
}

// OpenBatch reveals a batch; anyone may bring it. copies says which items are
// near duplicates of what the model had learnt before (model.CopyOf): they are
// left out, so a copy of the log earns and costs nothing.
func (m Market) OpenBatch(on model.Model, b Batch, offers []model.Offer, salt [32]byte, copies func(learn.Input) (bool, error), now id.Time) (Market, Batch, error) {
	if err := m.want(Opening, "batches are opened"); err != nil {
		return m, b, err
	}
	if now > m.Terms.OpenBy {
		return m, b, fault.State("bounty: market %d on %s: opening ended at %s", m.Number, m.Model, m.Terms.OpenBy)
	}
	if len(offers) < 1 || len(offers) > MaxOffers {
		return m, b, fault.Limit("bounty: batch %d of market %d on %s: %d items, want 1 to %d", b.Number, m.Number, m.Model, len(offers), MaxOffers)
	}
	if Commitment(m.Model, m.Number, b.Author, offers, salt) != b.Commitment {
		return m, b, fault.Invalid("bounty: batch %d of market %d on %s: these items with this salt are not what %s committed to", b.Number, m.Number, m.Model, b.Author)
	}
	b, err := b.move(Opened)
	if err != nil {
		return m, b, err
	}
	for _, o := range offers {
		if err := o.Validate(on.Terms); err != nil {
			return m, b, err
		}
		known, err := copies(o.Input)
		if err != nil {
			return m, b, err
		}
		if !known {
			b.Offers = append(b.Offers, o)
		}
	}
	if m.Staked, err = m.Staked.Add(b.Stake); err != nil {
		return m, b, err
	}
	m.Opened++
	return m, b, nil
}

func (b Batch) move(to BatchState) (Batch, error) {
	if !b.State.CanMove(to) {
		return b, fault.State("bounty: batch %d of market %d on %s: %s cannot become %s", b.Number, b.Market, b.Model, b.State, to)
	}
	b.State = to
	return b, nil
}

// Check holds what every stored batch must show.
func (b Batch) Check() error {
	bad := b.State < Committed || b.State > Forfeited || b.Author == "" || b.Stake < 1 || len(b.Offers) > MaxOffers ||
		b.State != Kept && b.Pay != 0 || b.Pay < -int64(b.Stake)
	if bad {
		return fault.Internal("bounty: batch %d of market %d on %s is %s: stake %d ualy, %d items, pay %d", b.Number, b.Market, b.Model, b.State, b.Stake, len(b.Offers), b.Pay)
	}
	return nil
}
