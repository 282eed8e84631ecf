package work

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/wire"
)

// maxLooked bounds the pages looked at for one message.
const maxLooked = 4_096

// spot is request, lane, place and page: where a page lies on the ring.
type spot = collections.Quad[string, uint64, uint64, uint32]

// lane joins round and coverage, so that the pages of a round that are covered
// equally often lie side by side.
func lane(round, covered uint32) uint64 { return uint64(round)<<32 | uint64(covered) }

func spotOf(p work.Page) spot {
	return collections.Join4(string(p.Request), lane(p.Round, p.Covered), p.Place, p.Number)
}

// putPage keeps a page and puts it on the ring while it is below the target.
func (k *Keeper) putPage(ctx context.Context, p work.Page, target uint32) error {
	if p.Covered < target {
		if err := k.ring.Set(ctx, spotOf(p)); err != nil {
			return err
		}
	}
	return k.pages.Set(ctx, collections.Join3(string(p.Request), p.Round, p.Number), *wire.PageToProto(p))
}

// movePage keeps a page whose coverage changed.
func (k *Keeper) movePage(ctx context.Context, before, after work.Page, target uint32) error {
	if err := k.ring.Remove(ctx, spotOf(before)); err != nil {
		return err
	}
	return k.putPage(ctx, after, target)
}

// deal draws up to count pages for a contributor, in the order in which core's
// Round.Deal draws them from the pages that he may do and has not had. It also
// returns the round, which learns where the ring begins.
func (k *Keeper) deal(ctx context.Context, d work.Desk, e market.Engagement, count int) (work.Round, []work.Page, error) {
	t := turnOf{d: d, start: d.Round.Start(e.Contributor, d.Assignment.Units), count: count}
	if len(e.Pages) > 0 {
		pages, err := k.dealFromList(ctx, t, e.Pages)
		return d.Round, pages, err
	}
	return k.dealFromRing(ctx, t)
}

// turnOf is one contributor's turn to draw.
type turnOf struct {
	d     work.Desk
	start uint64
	count int
}

func (k *Keeper) hasHad(ctx context.Context, a work.Assignment, page uint32) (bool, error) {
	return k.had.Has(ctx, collections.Join3(string(a.Request), string(a.Contributor), page))
}

// dealFromRing draws from all pages of the round: lane by lane, each once
// around from the start.
func (k *Keeper) dealFromRing(ctx context.Context, t turnOf) (work.Round, []work.Page, error) {
	round := t.d.Round
	walk := ringWalk{k: k, turn: t}
	for covered := round.Least; covered < round.Target && !walk.done(); covered++ {
		lies := walk.looked
		if err := walk.lap(ctx, covered); err != nil {
			return round, nil, err
		}
		if walk.looked == lies && round.Least == covered {
			round.Least++ // nothing lies there
		}
	}
	pages := make([]work.Page, len(walk.found))
	for i, number := range walk.found {
		var err error
		if pages[i], err = k.page(ctx, round.Request, round.Number, number); err != nil {
			return round, nil, err
		}
	}
	return round, pages, nil
}

// ringWalk looks for pages that the contributor has not had.
type ringWalk struct {
	k      *Keeper
	turn   turnOf
	looked int
	found  []uint32
}

func (w *ringWalk) done() bool { return len(w.found) >= w.turn.count || w.looked >= maxLooked }

// lap goes once around a lane.
func (w *ringWalk) lap(ctx context.Context, covered uint32) error {
	request, in := string(w.turn.d.Round.Request), lane(w.turn.d.Round.Number, covered)
	all := collections.QuadSuperPrefix[string, uint64, uint64, uint32](request, in)
	start := collections.Join4(request, in, w.turn.start, uint32(0))
	for _, arc := range []*collections.Range[spot]{
		new(collections.Range[spot]).Prefix(all).StartInclusive(start),
		new(collections.Range[spot]).Prefix(all).EndExclusive(start),
	} {
		if w.done() {
			return nil
		}
		if err := w.k.ring.Walk(ctx, arc, func(s spot) (bool, error) { return w.look(ctx, s) }); err != nil {
			return err
		}
	}
	return nil
}

func (w *ringWalk) look(ctx context.Context, s spot) (stop bool, err error) {
	w.looked++
	had, err := w.k.hasHad(ctx, w.turn.d.Assignment, s.K4())
	if err == nil && !had {
		w.found = append(w.found, s.K4())
	}
	return w.done(), err
}

// dealFromList draws from the pages that an engagement names; of a list longer
// than maxLooked another part each turn.
func (k *Keeper) dealFromList(ctx context.Context, t turnOf, list []uint32) ([]work.Page, error) {
	round := t.d.Round
	var pages []work.Page
	first := int(t.start % uint64(len(list)))
	for i := range min(len(list), maxLooked) {
		number := list[(first+i)%len(list)]
		had, err := k.hasHad(ctx, t.d.Assignment, number)
		if err != nil {
			return nil, err
		}
		if had {
			continue
		}
		page, err := k.page(ctx, round.Request, round.Number, number)
		if fault.Is(err, fault.KindNotFound) {
			continue // a page of another round or milestone
		}
		if err != nil {
			return nil, err
		}
		pages = append(pages, page)
	}
	return round.Deal(pages, t.start, t.count), nil
}
