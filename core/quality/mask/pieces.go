package mask

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/alaya-network/alaya/core/quality/table"
)

// pieces is the union of the masks of one task, cut wherever anybody's mask
// begins or ends: all pixels of a piece are painted by the same workers.
type pieces struct {
	height, width int
	masks         []Mask   // by worker, as the votes
	from, to      []int32  // of each piece; in order
	words         int      // of a set of workers
	sets          []uint64 // who painted each piece, so many words each
}

func newPieces(votes []table.Vote[Mask]) *pieces {
	p := &pieces{words: (len(votes) + 63) / 64}
	p.height, p.width = votes[0].Value.Size()
	type end struct {
		at int32
		by int // the vote
	}
	var ends []end // every other one of a vote closes a stretch
	for i, v := range votes {
		p.masks = append(p.masks, v.Value)
		v.Value.each(func(from, to int32) { ends = append(ends, end{from, i}, end{to, i}) })
	}
	slices.SortFunc(ends, func(a, b end) int { return cmp.Compare(a.at, b.at) })
	inside, painters := make([]uint64, p.words), 0
	for i, e := range ends {
		if i > 0 && painters > 0 && ends[i-1].at < e.at {
			p.from, p.to = append(p.from, ends[i-1].at), append(p.to, e.at)
			p.sets = append(p.sets, inside...)
		}
		bit := uint64(1) << (e.by & 63)
		if inside[e.by/64]&bit == 0 {
			painters++
		} else {
			painters--
		}
		inside[e.by/64] ^= bit
	}
	return p
}

func (p *pieces) len() int         { return len(p.from) }
func (p *pieces) pixels(i int) int { return int(p.to[i] - p.from[i]) }

// painters calls f with the votes that painted a piece.
func (p *pieces) painters(i int, f func(vote int)) {
	for word, set := range p.sets[i*p.words:][:p.words] {
		for ; set != 0; set &= set - 1 {
			f(64*word + bits.TrailingZeros64(set))
		}
	}
}

// area returns the number of pixels in the union.
func (p *pieces) area() int {
	n := 0
	for i := range p.from {
		n += p.pixels(i)
	}
	return n
}

// mask returns the mask of some pieces.
func (p *pieces) mask(inside func(i int) bool) Mask {
	m := Mask{p.height, p.width, nil}
	at := int32(0)
	for i := range p.from {
		if inside(i) {
			m.add(false, int(p.from[i]-at))
			m.add(true, p.pixels(i))
			at = p.to[i]
		}
	}
	m.add(false, p.height*p.width-int(at))
	return m
}
