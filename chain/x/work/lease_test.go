package work_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

func TestLeasesAreRefusedWithTheReason(t *testing.T) {
	for name, c := range map[string]struct {
		prepare func(*world, id.Address)
		count   uint32
		want    fault.Kind
	}{
		"for no page":             {count: 0, want: fault.KindLimit},
		"for more than 32 pages":  {count: 33, want: fault.KindLimit},
		"to one who is suspended": {count: 1, want: fault.KindForbidden, prepare: func(w *world, who id.Address) { w.must(w.keeper.Suspend(w.Ctx, w.request.ID, []id.Address{who})) }},
		"to one whose engagement is over": {count: 1, want: fault.KindState, prepare: func(w *world, who id.Address) {
			e := w.stages.engagements[who]
			e.State = market.Terminated
			w.stages.engagements[who] = e
		}},
		"to one who is not engaged": {count: 1, want: fault.KindNotFound, prepare: func(w *world, who id.Address) { delete(w.stages.engagements, who) }},
		"when the units are used up": {count: 1, want: fault.KindLimit, prepare: func(w *world, who id.Address) {
			w.engage("worker", 30)
			if got := len(w.mustLease(who, 32)); got != 3 {
				w.t.Errorf("30 units gave %d pages of 10, want 3", got)
			}
		}},
		"when he has had every page": {count: 1, want: fault.KindNotFound, prepare: func(w *world, who id.Address) {
			if got := len(w.mustLease(who, 32)); got != 5 {
				w.t.Errorf("drew %d of 5 pages", got)
			}
		}},
		"when the round has ended": {count: 1, want: fault.KindState, prepare: func(w *world, _ id.Address) {
			w.block(commitMs)
			w.block(0)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			w := opened(t, 5, 2)
			who := w.engage("worker", 1_000)
			if c.prepare != nil {
				c.prepare(w, who)
			}
			_, err := w.lease(who, c.count)
			w.refused(err, c.want)
			w.sound()
		})
	}
}

func TestLeasesStopWhereTheMoneyEnds(t *testing.T) {
	w := newWorld(t, 5, 1)
	w.request.Terms.Budget = 2_500 // 100 ualy an answer: two pages of 10
	w.open()
	who := w.engage("worker", 1_000)
	if got := len(w.mustLease(who, 5)); got != 2 {
		t.Errorf("a budget for two and a half pages gave %d", got)
	}
	_, err := w.lease(who, 1)
	w.refused(err, fault.KindFunds)
	if got := w.progress().Reserved; got != 2_000 {
		t.Errorf("%s reserved, want 2000ualy", got)
	}
	w.sound()
}

func TestAnExpiredLeaseGivesItsPageToSomebodyElse(t *testing.T) {
	w := opened(t, 1, 1)
	slow, quick := w.engage("slow", 100), w.engage("quick", 100)
	w.mustLease(slow, 1)
	_, err := w.lease(quick, 1)
	w.refused(err, fault.KindNotFound)

	w.Advance(leaseMs)
	w.block(1)
	if a := w.assignment(slow); a.Open != 0 || a.Units != 0 || a.Expired != 1 {
		t.Errorf("after its end: %+v, want nothing open, no units, 1 expired", a)
	}
	if got := w.progress().Reserved; got != 0 {
		t.Errorf("%s is still reserved", got)
	}
	w.refused(w.commit(slow, 1, 0), fault.KindNotFound)
	_, err = w.lease(slow, 1)
	w.refused(err, fault.KindNotFound) // he has had it
	w.mustLease(quick, 1)
	w.sound()
}

func TestAHoarderIsSuspended(t *testing.T) {
	w := opened(t, 40, 1)
	hoarder := w.engage("hoarder", 10_000)
	w.mustLease(hoarder, work.MaxExpiredLeases)
	w.Advance(leaseMs)
	w.block(1)
	if a := w.assignment(hoarder); !a.Suspended || a.Expired != work.MaxExpiredLeases {
		t.Errorf("after %d expired leases: %+v", work.MaxExpiredLeases, a)
	}
	_, err := w.lease(hoarder, 1)
	w.refused(err, fault.KindForbidden)
	w.sound()
}

func TestOpenLeasesAreBounded(t *testing.T) {
	w := opened(t, 40, 1)
	who := w.engage("worker", 10_000)
	w.mustLease(who, 20)
	if got := len(w.mustLease(who, 32)); got != 12 {
		t.Errorf("drew %d more, want 12", got)
	}
	_, err := w.lease(who, 1)
	w.refused(err, fault.KindLimit)
}

func TestExpiriesAreBoundedPerBlock(t *testing.T) {
	w := opened(t, 700, 1)
	for i := range 22 {
		w.mustLease(w.engage(string(rune('a'+i)), 10_000), 30)
	}
	w.Advance(leaseMs)
	w.block(1)
	if got := w.round().Leased; got != 160 {
		t.Errorf("%d of 660 leases left after one block, want 160", got)
	}
	w.block(1)
	if got := w.round().Leased; got != 0 {
		t.Errorf("%d leases left after two blocks", got)
	}
	w.sound()
}

func TestALeaseCarriesTheGuidelineInForce(t *testing.T) {
	w := opened(t, 2, 1)
	who := w.engage("worker", 100)
	first := w.mustLease(who, 1)[0]
	w.must(w.keeper.Revise(w.Ctx, w.request.ID, 2))
	second := w.mustLease(who, 1)[0]
	if first.Guideline != 1 || second.Guideline != 2 {
		t.Errorf("guidelines %d and %d, want 1 and 2", first.Guideline, second.Guideline)
	}
	w.must(w.commit(who, 1, first.Page))
	res, err := w.query.Submissions(w.Ctx, &workv1.QuerySubmissionsRequest{Request: string(w.request.ID), Round: 1})
	w.must(err)
	if len(res.Submissions) != 1 || res.Submissions[0].Guideline != 1 {
		t.Errorf("submissions %v, want one under guideline 1", res.Submissions)
	}
	w.must(w.keeper.Revise(w.Ctx, id.NewRequestID(who, 9), 2)) // nothing in work: nothing to tell
}

func TestNobodyGetsAPageTwiceInAMilestone(t *testing.T) {
	w := opened(t, 6, 1)
	who, other := w.engage("worker", 1_000), w.engage("other", 1_000)
	first := w.mustLease(who, 4)
	for _, l := range first {
		w.must(w.commit(who, 1, l.Page))
	}
	w.commitAll(other)
	w.nextRound([]work.PagePlan{{Page: 0, Items: 3}, {Page: 1, Items: 3}, {Page: 2, Items: 3}, {Page: 3, Items: 3}, {Page: 4, Items: 3}, {Page: 5, Items: 3}}, 2)
	had := map[uint32]bool{}
	for _, l := range first {
		had[l.Page] = true
	}
	second := w.mustLease(who, 32)
	if len(second) != 2 {
		t.Errorf("drew %d pages in the second round, want the 2 he has not had", len(second))
	}
	for _, l := range second {
		if had[l.Page] {
			t.Errorf("page %d came twice", l.Page)
		}
	}
	w.sound()
}

// nextRound ends the round in work, with all reveals, and opens another.
func (w *world) nextRound(pages []work.PagePlan, target uint32) {
	w.t.Helper()
	w.finishRound()
	w.must(w.keeper.Follow(w.Ctx, w.request, work.Next{
		Manifest: id.RawCID([]byte("next")), Root: id.Sum("next"), Pages: pages, Target: target,
	}))
	for w.round().State == work.Preparing {
		w.block(100)
	}
}

// finishRound lets time end the round in work; what was committed is revealed.
func (w *world) finishRound() {
	w.t.Helper()
	n := w.progress().Round
	for w.round().State == work.Committing {
		w.Advance(commitMs)
		w.block(0)
	}
	w.revealAll()
	for w.round().State != work.Judging {
		w.Advance(max(revealMs, goldMs))
		w.block(0)
	}
	w.must(w.keeper.CloseRound(w.Ctx, w.request.ID, n))
	w.block(0)
}

// revealAll opens every commitment of the round in work.
func (w *world) revealAll() {
	w.t.Helper()
	r := w.round()
	res, err := w.query.Submissions(w.Ctx, &workv1.QuerySubmissionsRequest{Request: string(w.request.ID), Round: r.Number})
	w.must(err)
	for _, s := range res.Submissions {
		if work.SubmissionState(s.State) == work.SubmissionCommitted {
			w.must(w.reveal(id.Address(s.Contributor), r.Number, s.Page))
		}
	}
}

func TestUnitsAndMoneyCountOverAllRounds(t *testing.T) {
	w := opened(t, 3, 1)
	who := w.engage("worker", 40)
	w.commitAll(who)
	w.nextRound([]work.PagePlan{{Page: 0, Items: 5}}, 1)
	other := w.engage("other", 5)
	w.mustLease(other, 1)
	if got, want := w.progress().Reserved, num.Amount(35*100); got != want {
		t.Errorf("%s reserved after 35 answers at 100ualy, want %s", got, want)
	}
	if a := w.assignment(who); a.Units != 30 {
		t.Errorf("%d units used, want 30", a.Units)
	}
	w.sound()
}
