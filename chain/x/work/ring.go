package work

import (
	"context"
	"errors"

	"cosmossdk.io/collections"

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

// deck is what a contributor's pages are drawn from. Both kinds draw what
// core's Round.Draw would draw from the pages he may do and has not had.
type deck interface {
	// next draws a page; false if there is none. What it drew must be saved
	// before the next draw.
	next(context.Context, work.Desk) (work.Page, bool, error)
}

func (k *Keeper) deck(ctx context.Context, d work.Desk, e market.Engagement) (deck, error) {
	if len(e.Pages) == 0 {
		return &ringDeck{k: k}, nil
	}
	return k.listDeck(ctx, d, e.Pages)
}

// ringDeck draws from all pages of the round.
type ringDeck struct {
	k      *Keeper
	looked int
}

func (r *ringDeck) next(ctx context.Context, d work.Desk) (work.Page, bool, error) {
	start := d.Round.Start(d.Assignment.Contributor, d.Assignment.Units)
	for covered := range d.Round.Target {
		in := collections.QuadSuperPrefix[string, uint64, uint64, uint32](string(d.Round.Request), lane(d.Round.Number, covered))
		from := collections.Join4(string(d.Round.Request), lane(d.Round.Number, covered), start, uint32(0))
		for _, arc := range []*collections.Range[spot]{
			new(collections.Range[spot]).Prefix(in).StartInclusive(from),
			new(collections.Range[spot]).Prefix(in).EndExclusive(from),
		} {
			page, found, err := r.walk(ctx, arc, d.Assignment)
			if err != nil {
				return work.Page{}, false, err
			}
			if found {
				drawn, err := r.k.page(ctx, d.Round.Request, d.Round.Number, page)
				return drawn, true, err
			}
		}
	}
	return work.Page{}, false, nil
}

// walk looks for the first page on an arc that the contributor has not had.
func (r *ringDeck) walk(ctx context.Context, arc collections.Ranger[spot], a work.Assignment) (page uint32, found bool, err error) {
	if r.looked >= maxLooked {
		return 0, false, nil
	}
	err = r.k.ring.Walk(ctx, arc, func(s spot) (bool, error) {
		r.looked++
		had, err := r.k.had.Has(ctx, collections.Join3(string(a.Request), string(a.Contributor), s.K4()))
		if err != nil {
			return true, err
		}
		page, found = s.K4(), !had
		return found || r.looked >= maxLooked, nil
	})
	return page, found, err
}

// listDeck draws from the pages that an engagement names.
type listDeck struct{ pages []work.Page }

// listDeck lays out the pages of the list that the contributor has not had;
// of a list longer than maxLooked another part each time.
func (k *Keeper) listDeck(ctx context.Context, d work.Desk, list []uint32) (*listDeck, error) {
	deck := &listDeck{}
	first := d.Round.Start(d.Assignment.Contributor, d.Assignment.Units) % uint64(len(list))
	for i := range min(len(list), maxLooked) {
		number := list[(int(first)+i)%len(list)]
		had, err := k.had.Has(ctx, collections.Join3(string(d.Round.Request), string(d.Assignment.Contributor), number))
		if err != nil {
			return nil, err
		}
		if had {
			continue
		}
		p, err := k.pages.Get(ctx, collections.Join3(string(d.Round.Request), d.Round.Number, number))
		if errors.Is(err, collections.ErrNotFound) {
			continue // a page of another round or milestone
		}
		if err != nil {
			return nil, err
		}
		page, err := wire.PageFromProto(&p)
		if err != nil {
			return nil, err
		}
		deck.pages = append(deck.pages, page)
	}
	return deck, nil
}

func (l *listDeck) next(_ context.Context, d work.Desk) (work.Page, bool, error) {
	page, found := d.Round.Draw(l.pages, d.Round.Start(d.Assignment.Contributor, d.Assignment.Units))
	if found {
		l.drop(page)
	}
	return page, found, nil
}

// drop takes a drawn page out: it is now his.
func (l *listDeck) drop(page work.Page) {
	for i, p := range l.pages {
		if p.Number == page.Number {
			l.pages = append(l.pages[:i], l.pages[i+1:]...)
			return
		}
	}
}
