package replay

import (
	"slices"
	"strings"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
)

// Layout is a recorded campaign cut into pages.
type Layout struct {
	Items []work.Item // in page order
	Pages []uint32    // items on each page
	// Able lists, by worker, the pages he has recorded answers for, sorted.
	Able map[string][]uint32
	// Needed is the largest number of answers recorded for an item.
	Needed int
}

// Lay groups items that the same people answered: that is how the recorded
// pages (HITs) show in the data. A group larger than pageSize becomes several
// pages, so every worker of a page has answered all of its items.
func (r *Recorded) Lay(pageSize int) Layout {
	crowd := r.crowds()
	items := slices.Clone(r.Items)
	slices.SortStableFunc(items, func(a, b work.Item) int { return strings.Compare(crowd[a.ID], crowd[b.ID]) })
	l := Layout{Able: map[string][]uint32{}}
	for start := 0; start < len(items); {
		end := start + 1
		for end < len(items) && end-start < pageSize && crowd[items[end].ID] == crowd[items[start].ID] {
			end++
		}
		page := uint32(len(l.Pages))
		l.Pages = append(l.Pages, uint32(end-start))
		workers := strings.Split(crowd[items[start].ID], "\x00")
		for _, w := range workers {
			l.Able[w] = append(l.Able[w], page)
		}
		l.Needed = max(l.Needed, len(workers))
		start = end
	}
	l.Items = items
	return l
}

// crowds maps every item to those who answered it, sorted and joined.
func (r *Recorded) crowds() map[string]string {
	by := map[string][]string{}
	for _, w := range r.Workers {
		for item := range r.Answers[w] {
			by[item] = append(by[item], w)
		}
	}
	out := make(map[string]string, len(by))
	for item, workers := range by {
		out[item] = strings.Join(workers, "\x00")
	}
	return out
}

// ChooseGold picks a share (in per cent) of the gold by the lowest hash under
// the seed, sorted by item.
func (r *Recorded) ChooseGold(percent int, seed string) []work.GoldLabel {
	items := sortedKeys(r.Gold)
	slices.SortFunc(items, func(a, b string) int { return lot(seed, a).Compare(lot(seed, b)) })
	n := (len(items)*percent + 99) / 100
	var chosen []work.GoldLabel
	for _, item := range items[:n] {
		if slices.Contains(r.Labels, r.Gold[item]) {
			salt := id.Sum("alaya/replay/salt/v1", []byte(seed), []byte(item))
			chosen = append(chosen, work.GoldLabel{Item: item, Label: r.Gold[item], Salt: salt})
		}
	}
	slices.SortFunc(chosen, func(a, b work.GoldLabel) int { return strings.Compare(a.Item, b.Item) })
	return chosen
}

func lot(seed, item string) id.Hash {
	return id.Sum("alaya/replay/gold/v1", []byte(seed), []byte(item))
}
