package market_test

import (
	"slices"
	"testing"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/party"
)

// offered returns a request and an engagement on it that waits for alice.
func offered(t *testing.T) (market.Request, market.Engagement) {
	t.Helper()
	r := post(t, nil)
	b, _, err := r.PlaceBid(alice, qualified(), market.Offer{Price: 500, Units: 20, Pages: []uint32{1, 3}}, now)
	if err != nil {
		t.Fatal(err)
	}
	e, _, _, err := r.Award(b, now)
	if err != nil {
		t.Fatal(err)
	}
	return r, e
}

func TestAnAwardOffersWhatWasBid(t *testing.T) {
	r, e := offered(t)
	want := market.Engagement{
		Request: r.ID, Contributor: alice, Price: 500, Units: 20, Pages: []uint32{1, 3}, Stake: 5000,
		TermsHash: e.TermsHash, State: market.Offered, Offered: now, AcceptBy: now.Add(minute), Guideline: 1,
	}
	if !slices.Equal(e.Pages, want.Pages) {
		t.Errorf("pages %v, want %v", e.Pages, want.Pages)
	}
	e.Pages, want.Pages = nil, nil
	if e.TermsHash.IsZero() || e.Check() != nil || !equal(e, want) {
		t.Errorf("Award = %+v (%v), want %+v", e, e.Check(), want)
	}
}

func equal(a, b market.Engagement) bool {
	return a.Request == b.Request && a.Contributor == b.Contributor && a.Price == b.Price && a.Units == b.Units &&
		a.Stake == b.Stake && a.State == b.State && a.Offered == b.Offered && a.AcceptBy == b.AcceptBy && a.Guideline == b.Guideline
}

func TestAwardsAreRefused(t *testing.T) {
	r := post(t, nil)
	b, _, err := r.PlaceBid(alice, qualified(), offer(500), now)
	if err != nil {
		t.Fatal(err)
	}
	matched := r
	matched.State = market.Matched
	_, _, _, err = matched.Award(b, now)
	wantError(t, err, fault.KindState, "its roster stands")
	stranger := b
	stranger.Request = "0"
	_, _, _, err = r.Award(stranger, now)
	wantError(t, err, invalid, "not "+string(r.ID))
	ended, _, _ := b.End(market.BidWithdrawn)
	_, _, back, err := r.Award(ended, now)
	wantError(t, err, fault.KindState, "withdrawn cannot become awarded")
	if back != nil {
		t.Errorf("refused, but %v", back)
	}
}

func TestOnlyTheRequesterOfAManualRequestAwards(t *testing.T) {
	r := post(t, nil)
	wantError(t, r.MayAward(requester, market.MaxAwards), ok, "")
	wantError(t, r.MayAward(requester, market.MaxAwards+1), limit, "2001 bidders")
	wantError(t, r.MayAward(alice, 1), fault.KindForbidden, "belongs to")
	auto := post(t, func(t *market.Terms) { t.Matching = market.Auto })
	wantError(t, auto.MayAward(requester, 1), fault.KindState, "matched by price")
}

func TestTheHandshake(t *testing.T) {
	_, e := offered(t)
	tests := []struct {
		name   string
		change func(*market.Engagement)
		signed id.Hash
		at     id.Time
		kind   fault.Kind
		says   string
	}{
		{"in time, the hash on offer", func(*market.Engagement) {}, e.TermsHash, now, ok, ""},
		{"at the last moment", func(*market.Engagement) {}, e.TermsHash, e.AcceptBy, ok, ""},
		{"too late", func(*market.Engagement) {}, e.TermsHash, e.AcceptBy + 1, fault.KindState, "offer ended"},
		{"another hash", func(*market.Engagement) {}, id.Sum("test"), now, invalid, "signed"},
		{"twice", func(e *market.Engagement) { e.State = market.Active }, e.TermsHash, now, fault.KindState, "active cannot become active"},
		{"after it lapsed", func(e *market.Engagement) { e.State = market.Lapsed }, e.TermsHash, now, fault.KindState, "lapsed cannot become active"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := e
			tt.change(&e)
			accepted, stake, lock, err := e.Accept(tt.signed, tt.at)
			wantError(t, err, tt.kind, tt.says)
			if err != nil {
				if lock != nil {
					t.Errorf("refused, but %v", lock)
				}
				return
			}
			want := escrow.Transfer{From: escrow.Wallet(alice), To: escrow.Stake(e.Request, alice), Amount: 5000, Why: "stake"}
			if accepted.State != market.Active || stake.State != party.StakeLocked || !slices.Equal(lock, []escrow.Transfer{want}) {
				t.Errorf("Accept = %v, %+v, %v", accepted.State, stake, lock)
			}
		})
	}
}

func TestAnEngagementCoversItsPages(t *testing.T) {
	_, e := offered(t)
	for page, want := range []bool{false, true, false, true, false} {
		if got := e.MayDo(uint32(page)); got != want {
			t.Errorf("pages %v: MayDo(%d) = %t, want %t", e.Pages, page, got, want)
		}
	}
	e.Pages = nil
	if !e.MayDo(0) || !e.MayDo(9) {
		t.Error("an engagement without a list covers every page")
	}
}

func TestARosterIsClosedAndBegun(t *testing.T) {
	open := post(t, nil)
	tests := []struct {
		name                  string
		state                 market.State
		offered, active       uint32
		closes, begins        market.State
		closeRefused, settled bool
	}{
		{"nobody was awarded", market.Open, 0, 0, market.Expired, market.Open, false, false},
		{"offers are open", market.Open, 2, 0, market.Matched, market.Open, false, false},
		{"all have accepted before the roster was closed", market.Open, 0, 2, market.Matched, market.Open, false, false},
		{"a roster is closed once", market.Matched, 2, 0, market.Matched, market.Matched, true, false},
		{"one still has to answer", market.Matched, 1, 5, market.Matched, market.Matched, true, false},
		{"all have answered, some accepted", market.Matched, 0, 5, market.Matched, market.Working, true, true},
		{"all have answered, nobody accepted", market.Matched, 0, 0, market.Expired, market.Expired, false, true},
	}
	for _, tt := range tests {
		r := open
		r.State, r.Offered, r.Active = tt.state, tt.offered, tt.active
		closed, err := r.CloseRoster()
		if (err != nil) != tt.closeRefused || closed.State != tt.closes {
			t.Errorf("%s: CloseRoster = %v, %v; want %v", tt.name, closed.State, err, tt.closes)
		}
		begun, settled, err := r.Begin()
		if err != nil || settled != tt.settled || begun.State != tt.begins {
			t.Errorf("%s: Begin = %v, %t, %v; want %v, %t", tt.name, begun.State, settled, err, tt.begins, tt.settled)
		}
	}
}

func TestStoredEngagementsAreChecked(t *testing.T) {
	_, good := offered(t)
	for name, change := range map[string]func(*market.Engagement){
		"no state": func(e *market.Engagement) { e.State = 0 }, "an unknown state": func(e *market.Engagement) { e.State = 6 },
		"no price": func(e *market.Engagement) { e.Price = 0 }, "no units": func(e *market.Engagement) { e.Units = 0 },
		"no hash": func(e *market.Engagement) { e.TermsHash = id.Hash{} },
	} {
		bad := good
		change(&bad)
		if fault.KindOf(bad.Check()) != fault.KindInternal {
			t.Errorf("%s: Check = %v, want internal", name, bad.Check())
		}
	}
}
