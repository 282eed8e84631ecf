package work_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

func TestCommitmentsAreRefusedWithTheReason(t *testing.T) {
	w := opened(t, 5, 2)
	who := w.engage("worker", 1_000)
	page := w.mustLease(who, 1)[0].Page
	good := id.Sum("commitment")

	for name, c := range map[string]struct {
		contributor id.Address
		page        uint32
		commitment  []byte
		want        fault.Kind
	}{
		"of 31 bytes":                 {who, page, good[:31], fault.KindInvalid},
		"of nothing but zeros":        {who, page, make([]byte, 32), fault.KindInvalid},
		"to a page that is not his":   {who, page + 1, good[:], fault.KindNotFound},
		"to a page of somebody else":  {w.engage("other", 1_000), page, good[:], fault.KindNotFound},
		"to a page that is not there": {who, 99, good[:], fault.KindNotFound},
		"of a name that is none":      {"\x00", page, good[:], fault.KindInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := w.msg.CommitPage(w.Ctx, &workv1.MsgCommitPage{
				Contributor: string(c.contributor), Request: string(w.request.ID), Round: 1, Page: c.page, Commitment: c.commitment,
			})
			w.refused(err, c.want)
		})
	}
	w.must(w.commit(who, 1, page))
	w.refused(w.commit(who, 1, page), fault.KindExists)
	w.sound()
}

func TestACommitmentMayComeInTheLastMomentOfItsLease(t *testing.T) {
	w := opened(t, 2, 1)
	who := w.engage("worker", 1_000)
	leases := w.mustLease(who, 2)
	w.Advance(leaseMs)
	w.must(w.commit(who, 1, leases[0].Page))
	w.Advance(1)
	w.refused(w.commit(who, 1, leases[1].Page), fault.KindState)
	w.block(0)
	if a := w.assignment(who); a.Open != 0 || a.Expired != 1 || a.Units != 10 {
		t.Errorf("after one commitment and one expiry: %+v", a)
	}
	w.sound()
}

func TestRevealsAreRefusedWithTheReason(t *testing.T) {
	w := opened(t, 2, 1)
	who := w.engage("worker", 1_000)
	page := w.mustLease(who, 1)[0].Page
	w.must(w.commit(who, 1, page))
	w.refused(w.reveal(who, 1, page), fault.KindState) // before the committing has ended
	w.Advance(commitMs)
	w.block(0)
	w.inState(work.Revealing)

	content, salt := answers(who, page)
	for name, c := range map[string]struct {
		contributor id.Address
		round, page uint32
		open        opening
		want        fault.Kind
	}{
		"without a commitment":     {who, 1, page + 1, opening{content, salt}, fault.KindNotFound},
		"of somebody else's page":  {w.engage("other", 10), 1, page, opening{content, salt}, fault.KindNotFound},
		"of another round":         {who, 2, page, opening{content, salt}, fault.KindNotFound},
		"with another content":     {who, 1, page, opening{id.RawCID([]byte("copied")), salt}, fault.KindInvalid},
		"with another salt":        {who, 1, page, opening{content, [32]byte{1}}, fault.KindInvalid},
		"of what is no content id": {who, 1, page, opening{"bafy", salt}, fault.KindInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			w.refused(w.revealAs(c.contributor, c.round, c.page, c.open), c.want)
		})
	}
	w.sound()
	w.must(w.reveal(who, 1, page)) // a relay sends it
	w.refused(w.reveal(who, 1, page), fault.KindState)
	w.sound()
}

func TestALateRevealIsRefusedAndTheCommitmentForfeited(t *testing.T) {
	w := opened(t, 2, 2)
	silent, good := w.engage("silent", 1_000), w.engage("good", 1_000)
	w.commitAll(silent)
	w.commitAll(good)
	w.inState(work.Revealing)
	w.must(w.reveal(good, 1, 0))
	w.must(w.reveal(good, 1, 1))
	w.Advance(revealMs)
	w.block(0)
	w.refused(w.reveal(silent, 1, 0), fault.KindState)

	if a := w.assignment(silent); a.Forfeited != 2 {
		t.Errorf("assignment of the silent: %+v, want 2 forfeited", a)
	}
	if got := w.progress(); got.Reserved != 2_000 || got.Submissions != 2 {
		t.Errorf("progress %+v, want 2000ualy reserved for 2 submissions", got)
	}
	w.inState(work.Judging)
	if n := len(w.stages.judged); n != 1 || w.stages.judged[0].round.Submissions != 2 {
		t.Errorf("judged %v, want once, over 2 submissions", w.stages.judged)
	}
	w.sound()
}

func TestSweepsAreBoundedPerBlock(t *testing.T) {
	w := opened(t, 600, 4)
	var all []uint32
	for page := range uint32(600) {
		all = append(all, page)
	}
	for _, name := range []string{"a", "b", "c", "d"} {
		w.commitAll(w.engage(name, 100_000, all...)) // by list: faster here
	}
	w.inState(work.Revealing)
	w.Advance(revealMs)
	blocks := 0
	for ; w.round().State == work.Revealing && blocks < 10; blocks++ {
		w.block(1)
	}
	if blocks != 3 {
		t.Errorf("2,400 commitments were swept in %d blocks, want 3 of 1,000", blocks)
	}
	if got := w.progress().Reserved; got != 0 {
		t.Errorf("%s is still reserved after everything was forfeited", got)
	}
	w.sound()
}
