package settle_test

import (
	"slices"
	"testing"

	"github.com/alaya-network/alaya/chain/kit/kittest"
	"github.com/alaya-network/alaya/chain/x/settle"
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	core "github.com/alaya-network/alaya/core/settle"
)

func TestASettlementPaysItsVectorAfterTheReview(t *testing.T) {
	f := newFixture(t)
	f.post(3)
	if undone, err := f.keeper.Undone(f.Ctx, f.flow.request.ID); err != nil || undone != 1 {
		t.Errorf("%d settlements undone, %v; want 1", undone, err)
	}
	f.block(reviewMs - 1)
	f.wants(0, 0)
	f.block(1) // one millisecond before the review ends
	f.wants(0, 0)
	f.block(0)
	for i, want := range []int64{100, 200, 300} {
		f.wants(i, want)
	}
	// Fees of 2 %, rounded down: 2, 4 and 6.
	if got := f.Balance(kittest.Address(poolName)); got != 12 {
		t.Errorf("the pool has %d ualy, want 12", got)
	}
	if got := f.ModuleBalance(settle.Name); got != int64(budget)-600+int64(fees)-12 {
		t.Errorf("the module account holds %d ualy", got)
	}
	if f.state(0) != core.Done || f.count("posted") != 3 || f.count("released") != 3 || f.flow.told[6] != "done 0" {
		t.Errorf("settlement %s; the stages were told %v", f.state(0), f.flow.told)
	}
	if undone, err := f.keeper.Undone(f.Ctx, f.flow.request.ID); err != nil || undone != 0 {
		t.Errorf("%d settlements undone, %v; want none", undone, err)
	}
}

func TestAnEmptyVectorIsDoneAtOnce(t *testing.T) {
	f := newFixture(t)
	f.open(0, nil, 0)
	if f.state(0) != core.Done || !slices.Equal(f.flow.told, []string{"done 0"}) {
		t.Errorf("settlement %s; the stages were told %v", f.state(0), f.flow.told)
	}
}

func TestAContestFreezesThePayoutUntilItsDeadline(t *testing.T) {
	f := newFixture(t)
	f.post(2)
	f.contest(worker(0))
	f.block(reviewMs)
	f.block(contestMs - reviewMs - 1) // pays the other
	f.wants(0, 0)
	f.wants(1, 200)
	f.block(1)
	f.wants(0, 0)
	if f.state(0) != core.Review || f.count("ended") != 0 {
		t.Errorf("before the deadline: settlement %s; told %v", f.state(0), f.flow.told)
	}
	f.block(0)
	f.wants(0, 100)
	if f.state(0) != core.Done || !slices.Contains(f.flow.told, "ended "+string(worker(0))+", overturned true") {
		t.Errorf("after the deadline: settlement %s; told %v", f.state(0), f.flow.told)
	}
}

func TestAContestThatEndsBeforeTheReviewWaitsForIt(t *testing.T) {
	f := newFixture(t)
	f.flow.request.Terms.Windows.Contest = 10
	f.post(1)
	f.contest(worker(0))
	f.block(10)
	f.block(0)
	if f.count("ended") != 1 {
		t.Errorf("told %v, want an ended contest", f.flow.told)
	}
	f.wants(0, 0)
	f.block(reviewMs - 10)
	f.block(0)
	f.wants(0, 100)
}

func TestAWithdrawnContestLetsThePayoutGo(t *testing.T) {
	for name, after := range map[string]int64{"within the review": 10, "after the review": reviewMs + 10} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t)
			f.post(2)
			f.contest(worker(1))
			f.block(after)
			f.withdraw(worker(1))
			f.block(max(0, reviewMs-after))
			f.block(0)
			f.wants(0, 100)
			f.wants(1, 200)
			if f.state(0) != core.Done || !slices.Contains(f.flow.told, "ended "+string(worker(1))+", overturned false") {
				t.Errorf("settlement %s; told %v", f.state(0), f.flow.told)
			}
			f.block(contestMs) // the old deadline passes without a trace
			f.block(0)
			if f.count("ended") != 1 || f.count("released") != 2 {
				t.Errorf("told %v", f.flow.told)
			}
		})
	}
}

func TestReleaseIsBoundedPerBlock(t *testing.T) {
	f := newFixture(t)
	f.post(1_000)
	f.Advance(reviewMs)
	for block := 1; block <= 5; block++ {
		before := f.count("released")
		f.block(1)
		if paid := f.count("released") - before; paid != 200 {
			t.Errorf("block %d paid %d, want 200", block, paid)
		}
	}
	if f.state(0) != core.Done {
		t.Errorf("after five blocks the settlement is in %s with %d paid", f.state(0), f.count("released"))
	}
	f.wants(999, 100_000)
}

func TestAPayoutThatCannotBePaidHoldsUpNoOther(t *testing.T) {
	f := newFixture(t)
	f.post(300)
	f.flow.refuse = worker(7)
	f.Advance(reviewMs)
	f.block(1)
	f.block(1)
	if paid := f.count("released"); paid != 299 || f.state(0) != core.Review {
		t.Errorf("%d paid, settlement in %s; want 299 in review", paid, f.state(0))
	}
	f.wants(7, 0)
	f.flow.refuse = ""
	f.block(60_000)
	f.block(0)
	f.wants(7, 800)
	if f.state(0) != core.Done {
		t.Errorf("settlement in %s, want done", f.state(0))
	}
}

func TestMilestonesSettleSideBySide(t *testing.T) {
	f := newFixture(t)
	f.post(2)
	entries, total := vector(2)
	f.open(1, entries, total)
	if undone, err := f.keeper.Undone(f.Ctx, f.flow.request.ID); err != nil || undone != 2 {
		t.Errorf("%d undone, %v; want 2", undone, err)
	}
	f.block(reviewMs)
	f.block(0)
	_, err := f.msgs.PostPayouts(f.Ctx, f.chunks(1, entries)[0])
	f.must(err)
	f.wants(1, 200)
	f.block(reviewMs)
	f.block(0)
	f.wants(1, 400)
	if f.state(0) != core.Done || f.state(1) != core.Done {
		t.Errorf("settlements %s and %s, want done", f.state(0), f.state(1))
	}
}

func TestOpenRefuses(t *testing.T) {
	f := newFixture(t)
	entries, _ := vector(1)
	award := core.Award{Request: f.flow.request.ID, Root: core.Root(entries), Payouts: 1, Total: budget + 1}
	if err := f.keeper.Open(f.Ctx, award); !fault.Is(err, fault.KindFunds) {
		t.Errorf("more than the budget: %v, want kind funds", err)
	}
	f.open(0, nil, 0)
	if err := f.keeper.Open(f.Ctx, core.Award{Request: f.flow.request.ID}); !fault.Is(err, fault.KindExists) {
		t.Errorf("a second time: %v, want kind exists", err)
	}
	if err := f.keeper.Open(f.Ctx, core.Award{Request: "0000000000000000"}); !fault.Is(err, fault.KindNotFound) {
		t.Errorf("an unknown request: %v, want kind not found", err)
	}
}

func TestCarryStopsAtAnEmptyWallet(t *testing.T) {
	f := newFixture(t)
	move := escrow.Transfer{From: escrow.Wallet(worker(0)), To: escrow.Budget(f.flow.request.ID), Amount: 1}
	if err := f.keeper.Carry(f.Ctx, []escrow.Transfer{move}); err == nil {
		t.Error("a wallet paid what it does not have")
	}
	move.From = escrow.Wallet("no address")
	if err := f.keeper.Carry(f.Ctx, []escrow.Transfer{move}); err == nil {
		t.Error("a wallet without an address paid")
	}
	f.check()
}
