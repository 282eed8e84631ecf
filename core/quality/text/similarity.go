package text

import (
	"slices"
)

// Similarity is how alike two texts are, from 0 to 1.
type Similarity uint8

// The similarities.
const (
	// GLEU is the share of common word n-grams, n from 1 to 4, in the text that
	// has more.
	GLEU Similarity = iota
	// ChrF is the F2 of precision and recall of character n-grams, n from 1 to
	// 6, without spaces.
	ChrF
)

// Lengths of n-grams.
const (
	gleuOrders = 4
	chrfOrders = 6
)

// profile holds a text's n-grams by length, numbered and sorted.
type profile [][]int32

// numbering gives equal things equal numbers, within one task.
type numbering[K comparable] map[K]int32

func (n numbering[K]) of(key K) int32 {
	id, known := n[key]
	if !known {
		id = int32(len(n))
		n[key] = id
	}
	return id
}

// gram is an n-gram by its first n-1 elements, numbered, and its last one.
type gram struct {
	head, last int32
	n          int
}

// profiles returns the n-grams of each sequence, n up to orders.
func profiles(sequences [][]int32, orders int) []profile {
	grams := numbering[gram]{}
	all := make([]profile, len(sequences))
	for i, seq := range sequences {
		all[i] = make(profile, orders)
		heads := seq
		for n := range min(orders, len(seq)) {
			if n > 0 {
				tails := seq[n:]
				longer := make([]int32, len(tails))
				for at, last := range tails {
					longer[at] = grams.of(gram{heads[at], last, n})
				}
				heads = longer
			}
			sorted := slices.Clone(heads)
			slices.Sort(sorted)
			all[i][n] = sorted
		}
	}
	return all
}

// common counts the elements that two sorted lists share.
func common(a, b []int32) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

// gleu returns the GLEU of two texts; two empty ones are alike.
func gleu(a, b profile) float64 {
	var shared, ofA, ofB int
	for n := range a {
		shared += common(a[n], b[n])
		ofA += len(a[n])
		ofB += len(b[n])
	}
	if most := max(ofA, ofB); most > 0 {
		return float64(shared) / float64(most)
	}
	return 1
}

// chrf returns the chrF of a text given the one it should be; lengths that
// neither has do not count.
func chrf(given, want profile) float64 {
	var precision, recall, orders float64
	for n := range given {
		if len(given[n]) == 0 && len(want[n]) == 0 {
			continue
		}
		shared := float64(common(given[n], want[n]))
		precision += shared / float64(max(1, len(given[n])))
		recall += shared / float64(max(1, len(want[n])))
		orders++
	}
	switch {
	case orders == 0:
		return 1
	case precision+recall == 0:
		return 0
	default:
		return 5 * precision * recall / (float64(4*precision) + recall) / orders
	}
}
