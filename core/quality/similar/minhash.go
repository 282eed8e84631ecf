package similar

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/component"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// A text's signature has bands of rows minima each. Two texts that share a
// part s of their shingles meet in some band with probability 1 - (1 - s⁴)³²:
// .37 at .35, .88 at .5, above .9999 from .75 on.
const (
	bands = 32
	rows  = 4
)

// nearest is the number of things before it that each is compared with in a
// crowd, beside the first.
const nearest = 8

// LeastShare is the lowest share of common shingles that Texts looks for.
const LeastShare num.Ppm = 500_000

// Texts returns the groups of texts joined by pairs that have at least a share
// of their shingles in common; 0.8 is usual. It returns an error of kind
// invalid for a share outside LeastShare to One. Memory: 256 B per text.
func Texts(texts []string, share num.Ppm) ([][]int32, error) {
	if share < LeastShare || share > num.One {
		return nil, fault.Invalid("quality: texts alike by %v: want %v to 100%%", share, LeastShare)
	}
	groups := component.New(len(texts))
	first := joinEqual(groups, texts)
	work := 0
	for _, i := range first {
		work += bands * rows * len(texts[i])
	}
	signatures := make([][bands]uint64, len(first))
	p := newPermutations()
	strict.EachShard(len(first), work, func(from, to int) {
		for n := from; n < to; n++ {
			signatures[n] = p.signature(shingles(texts[first[n]]))
		}
	})
	order := make([]entry, len(first))
	for b := range bands {
		for n, i := range first {
			order[n] = entry{signatures[n][b], i}
		}
		eachCrowd(order, func(i, j int32) {
			if groups.Root(i) != groups.Root(j) && Jaccard(texts[i], texts[j]) >= share {
				groups.Join(i, j)
			}
		})
	}
	return groups.Groups(), nil
}

// eachCrowd sorts entries and calls compare for pairs of equal prints: all of a
// small crowd, of a large one each with the first and the nearest before it.
func eachCrowd(order []entry, compare func(i, j int32)) {
	slices.SortFunc(order, func(x, y entry) int { return cmp.Or(cmp.Compare(x.print, y.print), cmp.Compare(x.at, y.at)) })
	start := 0
	for n, e := range order {
		if order[start].print != e.print {
			start = n
		}
		for at := start; at < n; at++ {
			if at > start {
				at = max(at, n-nearest)
			}
			compare(order[at].at, e.at)
		}
	}
}

// prime is 2⁶¹ - 1.
const prime = 1<<61 - 1

// permutations are the functions (a·x + b) mod prime of the protocol.
type permutations struct {
	a, b [bands * rows]uint64
}

func newPermutations() permutations {
	var p permutations
	draw := strict.NewRandom([32]byte{}, "similar minhash")
	for i := range p.a {
		p.a[i], p.b[i] = 1+draw.Uint64()%(prime-1), draw.Uint64()%prime
	}
	return p
}

// signature returns the hash of each band's minima.
func (p *permutations) signature(hashes []uint64) (s [bands]uint64) {
	var least [bands * rows]uint64
	for i := range least {
		least[i] = prime
	}
	for _, h := range hashes {
		x := fold(0, h)
		for i := range least {
			high, low := bits.Mul64(p.a[i], x)
			low, carry := bits.Add64(low, p.b[i], 0)
			least[i] = min(least[i], fold(high+carry, low))
		}
	}
	for b := range s {
		h := uint64(b)
		for _, x := range least[b*rows : (b+1)*rows] {
			h = (h ^ x) * 0x9e3779b97f4a7c15
			h ^= h >> 32
		}
		s[b] = h
	}
	return s
}

// fold returns high·2⁶⁴ + low, below 2¹²², modulo prime: 2⁶¹ counts as 1.
func fold(high, low uint64) uint64 {
	x := low&prime + (low>>61 | high<<3)
	x = x&prime + x>>61
	if x >= prime {
		x -= prime
	}
	return x
}
