package learn

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/fixed"
)

// neighbours keeps the items themselves, the last Cap of them, and lets the k
// most similar vote. Similarity is the square of the shared features over the
// features of the kept item; equals go to the older; items that share nothing
// have no vote. Scores are log2 of votes plus one, in Q20. An item finds those
// it shares features with by one bit per feature and slot. Source: Fix and
// Hodges (1951).
//
// Use it for hundreds of items whose classes have odd borders, or to show what
// an answer rests on; it can forget. Not for many questions or long items:
// asking costs Cap/64 cells for every feature.
//
// Remove takes back the last equal item. It leaves its slot empty until the
// ring comes round, unless it was the last of all; what the ring has dropped
// does not come back.
type neighbours struct {
	classes  uint32
	features uint64
	k, cap   int64
}

const (
	maxCap        = 8192
	maxNeighbours = 1024
	wordBits      = 64
	classBits     = 6  // of a kept item's head: its class,
	lengthBits    = 11 // its length, and above both its number plus 1
	maxArrivals   = 1 << 45
)

func neighboursOwn(p Params) Params {
	return Params{Neighbours: p.Neighbours, Cap: p.Cap}
}

func newNeighbours(c Config) (Learner, error) {
	k, err := setting("neighbours", int64(c.Params.Neighbours), 25, maxNeighbours)
	if err != nil {
		return nil, err
	}
	room, err := setting("cap", int64(c.Params.Cap), 4096, maxCap)
	if err == nil && room%wordBits != 0 {
		err = fault.Invalid("learn: cap %d: want a multiple of %d", room, wordBits)
	}
	return neighbours{c.Classes, uint64(c.Features), k, room}, err
}

// kept is the head of an item in a slot.
type kept struct {
	number int64 // of all items, from 0
	length int64
	class  int64
}

// arrivals returns the number of items so far.
func (n neighbours) arrivals(s State) int64 {
	return min(natural(s.Get(Cell{tableScalar, scalarTick, 0})), maxArrivals)
}

func head(slot int64) Cell { return Cell{tableItem, 0, uint32(slot)} }

// place is where the position-th feature of a kept item stands, plus 1.
func place(slot int64, position int) Cell {
	return Cell{tableItem, uint32(slot) + 1, uint32(position)}
}

// word holds a feature's bits of the 64 slots around slot.
func word(feature uint32, slot int64) Cell {
	return Cell{tableCount, feature, uint32(slot / wordBits)}
}

// at returns what a slot keeps, and whether it keeps anything.
func (n neighbours) at(s State, slot int64) (kept, bool) {
	v := s.Get(head(slot))
	if v <= 0 {
		return kept{}, false
	}
	k := kept{class: v & (1<<classBits - 1), length: v >> classBits & (1<<lengthBits - 1), number: v>>(classBits+lengthBits) - 1}
	return k, k.class < int64(n.classes) && k.length > 0 && k.length <= MaxIndices
}

// vote is an item that shares features with the input.
type vote struct {
	alike  int64
	number int64
	class  int64
}

// shared returns, per slot, how many of the input's features its item has.
func (n neighbours) shared(s State, x Input) []int64 {
	used := min(n.arrivals(s), n.cap)
	hits := make([]int64, n.cap)
	for _, i := range x.Indices {
		for from := int64(0); from < used; from += wordBits {
			for w := uint64(s.Get(word(i, from))); w != 0; w &= w - 1 {
				hits[from+int64(bits.TrailingZeros64(w))]++
			}
		}
	}
	return hits
}

func (n neighbours) Scores(s State, x Input) []int64 {
	var votes []vote
	for slot, h := range n.shared(s, x) {
		if h == 0 {
			continue
		}
		if k, ok := n.at(s, int64(slot)); ok {
			votes = append(votes, vote{h * h << 32 / k.length, k.number, k.class})
		}
	}
	slices.SortFunc(votes, func(a, b vote) int {
		return cmp.Or(cmp.Compare(b.alike, a.alike), cmp.Compare(a.number, b.number))
	})
	all := make([]int64, n.classes)
	for _, v := range votes[:min(n.k, int64(len(votes)))] {
		all[v.class]++
	}
	for c, count := range all {
		all[c] = fixed.Log2(count + 1)
	}
	return all
}

func (n neighbours) Update(s State, x Input, label int64) {
	number := n.arrivals(s)
	slot := number % n.cap
	n.clear(s, slot)
	for position, i := range x.Indices {
		s.Set(place(slot, position), int64(i)+1)
		w := word(i, slot)
		s.Set(w, s.Get(w)|1<<(slot%wordBits))
	}
	s.Set(head(slot), ((number+1)<<lengthBits|int64(len(x.Indices)))<<classBits|label)
	s.Set(Cell{tableScalar, scalarTick, 0}, number+1)
}

// clear empties a slot.
func (n neighbours) clear(s State, slot int64) {
	k, ok := n.at(s, slot)
	if !ok {
		return
	}
	for position := range int(k.length) {
		p := place(slot, position)
		w := word(uint32(s.Get(p)-1), slot)
		s.Set(w, s.Get(w)&^(1<<(slot%wordBits)))
		s.Set(p, 0)
	}
	s.Set(head(slot), 0)
}

func (n neighbours) Remove(s State, x Input, label int64) {
	last := kept{number: -1}
	for slot, h := range n.shared(s, x) {
		k, ok := n.at(s, int64(slot))
		same := ok && h == k.length && h == int64(len(x.Indices)) && k.class == label
		if same && k.number > last.number {
			last = k
		}
	}
	if last.number < 0 {
		return
	}
	n.clear(s, last.number%n.cap)
	if arrivals := n.arrivals(s); last.number == arrivals-1 {
		s.Set(Cell{tableScalar, scalarTick, 0}, arrivals-1)
	}
}

func (n neighbours) Cost(x Input) uint64 {
	ask := uint64(len(x.Indices))*uint64(n.cap/wordBits) + uint64(n.cap)
	return ask + 2*uint64(len(x.Indices)+MaxIndices) + 2
}

func (n neighbours) Size() uint64 {
	kept := uint64(n.cap) * (1 + min(MaxIndices, n.features))
	return kept + n.features*uint64(n.cap/wordBits) + 1
}
