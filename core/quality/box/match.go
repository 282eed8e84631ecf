package box

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/score"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Pair is a shape given and the shape wanted that it was matched to, by their
// positions.
type Pair struct {
	Given, Wanted int
	IoU           float64
}

// Match pairs the shapes of two lists one to one, those that overlap most
// first, as long as they overlap by at least so much, above 0. Ties go to the
// lower positions. The shapes must pass Check.
func Match[S Shape[S]](given, wanted []S, least float64) []Pair {
	var all []Pair
	meet(given, wanted, func(s *S) S { return *s }, func(a, b int, overlap float64) {
		if overlap >= least {
			all = append(all, Pair{a, b, overlap})
		}
	})
	slices.SortFunc(all, func(x, y Pair) int {
		return cmp.Or(-cmp.Compare(x.IoU, y.IoU), cmp.Compare(x.Given, y.Given), cmp.Compare(x.Wanted, y.Wanted))
	})
	usedGiven, usedWanted := make([]bool, len(given)), make([]bool, len(wanted))
	pairs := all[:0]
	for _, p := range all {
		if !usedGiven[p.Given] && !usedWanted[p.Wanted] {
			usedGiven[p.Given], usedWanted[p.Wanted] = true, true
			pairs = append(pairs, p)
		}
	}
	return pairs
}

// Score compares the shapes given for some scenes with those wanted, scene by
// scene. A shape is right if Match pairs it at an IoU of at least so much; the
// mean IoU is that of the pairs, 0 without any.
func Score[S Shape[S]](given, wanted [][]S, least float64) (counts score.Counts, meanIoU num.Ppm) {
	var sum float64
	for i := range given {
		pairs := Match(given[i], wanted[i], least)
		counts.Add(score.Counts{Right: len(pairs), Given: len(given[i]), Wanted: len(wanted[i])})
		for _, p := range pairs {
			sum += p.IoU
		}
	}
	return counts, strict.Ppm(sum / float64(max(1, counts.Right)))
}
