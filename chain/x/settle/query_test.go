package settle_test

import (
	"slices"
	"testing"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/core/fault"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
)

func TestQueriesShowWhatIsKept(t *testing.T) {
	f := newFixture(t)
	f.post(3)
	f.contest(worker(2))
	request := string(f.flow.request.ID)

	params, err := f.queries.Params(f.Ctx, &settlev1.QueryParamsRequest{})
	f.must(err)
	if params.Params.FeeBps != 200 {
		t.Errorf("params %+v", params.Params)
	}
	s, err := f.queries.Settlement(f.Ctx, &settlev1.QuerySettlementRequest{Request: request})
	f.must(err)
	if s.Settlement.Payouts != 3 || s.Settlement.Total != 600 || s.Settlement.State != settlev1.SettlementState_SETTLEMENT_STATE_REVIEW {
		t.Errorf("settlement %+v", s.Settlement)
	}
	contests, err := f.queries.Contests(f.Ctx, &settlev1.QueryContestsRequest{Request: request})
	f.must(err)
	if len(contests.Contests) != 1 || contests.Contests[0].Contributor != string(worker(2)) {
		t.Errorf("contests %+v", contests.Contests)
	}
	earnings, err := f.queries.Earnings(f.Ctx, &settlev1.QueryEarningsRequest{Contributor: string(worker(2))})
	f.must(err)
	if len(earnings.Payouts) != 1 || earnings.Payouts[0].Entry.Amount != 300 || earnings.Payouts[0].State != settlev1.PayoutState_PAYOUT_STATE_CONTESTED {
		t.Errorf("earnings %+v", earnings.Payouts)
	}
	if _, err := f.queries.Settlement(f.Ctx, &settlev1.QuerySettlementRequest{Request: "x"}); kindOf(err) != fault.KindNotFound {
		t.Errorf("an unknown settlement: %v, want kind not found", err)
	}
}

func TestBalancesAreListedPerRequest(t *testing.T) {
	f := newFixture(t)
	f.post(1)
	for _, request := range []string{"", string(f.flow.request.ID)} {
		got, err := f.queries.Balances(f.Ctx, &settlev1.QueryBalancesRequest{Request: request})
		f.must(err)
		want := []int64{int64(budget) - 100, int64(fees), 100} // budget, fees, pending
		if len(got.Balances) != len(want) {
			t.Fatalf("balances of %q: %+v, want %v", request, got.Balances, want)
		}
		for i, b := range got.Balances {
			if b.Amount != want[i] {
				t.Errorf("balances of %q: %s holds %d, want %d", request, b.Account, b.Amount, want[i])
			}
		}
	}
	if got, err := f.queries.Balances(f.Ctx, &settlev1.QueryBalancesRequest{Request: "0000000000000000"}); err != nil || len(got.Balances) != 0 {
		t.Errorf("balances of another request: %+v, %v", got, err)
	}
}

func TestListsComeInBoundedPages(t *testing.T) {
	f := newFixture(t)
	f.post(1_100)
	request := string(f.flow.request.ID)
	seen := map[string]bool{}
	page := &query.PageRequest{Limit: 1 << 40}
	for range 2 {
		got, err := f.queries.Payouts(f.Ctx, &settlev1.QueryPayoutsRequest{Request: request, Pagination: page})
		f.must(err)
		for _, p := range got.Payouts {
			seen[p.Entry.Contributor] = true
		}
		if len(got.Payouts) > 1_000 {
			t.Errorf("a page of %d payouts", len(got.Payouts))
		}
		page = &query.PageRequest{Key: got.Pagination.NextKey, Limit: 1_000}
	}
	if len(seen) != 1_100 || page.Key != nil {
		t.Errorf("two pages showed %d payouts, next key %x", len(seen), page.Key)
	}
}

func TestPostingListsTheSettlementsThatWaitForTheirVector(t *testing.T) {
	f := newFixture(t)
	waiting := func() []uint32 {
		got, err := f.queries.Posting(f.Ctx, &settlev1.QueryPostingRequest{})
		f.must(err)
		var milestones []uint32
		for _, s := range got.Settlements {
			milestones = append(milestones, s.Milestone)
		}
		return milestones
	}
	f.open(0, nil, 0) // empty, so done
	entries, total := vector(300)
	f.open(1, entries, total)
	f.open(2, entries, total)
	if got := waiting(); !slices.Equal(got, []uint32{1, 2}) {
		t.Errorf("waiting: %v, want 1 and 2", got)
	}
	for i, m := range f.chunks(1, entries) {
		if got := waiting(); !slices.Equal(got, []uint32{1, 2}) {
			t.Errorf("before chunk %d: %v, want 1 and 2", i, got)
		}
		_, err := f.msgs.PostPayouts(f.Ctx, m)
		f.must(err)
		f.check()
	}
	if got := waiting(); !slices.Equal(got, []uint32{2}) {
		t.Errorf("after the last chunk: %v, want 2", got)
	}
}

func TestPostingListsVectorsThatAreNotWhole(t *testing.T) {
	f := newFixture(t)
	posting := func() []settlev1.Settlement {
		t.Helper()
		res, err := f.queries.Posting(f.Ctx, &settlev1.QueryPostingRequest{})
		f.must(err)
		return res.Settlements
	}
	entries, total := vector(300) // two chunks
	f.open(1, entries, total)
	f.open(0, nil, 0) // done at once
	for i, m := range f.chunks(1, entries) {
		if got := posting(); len(got) != 1 || got[0].Milestone != 1 || len(got[0].Chunks) != i {
			t.Errorf("before chunk %d: %+v, want milestone 1 with %d chunks", i, got, i)
		}
		_, err := f.msgs.PostPayouts(f.Ctx, m)
		f.must(err)
		f.check()
	}
	if got := posting(); len(got) != 0 {
		t.Errorf("after the last chunk: %+v, want none", got)
	}
}
