package market_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/escrow/memory"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/party"
)

// machine is one request with all that hangs on it: what a shell would keep.
type machine struct {
	now     id.Time
	money   *memory.Holder
	request market.Request
	bids    map[id.Address]market.Bid
	engaged map[id.Address]market.Engagement
	stakes  map[id.Address]party.Stake
}

func bidders() []id.Address {
	return []id.Address{"alaya1b0", "alaya1b1", "alaya1b2", "alaya1b3", "alaya1b4"}
}

func newMachine(r *rapid.T) *machine {
	m := &machine{
		now: now, money: memory.NewHolder(),
		bids: map[id.Address]market.Bid{}, engaged: map[id.Address]market.Engagement{}, stakes: map[id.Address]party.Stake{},
	}
	m.money.Fund(requester, 100_000)
	for i, b := range bidders() {
		m.money.Fund(b, num.Amount(1500*i)) // the first can pay nothing, some no stake
	}
	terms := terms()
	if rapid.Bool().Draw(r, "auto") {
		terms.Matching = market.Auto
	}
	request, moves, err := market.Post(requester, 0, terms, m.now, 100)
	m.must(r, err)
	m.must(r, escrow.Carry(m.money, moves))
	m.request = request
	return m
}

func (m *machine) must(r *rapid.T, err error) {
	if err != nil {
		r.Fatalf("at %s, request %s: %v", m.now, m.request.State, err)
	}
}

// refused ends an action that the rules may refuse; a refusal changes nothing.
func refused(r *rapid.T, err error) bool {
	if fault.Is(err, fault.KindInternal) {
		r.Fatalf("internal: %v", err)
	}
	return err != nil
}

func (m *machine) bid(r *rapid.T) {
	who := rapid.SampledFrom(bidders()).Draw(r, "bidder")
	if _, bid := m.bids[who]; bid {
		return
	}
	b, lock, err := m.request.PlaceBid(who, qualified(), offer(num.Amount(rapid.Int64Range(1, 1100).Draw(r, "price"))), m.now)
	if refused(r, err) || refused(r, escrow.Carry(m.money, lock)) {
		return
	}
	m.bids[who] = b
	m.request.Bids++
}

// end ends a bid, if it may.
func (m *machine) end(r *rapid.T, who id.Address, as market.BidState) {
	b, back, err := m.bids[who].End(as)
	if refused(r, err) {
		return
	}
	m.must(r, escrow.Carry(m.money, back))
	m.bids[who] = b
	m.request.Bids--
}

func (m *machine) withdraw(r *rapid.T) {
	m.end(r, rapid.SampledFrom(bidders()).Draw(r, "bidder"), market.BidWithdrawn)
}

func (m *machine) award(r *rapid.T, who id.Address) {
	e, b, back, err := m.request.Award(m.bids[who], m.now)
	if refused(r, err) {
		return
	}
	m.must(r, escrow.Carry(m.money, back))
	m.bids[who], m.engaged[who] = b, e
	m.request.Bids--
	m.request.Offered++
}

func (m *machine) awardOne(r *rapid.T) {
	who := rapid.SampledFrom(bidders()).Draw(r, "bidder")
	if m.request.MayAward(requester, 1) == nil {
		m.award(r, who)
	}
}

// closeRoster ends the bidding as the deadline would.
func (m *machine) closeRoster(r *rapid.T) {
	if m.request.State != market.Open {
		return
	}
	if m.request.Terms.Matching == market.Auto {
		var open []market.Bid
		for _, who := range bidders() {
			if b, bid := m.bids[who]; bid && b.State == market.BidOpen {
				open = append(open, b)
			}
		}
		for _, b := range m.request.MatchAuto(open) {
			m.award(r, b.Bidder)
		}
	}
	request, err := m.request.CloseRoster()
	m.must(r, err)
	m.request = request
	m.endBids(r)
	m.begin(r)
}

func (m *machine) endBids(r *rapid.T) {
	for _, who := range bidders() {
		m.end(r, who, market.BidRejected)
	}
	m.refund(r)
}

// refund pays back what a request that is over still has.
func (m *machine) refund(r *rapid.T) {
	if !m.request.State.Over() {
		return
	}
	budget, _ := m.money.Balance(escrow.Budget(m.request.ID))
	fees, _ := m.money.Balance(escrow.Fees(m.request.ID))
	m.must(r, escrow.Carry(m.money, m.request.Refund(budget, fees)))
}

func (m *machine) begin(r *rapid.T) {
	request, _, err := m.request.Begin()
	m.must(r, err)
	m.request = request
	m.refund(r)
}

func (m *machine) accept(r *rapid.T) {
	who := rapid.SampledFrom(bidders()).Draw(r, "contributor")
	e, offered := m.engaged[who]
	if !offered {
		return
	}
	signed := e.TermsHash
	if rapid.IntRange(0, 4).Draw(r, "hash") == 0 {
		signed[0]++
	}
	e, stake, lock, err := e.Accept(signed, m.now)
	if refused(r, err) || refused(r, escrow.Carry(m.money, lock)) {
		return
	}
	m.engaged[who], m.stakes[who] = e, stake
	m.request.Offered--
	m.request.Active++
	m.begin(r)
}

// deadlines does what falls due as time goes by.
func (m *machine) deadlines(r *rapid.T) {
	m.now = m.now.Add(rapid.SampledFrom([]int64{1, minute / 2, minute, hour}).Draw(r, "passes"))
	if m.request.State == market.Open && m.now >= m.request.Terms.BidDeadline {
		m.closeRoster(r)
		return
	}
	if m.request.State != market.Matched {
		return
	}
	for _, who := range bidders() {
		e, offered := m.engaged[who]
		if offered && e.State == market.Offered && m.now >= e.AcceptBy {
			e, err := e.Move(market.Lapsed)
			m.must(r, err)
			m.engaged[who] = e
			m.request.Offered--
		}
	}
	m.begin(r)
}

// closeRosterEarly closes it before its deadline, mostly once somebody was chosen.
func (m *machine) closeRosterEarly(r *rapid.T) {
	if m.request.Offered > 0 || rarely(r) {
		m.closeRoster(r)
	}
}

func (m *machine) cancel(r *rapid.T) {
	if !rarely(r) {
		return
	}
	request, err := m.request.Cancel(rapid.SampledFrom([]id.Address{requester, alice}).Draw(r, "by"))
	if refused(r, err) {
		return
	}
	m.request = request
	m.endBids(r)
}

// rarely keeps actions that end a story from ending nearly all of them early.
func rarely(r *rapid.T) bool { return rapid.IntRange(0, 9).Draw(r, "whim") == 0 }

// proceed takes a request that works to its end, step by step.
func (m *machine) proceed(r *rapid.T) {
	next, known := map[market.State]market.State{market.Working: market.Settling, market.Settling: market.Closed}[m.request.State]
	if !known {
		return
	}
	request, err := m.request.Move(next)
	m.must(r, err)
	m.request = request
	if next != market.Closed {
		return
	}
	m.refund(r)
	for _, who := range bidders() {
		if e := m.engaged[who]; e.State == market.Active {
			m.complete(r, e)
		}
	}
}

func (m *machine) complete(r *rapid.T, e market.Engagement) {
	e, err := e.Move(market.Completed)
	m.must(r, err)
	stake, err := m.stakes[e.Contributor].Unbond(m.now, 0)
	m.must(r, err)
	stake, back, err := stake.Return(m.now)
	m.must(r, err)
	m.must(r, escrow.Carry(m.money, back))
	m.engaged[e.Contributor], m.stakes[e.Contributor] = e, stake
	m.request.Active--
}

// check holds the invariants of the package.
func (m *machine) check(r *rapid.T) {
	m.must(r, m.request.Check())
	m.must(r, m.money.Check())
	var bids, offers, active uint32
	held := num.Amount(0)
	for _, who := range bidders() {
		if b, bid := m.bids[who]; bid {
			m.must(r, b.Check())
			m.holds(r, escrow.Deposit(m.request.ID, who), b.Held())
			held += b.Held()
			bids += count(b.State == market.BidOpen)
		}
		e, engaged := m.engaged[who]
		if !engaged {
			continue
		}
		m.must(r, e.Check())
		stake, staked := m.stakes[who]
		m.holds(r, escrow.Stake(m.request.ID, who), stake.Held())
		held += stake.Held()
		offers, active = offers+count(e.State == market.Offered), active+count(e.State == market.Active)
		if e.State == market.Active && (!staked || stake.State != party.StakeLocked) || e.Price > m.request.Terms.PriceCap {
			r.Fatalf("active at %s with stake %+v", e.Price, stake)
		}
	}
	if got := fmt.Sprint(m.request.Bids, m.request.Offered, m.request.Active); got != fmt.Sprint(bids, offers, active) {
		r.Fatalf("request counts %s, there are %d %d %d", got, bids, offers, active)
	}
	budget, fees := m.request.Terms.Budget, m.request.Terms.Budget/100
	if m.request.State.Over() {
		budget, fees = 0, 0
	}
	m.holds(r, escrow.Budget(m.request.ID), budget)
	m.holds(r, escrow.Fees(m.request.ID), fees)
	if m.money.Inside() != held+budget+fees {
		r.Fatalf("escrow holds %s, promises are %s", m.money.Inside(), held+budget+fees)
	}
}

func (m *machine) holds(r *rapid.T, a escrow.Account, want num.Amount) {
	if got, _ := m.money.Balance(a); got != want {
		r.Fatalf("%s holds %s, want %s", a, got, want)
	}
}

func count(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

func TestMarketKeepsItsPromises(t *testing.T) {
	ends := map[market.State]int{}
	all := func() bool { return ends[market.Closed] > 0 && ends[market.Cancelled] > 0 && ends[market.Expired] > 0 }
	for range 50 { // few stories end well: enough are told that some surely do
		rapid.Check(t, func(r *rapid.T) {
			m := newMachine(r)
			r.Repeat(map[string]func(*rapid.T){
				"": m.check, "bid": m.bid, "withdraw": m.withdraw, "award": m.awardOne, "accept": m.accept,
				"accept again": m.accept, "time": m.deadlines, "close roster": m.closeRosterEarly, "cancel": m.cancel, "proceed": m.proceed,
			})
			m.finish(r)
			ends[m.request.State]++
		})
		if all() {
			return
		}
	}
	t.Errorf("no story ended closed, cancelled or expired: %v", ends)
}

// finish lets everybody fall silent: deadlines alone must end the request, but
// for the verdicts of its work.
func (m *machine) finish(r *rapid.T) {
	for range 8 {
		m.now = m.now.Add(4 * hour)
		m.deadlines(r)
		m.proceed(r)
		m.check(r)
	}
	if !m.request.State.Over() || m.money.Inside() != 0 {
		r.Fatalf("everybody silent, request %s, escrow %s", m.request.State, m.money.Inside())
	}
}
