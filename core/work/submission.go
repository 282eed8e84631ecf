package work

import (
	"encoding/binary"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

// SubmissionState says where a submission stands.
type SubmissionState uint8

// States of a submission.
const (
	SubmissionCommitted SubmissionState = iota + 1
	SubmissionRevealed
	SubmissionForfeited
)

// String names the state.
func (s SubmissionState) String() string {
	return [...]string{"unspecified", "committed", "revealed", "forfeited"}[min(s, 3)]
}

// CanMove is the table of a submission's moves.
func (s SubmissionState) CanMove(to SubmissionState) bool {
	return s == SubmissionCommitted && (to == SubmissionRevealed || to == SubmissionForfeited)
}

// Submission is one contributor's answers to one page.
type Submission struct {
	Request     id.RequestID
	Round       uint32
	Page        uint32
	Contributor id.Address
	Commitment  id.Hash
	State       SubmissionState
	Content     id.CID
	Ordinal     uint64 // in the chain of inputs, from 1
	Guideline   uint32
	Items       uint32
}

// Commitment binds answers and salt before anything shows.
func Commitment(content id.CID, salt [32]byte) id.Hash {
	return id.Sum("alaya/work/submission/v1", []byte(content), salt[:])
}

// Commit turns a lease into a submission.
func (d Desk) Commit(l Lease, commitment id.Hash, guideline uint32, now id.Time) (Desk, Submission, error) {
	if d.Round.State != Committing {
		return d, Submission{}, fault.State("work: round %s is %s: no commitments", d.Round.Key(), d.Round.State)
	}
	if now > l.Expires {
		return d, Submission{}, fault.State("work: lease of %s on page %d of round %s ran out at %s", l.Contributor, l.Page, d.Round.Key(), l.Expires)
	}
	if commitment.IsZero() {
		return d, Submission{}, fault.Invalid("work: empty commitment of %s for page %d of round %s", l.Contributor, l.Page, d.Round.Key())
	}
	d.Assignment.Open--
	d.Round.Leased--
	d.Round.Committed++
	return d, Submission{
		Request: l.Request, Round: l.Round, Page: l.Page, Contributor: l.Contributor, Commitment: commitment,
		State: SubmissionCommitted, Guideline: guideline, Items: d.Page.Items,
	}, nil
}

// Reveal opens a commitment and adds it to the chain of inputs. Anyone may
// bring it: the commitment binds.
func (s Submission) Reveal(r Round, p Progress, content id.CID, salt [32]byte) (Submission, Round, Progress, error) {
	if r.State != Revealing {
		return s, r, p, fault.State("work: round %s is %s: no reveals", r.Key(), r.State)
	}
	if !s.State.CanMove(SubmissionRevealed) {
		return s, r, p, fault.State("work: submission of %s for page %d of round %s is %s", s.Contributor, s.Page, r.Key(), s.State)
	}
	if _, err := id.ParseCID(string(content)); err != nil {
		return s, r, p, err
	}
	if Commitment(content, salt) != s.Commitment {
		return s, r, p, fault.Invalid("work: %s with this salt does not open the commitment of %s for page %d of round %s", content, s.Contributor, s.Page, r.Key())
	}
	p.Submissions++
	p.Answers += uint64(s.Items)
	s.State, s.Content, s.Ordinal = SubmissionRevealed, content, p.Submissions
	p.Inputs = s.Chain(p.Inputs)
	r.Revealed++
	r.Inputs, r.Submissions = p.Inputs, p.Submissions
	return s, r, p, nil
}

// Chain adds a revealed submission to the chain of inputs.
func (s Submission) Chain(before id.Hash) id.Hash {
	return id.Sum("alaya/work/inputs/v1", before[:], binary.BigEndian.AppendUint64(nil, s.Ordinal),
		word(s.Round), word(s.Page), []byte(s.Contributor), []byte(s.Content), word(s.Guideline))
}

// Forfeit ends a commitment that was not opened in time: its page keeps the
// place, the contributor is not paid, the money is free again.
func (s Submission) Forfeit(a Assignment, p Progress, price num.Amount) (Submission, Assignment, Progress, error) {
	if !s.State.CanMove(SubmissionForfeited) {
		return s, a, p, fault.State("work: submission of %s for page %d of round %s is %s", s.Contributor, s.Page, key(s.Request, s.Round), s.State)
	}
	cost, err := price.Mul(int64(s.Items))
	if err != nil {
		return s, a, p, err
	}
	if p.Reserved, err = p.Reserved.Sub(cost); err != nil {
		return s, a, p, err
	}
	s.State = SubmissionForfeited
	a.Forfeited++
	return s, a, p, nil
}
