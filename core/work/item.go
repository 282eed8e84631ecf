package work

import (
	"encoding/json"
	"unicode/utf8"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
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

// FirstPages cuts the request's items into the pages numbered from `from`.
func FirstPages(items []Item, sizes []uint32, from uint32) []PageItems {
	pages := make([]PageItems, 0, len(sizes))
	at := 0
	for i, n := range sizes {
		p := PageItems{Page: uint32(i), Items: make([]string, 0, n)}
		for range n {
			p.Items = append(p.Items, items[at].ID)
			at++
		}
		if p.Page >= from {
			pages = append(pages, p)
		}
	}
	return pages
}

// ParsePages reads the manifest of a later round.
func ParsePages(text []byte) ([]PageItems, error) {
	lines, err := Lines(text)
	if err != nil {
		return nil, err
	}
	pages := make([]PageItems, len(lines))
	for i, l := range lines {
		if err := DecodeLine(l, &pages[i]); err != nil {
			return nil, fault.Invalid("work: round manifest line %d: %w", i+1, err)
		}
	}
	return pages, nil
}

// Root is the Merkle root over the lines of a JSON Lines blob, and their number.
func Root(text []byte) (id.Hash, uint64, error) {
	lines, err := Lines(text)
	if err != nil {
		return id.Hash{}, 0, err
	}
	return merkle.Root(lines), uint64(len(lines)), nil
}
