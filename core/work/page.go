package work

import (
	"encoding/binary"
	"slices"
	"strconv"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// PagePlan says how many items page Page of a round holds.
type PagePlan struct {
	Page  uint32
	Items uint32
}

// Page is a slice of items in a round.
type Page struct {
	Request id.RequestID
	Round   uint32
	Number  uint32
	Items   uint32
	Covered uint32 // leases and submissions held against it
	Place   uint64 // on the ring of draws
}

// NewPage lays a page out on the ring of a round. The place hides nothing; it
// only makes sure that neighbours on the ring are not neighbours in the
// manifest.
func NewPage(r Round, p PagePlan) Page {
	h := id.Sum("alaya/work/place/v1", []byte(r.Key()), word(p.Page))
	return Page{Request: r.Request, Round: r.Number, Number: p.Page, Items: p.Items, Place: binary.BigEndian.Uint64(h[:8])}
}

// Start is where the n-th draw of a contributor begins on the ring. It follows
// from the round's seed, so nobody knows it before the roster stands.
func (r Round) Start(who id.Address, n uint64) uint64 {
	h := id.Sum("alaya/work/draw/v1", r.Seed[:], []byte(who), binary.BigEndian.AppendUint64(nil, n))
	return binary.BigEndian.Uint64(h[:8])
}

// Draw picks from pages the least covered one below the round's target, the
// nearest clockwise from start among equals. False if there is none.
func (r Round) Draw(pages []Page, start uint64) (Page, bool) {
	var best Page
	found := false
	for _, p := range pages {
		if p.Covered < r.Target && (!found || before(p, best, start)) {
			best, found = p, true
		}
	}
	return best, found
}

// Deal draws up to n pages one after the other, all from the same start.
func (r Round) Deal(pages []Page, start uint64, n int) []Page {
	left := slices.Clone(pages)
	var dealt []Page
	for len(dealt) < n {
		p, found := r.Draw(left, start)
		if !found {
			break
		}
		dealt = append(dealt, p)
		left = slices.DeleteFunc(left, func(q Page) bool { return q.Number == p.Number })
	}
	return dealt
}

func before(a, b Page, start uint64) bool {
	if a.Covered != b.Covered {
		return a.Covered < b.Covered
	}
	if da, db := a.Place-start, b.Place-start; da != db { // distances wrap around
		return da < db
	}
	return a.Number < b.Number
}

// Cover holds one more lease against the page.
func (p Page) Cover(target uint32) (Page, error) {
	if p.Covered >= target {
		return p, fault.Limit("work: page %d of round %s has its %d answers", p.Number, key(p.Request, p.Round), target)
	}
	p.Covered++
	return p, nil
}

// Uncover gives a place back.
func (p Page) Uncover() (Page, error) {
	if p.Covered == 0 {
		return p, fault.Internal("work: page %d of round %s: uncovered below zero", p.Number, key(p.Request, p.Round))
	}
	p.Covered--
	return p, nil
}

func key(r id.RequestID, round uint32) string {
	return string(r) + "/" + strconv.FormatUint(uint64(round), 10)
}

func word(n uint32) []byte { return binary.BigEndian.AppendUint32(nil, n) }
