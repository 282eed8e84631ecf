package market_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cosmos/cosmos-sdk/codec/address"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/chain/kit/kittest"
	x "github.com/alaya-network/alaya/chain/x/market"
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/escrow/memory"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/party"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	"github.com/alaya-network/alaya/wire"
)

const (
	minute = int64(60_000)
	hour   = 60 * minute
)

// others stands for the other stages and records what the market asked of them.
type others struct {
	money    *memory.Holder
	scores   map[id.Address]num.Ppm
	locked   []party.Stake
	unbonded []id.Address
	started  []id.RequestID
	revised  uint32
}

func (o *others) Carry(_ context.Context, t []escrow.Transfer) error { return escrow.Carry(o.money, t) }

func (o *others) Balance(_ context.Context, a escrow.Account) (num.Amount, error) {
	return o.money.Balance(a)
}

func (o *others) Fee(context.Context) (num.Bps, error) { return 100, nil }

func (o *others) Applicant(_ context.Context, a id.Address, skill string) (market.Applicant, error) {
	if skill != "vision" {
		return market.Applicant{}, fmt.Errorf("asked for skill %q", skill)
	}
	return market.Applicant{Score: o.scores[a]}, nil
}

func (o *others) Locked(_ context.Context, s party.Stake) error {
	o.locked = append(o.locked, s)
	return nil
}

func (o *others) Unbond(_ context.Context, _ id.RequestID, a id.Address) error {
	o.unbonded = append(o.unbonded, a)
	return nil
}

func (o *others) StartWork(_ context.Context, r market.Request) error {
	o.started = append(o.started, r.ID)
	return nil
}

func (o *others) Revised(_ context.Context, _ id.RequestID, version uint32) error {
	o.revised = version
	return nil
}

// chain is the market module with a fake of everything around it.
type chain struct {
	*kittest.Env
	t     testing.TB
	k     *x.Keeper
	msg   marketv1.MsgServer
	query marketv1.QueryServer
	flow  *others
}

func newChain(t testing.TB) *chain {
	c := chainAmong(t, &others{money: memory.NewHolder(), scores: map[id.Address]num.Ppm{}})
	c.flow.money.Fund(c.address("requester"), 10_000_000)
	for _, name := range []string{"alice", "bob", "carol"} {
		c.join(name)
	}
	return c
}

// chainAmong makes an empty module among other stages that exist already.
func chainAmong(t testing.TB, flow *others) *chain {
	env := kittest.New(t, x.Name)
	k := x.NewKeeper(env.Codec.Proto, env.Store(x.Name), flow, address.NewBech32Codec(kit.Prefix))
	return &chain{Env: env, t: t, k: k, msg: x.NewMsgServer(k), query: x.NewQueryServer(k), flow: flow}
}

func (c *chain) address(name string) id.Address { return id.Address(kittest.Address(name).String()) }

// join makes somebody who may bid.
func (c *chain) join(name string) {
	a := c.address(name)
	c.flow.money.Fund(a, 10_000)
	c.flow.scores[a] = 400_000
}

// try carries a message out as a transaction would: all of it, or nothing.
func (c *chain) try(do func(context.Context) error) error {
	ctx, write := c.Ctx.CacheContext()
	money := c.flow.money.Clone()
	if err := do(ctx); err != nil {
		c.flow.money = money
		return err
	}
	write()
	c.holds()
	return nil
}

// must is try for a message that has to succeed.
func (c *chain) must(do func(context.Context) error) {
	c.t.Helper()
	if err := c.try(do); err != nil {
		c.t.Fatal(err)
	}
}

// holds checks the invariants of the module and of the money.
func (c *chain) holds() {
	c.t.Helper()
	if err := c.k.Invariants(c.Ctx); err != nil {
		c.t.Fatal(err)
	}
	if err := c.flow.money.Check(); err != nil {
		c.t.Fatal(err)
	}
}

// pass ends the block and begins one that is ms later.
func (c *chain) pass(ms int64) {
	c.t.Helper()
	c.Advance(ms)
	if err := c.k.EndBlock(c.Ctx); err != nil {
		c.t.Fatal(err)
	}
	for _, e := range c.Ctx.EventManager().Events() {
		if e.Type == kit.EventDeadlineFailed {
			c.t.Fatalf("a deadline failed: %v", e)
		}
	}
	c.holds()
}

// terms asks for two answers to each of ten items, at 100 each.
func (c *chain) terms() market.Terms {
	now := c.Now()
	return market.Terms{
		Kind: market.Label, Title: "Street signs", Tags: []string{"vision"}, Spec: id.RawCID([]byte("spec")),
		Manifest:   market.Manifest{CID: id.RawCID([]byte("items")), Root: id.Sum("test"), Count: 10, Pages: []uint32{5, 5}},
		Redundancy: market.Redundancy{Min: 2, Max: 2, Step: 1, Target: 900_000},
		Clause:     market.Clause{Metric: market.MetricAccuracy, Threshold: 800_000, Confidence: 950_000, MinEvidence: 20},
		Method:     "fds", MethodVersion: 1, PriceCap: 100, Budget: 10_000,
		BidDeadline: now.Add(hour), DeliveryDeadline: now.Add(24 * hour),
		Windows: market.Windows{
			Accept: 10 * minute, Lease: minute, Commit: minute, Reveal: minute, Gold: minute, Review: minute, Contest: minute,
		},
		Qualification: market.Qualification{Score: 300_000, Skill: "vision"},
		Stake:         500, Deposit: 50, Matching: market.Manual, Licence: "CC-BY-4.0",
	}
}

// post opens a request with changed terms.
func (c *chain) post(change func(*market.Terms)) id.RequestID {
	c.t.Helper()
	terms := c.terms()
	if change != nil {
		change(&terms)
	}
	var posted id.RequestID
	c.must(func(ctx context.Context) error {
		reply, err := c.msg.PostRequest(ctx, &marketv1.MsgPostRequest{Requester: string(c.address("requester")), Terms: *wire.TermsToProto(terms)})
		posted = id.RequestID(reply.GetId())
		return err
	})
	return posted
}

func auto(t *market.Terms) { t.Matching = market.Auto }

func (c *chain) bid(r id.RequestID, name string, price int64) error {
	return c.try(func(ctx context.Context) error {
		_, err := c.msg.PlaceBid(ctx, &marketv1.MsgPlaceBid{Bidder: string(c.address(name)), Request: string(r), Price: price, Units: 10})
		return err
	})
}

// bids places bids at prices 1, 2, 3 … in the order of the names.
func (c *chain) bids(r id.RequestID, names ...string) {
	c.t.Helper()
	for i, name := range names {
		if err := c.bid(r, name, int64(i+1)); err != nil {
			c.t.Fatal(err)
		}
	}
}

func (c *chain) withdraw(r id.RequestID, name string) error {
	return c.try(func(ctx context.Context) error {
		_, err := c.msg.WithdrawBid(ctx, &marketv1.MsgWithdrawBid{Bidder: string(c.address(name)), Request: string(r)})
		return err
	})
}

// award awards to the named by the requester; the roster is complete.
func (c *chain) award(r id.RequestID, names ...string) error {
	return c.send(&marketv1.MsgAward{Requester: string(c.address("requester")), Request: string(r), Bidders: c.texts(names)})
}

func (c *chain) texts(names []string) []string {
	var list []string
	for _, name := range names {
		list = append(list, string(c.address(name)))
	}
	return list
}

func (c *chain) send(m *marketv1.MsgAward) error {
	return c.try(func(ctx context.Context) error { _, err := c.msg.Award(ctx, m); return err })
}

func (c *chain) accept(r id.RequestID, name string) error {
	e, err := c.k.Engagement(c.Ctx, r, c.address(name))
	if err != nil {
		return err
	}
	return c.sign(r, name, e.TermsHash[:])
}

func (c *chain) sign(r id.RequestID, name string, hash []byte) error {
	return c.try(func(ctx context.Context) error {
		m := &marketv1.MsgAcceptEngagement{Contributor: string(c.address(name)), Request: string(r), TermsHash: hash}
		_, err := c.msg.AcceptEngagement(ctx, m)
		return err
	})
}

func (c *chain) cancel(r id.RequestID, name string) error {
	return c.try(func(ctx context.Context) error {
		_, err := c.msg.CancelRequest(ctx, &marketv1.MsgCancelRequest{Requester: string(c.address(name)), Request: string(r)})
		return err
	})
}

func (c *chain) request(r id.RequestID) market.Request {
	c.t.Helper()
	request, err := c.k.Request(c.Ctx, r)
	if err != nil {
		c.t.Fatal(err)
	}
	return request
}

// wantRequest checks state and counters: bids, offered, active.
func (c *chain) wantRequest(r id.RequestID, state market.State, counts ...uint32) {
	c.t.Helper()
	got := c.request(r)
	if have := []uint32{got.Bids, got.Offered, got.Active}; got.State != state || !slices.Equal(have, counts) {
		c.t.Errorf("request is %s with bids, offers, engagements %v; want %s, %v", got.State, have, state, counts)
	}
}

func (c *chain) wantBid(r id.RequestID, name string, state market.BidState) {
	c.t.Helper()
	if b, err := c.k.Bid(c.Ctx, r, c.address(name)); err != nil || b.State != state {
		c.t.Errorf("bid of %s is %s (%v), want %s", name, b.State, err, state)
	}
}

func (c *chain) wantEngagement(r id.RequestID, name string, state market.EngagementState) {
	c.t.Helper()
	if e, err := c.k.Engagement(c.Ctx, r, c.address(name)); err != nil || e.State != state {
		c.t.Errorf("engagement of %s is %s (%v), want %s", name, e.State, err, state)
	}
}

// wantMoney checks what a request's requester has left and what escrow holds.
func (c *chain) wantMoney(wallet, inside num.Amount) {
	c.t.Helper()
	if w, i := c.flow.money.Wallet(c.address("requester")), c.flow.money.Inside(); w != wallet || i != inside {
		c.t.Errorf("requester has %d, escrow %d; want %d, %d", w, i, wallet, inside)
	}
}

func wantError(t testing.TB, err error, kind fault.Kind, says string) {
	t.Helper()
	if err == nil || fault.KindOf(err) != kind || !strings.Contains(err.Error(), says) {
		t.Errorf("got %v (%s), want kind %s saying %q", err, fault.KindOf(err), kind, says)
	}
}

// actions lists what the market said in this block.
func (c *chain) actions() []string {
	var list []string
	for _, e := range c.Ctx.EventManager().Events() {
		if e.Type == "alaya."+x.Name {
			list = append(list, action(e))
		}
	}
	return list
}

func action(e sdk.Event) string {
	a, _ := e.GetAttribute(kit.AttributeAction)
	return a.Value
}
