package work_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
)

func ring(r *rapid.T) (work.Round, []work.Page) {
	round := work.Round{
		Request: id.NewRequestID("requester", 1), Number: rapid.Uint32Range(1, 3).Draw(r, "round"),
		Target: rapid.Uint32Range(1, 4).Draw(r, "target"), Seed: id.Sum(rapid.String().Draw(r, "seed")),
	}
	var pages []work.Page
	for n := range rapid.Uint32Range(0, 30).Draw(r, "pages") {
		p := work.NewPage(round, work.PagePlan{Page: n, Items: 1})
		p.Covered = rapid.Uint32Range(0, round.Target+1).Draw(r, "covered")
		pages = append(pages, p)
	}
	return round, pages
}

func TestADrawIsTheNearestClockwiseOfTheLeastCovered(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		round, pages := ring(r)
		start := rapid.Uint64().Draw(r, "start")
		got, found := round.Draw(pages, start)
		open := slices.DeleteFunc(slices.Clone(pages), func(p work.Page) bool { return p.Covered >= round.Target })
		if found != (len(open) > 0) {
			r.Fatalf("found %t among %d open pages", found, len(open))
		}
		for _, p := range open {
			if p.Covered < got.Covered {
				r.Fatalf("drew page %d, covered %d, although page %d is covered %d", got.Number, got.Covered, p.Number, p.Covered)
			}
			if p.Covered == got.Covered && p.Place-start < got.Place-start {
				r.Fatalf("drew page %d although page %d is nearer", got.Number, p.Number)
			}
		}
		if found && got.Covered >= round.Target {
			r.Fatalf("drew page %d, which has its %d answers", got.Number, round.Target)
		}
	})
}

func TestADrawDoesNotDependOnTheOrderOfThePages(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		round, pages := ring(r)
		start := rapid.Uint64().Draw(r, "start")
		mixed := rapid.Permutation(pages).Draw(r, "mixed")
		first, _ := round.Draw(pages, start)
		if second, _ := round.Draw(mixed, start); first != second {
			r.Fatalf("drew page %d, from the same pages in another order %d", first.Number, second.Number)
		}
	})
}

func TestADealIsARowOfDrawsFromOneStart(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		round, pages := ring(r)
		start, n := rapid.Uint64().Draw(r, "start"), rapid.IntRange(0, 35).Draw(r, "n")
		before := slices.Clone(pages)
		var want []work.Page
		for left := slices.Clone(pages); len(want) < n; {
			p, found := round.Draw(left, start)
			if !found {
				break
			}
			want = append(want, p)
			left = slices.DeleteFunc(left, func(q work.Page) bool { return q == p })
		}
		if got := round.Deal(pages, start, n); !slices.Equal(got, want) {
			r.Fatalf("dealt %v, want %v", got, want)
		}
		if !slices.Equal(pages, before) {
			r.Fatal("the deal changed the pages it was given")
		}
	})
}

func TestPlacesAndStartsSpreadAndDependOnTheSeed(t *testing.T) {
	round := work.Round{Request: id.NewRequestID("requester", 1), Number: 1, Seed: id.Sum("seed")}
	other := round
	other.Seed = id.Sum("other seed")
	starts, places := map[uint64]string{}, map[uint64]string{}
	for i := range uint32(500) {
		who := id.Address(fmt.Sprintf("contributor%d", i))
		for what, at := range map[string]uint64{
			"start": round.Start(who, 0), "second start": round.Start(who, 1), "start under another seed": other.Start(who, 0),
		} {
			if before, twice := starts[at]; twice {
				t.Errorf("%s of %s is the %s", what, who, before)
			}
			starts[at] = what + " of " + string(who)
		}
		p := work.NewPage(round, work.PagePlan{Page: i, Items: 1})
		if before, twice := places[p.Place]; twice {
			t.Errorf("page %d has the place of page %s", i, before)
		}
		places[p.Place] = fmt.Sprint(i)
	}
	quarters := map[uint64]int{}
	for at := range starts {
		quarters[at>>62]++
	}
	for q, n := range quarters {
		if n < 300 || n > 450 { // 375 expected, four standard deviations
			t.Errorf("quarter %d of the ring has %d of 1500 starts", q, n)
		}
	}
}
