package api

import (
	"encoding/json"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/index/view"
)

// page answers what a page of a round asks.
func (a *API) page(c *call) (any, error) {
	ctx := c.Context()
	r, err := a.Client.Request(ctx, id.RequestID(c.text("id")))
	if err != nil {
		return nil, err
	}
	round, err := a.Client.Round(ctx, r.ID, uint32(c.number("round")))
	if err != nil {
		return nil, err
	}
	page := uint32(c.number("page"))
	wanted, err := a.wanted(c, r, round, page)
	if err != nil {
		return nil, err
	}
	g := r.Guideline()
	v := view.WorkPage{
		Request: string(r.ID), Round: round.Number, Page: page, Guideline: g.Version, SpecCID: string(g.Spec),
		LeaseMs: r.Terms.Windows.Lease,
	}
	v.Items, err = a.items(c, r.Terms.Manifest.CID, wanted)
	return v, err
}

// wanted says which items of the request's manifest a page has.
func (a *API) wanted(c *call, r market.Request, round work.Round, page uint32) (selection, error) {
	unknown := fault.NotFound("api: page %d: not in round %d of request %s", page, round.Number, r.ID)
	if round.First(r.Terms) {
		from, to := r.Terms.PageRange(round.Milestone)
		if page < from || page >= to {
			return selection{}, unknown
		}
		var before uint64
		for _, n := range r.Terms.Manifest.Pages[:page] {
			before += uint64(n)
		}
		return selection{from: before, count: uint64(r.Terms.Manifest.Pages[page])}, nil
	}
	s := selection{ids: map[string]int{}}
	var bad error
	err := a.lines(c.Context(), round.Manifest, 0, func(line []byte, _ int64) bool {
		var p work.PageItems
		if bad = json.Unmarshal(line, &p); bad != nil || p.Page != page {
			return bad == nil
		}
		for i, item := range p.Items {
			s.ids[item] = i
		}
		return false
	})
	switch {
	case err != nil:
		return s, err
	case bad != nil:
		return s, fault.Internal("api: manifest %s: %w", round.Manifest, bad)
	case len(s.ids) == 0:
		return s, unknown
	}
	return s, nil
}

// selection is some items of a manifest: a run of them, or those named, each
// with its place.
type selection struct {
	from, count uint64
	ids         map[string]int
}

func (s selection) size() int { return max(int(s.count), len(s.ids)) }

// items reads the selected items of a manifest.
func (a *API) items(c *call, manifest id.CID, s selection) ([]view.Item, error) {
	list := make([]view.Item, s.size())
	found := 0
	var n uint64
	err := a.lines(c.Context(), manifest, 0, func(line []byte, _ int64) bool {
		place, wanted := int(n-s.from), n >= s.from && n < s.from+s.count
		n++
		if s.ids == nil && !wanted {
			return true
		}
		var item work.Item
		if json.Unmarshal(line, &item) != nil {
			return true
		}
		if s.ids != nil {
			if place, wanted = s.ids[item.ID]; !wanted {
				return true
			}
		}
		list[place] = itemOf(item)
		found++
		return found < len(list)
	})
	if err == nil && found < len(list) {
		err = fault.NotFound("api: manifest %s: %d of %d items are there", manifest, found, len(list))
	}
	return list, err
}

func itemOf(i work.Item) view.Item {
	v := view.Item{ID: i.ID, Content: string(i.Content), Data: i.Data}
	if len(v.Data) == 0 {
		v.Data = view.JSON("null")
	}
	return v
}
