package similar

import (
	"math/bits"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/component"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// MaxDistance bounds the bits in which two fingerprints may differ and be near.
const MaxDistance = 11

// crowd bounds the fingerprints of one bucket that are looked at.
const crowd = 64

// Near returns the groups of fingerprints joined by pairs that differ in at
// most so many bits: 3 is usual for SimHash, 8 for PHash. It returns an error
// of kind invalid for a distance outside 0 to MaxDistance.
//
// Fingerprints are cut into four blocks; of two that differ in d bits one block
// differs in at most d/4, so buckets by block are searched up to that distance:
// 4, 68 or 548 of 65,536 buckets for each fingerprint. Of a bucket the first 64
// are looked at, so that time is linear from four million on.
func Near(prints []uint64, distance int) ([][]int32, error) {
	if distance < 0 || distance > MaxDistance {
		return nil, fault.Invalid("quality: fingerprints %d bits apart: want 0 to %d", distance, MaxDistance)
	}
	groups := component.New(len(prints))
	met := make(map[uint64]int32, len(prints))
	var first []int32
	for i, p := range prints {
		if at, known := met[p]; known {
			groups.Join(at, int32(i))
			continue
		}
		met[p] = int32(i)
		first = append(first, int32(i))
	}
	var table [blocks]buckets
	for b := range table {
		table[b] = newBuckets(prints, first, b)
	}
	near := flips(distance / blocks)
	found := make([][][2]int32, strict.Shards)
	strict.Each(strict.Shards, blocks*len(near)*len(first)*8, func(s int) {
		from, to := strict.Range(len(first), s)
		for _, i := range first[from:to] {
			for b := range table {
				for _, flip := range near {
					for _, e := range table[b].at(block(prints[i], b) ^ flip) {
						if e.at < i && bits.OnesCount64(prints[i]^e.print) <= distance {
							found[s] = append(found[s], [2]int32{e.at, i})
						}
					}
				}
			}
		}
	})
	for _, pairs := range found {
		for _, p := range pairs {
			groups.Join(p[0], p[1])
		}
	}
	return groups.Groups(), nil
}

const blocks = 4

func block(print uint64, b int) uint16 { return uint16(print >> (16 * b)) }

// flips returns the 16-bit words of at most so many ones.
func flips(ones int) []uint16 {
	var words []uint16
	for w := range 1 << 16 {
		if bits.OnesCount16(uint16(w)) <= ones {
			words = append(words, uint16(w))
		}
	}
	return words
}

// buckets hold fingerprints by the value of one block, ascending.
type buckets struct {
	start []int32
	list  []entry
}

// entry is a fingerprint and where it stands.
type entry struct {
	print uint64
	at    int32
}

func newBuckets(prints []uint64, first []int32, b int) buckets {
	k := buckets{start: make([]int32, 1<<16+1), list: make([]entry, len(first))}
	for _, i := range first {
		k.start[int(block(prints[i], b))+1]++
	}
	for v := range 1 << 16 {
		k.start[v+1] += k.start[v]
	}
	next := make([]int32, 1<<16)
	copy(next, k.start)
	for _, i := range first {
		v := block(prints[i], b)
		k.list[next[v]] = entry{prints[i], i}
		next[v]++
	}
	return k
}

func (k buckets) at(v uint16) []entry {
	list := k.list[k.start[v]:k.start[int(v)+1]]
	return list[:min(len(list), crowd)]
}
