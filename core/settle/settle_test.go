package settle_test

import (
	"fmt"
	"testing"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/merkle"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/settle"
)

const (
	request  id.RequestID = "1f3a5b7c9d2e4f60"
	now      id.Time      = 1_000_000
	reviewMs              = 5_000
	evidence id.CID       = "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq"
)

// vector makes a pay vector of n contributors; number i gets i+1 ualy.
func vector(n int) (entries []settle.Entry, total num.Amount) {
	for i := range n {
		e := settle.Entry{Contributor: contributor(i), Answers: 10, Right: 9_000_000, Wrong: 1_000_000, Skill: 900_000, Factor: num.One, Amount: num.Amount(i + 1)}
		entries = append(entries, e)
		total += e.Amount
	}
	return entries, total
}

func contributor(i int) id.Address { return id.Address(fmt.Sprintf("alaya1contributor%05d", i)) }

// chunk is a part of a vector with its proof.
type chunk struct {
	index   uint32
	entries []settle.Entry
	path    merkle.Proof
}

func chunksOf(t testing.TB, entries []settle.Entry) []chunk {
	t.Helper()
	tree := merkle.NewTree(settle.Chunks(entries))
	var chunks []chunk
	for i := range tree.Count() {
		path, err := tree.Proof(i)
		if err != nil {
			t.Fatal(err)
		}
		from := int(i) * settle.ChunkSize
		chunks = append(chunks, chunk{uint32(i), entries[from:min(from+settle.ChunkSize, len(entries))], path})
	}
	return chunks
}

func open(t testing.TB, entries []settle.Entry, total num.Amount) settle.Settlement {
	t.Helper()
	award := settle.Award{Request: request, Root: settle.Root(entries), Payouts: uint32(len(entries)), Total: total, Holds: true, Due: num.One}
	s, _, err := settle.Open(award, 200)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// reviewed posts a whole vector of n and returns it in review.
func reviewed(t testing.TB, n int) (settle.Settlement, []settle.Payout) {
	t.Helper()
	entries, total := vector(n)
	s := open(t, entries, total)
	var all []settle.Payout
	for _, c := range chunksOf(t, entries) {
		var payouts []settle.Payout
		var err error
		if s, payouts, err = s.Post(c.index, c.entries, c.path, now, reviewMs); err != nil {
			t.Fatal(err)
		}
		all = append(all, payouts...)
	}
	return s, all
}

func TestStatesMoveOnlyAlongTheirTables(t *testing.T) {
	settlement := map[[2]settle.State]bool{{settle.Posting, settle.Review}: true, {settle.Review, settle.Done}: true}
	for from := settle.State(0); from <= settle.Done+1; from++ {
		for to := settle.State(0); to <= settle.Done+1; to++ {
			if got, want := from.CanMove(to), settlement[[2]settle.State{from, to}]; got != want {
				t.Errorf("settlement: %s to %s: %t, want %t", from, to, got, want)
			}
		}
	}
	payout := map[[2]settle.PayoutState]bool{
		{settle.Pending, settle.Contested}: true, {settle.Pending, settle.Released}: true, {settle.Contested, settle.Pending}: true,
	}
	for from := settle.PayoutState(0); from <= settle.Released+1; from++ {
		for to := settle.PayoutState(0); to <= settle.Released+1; to++ {
			if got, want := from.CanMove(to), payout[[2]settle.PayoutState{from, to}]; got != want {
				t.Errorf("payout: %s to %s: %t, want %t", from, to, got, want)
			}
		}
	}
}

func TestOpenSetsTheTotalAside(t *testing.T) {
	award := settle.Award{Request: request, Milestone: 2, Round: 7, Payouts: 3, Total: 500, Due: 900_000}
	s, aside, err := settle.Open(award, 250)
	if err != nil {
		t.Fatal(err)
	}
	want := escrow.Transfer{From: escrow.Budget(request), To: escrow.Pending(request), Amount: 500, Why: "pay set aside"}
	if len(aside) != 1 || aside[0] != want {
		t.Errorf("transfers %+v, want %+v", aside, want)
	}
	if s.State != settle.Posting || s.Held() != 500 || s.Fee != 250 || s.Round != 7 || s.Milestone != 2 || s.Due != 900_000 {
		t.Errorf("settlement %+v", s)
	}
	if err := s.Check(); err != nil {
		t.Error(err)
	}
}

func TestOpenRefuses(t *testing.T) {
	tests := []struct {
		name  string
		award settle.Award
		kind  fault.Kind
	}{
		{"more payouts than a vector holds", settle.Award{Payouts: settle.MaxPayouts + 1}, fault.KindLimit},
		{"money for nobody", settle.Award{Total: 1}, fault.KindInvalid},
		{"less than nothing", settle.Award{Payouts: 1, Total: -1}, fault.KindInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, _, err := settle.Open(tt.award, 0); fault.KindOf(err) != tt.kind {
				t.Errorf("Open(%+v): %v, want kind %s", tt.award, err, tt.kind)
			}
		})
	}
}

func TestAnEmptyVectorFinishesAtOnce(t *testing.T) {
	s, _, err := settle.Open(settle.Award{Request: request}, 200)
	if err != nil {
		t.Fatal(err)
	}
	if !s.Finished() {
		t.Errorf("%+v is not to be finished", s)
	}
	if s, err = s.Finish(); err != nil || s.State != settle.Done {
		t.Errorf("Finish: %s, %v", s.State, err)
	}
	if _, err = s.Finish(); !fault.Is(err, fault.KindState) {
		t.Errorf("a second Finish: %v, want kind state", err)
	}
}

func TestChunksMayComeInAnyOrder(t *testing.T) {
	entries, total := vector(2*settle.ChunkSize + 1)
	chunks := chunksOf(t, entries)
	s := open(t, entries, total)
	seen := 0
	for i, at := range []int{2, 0, 1} {
		c := chunks[at]
		var payouts []settle.Payout
		var err error
		if s, payouts, err = s.Post(c.index, c.entries, c.path, now.Add(int64(i)), reviewMs); err != nil {
			t.Fatalf("chunk %d: %v", at, err)
		}
		seen += len(payouts)
		for j, p := range payouts {
			if p.Entry != c.entries[j] || p.State != settle.Pending || p.Request != request {
				t.Errorf("chunk %d: payout %d is %+v, want entry %+v pending", at, j, p, c.entries[j])
			}
		}
		if err := s.Check(); err != nil {
			t.Error(err)
		}
	}
	if s.State != settle.Review || s.ReleaseAt != now+2+reviewMs || seen != len(entries) || s.PostedTotal != total || s.Open != uint32(seen) {
		t.Errorf("after all chunks: %+v with %d payouts", s, seen)
	}
}

func TestPostRefuses(t *testing.T) {
	entries, total := vector(settle.ChunkSize + 3)
	chunks := chunksOf(t, entries)
	forged := append([]settle.Entry(nil), chunks[1].entries...)
	forged[0].Amount++
	full, _ := reviewed(t, 3)

	posted := open(t, entries, total)
	posted, _, err := posted.Post(0, chunks[0].entries, chunks[0].path, now, reviewMs)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		s    settle.Settlement
		c    chunk
		kind fault.Kind
	}{
		{"a chunk twice", posted, chunks[0], fault.KindExists},
		{"another amount", posted, chunk{1, forged, chunks[1].path}, fault.KindInvalid},
		{"a chunk at another's place", posted, chunk{1, chunks[0].entries, chunks[0].path}, fault.KindInvalid},
		{"a chunk beyond the vector", posted, chunk{2, chunks[1].entries, chunks[1].path}, fault.KindInvalid},
		{"a path cut short", posted, chunk{1, chunks[1].entries, nil}, fault.KindInvalid},
		{"half a chunk", posted, chunk{1, chunks[1].entries[:1], chunks[1].path}, fault.KindInvalid},
		{"a chunk after the last", full, chunks[0], fault.KindState},
		{"a total that the verdict does not name", open(t, entries[:1], 7), chunk{0, entries[:1], nil}, fault.KindInvalid},
		{"more payouts than the verdict counts", openOf(t, settle.Award{Root: settle.Root(entries[:2]), Payouts: 1, Total: 3}), chunk{0, entries[:2], nil}, fault.KindInvalid},
		{"fewer payouts than the verdict counts", openOf(t, settle.Award{Root: settle.Root(entries[:2]), Payouts: 3, Total: 3}), chunk{0, entries[:2], nil}, fault.KindInvalid},
		{"a contributor twice", twice(t, entries[0]), chunk{0, []settle.Entry{entries[0], entries[0]}, nil}, fault.KindInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, payouts, err := tt.s.Post(tt.c.index, tt.c.entries, tt.c.path, now, reviewMs)
			if fault.KindOf(err) != tt.kind || payouts != nil {
				t.Errorf("chunk %d of %d entries: %v with %d payouts, want kind %s", tt.c.index, len(tt.c.entries), err, len(payouts), tt.kind)
			}
		})
	}
}

func openOf(t testing.TB, a settle.Award) settle.Settlement {
	t.Helper()
	s, _, err := settle.Open(a, 0)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func twice(t testing.TB, e settle.Entry) settle.Settlement {
	t.Helper()
	entries := []settle.Entry{e, e}
	return openOf(t, settle.Award{Root: settle.Root(entries), Payouts: 2, Total: 2 * e.Amount})
}

func TestReleasePaysOnceAndDonatesTheFee(t *testing.T) {
	s, payouts := reviewed(t, 200)
	p := payouts[149] // of 150 ualy, whose fee of 2 % is 3
	if _, _, _, err := s.Release(p, s.ReleaseAt-1); !fault.Is(err, fault.KindState) {
		t.Errorf("before the review ends: %v, want kind state", err)
	}
	s, p, moves, err := s.Release(p, s.ReleaseAt)
	if err != nil {
		t.Fatal(err)
	}
	want := []escrow.Transfer{
		{From: escrow.Pending(request), To: escrow.Wallet(p.Contributor), Amount: 150, Why: "pay"},
		{From: escrow.Fees(request), To: escrow.Pool, Amount: 3, Why: "network fee"},
	}
	if len(moves) != 2 || moves[0] != want[0] || moves[1] != want[1] {
		t.Errorf("transfers %+v, want %+v", moves, want)
	}
	if s.Released != 150 || s.Open != 199 || p.State != settle.Released || s.Held() != s.Total-150 {
		t.Errorf("settlement %+v, payout %+v", s, p)
	}
	if _, _, _, err := s.Release(p, s.ReleaseAt); !fault.Is(err, fault.KindState) {
		t.Errorf("twice: %v, want kind state", err)
	}
	if _, err := s.Finish(); !fault.Is(err, fault.KindState) {
		t.Errorf("finish with payouts open: %v, want kind state", err)
	}
}

func TestContestFreezesAPayout(t *testing.T) {
	s, payouts := reviewed(t, 1)
	frozen, c, err := s.Contest(payouts[0], "spam", evidence, now, 100)
	if err != nil {
		t.Fatal(err)
	}
	if c.Deadline != now+100 || c.Opened != now || c.Contributor != payouts[0].Contributor || c.Reason != "spam" || c.Evidence != evidence {
		t.Errorf("contest %+v", c)
	}
	if s.Ripe(frozen, s.ReleaseAt) {
		t.Error("a contested payout is ripe")
	}
	if _, _, _, err := s.Release(frozen, s.ReleaseAt); !fault.Is(err, fault.KindState) {
		t.Errorf("release of a contested payout: %v, want kind state", err)
	}
	if _, err := c.End(frozen, c.Deadline-1); !fault.Is(err, fault.KindState) {
		t.Errorf("end before the deadline: %v, want kind state", err)
	}
	free, err := c.End(frozen, c.Deadline)
	if err != nil || !s.Ripe(free, s.ReleaseAt) {
		t.Errorf("after its deadline: %s, %v; want a ripe payout", free.State, err)
	}
	if _, err := free.Withdraw(); !fault.Is(err, fault.KindState) {
		t.Errorf("withdrawing no contest: %v, want kind state", err)
	}
	if free, err = frozen.Withdraw(); err != nil || free.State != settle.Pending {
		t.Errorf("withdrawn: %s, %v; want pending", free.State, err)
	}
}

func TestContestRefuses(t *testing.T) {
	s, payouts := reviewed(t, 2)
	frozen, _, err := s.Contest(payouts[0], "copied", evidence, now, 100)
	if err != nil {
		t.Fatal(err)
	}
	entries, total := vector(2)
	tests := []struct {
		name     string
		s        settle.Settlement
		p        settle.Payout
		reason   string
		evidence id.CID
		now      id.Time
		kind     fault.Kind
	}{
		{"no reason code", s, payouts[1], "ugly", evidence, now, fault.KindInvalid},
		{"no evidence", s, payouts[1], "spam", "", now, fault.KindInvalid},
		{"after the review", s, payouts[1], "spam", evidence, s.ReleaseAt, fault.KindState},
		{"before the review", open(t, entries, total), payouts[1], "spam", evidence, now, fault.KindState},
		{"what is contested", s, frozen, "spam", evidence, now, fault.KindState},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, _, err := tt.s.Contest(tt.p, tt.reason, tt.evidence, tt.now, 100); fault.KindOf(err) != tt.kind {
				t.Errorf("contest for %q, evidence %q, at %d: %v, want kind %s", tt.reason, tt.evidence, tt.now, err, tt.kind)
			}
		})
	}
}

func TestCheckFindsBrokenRecords(t *testing.T) {
	s, payouts := reviewed(t, 2)
	for name, damage := range map[string]func(*settle.Settlement){
		"no state":                         func(s *settle.Settlement) { s.State = 0 },
		"more posted than there are":       func(s *settle.Settlement) { s.Posted++ },
		"more open than posted":            func(s *settle.Settlement) { s.Open = s.Posted + 1 },
		"more released than posted":        func(s *settle.Settlement) { s.Released = s.PostedTotal + 1 },
		"in review with a part of the sum": func(s *settle.Settlement) { s.PostedTotal-- },
	} {
		bad := s
		if damage(&bad); bad.Check() == nil {
			t.Errorf("%s: Check accepts %+v", name, bad)
		}
	}
	for name, damage := range map[string]func(*settle.Payout){
		"no state":           func(p *settle.Payout) { p.State = 0 },
		"nobody":             func(p *settle.Payout) { p.Contributor = "" },
		"less than nothing":  func(p *settle.Payout) { p.Amount = -1 },
		"a factor above one": func(p *settle.Payout) { p.Factor = num.One + 1 },
		"pay for worthless":  func(p *settle.Payout) { p.Worthless = true },
		"pay for no answers": func(p *settle.Payout) { p.Answers = 0 },
	} {
		bad := payouts[0]
		if damage(&bad); bad.Check() == nil {
			t.Errorf("%s: Check accepts %+v", name, bad)
		}
	}
}

func TestParamsHaveBounds(t *testing.T) {
	if err := settle.DefaultParams().Validate(); err != nil {
		t.Error(err)
	}
	for _, fee := range []num.Bps{-1, settle.MaxFee + 1} {
		if err := (settle.Params{Fee: fee}).Validate(); !fault.Is(err, fault.KindLimit) {
			t.Errorf("fee %d: %v, want kind limit", fee, err)
		}
	}
}
