package work_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

func TestAFullRoundEndsByItself(t *testing.T) {
	w := opened(t, 3, 2)
	a, b := w.engage("a", 100), w.engage("b", 100)
	w.commitAll(a)
	w.inState(work.Committing)
	w.commitAll(b)
	w.inState(work.Revealing)
	w.revealAll()
	w.inState(work.Judging)
	if len(w.stages.judged) != 1 || w.stages.judged[0].last || w.stages.judged[0].round.Submissions != 6 {
		t.Errorf("judged %+v, want once, not the last, over 6 submissions", w.stages.judged)
	}
	w.block(revealMs)
	w.block(commitMs) // deadlines that were overtaken do nothing
	if len(w.stages.judged) != 1 {
		t.Errorf("judged %d times", len(w.stages.judged))
	}
	w.sound()
}

func TestARoundWithoutAnyAnswerIsJudgedAsTheLast(t *testing.T) {
	w := opened(t, 3, 2)
	w.Advance(commitMs)
	w.block(0)
	w.inState(work.Judging)
	if len(w.stages.judged) != 1 || !w.stages.judged[0].last {
		t.Errorf("judged %+v, want once, as the last", w.stages.judged)
	}
	w.sound()
}

func TestCommittingWaitsForTheLastLeaseToEnd(t *testing.T) {
	w := newWorld(t, 1_200, 1)
	w.request.Terms.Windows.Lease = commitMs // all leases end with the round
	w.open()
	for i := range 20 {
		w.mustLease(w.engage(string(rune('a'+i)), 1_000), 32)
	}
	w.Advance(commitMs)
	w.block(0) // 500 of 640 leases expire
	w.inState(work.Committing)
	w.sound()
	w.block(0)
	w.inState(work.Judging)
	w.sound()
}

func TestOnlyTheRequesterClosesARoundAndOnlyWithoutLeases(t *testing.T) {
	w := opened(t, 3, 2)
	who := w.engage("worker", 100)
	page := w.mustLease(who, 1)[0].Page
	closing := func(by id.Address, round uint32) error {
		_, err := w.msg.CloseRound(w.Ctx, &workv1.MsgCloseRound{Requester: string(by), Request: string(w.request.ID), Round: round})
		return err
	}
	w.refused(closing(who, 1), fault.KindForbidden)
	w.refused(closing(w.request.Requester, 1), fault.KindState) // a lease is open
	w.refused(closing(w.request.Requester, 2), fault.KindNotFound)
	w.must(w.commit(who, 1, page))
	w.must(closing(w.request.Requester, 1))
	w.inState(work.Revealing)
	w.refused(closing(w.request.Requester, 1), fault.KindState)
	w.sound()
}

// withGold is a world in which the requester committed to gold and the round
// waits for it.
func withGold(t *testing.T) *world {
	w := newWorld(t, 1, 1)
	w.request.Terms.Gold = market.Gold{Root: id.Sum("gold"), Count: 1}
	w.open()
	w.commitAll(w.engage("worker", 100))
	w.revealAll()
	w.inState(work.Gold)
	return w
}

func (w *world) gold(by id.Address, content id.CID) error {
	_, err := w.msg.RevealGold(w.Ctx, &workv1.MsgRevealGold{Requester: string(by), Request: string(w.request.ID), Round: 1, Content: string(content)})
	return err
}

func TestGoldIsTakenFromTheRequesterOnly(t *testing.T) {
	w := withGold(t)
	content := id.RawCID([]byte("gold"))
	w.refused(w.gold(address("worker"), content), fault.KindForbidden)
	w.refused(w.gold(w.request.Requester, "gold"), fault.KindInvalid)
	w.must(w.gold(w.request.Requester, content))
	w.inState(work.Judging)
	if got := w.stages.judged[0].round.GoldContent; got != content {
		t.Errorf("gold %q goes to the oracle, want %q", got, content)
	}
	w.refused(w.gold(w.request.Requester, content), fault.KindState)
	w.sound()
}

func TestARoundGoesOnWithoutSilentGold(t *testing.T) {
	w := withGold(t)
	w.Advance(goldMs)
	w.block(0)
	w.inState(work.Judging)
	if len(w.stages.judged) != 1 || w.stages.judged[0].round.GoldContent != "" {
		t.Errorf("judged %+v, want once, without gold", w.stages.judged)
	}
}

func TestPagesAreLaidOutABoundedNumberPerBlock(t *testing.T) {
	w := newWorld(t, 2_000, 1)
	other := w.request
	other.ID = id.NewRequestID(w.request.Requester, 2)
	w.must(w.keeper.Open(w.Ctx, w.request))
	w.must(w.keeper.Open(w.Ctx, other))
	laid := func(r market.Request) uint32 {
		round, err := w.keeper.Round(w.Ctx, r.ID, 1)
		w.must(err)
		return round.Laid
	}
	for _, want := range []uint32{1_000, 2_000, 3_000, 4_000} {
		w.block(1)
		if got := laid(w.request) + laid(other); got != want {
			t.Errorf("%d pages laid out in all, want %d", got, want)
		}
		w.sound()
	}
	w.inState(work.Committing)
}

func TestARoundIsNotOpenedBesideAnother(t *testing.T) {
	w := opened(t, 2, 1)
	w.refused(w.keeper.Open(w.Ctx, w.request), fault.KindState)
	w.refused(w.keeper.CloseRound(w.Ctx, w.request.ID, 1), fault.KindState)
	w.refused(w.keeper.CloseRound(w.Ctx, w.request.ID, 7), fault.KindNotFound)
}

func TestTheNextMilestoneBringsItsPagesAndItsMoney(t *testing.T) {
	w := newWorld(t, 4, 1)
	w.request.Terms.Milestones = []market.Milestone{
		{Title: "first", Pages: 1, Due: w.Now().Add(500_000)}, {Title: "second", Pages: 3, Due: w.Now().Add(900_000)},
	}
	w.request.Terms.Budget = 4_000
	w.open()
	who := w.engage("worker", 1_000)
	if got := w.commitAll(who); len(got) != 1 || got[0] != 0 {
		t.Errorf("pages of the first milestone %v, want [0]", got)
	}
	w.finishRound()
	w.request.Milestone = 1
	w.open()
	if got := w.commitAll(who); len(got) != 3 {
		t.Errorf("pages of the second milestone %v, want 3", got)
	}
	if r := w.round(); r.Number != 2 || r.Milestone != 1 || r.Pages != 3 {
		t.Errorf("round %+v, want the second, of milestone 1, with 3 pages", r)
	}
	w.revealAll()
	if p := w.progress(); p.Submissions != 4 || p.Reserved != 4_000 {
		t.Errorf("progress %+v, want 4 submissions and 4000ualy reserved", p)
	}
	w.sound()
}

func TestAClosedRoundLeavesTheRingEmpty(t *testing.T) {
	w := opened(t, 1_500, 1)
	w.commitAll(w.engage("worker", 50))
	w.finishRound()
	for range 3 {
		w.block(1)
	}
	w.nextRoundOnly(t)
}

// nextRoundOnly opens a round of one page and sees that only it is drawn.
func (w *world) nextRoundOnly(t *testing.T) {
	t.Helper()
	w.must(w.keeper.Follow(w.Ctx, w.request, work.Next{
		Manifest: id.RawCID([]byte("next")), Root: id.Sum("next"), Pages: []work.PagePlan{{Page: 7, Items: 2}}, Target: 1,
	}))
	w.block(1)
	w.inState(work.Committing)
	if got := w.mustLease(w.engage("late", 10), 5); len(got) != 1 || got[0].Page != 7 || got[0].Round != 2 {
		t.Errorf("drew %v, want page 7 of round 2", got)
	}
	w.sound()
}
