package settle_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/escrow/memory"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/settle"
)

const (
	requester id.Address = "alaya1requester"
	budget    num.Amount = 1_000_000
	contestMs            = 4_000
)

// machine is one settlement, its payouts and its money, beside a model that
// knows only which payouts are contested and which are paid.
type machine struct {
	now      id.Time
	holder   *memory.Holder
	s        settle.Settlement
	payouts  map[id.Address]settle.Payout
	contests map[id.Address]settle.Contest

	chunks    []chunk
	posted    map[int]bool
	contested map[id.Address]bool
	paid      map[id.Address]bool
}

func newMachine(t *rapid.T, tb testing.TB) *machine {
	n := rapid.SampledFrom([]int{1, 2, 5, settle.ChunkSize, settle.ChunkSize + 2, 2*settle.ChunkSize + 1}).Draw(t, "payouts")
	entries, total := vector(n)
	m := &machine{
		now: now, holder: memory.NewHolder(), payouts: map[id.Address]settle.Payout{}, contests: map[id.Address]settle.Contest{},
		chunks: chunksOf(tb, entries), posted: map[int]bool{}, contested: map[id.Address]bool{}, paid: map[id.Address]bool{},
	}
	fee := num.Bps(rapid.Int64Range(0, int64(settle.MaxFee)).Draw(t, "fee"))
	fees, err := fee.Of(budget, num.Up)
	if err != nil {
		t.Fatal(err)
	}
	m.holder.Fund(requester, budget+fees)
	m.carry(t, []escrow.Transfer{
		{From: escrow.Wallet(requester), To: escrow.Budget(request), Amount: budget},
		{From: escrow.Wallet(requester), To: escrow.Fees(request), Amount: fees},
	})
	s, aside, err := settle.Open(settle.Award{Request: request, Root: settle.Root(entries), Payouts: uint32(n), Total: total}, fee)
	if err != nil {
		t.Fatal(err)
	}
	m.s = s
	m.carry(t, aside)
	return m
}

func (m *machine) carry(t *rapid.T, moves []escrow.Transfer) {
	if err := escrow.Carry(m.holder, moves); err != nil {
		t.Fatal(err)
	}
}

// inReview is the model's opinion of the settlement.
func (m *machine) inReview() bool { return len(m.posted) == len(m.chunks) }

func (m *machine) draw(t *rapid.T) id.Address {
	return contributor(rapid.IntRange(0, int(m.s.Payouts)-1).Draw(t, "contributor"))
}

func (m *machine) wait(t *rapid.T) { m.now = m.now.Add(rapid.Int64Range(1, 2_000).Draw(t, "ms")) }

func (m *machine) post(t *rapid.T) {
	at := rapid.IntRange(0, len(m.chunks)-1).Draw(t, "chunk")
	c := m.chunks[at]
	s, payouts, err := m.s.Post(c.index, c.entries, c.path, m.now, reviewMs)
	if want := !m.posted[at]; want != (err == nil) {
		t.Fatalf("chunk %d: %v, want success %t", at, err, want)
	}
	if err != nil {
		return
	}
	m.s, m.posted[at] = s, true
	for _, p := range payouts {
		m.payouts[p.Contributor] = p
	}
}

func (m *machine) contest(t *rapid.T) {
	who := m.draw(t)
	p, c, err := m.s.Contest(m.payouts[who], "spam", evidence, m.now, contestMs)
	want := m.inReview() && m.now < m.s.ReleaseAt && !m.contested[who] && !m.paid[who]
	if want != (err == nil) {
		t.Fatalf("contest of %s: %v, want success %t", who, err, want)
	}
	if err == nil {
		m.payouts[who], m.contests[who], m.contested[who] = p, c, true
	}
}

func (m *machine) withdraw(t *rapid.T) {
	who := m.draw(t)
	p, err := m.payouts[who].Withdraw()
	m.freed(t, who, p, err, m.contested[who])
}

func (m *machine) end(t *rapid.T) {
	who := m.draw(t)
	p, err := m.contests[who].End(m.payouts[who], m.now)
	m.freed(t, who, p, err, m.contested[who] && m.now >= m.contests[who].Deadline)
}

func (m *machine) freed(t *rapid.T, who id.Address, p settle.Payout, err error, want bool) {
	if want != (err == nil) {
		t.Fatalf("contest of %s ended: %v, want success %t", who, err, want)
	}
	if err == nil {
		m.payouts[who] = p
		delete(m.contested, who)
	}
}

func (m *machine) release(t *rapid.T) { m.releaseTo(t, m.draw(t)) }

func (m *machine) releaseTo(t *rapid.T, who id.Address) {
	s, p, moves, err := m.s.Release(m.payouts[who], m.now)
	want := m.inReview() && m.now >= m.s.ReleaseAt && !m.contested[who] && !m.paid[who]
	if want != (err == nil) {
		t.Fatalf("release to %s: %v, want success %t", who, err, want)
	}
	if err == nil {
		m.s, m.payouts[who], m.paid[who] = s, p, true
		m.carry(t, moves)
	}
}

func (m *machine) check(t *rapid.T) {
	if err := m.s.Check(); err != nil {
		t.Fatal(err)
	}
	if err := m.holder.Check(); err != nil {
		t.Fatal(err)
	}
	for _, p := range m.payouts {
		if err := p.Check(); err != nil {
			t.Fatal(err)
		}
	}
	for who := range m.paid {
		if got, want := m.holder.Wallet(who), m.payouts[who].Amount; got != want {
			t.Fatalf("%s has %d, want %d", who, got, want)
		}
	}
	if pending, _ := m.holder.Balance(escrow.Pending(request)); pending != m.s.Held() {
		t.Fatalf("pending %d, held %d", pending, m.s.Held())
	}
	if int(m.s.Open) != len(m.payouts)-len(m.paid) || m.s.Finished() != (m.inReview() && m.s.Open == 0) {
		t.Fatalf("%d open, finished %t, of %d payouts and %d paid", m.s.Open, m.s.Finished(), len(m.payouts), len(m.paid))
	}
}

// finish lets deadlines alone do the rest, and accounts for every unit.
func (m *machine) finish(t *rapid.T) {
	for i, c := range m.chunks {
		if m.posted[i] {
			continue
		}
		s, payouts, err := m.s.Post(c.index, c.entries, c.path, m.now, reviewMs)
		if err != nil {
			t.Fatal(err)
		}
		m.s, m.posted[i] = s, true
		for _, p := range payouts {
			m.payouts[p.Contributor] = p
		}
	}
	m.now = m.now.Add(reviewMs + contestMs)
	for i := range int(m.s.Payouts) {
		who := contributor(i)
		if m.contested[who] {
			p, err := m.contests[who].End(m.payouts[who], m.now)
			m.freed(t, who, p, err, true)
		}
		m.releaseTo(t, who)
	}
	done, err := m.s.Finish()
	if err != nil || done.State != settle.Done {
		t.Fatalf("Finish: %s, %v", done.State, err)
	}
	left, _ := m.holder.Balance(escrow.Budget(request))
	if left != budget-done.Total {
		t.Fatalf("budget holds %d, want %d less %d", left, budget, done.Total)
	}
	m.check(t)
}

func TestASettlementNeverLosesAUnit(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		m := newMachine(r, t)
		r.Repeat(map[string]func(*rapid.T){
			"post": m.post, "wait": m.wait, "contest": m.contest, "withdraw": m.withdraw, "end": m.end, "release": m.release, "": m.check,
		})
		m.finish(r)
	})
}
