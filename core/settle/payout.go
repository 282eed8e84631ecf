package settle

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/merkle"
	"github.com/alaya-network/alaya/core/num"
)

// ChunkSize is how many payouts a chunk of the vector holds.
const ChunkSize = 256

// PayoutState says where a payout stands.
type PayoutState uint8

// States of a payout.
const (
	Pending PayoutState = iota + 1
	Contested
	Released
)

// String names the state.
func (s PayoutState) String() string {
	return [...]string{"unspecified", "pending", "contested", "released"}[min(s, 3)]
}

// CanMove is the table of a payout's moves.
func (s PayoutState) CanMove(to PayoutState) bool {
	return s == Pending && (to == Contested || to == Released) || s == Contested && to == Pending
}

// Entry is a line of the pay vector.
type Entry struct {
	Contributor id.Address `json:"contributor"`
	Answers     uint64     `json:"answers"` // on resolved items
	Right       int64      `json:"right"`   // in millionths of an answer
	Wrong       int64      `json:"wrong"`
	Skill       num.Ppm    `json:"skill"`
	Factor      num.Ppm    `json:"factor"`
	Amount      num.Amount `json:"amount"`
	Worthless   bool       `json:"worthless,omitempty"`
}

// Payout is what one contributor gets for a milestone.
type Payout struct {
	Request   id.RequestID
	Milestone uint32
	Entry
	State PayoutState
}

// Work is what a verdict found of one contributor.
type Work struct {
	Contributor id.Address
	Price       num.Amount
	Answers     uint64
	Right       int64
	Wrong       int64
	Skill       num.Ppm
	Informed    num.Ppm // how far the answers tell classes apart: the most the factor may be
	Worthless   bool
}

// Rule is how work becomes pay: the factor is 0 at Floor skill and below, 1 at
// Target and above, and no more than the work is informed; Due is the share of
// the price the clause leaves.
type Rule struct {
	Floor, Target, Due num.Ppm
}

// Pay prices the work, given once per contributor. Entries are sorted by
// contributor; every rounding is down, what it leaves stays in the requester's
// budget.
func (r Rule) Pay(works []Work) ([]Entry, num.Amount, error) {
	entries := make([]Entry, len(works))
	var total num.Amount
	for i, w := range works {
		e, err := r.entry(w)
		if err != nil {
			return nil, 0, err
		}
		if total, err = total.Add(e.Amount); err != nil {
			return nil, 0, err
		}
		entries[i] = e
	}
	slices.SortFunc(entries, func(a, b Entry) int { return cmp.Compare(a.Contributor, b.Contributor) })
	return entries, total, checkOrder(entries)
}

// checkOrder refuses a contributor who stands twice or out of order.
func checkOrder(entries []Entry) error {
	for i := 1; i < len(entries); i++ {
		if entries[i-1].Contributor >= entries[i].Contributor {
			return fault.Invalid("settle: payout %d of %s comes after that of %s", i, entries[i].Contributor, entries[i-1].Contributor)
		}
	}
	return nil
}

func (r Rule) entry(w Work) (Entry, error) {
	e := Entry{Contributor: w.Contributor, Answers: w.Answers, Right: w.Right, Wrong: w.Wrong, Skill: w.Skill, Worthless: w.Worthless}
	if w.Worthless {
		return e, nil
	}
	e.Factor = min(w.Skill.Ramp(r.Floor, r.Target), w.Informed)
	full, err := w.Price.Mul(int64(w.Answers))
	if err != nil {
		return e, err
	}
	earned, err := e.Factor.Of(full, num.Down)
	if err != nil {
		return e, err
	}
	e.Amount, err = r.Due.Of(earned, num.Down)
	return e, err
}

// Chunk is the text of one chunk of the vector: JSON Lines, and the leaf under
// the vector's root.
func Chunk(entries []Entry) []byte {
	var text []byte
	for _, e := range entries {
		line, err := json.Marshal(e)
		if err != nil {
			panic("settle: " + err.Error()) // plain structs always marshal
		}
		text = append(append(text, line...), '\n')
	}
	return text
}

// Chunks cuts a vector into the leaves of its tree.
func Chunks(entries []Entry) [][]byte {
	var leaves [][]byte
	for part := range slices.Chunk(entries, ChunkSize) {
		leaves = append(leaves, Chunk(part))
	}
	return leaves
}

// Root is the Merkle root of a vector.
func Root(entries []Entry) id.Hash { return merkle.Root(Chunks(entries)) }

// ChunkCount is how many chunks n payouts fill.
func ChunkCount(n uint32) uint64 { return (uint64(n) + ChunkSize - 1) / ChunkSize }

// Post takes one chunk of the vector, each once, in any order. After the last
// one the review begins.
func (s Settlement) Post(index uint32, entries []Entry, path merkle.Proof, now id.Time, reviewMs int64) (Settlement, []Payout, error) {
	at, err := s.prove(index, entries, path)
	if err != nil {
		return s, nil, err
	}
	payouts := make([]Payout, len(entries))
	for i, e := range entries {
		if s.PostedTotal, err = s.PostedTotal.Add(e.Amount); err != nil {
			return s, nil, err
		}
		payouts[i] = Payout{Request: s.Request, Milestone: s.Milestone, Entry: e, State: Pending}
	}
	s.Chunks = slices.Insert(slices.Clone(s.Chunks), at, index)
	s.Posted += uint32(len(entries))
	s.Open += uint32(len(entries))
	complete := s.Posted == s.Payouts
	if s.PostedTotal > s.Total || complete && s.PostedTotal != s.Total {
		return s, nil, fault.Invalid("settle: request %s, milestone %d: payouts of %s, verdict of %s", s.Request, s.Milestone, s.PostedTotal, s.Total)
	}
	if !complete {
		return s, payouts, nil
	}
	s.ReleaseAt = now.Add(reviewMs)
	s, err = s.move(Review)
	return s, payouts, err
}

// prove says where the index of a chunk belongs among those posted, if the
// chunk is the vector's and new.
func (s Settlement) prove(index uint32, entries []Entry, path merkle.Proof) (at int, err error) {
	if s.State != Posting {
		return 0, fault.State("settle: request %s, milestone %d: %s: the vector is complete", s.Request, s.Milestone, s.State)
	}
	at, posted := slices.BinarySearch(s.Chunks, index)
	if posted {
		return 0, fault.Exists("settle: request %s, milestone %d: chunk %d was posted", s.Request, s.Milestone, index)
	}
	if err := merkle.Verify(s.Root, Chunk(entries), uint64(index), ChunkCount(s.Payouts), path); err != nil {
		return 0, fault.Invalid("settle: request %s, milestone %d: chunk %d is not of the vector: %w", s.Request, s.Milestone, index, err)
	}
	if want := min(ChunkSize, uint64(s.Payouts)-uint64(index)*ChunkSize); uint64(len(entries)) != want {
		return 0, fault.Invalid("settle: request %s, milestone %d: chunk %d of %d payouts, want %d", s.Request, s.Milestone, index, len(entries), want)
	}
	return at, checkOrder(entries)
}

// Ripe says whether nothing holds the payout back any more: the review is over
// and it is neither contested nor released.
func (s Settlement) Ripe(p Payout, now id.Time) bool {
	return s.State == Review && now >= s.ReleaseAt && p.State == Pending
}

// Release pays a ripe payout out, and its network fee to the pool.
func (s Settlement) Release(p Payout, now id.Time) (Settlement, Payout, []escrow.Transfer, error) {
	if !s.Ripe(p, now) {
		return s, p, nil, fault.State("settle: payout of %s, request %s, milestone %d is %s, its settlement in %s until %s: no release",
			p.Contributor, p.Request, p.Milestone, p.State, s.State, s.ReleaseAt)
	}
	p, err := p.move(Released)
	if err != nil {
		return s, p, nil, err
	}
	if s.Released, err = s.Released.Add(p.Amount); err != nil {
		return s, p, nil, err
	}
	s.Open--
	fee, err := s.Fee.Of(p.Amount, num.Down)
	return s, p, []escrow.Transfer{
		{From: escrow.Pending(s.Request), To: escrow.Wallet(p.Contributor), Amount: p.Amount, Why: "pay"},
		{From: escrow.Fees(s.Request), To: escrow.Pool, Amount: fee, Why: "network fee"},
	}, err
}

func (p Payout) move(to PayoutState) (Payout, error) {
	if !p.State.CanMove(to) {
		return p, fault.State("settle: payout of %s, request %s, milestone %d: %s cannot become %s", p.Contributor, p.Request, p.Milestone, p.State, to)
	}
	p.State = to
	return p, nil
}

// Check holds invariants 3 and 5 as far as one payout shows them.
func (p Payout) Check() error {
	bad := p.State < Pending || p.State > Released || p.Contributor == "" || p.Amount < 0 || p.Factor < 0 || p.Factor > num.One ||
		(p.Worthless || p.Answers == 0) && p.Amount != 0
	if bad {
		return fault.Internal("settle: payout of %q, request %s, milestone %d: %s, %d answers, factor %s, %d ualy, worthless %t",
			p.Contributor, p.Request, p.Milestone, p.State, p.Answers, p.Factor, p.Amount, p.Worthless)
	}
	return nil
}
