package market_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	x "github.com/alaya-network/alaya/chain/x/market"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
)

func more(c *chain, r id.RequestID, bidder id.Address) *marketv1.MsgAward {
	return &marketv1.MsgAward{Requester: string(c.address("requester")), Request: string(r), Bidders: []string{string(bidder)}, More: true}
}

func place(c *chain, r id.RequestID, name string) *marketv1.MsgPlaceBid {
	return &marketv1.MsgPlaceBid{Bidder: string(c.address(name)), Request: string(r), Price: 1, Units: 10}
}

func signed(e market.Engagement) *marketv1.MsgAcceptEngagement {
	return &marketv1.MsgAcceptEngagement{Contributor: string(e.Contributor), Request: string(e.Request), TermsHash: e.TermsHash[:]}
}

// busy makes a chain with a request in every state that waits for something.
func busy(t *testing.T) (*chain, map[string]id.RequestID) {
	c := newChain(t)
	c.flow.money.Fund(c.address("requester"), 10_000_000)
	r := map[string]id.RequestID{
		"open": c.post(nil), "auto": c.post(auto), "matched": c.post(nil), "working": c.post(nil), "cancelled": c.post(nil), "closed": c.post(nil),
	}
	for _, name := range []string{"open", "auto", "matched", "working", "cancelled", "closed"} {
		c.bids(r[name], "alice", "bob", "carol")
	}
	for _, name := range []string{"matched", "working", "closed"} {
		if err := c.award(r[name], "alice", "bob"); err != nil {
			t.Fatal(err)
		}
		if err := c.accept(r[name], "alice"); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"working", "closed"} {
		if err := c.accept(r[name], "bob"); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.k.Settle(c.Ctx, r["closed"]); err != nil {
		t.Fatal(err)
	}
	if err := c.k.Close(c.Ctx, r["closed"]); err != nil {
		t.Fatal(err)
	}
	if err := c.cancel(r["cancelled"], "requester"); err != nil {
		t.Fatal(err)
	}
	return c, r
}

// moved exports a chain and imports it into a fresh one at the same time.
func moved(t *testing.T, c *chain) *chain {
	t.Helper()
	text := x.NewModule(c.k).ExportGenesis(c.Ctx, c.Codec.Proto)
	next := chainAmong(t, c.flow)
	next.Advance(int64(c.Now() - next.Now()))
	m := x.NewModule(next.k)
	if err := m.ValidateGenesis(next.Codec.Proto, nil, text); err != nil {
		t.Fatal(err)
	}
	m.InitGenesis(next.Ctx, next.Codec.Proto, text)
	next.holds()
	if again := m.ExportGenesis(next.Ctx, next.Codec.Proto); string(again) != string(text) {
		t.Errorf("exported again, the state differs:\n%s\n%s", text, again)
	}
	return next
}

func TestGenesisKeepsEverythingThatIsDue(t *testing.T) {
	old, r := busy(t)
	c := moved(t, old)
	c.pass(1)
	c.wantRequest(r["cancelled"], market.Cancelled, 0, 0, 0)
	c.wantRequest(r["closed"], market.Closed, 0, 0, 0)
	c.wantRequest(r["matched"], market.Matched, 0, 1, 1)
	c.wantRequest(r["working"], market.Working, 0, 0, 2)
	c.wantRequest(r["open"], market.Open, 3, 0, 0)
	c.pass(10 * minute)
	c.wantRequest(r["matched"], market.Working, 0, 0, 1)
	c.pass(hour)
	c.pass(1)
	c.wantRequest(r["open"], market.Expired, 0, 0, 0)
	c.wantRequest(r["auto"], market.Matched, 0, 2, 0)
}

func TestGenesisKeepsAnAwardHalfDone(t *testing.T) {
	const crowd = x.MaxItems + 10
	old := newChain(t)
	r := old.post(func(t *market.Terms) { auto(t); t.Redundancy.Max = market.MaxAnswers })
	old.crowd(func(ctx context.Context) {
		for i := range crowd {
			name := fmt.Sprint("worker ", i)
			old.join(name)
			m := place(old, r, name)
			m.Units = 1
			if _, err := old.msg.PlaceBid(ctx, m); err != nil {
				t.Fatal(err)
			}
		}
	})
	old.pass(hour)
	old.pass(1)
	old.wantRequest(r, market.Open, 10, x.MaxItems, 0)
	c := moved(t, old)
	wantError(t, c.cancel(r, "requester"), fault.KindState, "an award stands")
	c.pass(1)
	c.wantRequest(r, market.Matched, 0, crowd, 0)
}

func TestGenesisRefusesWhatDoesNotHangTogether(t *testing.T) {
	c, r := busy(t)
	text := x.NewModule(c.k).ExportGenesis(c.Ctx, c.Codec.Proto)
	read := func() *marketv1.GenesisState {
		var g marketv1.GenesisState
		c.Codec.Proto.MustUnmarshalJSON(text, &g)
		return &g
	}
	tests := []struct {
		name   string
		change func(*marketv1.GenesisState)
	}{
		{"a request without state", func(g *marketv1.GenesisState) { g.Requests[0].State = 0 }},
		{"terms that are not those hashed", func(g *marketv1.GenesisState) { g.Requests[0].Terms.Budget++ }},
		{"a request twice", func(g *marketv1.GenesisState) { g.Requests = append(g.Requests, g.Requests[0]) }},
		{"a bid twice", func(g *marketv1.GenesisState) { g.Bids = append(g.Bids, g.Bids[0]) }},
		{"an engagement twice", func(g *marketv1.GenesisState) { g.Engagements = append(g.Engagements, g.Engagements[0]) }},
		{"a bid without price", func(g *marketv1.GenesisState) { g.Bids[0].Price = 0 }},
		{"an engagement without hash", func(g *marketv1.GenesisState) { g.Engagements[0].TermsHash = nil }},
		{"a wrong count of bids", func(g *marketv1.GenesisState) { g.Requests[0].Bids += 7 }},
		{"a bid that is missing", func(g *marketv1.GenesisState) { g.Bids = nil }},
		{"a choice without bid", func(g *marketv1.GenesisState) {
			g.Choices = []marketv1.Choice{{Request: string(r["open"]), Bidder: string(c.address("nobody"))}}
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := read()
			tt.change(g)
			fresh := newChain(t)
			genesis := fresh.k.Genesis()
			err := genesis.Validate(g)
			if err == nil {
				err = genesis.Init(fresh.Ctx, g)
			}
			if err == nil {
				t.Error("taken")
			}
		})
	}
}

func TestTheDefaultGenesisIsEmpty(t *testing.T) {
	c := newChain(t)
	m := x.NewModule(c.k)
	text := m.DefaultGenesis(c.Codec.Proto)
	m.InitGenesis(c.Ctx, c.Codec.Proto, text)
	if out := m.ExportGenesis(c.Ctx, c.Codec.Proto); !json.Valid(out) || string(out) != string(text) {
		t.Errorf("default %s, exported %s", text, out)
	}
}
