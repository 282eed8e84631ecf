package market_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	x "github.com/alaya-network/alaya/chain/x/market"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
)

func TestASilentRequesterIsRefunded(t *testing.T) {
	c := newChain(t)
	r := c.post(nil)
	c.bids(r, "alice", "bob")
	c.pass(hour - 1)
	c.wantRequest(r, market.Open, 2, 0, 0)
	c.pass(1)
	c.wantMoney(10_000_000, 100)
	c.pass(1)
	c.wantRequest(r, market.Expired, 0, 0, 0)
	c.wantBid(r, "alice", market.BidExpired)
	c.wantMoney(10_000_000, 0)
}

func TestARosterLeftOpenIsClosedAtTheBidDeadline(t *testing.T) {
	c := newChain(t)
	r := c.post(nil)
	c.bids(r, "alice", "bob")
	c.Advance(hour - minute)
	m := &awardMore{c, r}
	m.award("alice")
	c.pass(minute)
	c.wantRequest(r, market.Matched, 1, 1, 0)
	if err := c.accept(r, "alice"); err != nil {
		t.Fatal(err)
	}
	c.wantRequest(r, market.Working, 1, 0, 1)
	c.pass(1)
	c.wantBid(r, "bob", market.BidRejected)
}

func TestSilentContributorsLapse(t *testing.T) {
	c := newChain(t)
	r := c.post(nil)
	c.bids(r, "alice", "bob")
	if err := c.award(r, "alice", "bob"); err != nil {
		t.Fatal(err)
	}
	if err := c.accept(r, "alice"); err != nil {
		t.Fatal(err)
	}
	c.pass(10*minute - 1)
	c.wantRequest(r, market.Matched, 0, 1, 1)
	c.pass(1)
	c.wantRequest(r, market.Working, 0, 0, 1)
	c.wantEngagement(r, "bob", market.Lapsed)
	wantError(t, c.accept(r, "bob"), fault.KindState, "lapsed")
	if !slices.Equal(c.flow.started, []id.RequestID{r}) {
		t.Errorf("work begun on %v, want once on %s", c.flow.started, r)
	}
}

func TestARosterWhereAllLapseExpires(t *testing.T) {
	c := newChain(t)
	r := c.post(nil)
	c.bids(r, "alice")
	if err := c.award(r, "alice"); err != nil {
		t.Fatal(err)
	}
	c.Advance(10*minute + 1)
	wantError(t, c.accept(r, "alice"), fault.KindState, "offer ended")
	c.pass(0)
	c.wantRequest(r, market.Expired, 0, 0, 0)
	c.wantMoney(10_000_000, 0)
	if len(c.flow.started) != 0 {
		t.Error("work began with nobody")
	}
}

func TestAutomaticMatchingTakesTheCheapest(t *testing.T) {
	c := newChain(t)
	r := c.post(auto) // two answers to each item: two contributors of ten units
	c.bids(r, "alice", "bob", "carol")
	c.pass(hour)
	c.wantRequest(r, market.Matched, 1, 2, 0)
	c.pass(1)
	c.wantRequest(r, market.Matched, 0, 2, 0)
	c.wantBid(r, "alice", market.BidAwarded)
	c.wantBid(r, "bob", market.BidAwarded)
	c.wantBid(r, "carol", market.BidRejected)
	for _, name := range []string{"alice", "bob"} {
		if err := c.accept(r, name); err != nil {
			t.Fatal(err)
		}
	}
	c.wantRequest(r, market.Working, 0, 0, 2)
}

func TestAutomaticMatchingPrefersTheBetterOfEqualPrices(t *testing.T) {
	c := newChain(t)
	c.flow.scores[c.address("alice")] = 300_000
	c.flow.scores[c.address("bob")] = 500_000
	r := c.post(func(t *market.Terms) { auto(t); t.Redundancy.Min, t.Redundancy.Max = 1, 1 })
	for _, name := range []string{"alice", "bob", "carol"} {
		if err := c.bid(r, name, 50); err != nil {
			t.Fatal(err)
		}
	}
	c.flow.scores[c.address("carol")] = 900_000 // too late: what counts is the score at the bid
	c.pass(hour)
	c.pass(1)
	c.wantBid(r, "bob", market.BidAwarded)
	c.wantBid(r, "alice", market.BidRejected)
	c.wantBid(r, "carol", market.BidRejected)
}

func TestAutomaticMatchingWithoutBidsRefunds(t *testing.T) {
	c := newChain(t)
	r := c.post(auto)
	c.pass(hour)
	c.wantRequest(r, market.Expired, 0, 0, 0)
	c.wantMoney(10_000_000, 0)
}

func TestAWorkingRequestGoesOnToItsEnd(t *testing.T) {
	c := newChain(t)
	r := c.post(func(t *market.Terms) {
		t.Milestones = []market.Milestone{{Title: "a", Pages: 1, Due: t.BidDeadline.Add(hour)}, {Title: "b", Pages: 1, Due: t.DeliveryDeadline}}
	})
	c.bids(r, "alice", "bob")
	if err := c.award(r, "alice", "bob"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"alice", "bob"} {
		if err := c.accept(r, name); err != nil {
			t.Fatal(err)
		}
	}
	c.must(func(ctx context.Context) error { return c.k.Terminate(ctx, r, c.address("bob")) })
	wantError(t, c.try(func(ctx context.Context) error { return c.k.Terminate(ctx, r, c.address("bob")) }), fault.KindState, "terminated")
	c.wantRequest(r, market.Working, 0, 0, 1)
	for want, more := range []bool{true, false} {
		next, went, err := c.k.Advance(c.Ctx, r)
		if err != nil || went != more || next.Milestone != 1 {
			t.Errorf("advance %d: milestone %d, %t, %v", want, next.Milestone, went, err)
		}
	}
	wantError(t, c.try(func(ctx context.Context) error { return c.k.Close(ctx, r) }), fault.KindState, "working cannot become closed")
	c.must(func(ctx context.Context) error { return c.k.Settle(ctx, r) })
	c.must(func(ctx context.Context) error { return c.k.Close(ctx, r) })
	c.wantMoney(10_000_000, 1000) // the stakes are party's affair
	c.pass(1)
	c.wantRequest(r, market.Closed, 0, 0, 0)
	c.wantEngagement(r, "alice", market.Completed)
	c.wantEngagement(r, "bob", market.Terminated)
	if want := []id.Address{c.address("alice")}; !slices.Equal(c.flow.unbonded, want) {
		t.Errorf("unbonded %v, want %v", c.flow.unbonded, want)
	}
}

func TestOldDeadlinesDoNothing(t *testing.T) {
	c := newChain(t)
	r := c.post(nil)
	c.bids(r, "alice")
	if err := c.award(r, "alice"); err != nil {
		t.Fatal(err)
	}
	if err := c.accept(r, "alice"); err != nil {
		t.Fatal(err)
	}
	c.must(func(ctx context.Context) error { return c.k.Settle(ctx, r) })
	c.pass(10 * minute) // the acceptance window ends
	c.pass(hour)        // the bid deadline passes
	c.wantRequest(r, market.Settling, 0, 0, 1)
}

// awardMore awards one by one, the roster staying open.
type awardMore struct {
	c *chain
	r id.RequestID
}

func (a *awardMore) award(name string) {
	a.c.t.Helper()
	b, err := a.c.k.Bid(a.c.Ctx, a.r, a.c.address(name))
	if err != nil {
		a.c.t.Fatal(err)
	}
	if err := a.c.send(more(a.c, a.r, b.Bidder)); err != nil {
		a.c.t.Fatal(err)
	}
}

// TestDeadlinesDealWithBoundedNumbers lets far more fall due than a block takes.
func TestDeadlinesDealWithBoundedNumbers(t *testing.T) {
	const crowd = 2*x.MaxItems + 200
	c := newChain(t)
	r := c.post(func(t *market.Terms) {
		auto(t)
		t.Redundancy.Max, t.Stake = market.MaxAnswers, 1
		t.Manifest.Count, t.Manifest.Pages, t.Budget = 1000, []uint32{1000}, 1_000_000
	})
	var names []string
	for i := range crowd {
		names = append(names, fmt.Sprint("worker ", i))
		c.join(names[i])
	}
	c.crowd(func(ctx context.Context) {
		for _, name := range names {
			if _, err := c.msg.PlaceBid(ctx, place(c, r, name)); err != nil {
				t.Fatal(err)
			}
		}
	})
	steps := []struct {
		name   string
		passes int64
		state  market.State
		counts []uint32
	}{
		{"the matching reads all bids and awards none", hour, market.Open, []uint32{crowd, 0, 0}},
		{"awards of one block", 1, market.Open, []uint32{crowd - x.MaxItems, x.MaxItems, 0}},
		{"and of the next", 1, market.Open, []uint32{200, 2 * x.MaxItems, 0}},
		{"the rest completes the roster", 1, market.Matched, []uint32{0, crowd, 0}},
		{"the window ends for the first", 10 * minute, market.Matched, []uint32{0, crowd - x.MaxItems, 0}},
		{"and for others", 1, market.Matched, []uint32{0, 200, 0}},
		{"and for the last", 1, market.Expired, []uint32{0, 0, 0}},
	}
	for _, s := range steps {
		c.pass(s.passes)
		t.Log(s.name)
		c.wantRequest(r, s.state, s.counts...)
	}
	c.wantMoney(10_000_000, 0)
}

// crowd lets a lot happen at once and looks at the invariants only afterwards.
func (c *chain) crowd(do func(context.Context)) {
	c.t.Helper()
	do(c.Ctx)
	c.holds()
}

func TestAClosedRequestLetsItsCrowdGoByAndBy(t *testing.T) {
	const crowd = x.MaxItems + 20
	c := newChain(t)
	r := c.post(func(t *market.Terms) { t.Stake = 1 })
	c.crowd(func(ctx context.Context) {
		var bidders []string
		for i := range crowd {
			name := fmt.Sprint("worker ", i)
			c.join(name)
			bidders = append(bidders, name)
			if _, err := c.msg.PlaceBid(ctx, place(c, r, name)); err != nil {
				t.Fatal(err)
			}
		}
		if err := c.award(r, bidders...); err != nil {
			t.Fatal(err)
		}
		for _, name := range bidders {
			e, err := c.k.Engagement(ctx, r, c.address(name))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := c.msg.AcceptEngagement(ctx, signed(e)); err != nil {
				t.Fatal(err)
			}
		}
	})
	c.must(func(ctx context.Context) error { return c.k.Settle(ctx, r) })
	c.must(func(ctx context.Context) error { return c.k.Close(ctx, r) })
	c.pass(1)
	c.wantRequest(r, market.Closed, 0, 0, 20)
	c.pass(1)
	c.wantRequest(r, market.Closed, 0, 0, 0)
	if len(c.flow.unbonded) != crowd {
		t.Errorf("%d stakes unbonded, want %d", len(c.flow.unbonded), crowd)
	}
}
