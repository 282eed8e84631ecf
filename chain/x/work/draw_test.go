package work_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
	"github.com/alaya-network/alaya/wire"
)

// pages are all pages of the round in work.
func (w *world) pages() []work.Page {
	w.t.Helper()
	res, err := w.query.Pages(w.Ctx, &workv1.QueryPagesRequest{Request: string(w.request.ID), Round: w.progress().Round})
	w.must(err)
	out := make([]work.Page, len(res.Pages))
	for i := range res.Pages {
		out[i], err = wire.PageFromProto(&res.Pages[i])
		w.must(err)
	}
	return out
}

func TestRingAndListDrawWhatCoreDraws(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		count, target := rapid.Uint32Range(1, 12).Draw(r, "pages"), rapid.Uint32Range(1, 3).Draw(r, "target")
		w := opened(t, count, target)
		names := []string{"a", "b", "c", "d"}
		listed := map[string][]uint32{}
		for _, name := range names {
			if rapid.Bool().Draw(r, "by list") {
				all := make([]uint32, count)
				for i := range all {
					all[i] = uint32(i)
				}
				listed[name] = all[rapid.IntRange(0, int(count)-1).Draw(r, "first"):]
			}
			w.engage(name, 10_000, listed[name]...)
		}
		had := map[string][]uint32{}
		for range rapid.IntRange(1, 40).Draw(r, "draws") {
			name := rapid.SampledFrom(names).Draw(r, "who")
			who := address(name)
			round, a := w.round(), w.assignment(who)
			if round.State != work.Committing {
				return // every page has its answers
			}
			var mayHave []work.Page
			for _, p := range w.pages() {
				onList := len(listed[name]) == 0 || slices.Contains(listed[name], p.Number)
				if onList && !slices.Contains(had[name], p.Number) {
					mayHave = append(mayHave, p)
				}
			}
			count := rapid.Uint32Range(1, 4).Draw(r, "count")
			want := round.Deal(mayHave, round.Start(who, a.Units), int(count))
			leases, err := w.lease(who, count)
			if len(want) == 0 && !fault.Is(err, fault.KindNotFound) || len(leases) != len(want) {
				r.Fatalf("%s drew %v, %v; core draws %v", name, leases, err, want)
			}
			for i, l := range leases {
				if l.Page != want[i].Number {
					r.Fatalf("%s drew %v; core draws %v", name, leases, want)
				}
				had[name] = append(had[name], l.Page)
				if rapid.Bool().Draw(r, "commit") {
					w.must(w.commit(who, 1, l.Page))
				}
			}
			if rapid.IntRange(0, 9).Draw(r, "time") == 0 && w.round().State == work.Committing {
				w.Advance(leaseMs)
				w.block(1)
			}
		}
		if err := w.keeper.Invariants(w.Ctx); err != nil {
			r.Fatal(err)
		}
	})
}

func TestAListOnlyCoversItsPages(t *testing.T) {
	w := opened(t, 10, 2)
	who := w.engage("worker", 1_000, 2, 3, 5, 40)
	got := w.commitAll(who)
	slices.Sort(got)
	if !slices.Equal(got, []uint32{2, 3, 5}) {
		t.Errorf("drew %v, want the pages 2, 3 and 5", got)
	}
	w.sound()
}

func TestEqualSeedsDrawEqualPages(t *testing.T) {
	drawn := func() []uint32 {
		w := opened(t, 50, 2)
		return append(w.commitAll(w.engage("a", 200)), w.commitAll(w.engage("b", 500))...)
	}
	first, second := drawn(), drawn()
	if len(first) != 70 || !slices.Equal(first, second) {
		t.Errorf("two equal chains drew %v and %v", first, second)
	}
}

func TestPagesOfOtherRequestsAreNotDrawn(t *testing.T) {
	w := opened(t, 3, 1)
	other := w.request
	other.ID = id.NewRequestID(w.request.Requester, 2)
	w.must(w.keeper.Open(w.Ctx, other))
	w.block(1)
	if got := w.commitAll(w.engage("worker", 1_000)); len(got) != 3 {
		t.Errorf("drew %d pages of 3", len(got))
	}
	w.sound()
}
