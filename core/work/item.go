package work

import (
	"encoding/json"
	"unicode/utf8"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/merkle"
)

// MaxItemIDLen bounds an item's id, in bytes.
const MaxItemIDLen = 128

// Item is one thing asked about: a line of the request's manifest. Data is
// what the contributor sees, Content a blob he is shown; both may be absent.
type Item struct {
	ID      string          `json:"id"`
	Content id.CID          `json:"content,omitempty"`
	Data    json.RawMessage `json:"data,omitempty"`
}

// CheckItemID accepts 1 to 128 bytes of UTF-8.
func CheckItemID(item string) error {
	if len(item) == 0 || len(item) > MaxItemIDLen || !utf8.ValidString(item) {
		return fault.Limit("item id %q of %d bytes: 1 to %d bytes of UTF-8", item, len(item), MaxItemIDLen)
	}
	return nil
}

// ParseItems reads a manifest blob. Ids must be unique.
func ParseItems(text []byte) ([]Item, error) {
	lines, err := Lines(text)
	if err != nil {
		return nil, err
	}
	items := make([]Item, len(lines))
	seen := make(map[string]struct{}, len(lines))
	for i, l := range lines {
		if err := DecodeLine(l, &items[i]); err != nil {
			return nil, fault.Invalid("work: manifest line %d: %w", i+1, err)
		}
		if err := CheckItemID(items[i].ID); err != nil {
			return nil, fault.Invalid("work: manifest line %d: %w", i+1, err)
		}
		if _, twice := seen[items[i].ID]; twice {
			return nil, fault.Invalid("work: manifest line %d: item %q stands twice", i+1, items[i].ID)
		}
		seen[items[i].ID] = struct{}{}
	}
	return items, nil
}

// PageItems are the ids of the items of one page of a round: a line of a later
// round's manifest.
type PageItems struct {
	Page  uint32   `json:"page"`
	Items []string `json:"items"`
}

// PagesOf returns the item ids of every page of a round. The first round of a
// milestone asks about the request's own items; a later one has a manifest of
// its own, whose text must have the round's root.
func (r Round) PagesOf(t market.Terms, items []Item, text []byte) (map[uint32][]string, error) {
	if r.First(t) {
		if uint64(len(items)) != t.Manifest.Count {
			return nil, fault.Invalid("work: %d items for round %s, its manifest has %d", len(items), r.Key(), t.Manifest.Count)
		}
		return firstPages(t, items, r.Milestone), nil
	}
	root, _, err := Root(text)
	if err != nil {
		return nil, err
	}
	if root != r.Root {
		return nil, fault.Invalid("work: manifest %s of round %s has root %s, the round says %s", r.Manifest, r.Key(), root, r.Root)
	}
	lines, err := Lines(text)
	if err != nil {
		return nil, err
	}
	pages := make(map[uint32][]string, len(lines))
	for i, l := range lines {
		var p PageItems
		if err := DecodeLine(l, &p); err != nil {
			return nil, fault.Invalid("work: manifest of round %s, line %d: %w", r.Key(), i+1, err)
		}
		pages[p.Page] = p.Items
	}
	return pages, nil
}

// First says whether the round asks about the request's own manifest.
func (r Round) First(t market.Terms) bool { return r.Manifest == t.Manifest.CID }

func firstPages(t market.Terms, items []Item, milestone uint32) map[uint32][]string {
	from, to := t.PageRange(milestone)
	pages := make(map[uint32][]string, to-from)
	at := 0
	for p, n := range t.Manifest.Pages {
		if number := uint32(p); number >= from && number < to {
			ids := make([]string, 0, n)
			for _, item := range items[at : at+int(n)] {
				ids = append(ids, item.ID)
			}
			pages[number] = ids
		}
		at += int(n)
	}
	return pages
}

// Root is the Merkle root over the lines of a JSON Lines blob, and their number.
func Root(text []byte) (id.Hash, uint64, error) {
	lines, err := Lines(text)
	if err != nil {
		return id.Hash{}, 0, err
	}
	return merkle.Root(lines), uint64(len(lines)), nil
}
