package market_test

import (
	"context"
	"slices"
	"testing"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/party"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	"github.com/alaya-network/alaya/wire"
)

func TestPostingMovesMoneyIntoEscrow(t *testing.T) {
	c := newChain(t)
	first := c.post(nil)
	c.wantMoney(9_989_900, 10_100)
	c.wantRequest(first, market.Open, 0, 0, 0)
	if second := c.post(nil); first != id.NewRequestID(c.address("requester"), 0) || second != id.NewRequestID(c.address("requester"), 1) {
		t.Errorf("ids %s, %s: want those of requests 0 and 1", first, second)
	}
	if got := c.actions(); !slices.Equal(got, []string{"posted", "posted"}) {
		t.Errorf("events %v", got)
	}
}

func TestPostsAreRefused(t *testing.T) {
	c := newChain(t)
	tests := []struct {
		name   string
		by     string
		change func(*marketv1.RequestTerms)
		kind   fault.Kind
		says   string
	}{
		{"by nobody", "nobody", func(*marketv1.RequestTerms) {}, fault.KindInvalid, "address"},
		{"by an address with a wrong checksum", string(c.address("requester")[:40]) + "qqq", func(*marketv1.RequestTerms) {}, fault.KindInvalid, "address"},
		{"beyond his means", string(c.address("alice")), func(*marketv1.RequestTerms) {}, fault.KindFunds, "has"},
		{"with bad terms", string(c.address("requester")), func(t *marketv1.RequestTerms) { t.Title = "" }, fault.KindLimit, "title"},
		{"with a short hash", string(c.address("requester")), func(t *marketv1.RequestTerms) { t.Manifest.Root = []byte{1} }, fault.KindInvalid, "manifest root"},
		{"inviting nobody", string(c.address("requester")), func(t *marketv1.RequestTerms) { t.Qualification.Invited = []string{"alaya1x"} }, fault.KindInvalid, "alaya1x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			terms := wire.TermsToProto(c.terms())
			tt.change(terms)
			err := c.try(func(ctx context.Context) error {
				_, err := c.msg.PostRequest(ctx, &marketv1.MsgPostRequest{Requester: tt.by, Terms: *terms})
				return err
			})
			wantError(t, err, tt.kind, tt.says)
			c.wantMoney(10_000_000, 0)
		})
	}
}

func TestBidsAreRefusedWithTheReason(t *testing.T) {
	c := newChain(t)
	r := c.post(nil)
	c.flow.scores[c.address("bob")] = 299_999
	c.flow.money.Fund(c.address("poor"), 49)
	c.flow.scores[c.address("poor")] = 400_000
	wantError(t, c.bid(r, "alice", 101), fault.KindLimit, "cap")
	wantError(t, c.bid(r, "bob", 50), fault.KindForbidden, "score")
	wantError(t, c.bid(r, "requester", 50), fault.KindForbidden, "his own request")
	wantError(t, c.bid(r, "poor", 50), fault.KindFunds, "has")
	wantError(t, c.bid("0011223344556677", "alice", 50), fault.KindNotFound, "0011223344556677")
	wantError(t, c.bid("no id", "alice", 50), fault.KindInvalid, "request id")
	c.wantRequest(r, market.Open, 0, 0, 0)
	c.bids(r, "alice")
	wantError(t, c.bid(r, "alice", 50), fault.KindExists, "one bid each")
	c.Advance(hour + 1)
	wantError(t, c.bid(r, "carol", 50), fault.KindState, "bids closed")
	c.wantRequest(r, market.Open, 1, 0, 0)
}

func TestWithdrawingReturnsTheDeposit(t *testing.T) {
	c := newChain(t)
	r := c.post(nil)
	c.bids(r, "alice")
	if got := c.flow.money.Wallet(c.address("alice")); got != 9950 {
		t.Errorf("alice has %d after her bid, want 9950", got)
	}
	if err := c.withdraw(r, "alice"); err != nil {
		t.Fatal(err)
	}
	if got := c.flow.money.Wallet(c.address("alice")); got != 10_000 {
		t.Errorf("alice has %d after withdrawing, want 10000", got)
	}
	c.wantBid(r, "alice", market.BidWithdrawn)
	c.wantRequest(r, market.Open, 0, 0, 0)
	wantError(t, c.withdraw(r, "alice"), fault.KindState, "withdrawn cannot become withdrawn")
	wantError(t, c.withdraw(r, "bob"), fault.KindNotFound, "no bid")
	wantError(t, c.bid(r, "alice", 50), fault.KindExists, "one bid each")
}

func TestTheHandshakeLeadsToWork(t *testing.T) {
	c := newChain(t)
	r := c.post(nil)
	c.bids(r, "alice", "bob", "carol")
	if err := c.award(r, "alice", "bob"); err != nil {
		t.Fatal(err)
	}
	c.wantRequest(r, market.Matched, 1, 2, 0)
	c.pass(1) // the bid that was not awarded ends
	c.wantBid(r, "carol", market.BidRejected)
	c.wantRequest(r, market.Matched, 0, 2, 0)

	wrong := id.Sum("test")
	wantError(t, c.sign(r, "alice", wrong[:]), fault.KindInvalid, "signed")
	wantError(t, c.sign(r, "alice", wrong[:31]), fault.KindInvalid, "31 bytes")
	wantError(t, c.sign(r, "carol", wrong[:]), fault.KindNotFound, "no engagement")
	if err := c.accept(r, "alice"); err != nil {
		t.Fatal(err)
	}
	wantError(t, c.accept(r, "alice"), fault.KindState, "active")
	c.wantRequest(r, market.Matched, 0, 1, 1)
	want := party.Stake{Request: r, Owner: c.address("alice"), Amount: 500, State: party.StakeLocked}
	if !slices.Equal(c.flow.locked, []party.Stake{want}) {
		t.Errorf("locked %+v, want %+v", c.flow.locked, want)
	}
	if held, _ := c.flow.money.Balance(escrow.Stake(r, c.address("alice"))); held != 500 {
		t.Errorf("escrow holds a stake of %d, want 500", held)
	}
	if len(c.flow.started) != 0 {
		t.Error("work began with an offer unanswered")
	}
	if err := c.accept(r, "bob"); err != nil {
		t.Fatal(err)
	}
	c.wantRequest(r, market.Working, 0, 0, 2)
	if !slices.Equal(c.flow.started, []id.RequestID{r}) {
		t.Errorf("work begun on %v, want once on %s", c.flow.started, r)
	}
	c.wantMoney(9_989_900, 10_100+1000)
}

func TestAStakeThatCannotBePaidIsNotAccepted(t *testing.T) {
	c := newChain(t)
	c.flow.money.Fund(c.address("dave"), 60)
	c.flow.scores[c.address("dave")] = 400_000
	r := c.post(nil)
	c.bids(r, "dave")
	if err := c.award(r, "dave"); err != nil {
		t.Fatal(err)
	}
	wantError(t, c.accept(r, "dave"), fault.KindFunds, " has ")
	c.wantRequest(r, market.Matched, 0, 1, 0)
	c.wantEngagement(r, "dave", market.Offered)
}

func TestARosterMayTakeSeveralAwards(t *testing.T) {
	c := newChain(t)
	r := c.post(nil)
	c.bids(r, "alice", "bob")
	requester := string(c.address("requester"))
	if err := c.send(&marketv1.MsgAward{Requester: requester, Request: string(r), Bidders: c.texts([]string{"alice"}), More: true}); err != nil {
		t.Fatal(err)
	}
	c.wantRequest(r, market.Open, 1, 1, 0)
	if err := c.accept(r, "alice"); err != nil {
		t.Fatal(err)
	}
	if len(c.flow.started) != 0 {
		t.Error("work began before the roster was complete")
	}
	wantError(t, c.cancel(r, "requester"), fault.KindState, "an award stands")
	if err := c.send(&marketv1.MsgAward{Requester: requester, Request: string(r)}); err != nil {
		t.Fatal(err)
	}
	c.wantRequest(r, market.Working, 1, 0, 1) // bob's bid ends in the next block
	c.pass(1)
	c.wantBid(r, "bob", market.BidRejected)
	c.wantRequest(r, market.Working, 0, 0, 1)
}

func TestAwardsAreRefused(t *testing.T) {
	c := newChain(t)
	r, byPrice := c.post(nil), c.post(auto)
	c.bids(r, "alice")
	c.bids(byPrice, "alice")
	wantError(t, c.award(r, "bob"), fault.KindNotFound, "no bid")
	wantError(t, c.award(r, "alice", "alice"), fault.KindState, "awarded cannot become awarded")
	wantError(t, c.award(byPrice, "alice"), fault.KindState, "matched by price")
	wantError(t, c.send(&marketv1.MsgAward{Requester: string(c.address("bob")), Request: string(r)}), fault.KindForbidden, "belongs to")
	wantError(t, c.send(&marketv1.MsgAward{Requester: string(c.address("requester")), Request: string(r), Bidders: []string{"x"}}), fault.KindInvalid, "address")
	wantError(t, c.award(r, slices.Repeat([]string{"alice"}, market.MaxAwards+1)...), fault.KindLimit, "2001 bidders")
	c.wantRequest(r, market.Open, 1, 0, 0)
}

func TestCancellingRefundsEverything(t *testing.T) {
	c := newChain(t)
	r := c.post(nil)
	c.bids(r, "alice", "bob")
	wantError(t, c.cancel(r, "alice"), fault.KindForbidden, "belongs to")
	if err := c.cancel(r, "requester"); err != nil {
		t.Fatal(err)
	}
	c.wantMoney(10_000_000, 100) // but for the deposits, which follow
	wantError(t, c.bid(r, "carol", 5), fault.KindState, "cancelled")
	c.pass(1)
	c.wantBid(r, "alice", market.BidRejected)
	c.wantRequest(r, market.Cancelled, 0, 0, 0)
	c.wantMoney(10_000_000, 0)
	wantError(t, c.cancel(r, "requester"), fault.KindState, "cancelled")
	c.pass(2 * hour) // its bid deadline finds nothing to do
	c.wantRequest(r, market.Cancelled, 0, 0, 0)
}

func TestGuidelinesAreRevisedByMessage(t *testing.T) {
	c := newChain(t)
	r := c.post(nil)
	revise := func(by string, spec id.CID) error {
		return c.try(func(ctx context.Context) error {
			reply, err := c.msg.ReviseGuidelines(ctx, &marketv1.MsgReviseGuidelines{Requester: string(c.address(by)), Request: string(r), Spec: string(spec)})
			if err == nil && reply.Version != 2 {
				t.Errorf("version %d, want 2", reply.Version)
			}
			return err
		})
	}
	next := id.RawCID([]byte("next"))
	wantError(t, revise("alice", next), fault.KindForbidden, "belongs to")
	wantError(t, revise("requester", "next"), fault.KindInvalid, "cid")
	if err := revise("requester", next); err != nil {
		t.Fatal(err)
	}
	if g := c.request(r).Guideline(); g.Spec != next || g.Since != c.Now() || c.flow.revised != 2 {
		t.Errorf("in force %+v, others told of version %d", g, c.flow.revised)
	}
}

func TestTheFeeIsOnTopOfTheBudget(t *testing.T) {
	c := newChain(t)
	r := c.post(nil)
	for account, want := range map[escrow.Account]num.Amount{escrow.Budget(r): 10_000, escrow.Fees(r): 100} {
		if have, _ := c.flow.money.Balance(account); have != want {
			t.Errorf("%s holds %d, want %d", account, have, want)
		}
	}
	if fee := c.request(r).Fee; fee != 100 {
		t.Errorf("fee in force %d, want 100", fee)
	}
}
