package market_test

import (
	"slices"
	"testing"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
)

func TestPostingMovesBudgetAndFeeIntoEscrow(t *testing.T) {
	terms := terms()
	terms.Budget = 80_001
	r, moves, err := market.Post(requester, 7, terms, now, 250)
	if err != nil {
		t.Fatal(err)
	}
	want := []escrow.Transfer{
		{From: escrow.Wallet(requester), To: escrow.Budget(r.ID), Amount: 80_001, Why: "budget"},
		{From: escrow.Wallet(requester), To: escrow.Fees(r.ID), Amount: 2001, Why: "network fee"}, // 2000.025, rounded up
	}
	if !slices.Equal(moves, want) {
		t.Errorf("Post moves %v, want %v", moves, want)
	}
	if r.ID != id.NewRequestID(requester, 7) || r.State != market.Open || r.Check() != nil {
		t.Errorf("Post = %+v (%v)", r, r.Check())
	}
	if g := r.Guideline(); g != (market.Guideline{Version: 1, Spec: terms.Spec, Since: now}) {
		t.Errorf("first guideline %+v", g)
	}
	if _, moves, err := market.Post(requester, 7, market.Terms{}, now, 250); err == nil || moves != nil {
		t.Errorf("terms out of bounds: %v, %v", moves, err)
	}
}

func TestOnlyTheRequesterCancelsAndOnlyBeforeAnAward(t *testing.T) {
	r := post(t, nil)
	_, err := r.Cancel(alice)
	wantError(t, err, fault.KindForbidden, "belongs to")
	offered, accepted, matched := r, r, r
	offered.Offered, accepted.Active, matched.State = 1, 1, market.Matched
	_, err = offered.Cancel(requester)
	wantError(t, err, fault.KindState, "an award stands")
	_, err = accepted.Cancel(requester)
	wantError(t, err, fault.KindState, "an award stands")
	_, err = matched.Cancel(requester)
	wantError(t, err, fault.KindState, "matched cannot become cancelled")
	if r, err = r.Cancel(requester); err != nil || r.State != market.Cancelled {
		t.Errorf("Cancel = %v, %v", r.State, err)
	}
}

func TestRefundIsAllThatIsLeft(t *testing.T) {
	r := post(t, nil)
	want := []escrow.Transfer{
		{From: escrow.Budget(r.ID), To: escrow.Wallet(requester), Amount: 70, Why: "budget refunded"},
		{From: escrow.Fees(r.ID), To: escrow.Wallet(requester), Amount: 3, Why: "fee refunded"},
	}
	if got := r.Refund(70, 3); !slices.Equal(got, want) {
		t.Errorf("Refund = %v, want %v", got, want)
	}
}

func TestGuidelinesAreRevised(t *testing.T) {
	next := id.RawCID([]byte("version 2"))
	tests := []struct {
		name   string
		change func(*market.Request)
		by     id.Address
		spec   id.CID
		kind   fault.Kind
		says   string
	}{
		{"while open", func(*market.Request) {}, requester, next, ok, ""},
		{"while matched", func(r *market.Request) { r.State = market.Matched }, requester, next, ok, ""},
		{"while working", func(r *market.Request) { r.State = market.Working }, requester, next, ok, ""},
		{"while settling", func(r *market.Request) { r.State = market.Settling }, requester, next, fault.KindState, "guidelines stand"},
		{"when over", func(r *market.Request) { r.State = market.Closed }, requester, next, fault.KindState, "guidelines stand"},
		{"by somebody else", func(*market.Request) {}, alice, next, fault.KindForbidden, "belongs to"},
		{"to what is no CID", func(*market.Request) {}, requester, "next", invalid, "cid"},
		{"too often", func(r *market.Request) { r.Guidelines = make([]market.Guideline, market.MaxGuidelines) }, requester, next, limit, "100 guideline"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := post(t, nil)
			tt.change(&r)
			before := slices.Clone(r.Guidelines)
			revised, err := r.Revise(tt.by, tt.spec, now+5)
			wantError(t, err, tt.kind, tt.says)
			if !slices.Equal(r.Guidelines, before) {
				t.Error("the request as it was has changed")
			}
			want := market.Guideline{Version: 2, Spec: next, Since: now + 5}
			if err == nil && revised.Guideline() != want {
				t.Errorf("in force: %+v, want %+v", revised.Guideline(), want)
			}
		})
	}
}

func TestMilestonesFollowOneAnother(t *testing.T) {
	r := post(t, nil)
	if r.Due() != r.Terms.Milestones[0].Due {
		t.Errorf("first due %s, want %s", r.Due(), r.Terms.Milestones[0].Due)
	}
	r, more := r.NextMilestone()
	if !more || r.Milestone != 1 || r.Due() != r.Terms.Milestones[1].Due {
		t.Errorf("second: %d (%t), due %s", r.Milestone, more, r.Due())
	}
	if again, more := r.NextMilestone(); more || again.Milestone != 1 {
		t.Errorf("after the last: %d (%t)", again.Milestone, more)
	}
	whole := post(t, func(t *market.Terms) { t.Milestones = nil })
	if _, more := whole.NextMilestone(); more || whole.Due() != whole.Terms.DeliveryDeadline {
		t.Errorf("without milestones: more %t, due %s", more, whole.Due())
	}
}

func TestStoredRequestsAreChecked(t *testing.T) {
	tests := []struct {
		name   string
		change func(*market.Request)
		good   bool
	}{
		{"as posted", func(*market.Request) {}, true},
		{"no state", func(r *market.Request) { r.State = 0 }, false},
		{"an unknown state", func(r *market.Request) { r.State = market.Expired + 1 }, false},
		{"no guideline", func(r *market.Request) { r.Guidelines = nil }, false},
		{"a milestone that is not", func(r *market.Request) { r.Milestone = 2 }, false},
		{"terms that were changed", func(r *market.Request) { r.Terms.PriceCap-- }, false},
		{"closed, with engagements to complete", func(r *market.Request) { r.State, r.Active = market.Closed, 3 }, true},
		{"cancelled, with bids to reject", func(r *market.Request) { r.State, r.Bids = market.Cancelled, 3 }, true},
		{"cancelled, with engagements", func(r *market.Request) { r.State, r.Active = market.Cancelled, 1 }, false},
		{"expired, with engagements", func(r *market.Request) { r.State, r.Active = market.Expired, 1 }, false},
		{"working, with open offers", func(r *market.Request) { r.State, r.Offered = market.Working, 1 }, false},
	}
	for _, tt := range tests {
		r := post(t, nil)
		tt.change(&r)
		if err := r.Check(); (err == nil) != tt.good || err != nil && fault.KindOf(err) != fault.KindInternal {
			t.Errorf("%s: Check = %v, want good %t", tt.name, err, tt.good)
		}
	}
}
