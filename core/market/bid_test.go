package market_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
)

func TestBidsAreRefusedWithTheReason(t *testing.T) {
	type situation struct {
		request market.Request
		who     id.Address
		what    market.Applicant
		offer   market.Offer
		at      id.Time
	}
	tests := []struct {
		name   string
		change func(*situation)
		kind   fault.Kind
		says   string
	}{
		{"a good bid", func(*situation) {}, ok, ""},
		{"at the deadline", func(s *situation) { s.at = s.request.Terms.BidDeadline }, ok, ""},
		{"past the deadline", func(s *situation) { s.at = s.request.Terms.BidDeadline + 1 }, fault.KindState, "bids closed at"},
		{"on a matched request", func(s *situation) { s.request.State = market.Matched }, fault.KindState, "is matched"},
		{"the last place", func(s *situation) { s.request.Bids = market.MaxBids - 1 }, ok, ""},
		{"no place left", func(s *situation) { s.request.Bids = market.MaxBids }, limit, "5000 bids"},
		{"the requester himself", func(s *situation) { s.who = requester }, fault.KindForbidden, "his own request"},
		{"without invitation", func(s *situation) { s.request.Terms.Qualification.Invited = []id.Address{bob} }, fault.KindForbidden, "by invitation"},
		{"invited", func(s *situation) { s.request.Terms.Qualification.Invited = []id.Address{bob, alice} }, ok, ""},
		{"the very score asked for", func(s *situation) { s.what.Score = 300_000 }, ok, ""},
		{"too low a score", func(s *situation) { s.what.Score = 299_999 }, fault.KindForbidden, "score of 30.0000%"},
		{"no common language", func(s *situation) { s.what.Profile.Languages = []string{"fr"} }, fault.KindForbidden, "languages"},
		{"at the price cap", func(s *situation) { s.offer.Price = 1000 }, ok, ""},
		{"above the price cap", func(s *situation) { s.offer.Price = 1001 }, limit, "price 0.001001aly"},
		{"for nothing", func(s *situation) { s.offer.Price = 0 }, limit, "price 0ualy"},
		{"no units", func(s *situation) { s.offer.Units = 0 }, limit, "0 units"},
		{"too many units", func(s *situation) { s.offer.Units = market.MaxUnits + 1 }, limit, "units"},
		{"some pages", func(s *situation) { s.offer.Pages = []uint32{0, 3} }, ok, ""},
		{"a page that is not", func(s *situation) { s.offer.Pages = []uint32{4} }, invalid, "page 4"},
		{"pages out of order", func(s *situation) { s.offer.Pages = []uint32{2, 1} }, invalid, "page 1"},
		{"a page twice", func(s *situation) { s.offer.Pages = []uint32{2, 2} }, invalid, "page 2"},
		{"too many pages", func(s *situation) { s.offer.Pages = make([]uint32, market.MaxOfferPages+1) }, limit, "4097 pages"},
		{"a note", func(s *situation) { s.offer.Note = id.RawCID([]byte("note")) }, ok, ""},
		{"a note that is no CID", func(s *situation) { s.offer.Note = "note" }, invalid, "cid"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := situation{request: post(t, nil), who: alice, what: qualified(), offer: offer(500), at: now}
			tt.change(&s)
			b, lock, err := s.request.PlaceBid(s.who, s.what, s.offer, s.at)
			wantError(t, err, tt.kind, tt.says)
			if err == nil && (b.Check() != nil || b.Score != s.what.Score || b.Held() != 100 || len(lock) != 1 || lock[0].Amount != 100) {
				t.Errorf("bid %+v (%v) with %v, want a deposit of 100 locked", b, b.Check(), lock)
			}
			if err != nil && lock != nil {
				t.Errorf("refused, but %v", lock)
			}
		})
	}
}

func TestABidEndsOnce(t *testing.T) {
	b, _, err := post(t, nil).PlaceBid(alice, qualified(), offer(500), now)
	if err != nil {
		t.Fatal(err)
	}
	ended, back, err := b.End(market.BidRejected)
	want := escrow.Transfer{From: escrow.Deposit(b.Request, alice), To: escrow.Wallet(alice), Amount: 100, Why: "deposit returned"}
	if err != nil || ended.Held() != 0 || !slices.Equal(back, []escrow.Transfer{want}) {
		t.Errorf("End = %v, %v, %v; want the deposit back", ended, back, err)
	}
	_, back, err = ended.End(market.BidExpired)
	wantError(t, err, fault.KindState, "rejected cannot become expired")
	if back != nil {
		t.Errorf("ended twice, and again %v", back)
	}
}

func TestStoredBidsAreChecked(t *testing.T) {
	good := market.Bid{Offer: offer(1), State: market.BidOpen}
	if err := good.Check(); err != nil {
		t.Errorf("a good bid: %v", err)
	}
	for name, change := range map[string]func(*market.Bid){
		"no state": func(b *market.Bid) { b.State = 0 }, "an unknown state": func(b *market.Bid) { b.State = 6 },
		"no price": func(b *market.Bid) { b.Price = 0 }, "no units": func(b *market.Bid) { b.Units = 0 },
		"a deposit below zero": func(b *market.Bid) { b.Deposit = -1 },
	} {
		bad := good
		change(&bad)
		if fault.KindOf(bad.Check()) != fault.KindInternal {
			t.Errorf("%s: Check = %v, want internal", name, bad.Check())
		}
	}
}

// bidOf makes a bid for matching.
func bidOf(who id.Address, price num.Amount, units uint64, score num.Ppm) market.Bid {
	return market.Bid{Bidder: who, Offer: market.Offer{Price: price, Units: units}, Score: score}
}

func names(bids []market.Bid) []id.Address {
	var list []id.Address
	for _, b := range bids {
		list = append(list, b.Bidder)
	}
	return list
}

func TestAutomaticMatching(t *testing.T) {
	r := post(t, nil) // 40 items, at most 5 answers each: 200 answers
	tests := []struct {
		name string
		bids []market.Bid
		want []id.Address
	}{
		{"no bids, no roster", nil, nil},
		{"the cheapest first", []market.Bid{bidOf("a", 3, 40, 0), bidOf("b", 1, 40, 0), bidOf("c", 2, 40, 0)}, []id.Address{"b", "c", "a"}},
		{"of equal prices the better", []market.Bid{bidOf("a", 1, 40, 5), bidOf("b", 1, 40, 9)}, []id.Address{"b", "a"}},
		{"price before score", []market.Bid{bidOf("a", 2, 40, 9), bidOf("b", 1, 40, 0)}, []id.Address{"b", "a"}},
		{"no more than cover every item max times", []market.Bid{
			bidOf("a", 1, 40, 0), bidOf("b", 2, 40, 0), bidOf("c", 3, 40, 0), bidOf("d", 4, 40, 0), bidOf("e", 5, 40, 0), bidOf("f", 6, 40, 0),
		}, []id.Address{"a", "b", "c", "d", "e"}},
		{"nobody counts for more than every item once", []market.Bid{bidOf("a", 1, 1000, 0), bidOf("b", 2, 1000, 0)}, []id.Address{"a", "b"}},
		{"a small offer leaves room for more", []market.Bid{
			bidOf("a", 1, 40, 0), bidOf("b", 2, 40, 0), bidOf("c", 3, 40, 0), bidOf("d", 4, 40, 0), bidOf("e", 5, 39, 0), bidOf("f", 6, 40, 0), bidOf("g", 7, 40, 0),
		}, []id.Address{"a", "b", "c", "d", "e", "f"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := names(r.MatchAuto(tt.bids)); !slices.Equal(got, tt.want) {
				t.Errorf("MatchAuto = %v, want %v", got, tt.want)
			}
		})
	}
}

func TestMatchingDoesNotHeedTheOrderOfBids(t *testing.T) {
	request := post(t, nil)
	rapid.Check(t, func(r *rapid.T) {
		var bids []market.Bid
		for i := range rapid.IntRange(0, 12).Draw(r, "bids") {
			bids = append(bids, bidOf(id.Address(rune('a'+i)),
				num.Amount(rapid.Int64Range(1, 3).Draw(r, "price")),
				rapid.Uint64Range(1, 60).Draw(r, "units"),
				num.Ppm(rapid.Int64Range(0, 2).Draw(r, "score"))))
		}
		want := names(request.MatchAuto(bids))
		shuffled := rapid.Permutation(bids).Draw(r, "order")
		before := slices.Clone(shuffled)
		if got := names(request.MatchAuto(shuffled)); !slices.Equal(got, want) {
			r.Fatalf("MatchAuto = %v in one order, %v in another", want, got)
		}
		for i := range before {
			if shuffled[i].Bidder != before[i].Bidder {
				r.Fatal("MatchAuto changed its argument")
			}
		}
	})
}

func TestEqualBidsAreDrawnAnewForEveryRequest(t *testing.T) {
	bids := []market.Bid{bidOf("a", 1, 40, 0), bidOf("b", 1, 40, 0), bidOf("c", 1, 40, 0)}
	firsts := map[id.Address]bool{}
	for nonce := range uint64(32) {
		r := market.Request{ID: id.NewRequestID(requester, nonce), Terms: terms()}
		firsts[r.MatchAuto(bids)[0].Bidder] = true
	}
	if len(firsts) != len(bids) {
		t.Errorf("first among equals over 32 requests: %v, want each of three", firsts)
	}
}
