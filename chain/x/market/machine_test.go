package market_test

import (
	"context"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
)

// crowd is a chain with requests that strangers send messages about.
type crowd struct {
	*chain
	posted []id.RequestID
}

func people() []string { return []string{"alice", "bob", "carol", "requester"} }

// refused ends an action that the rules may refuse, for a stated reason only.
func refused(r *rapid.T, err error) {
	if err != nil && fault.KindOf(err) == fault.KindInternal {
		r.Fatalf("internal: %v", err)
	}
}

func (c *crowd) any(r *rapid.T) (id.RequestID, string) {
	if len(c.posted) == 0 {
		r.Skip("no request yet")
	}
	return rapid.SampledFrom(c.posted).Draw(r, "request"), rapid.SampledFrom(people()).Draw(r, "who")
}

func (c *crowd) postOne(r *rapid.T) {
	if len(c.posted) == 4 {
		r.Skip("enough requests")
	}
	byPrice := rapid.Bool().Draw(r, "auto")
	c.posted = append(c.posted, c.post(func(t *market.Terms) {
		if byPrice {
			auto(t)
		}
		t.Deposit = num.Amount(rapid.Int64Range(0, 50).Draw(r, "deposit"))
		t.Stake = num.Amount(rapid.Int64Range(0, 9_000).Draw(r, "stake"))
	}))
}

func (c *crowd) bidOne(r *rapid.T) {
	request, who := c.any(r)
	refused(r, c.bid(request, who, rapid.Int64Range(0, 101).Draw(r, "price")))
}

func (c *crowd) withdrawOne(r *rapid.T) {
	request, who := c.any(r)
	refused(r, c.withdraw(request, who))
}

func (c *crowd) awardOne(r *rapid.T) {
	request, who := c.any(r)
	m := more(c.chain, request, c.address(who))
	m.More = rapid.Bool().Draw(r, "more")
	refused(r, c.send(m))
}

func (c *crowd) acceptOne(r *rapid.T) {
	request, who := c.any(r)
	refused(r, c.accept(request, who))
}

func (c *crowd) cancelOne(r *rapid.T) {
	request, who := c.any(r)
	refused(r, c.cancel(request, who))
}

func (c *crowd) time(r *rapid.T) {
	c.pass(rapid.SampledFrom([]int64{1, minute, 10 * minute, hour}).Draw(r, "passes"))
}

// proceed does what the later stages would.
func (c *crowd) proceed(r *rapid.T) {
	request, who := c.any(r)
	switch c.request(request).State {
	case market.Working:
		if rapid.Bool().Draw(r, "terminate") {
			refused(r, c.try(func(ctx context.Context) error { return c.k.Terminate(ctx, request, c.address(who)) }))
			return
		}
		c.must(func(ctx context.Context) error { return c.k.Settle(ctx, request) })
	case market.Settling:
		c.must(func(ctx context.Context) error { return c.k.Close(ctx, request) })
	default:
		r.Skip("neither working nor settling")
	}
}

// move exports everything and goes on in a new chain.
func (c *crowd) move(t *testing.T) { c.chain = moved(t, c.chain) }

func TestMarketHoldsWhateverStrangersSend(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		c := &crowd{chain: newChain(t)}
		r.Repeat(map[string]func(*rapid.T){
			"post": c.postOne, "bid": c.bidOne, "bid again": c.bidOne, "withdraw": c.withdrawOne, "award": c.awardOne,
			"accept": c.acceptOne, "cancel": c.cancelOne, "time": c.time, "proceed": c.proceed,
			"move": func(*rapid.T) { c.move(t) },
		})
		c.pass(48 * hour) // everybody falls silent
		c.pass(hour)
		c.pass(hour)
		for _, posted := range c.posted {
			now := c.request(posted)
			if !now.State.Over() && now.State != market.Working && now.State != market.Settling || now.Bids+now.Offered > 0 {
				r.Fatalf("request %s waits for ever: %s, %d bids, %d offers", posted, now.State, now.Bids, now.Offered)
			}
			if over := now.State.Over(); over && now.Active > 0 {
				r.Fatalf("request %s is %s with %d engagements", posted, now.State, now.Active)
			}
		}
	})
}
