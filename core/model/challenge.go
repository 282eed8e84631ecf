package model

import (
	"encoding/binary"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/merkle"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
)

// ChallengeState says where a challenge stands.
type ChallengeState uint8

// States of a challenge.
const (
	Scoring ChallengeState = iota + 1
	Promoted
	Failed
)

// String names the state.
func (s ChallengeState) String() string {
	return [...]string{"unspecified", "scoring", "promoted", "failed"}[min(s, 3)]
}

// CanMove is the table of a challenge's moves.
func (s ChallengeState) CanMove(to ChallengeState) bool {
	return s == Scoring && (to == Promoted || to == Failed)
}

// Challenge holds a fork against the model it came from, on the next slice of
// the champion's holdout. Items are scored as they are revealed, in order, so
// neither model has seen them. Who committed to the holdout must be trusted not
// to have trained the challenger on it; he can neither change nor reuse it.
type Challenge struct {
	Champion, Challenger id.ModelID
	Number               uint32 // first item of the slice, which names the challenge
	Items                uint32
	Scored               uint32
	Margin               int64    // by which the mean loss must be lower, Q20
	Losses               [2]int64 // sums so far, champion's first, Q20
	Opened, Deadline     id.Time
	State                ChallengeState
}

const minReveal = 60 * second // least time to reveal in

// Item is one item of a holdout or test set, with the salt that hides it.
type Item struct {
	Input learn.Input `json:"input"`
	Label int64       `json:"label"`
	Salt  []byte      `json:"salt"`
}

// MinSalt and MaxSalt bound the bytes of a salt.
const (
	MinSalt = 16
	MaxSalt = 64
)

// Check refuses what is no item of a model's.
func (t Item) Check(c learn.Config) error {
	if len(t.Salt) < MinSalt || len(t.Salt) > MaxSalt {
		return fault.Limit("model: salt of %d bytes: %d to %d", len(t.Salt), MinSalt, MaxSalt)
	}
	if err := c.Check(t.Input); err != nil {
		return err
	}
	return c.CheckLabel(t.Label)
}

// Leaf is the item as a leaf of the tree under a set's root. The domain names
// the set's use, so no leaf passes for one of another kind.
func (t Item) Leaf(domain string, slice, number uint32) []byte {
	word := func(v uint32) []byte { return binary.BigEndian.AppendUint32(nil, v) }
	h := id.Sum(domain, word(slice), word(number), t.Salt, t.Input.Encode(), binary.BigEndian.AppendUint64(nil, uint64(t.Label)))
	return h[:]
}

// HoldoutDomain is the domain of a holdout's leaves; they have slice 0.
const HoldoutDomain = "alaya/model/holdout/v1"

// Challenge opens a challenge by a complete fork; anyone may. within is how many
// ms the creator has to reveal the slice.
func (m Model) Challenge(fork Model, margin, within int64, now id.Time) (Model, Challenge, error) {
	if err := m.Learning(); err != nil {
		return m, Challenge{}, err
	}
	if !fork.DescendsFrom(m.ID) || fork.Replaying() || fork.State != Live {
		return m, Challenge{}, fault.Invalid("model: %s cannot challenge %s: want a live fork of it that is complete", fork.ID, m.ID)
	}
	if margin < 0 || margin > learn.MaxLoss || within < minReveal || within > MaxWait {
		return m, Challenge{}, fault.Limit("model: challenge by a margin of %d within %d ms: margin 0 to %d, %d to %d ms", margin, within, learn.MaxLoss, minReveal, MaxWait)
	}
	items := min(m.Terms.Holdout.Slice, m.Terms.Holdout.Count-m.HoldoutUsed)
	if items == 0 {
		return m, Challenge{}, fault.State("model: %s: %d of %d holdout items are used: none left", m.ID, m.HoldoutUsed, m.Terms.Holdout.Count)
	}
	c := Challenge{
		Champion: m.ID, Challenger: fork.ID, Number: m.HoldoutUsed, Items: items, Margin: margin,
		Opened: now, Deadline: now.Add(within), State: Scoring,
	}
	m.HoldoutUsed += items
	return m, c, nil
}

// Score takes the next item of the slice, proven under the holdout's root, and
// adds both models' losses on it.
func (c Challenge) Score(m Model, t Item, path merkle.Proof, losses [2]int64, now id.Time) (Challenge, error) {
	if c.State != Scoring || now > c.Deadline {
		return c, fault.State("model: challenge %d of %s is %s, until %s", c.Number, c.Champion, c.State, c.Deadline)
	}
	number := c.Number + c.Scored
	if c.Scored == c.Items {
		return c, fault.State("model: challenge %d of %s: all %d items are scored", c.Number, c.Champion, c.Items)
	}
	if err := t.Check(m.Terms.Config); err != nil {
		return c, err
	}
	if err := merkle.Verify(m.Terms.Holdout.Root, t.Leaf(HoldoutDomain, 0, number), uint64(number), uint64(m.Terms.Holdout.Count), path); err != nil {
		return c, fault.Invalid("model: challenge %d of %s: item %d is not of the holdout: %w", c.Number, c.Champion, number, err)
	}
	for i := range losses {
		c.Losses[i] = fixed.Add(c.Losses[i], max(0, min(losses[i], learn.MaxLoss)))
	}
	c.Scored++
	return c, nil
}

// End promotes the challenger if it is better by the margin, once all items are
// scored; a slice not revealed by the deadline fails. A champion that is not
// live any more is not replaced.
func (c Challenge) End(m Model, now Now) (Challenge, Model, Entry, error) {
	if c.Scored < c.Items && now.Time <= c.Deadline {
		return c, m, Entry{}, fault.State("model: challenge %d of %s: %d of %d items scored, open until %s", c.Number, c.Champion, c.Scored, c.Items, c.Deadline)
	}
	better := c.Scored == c.Items && c.Losses[0]-c.Losses[1] > fixed.MulInt(c.Margin, int64(c.Items))
	if !better || m.State != Live {
		c, err := c.move(Failed)
		return c, m, Entry{}, err
	}
	c, err := c.move(Promoted)
	if err != nil {
		return c, m, Entry{}, err
	}
	if m, err = m.move(Replaced); err != nil {
		return c, m, Entry{}, err
	}
	m.Successor = c.Challenger
	m, e := m.log(Entry{Kind: EntryPromote, Other: c.Challenger}, now)
	return c, m, e, nil
}

func (c Challenge) move(to ChallengeState) (Challenge, error) {
	if !c.State.CanMove(to) {
		return c, fault.State("model: challenge %d of %s: %s cannot become %s", c.Number, c.Champion, c.State, to)
	}
	c.State = to
	return c, nil
}

// Check holds what every stored challenge must show.
func (c Challenge) Check() error {
	if c.State < Scoring || c.State > Failed || c.Items < 1 || c.Scored > c.Items || c.State == Promoted && c.Scored < c.Items || c.Losses[0] < 0 || c.Losses[1] < 0 {
		return fault.Internal("model: challenge %d of %s is %s: %d of %d items scored, losses %v", c.Number, c.Champion, c.State, c.Scored, c.Items, c.Losses)
	}
	return nil
}
