package model

import (
	"encoding/binary"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/num"
)

// ContributionState says where a contribution stands.
type ContributionState uint8

// States of a contribution.
const (
	Committed ContributionState = iota + 1
	Given                       // known to all, not learnt yet
	Trained
	Confirmed
	Neutral // too close to call, or a copy: no credit, no loss
	Rejected
	Trimmed   // the vote of its window left it out
	Lapsed    // never revealed
	Withdrawn // its author took it back
)

// String names the state.
func (s ContributionState) String() string {
	return [...]string{"unspecified", "committed", "given", "trained", "confirmed", "neutral", "rejected", "trimmed", "lapsed", "withdrawn"}[min(s, 9)]
}

// CanMove is the table of a contribution's moves.
func (s ContributionState) CanMove(to ContributionState) bool {
	switch s {
	case Committed:
		return to == Given || to == Lapsed
	case Given:
		return to == Trained || to == Trimmed || to == Withdrawn
	case Trained:
		return to == Confirmed || to == Neutral || to == Rejected || to == Withdrawn
	case Confirmed, Neutral, Rejected, Trimmed:
		return to == Withdrawn
	default:
		return false
	}
}

// Open says whether the contribution still waits for its end.
func (s ContributionState) Open() bool { return s == Committed || s == Given || s == Trained }

// Offer is what an author gives: one labelled item, under what licence, and by
// whose consent. Content, if any, is the raw thing in the plane.
type Offer struct {
	Input   learn.Input `json:"input"`
	Label   int64       `json:"label"`
	Content id.CID      `json:"content,omitempty"`
	Licence string      `json:"licence,omitempty"` // "": the model's
	Consent string      `json:"consent,omitempty"` // a content id, or a sentence
}

// Validate checks every bound of an offer to a model with these terms.
func (o Offer) Validate(t Terms) error {
	if err := t.Config.Check(o.Input); err != nil {
		return err
	}
	if err := t.Config.CheckLabel(o.Label); err != nil {
		return err
	}
	if err := checkText("licence", o.Licence, 0, MaxLicence); err != nil {
		return err
	}
	if err := checkText("consent", o.Consent, 0, MaxConsent); err != nil {
		return err
	}
	return checkCID("content", o.Content)
}

// Item hashes what the model learns of the offer.
func (o Offer) Item() id.Hash {
	return id.Sum("alaya/model/item/v1", o.Input.Encode(), binary.BigEndian.AppendUint64(nil, uint64(o.Label)))
}

// Commitment binds an offer to its author and a salt before anything shows;
// nobody else can open a copy of it.
func (o Offer) Commitment(m id.ModelID, author id.Address, salt [32]byte) id.Hash {
	item := o.Item()
	return id.Sum("alaya/model/commitment/v1", []byte(m), []byte(author), item[:], []byte(o.Content), []byte(o.Licence), []byte(o.Consent), salt[:])
}

// Contribution is one item of a model, in the order of arrival or commitment.
type Contribution struct {
	Model      id.ModelID
	Number     uint64 // in the model, from 1
	Author     id.Address
	Previous   uint64  // of the author's contributions, 0: none
	Commitment id.Hash // zero when it was given openly
	Offer      Offer   // empty while committed, and once withdrawn
	Height     id.Height
	At         id.Time // of arrival or commitment
	Deadline   id.Time // of the reveal, then of the training, then of the verdict
	Deposit    num.Amount
	Reports    uint32
	CopyOf     uint64 // an earlier contribution it nearly equals, 0: none
	Entry      uint64 // of the log where it was learnt, 0: not yet
	Class      uint32 // what the model said before it learnt the item
	Margin     int64  // and by how much; for regression the value
	State      ContributionState
}

// Move takes the contribution to another state, or says that it cannot.
func (c Contribution) Move(to ContributionState) (Contribution, error) {
	if !c.State.CanMove(to) {
		return c, fault.State("model: contribution %d to %s: %s cannot become %s", c.Number, c.Model, c.State, to)
	}
	c.State = to
	return c, nil
}

// Check holds what every stored contribution must show.
func (c Contribution) Check() error {
	learnt := c.State >= Trained && c.State <= Rejected
	bad := c.State < Committed || c.State > Withdrawn || c.Number < 1 || c.Author == "" || c.CopyOf >= c.Number || c.Previous >= c.Number || c.Deposit < 0 ||
		learnt && c.Entry == 0 || c.State == Committed && (c.Entry > 0 || c.Commitment.IsZero())
	if bad {
		return fault.Internal("model: contribution %d of %q to %s is %s: entry %d, copy of %d, deposit %d ualy",
			c.Number, c.Author, c.Model, c.State, c.Entry, c.CopyOf, c.Deposit)
	}
	return nil
}

// Commit takes the commitment of an item that is shown later. The order of
// commitments is the order of arrival.
func (m Model) Commit(who Contributor, commitment id.Hash, now Now) (Model, Contributor, Contribution, error) {
	if m.Terms.CommitWindow == 0 {
		return m, who, Contribution{}, fault.Forbidden("model: %s takes items openly, not by commitment", m.ID)
	}
	if commitment.IsZero() {
		return m, who, Contribution{}, fault.Invalid("model: %s: empty commitment of %s", m.ID, who.Address)
	}
	m, who, c, err := m.arrive(who, now)
	if err != nil {
		return m, who, c, err
	}
	c.Commitment, c.State, c.Deadline = commitment, Committed, now.Time.Add(m.Terms.CommitWindow)
	return m, who, c, nil
}

// Take takes an item openly, where the model allows that.
func (m Model) Take(who Contributor, o Offer, now Now) (Model, Contributor, Contribution, error) {
	if m.Terms.CommitWindow > 0 || m.Terms.Incentive.Kind == Bounty {
		return m, who, Contribution{}, fault.Forbidden("model: %s takes items by commitment, or in markets, only", m.ID)
	}
	return m.take(who, o, now)
}

// Adopt takes an item that a market kept; there are no other ways into a model
// whose incentive is a bounty.
func (m Model) Adopt(who Contributor, o Offer, now Now) (Model, Contributor, Contribution, error) {
	if m.Terms.Incentive.Kind != Bounty {
		return m, who, Contribution{}, fault.Forbidden("model: %s has %s, not markets", m.ID, m.Terms.Incentive.Kind)
	}
	return m.take(who, o, now)
}

func (m Model) take(who Contributor, o Offer, now Now) (Model, Contributor, Contribution, error) {
	if err := o.Validate(m.Terms); err != nil {
		return m, who, Contribution{}, err
	}
	m, who, c, err := m.arrive(who, now)
	if err != nil {
		return m, who, c, err
	}
	c.Offer, c.State, c.Deadline = o, Given, now.Time.Add(m.Terms.Incentive.Wait)
	return m, who, c, nil
}

// arrive gives the next number.
func (m Model) arrive(who Contributor, now Now) (Model, Contributor, Contribution, error) {
	if err := m.Learning(); err != nil {
		return m, who, Contribution{}, err
	}
	who, err := who.open()
	if err != nil {
		return m, who, Contribution{}, err
	}
	m.Contributions++
	c := Contribution{Model: m.ID, Number: m.Contributions, Author: who.Address, Previous: who.Last, Height: now.Height, At: now.Time}
	who.Last = c.Number
	return m, who, c, nil
}

// Reveal opens a commitment. Anyone may bring it: the commitment binds.
func (m Model) Reveal(c Contribution, o Offer, salt [32]byte, now Now) (Contribution, error) {
	if now.Time > c.Deadline {
		return c, fault.State("model: contribution %d to %s: the reveal was due at %s", c.Number, m.ID, c.Deadline)
	}
	if err := m.Learning(); err != nil {
		return c, err
	}
	if o.Commitment(m.ID, c.Author, salt) != c.Commitment {
		return c, fault.Invalid("model: contribution %d to %s: this item with this salt is not what %s committed to", c.Number, m.ID, c.Author)
	}
	if err := o.Validate(m.Terms); err != nil {
		return c, err
	}
	c, err := c.Move(Given)
	c.Offer, c.Deadline = o, now.Time.Add(m.Terms.Incentive.Wait)
	return c, err
}

// Lapse ends a commitment that was not opened in time.
func (c Contribution) Lapse(who Contributor, now id.Time) (Contribution, Contributor, error) {
	if now <= c.Deadline {
		return c, who, fault.State("model: contribution %d to %s may be revealed until %s", c.Number, c.Model, c.Deadline)
	}
	return c.end(who, Lapsed)
}

// Trim ends a contribution that its window's vote left out.
func (c Contribution) Trim(who Contributor) (Contribution, Contributor, error) {
	return c.end(who, Trimmed)
}

// end moves the contribution and its author's counts together.
func (c Contribution) end(who Contributor, to ContributionState) (Contribution, Contributor, error) {
	from := c.State
	c, err := c.Move(to)
	if err != nil {
		return c, who, err
	}
	who, err = who.count(from, to)
	return c, who, err
}
