package pairwise

import (
	"cmp"
	"math"
	"slices"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// midranks returns the ranks of values, equal ones sharing the mean of theirs.
func midranks(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	rank := make([]float64, len(values))
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && values[order[to]] == values[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			rank[i] = float64(from+to-1) / 2
		}
		from = to
	}
	return rank
}

// correlation returns Pearson's, 0 where either side is all equal.
func correlation(a, b []float64) num.Ppm {
	middle := float64(len(a)-1) / 2 // the mean of any ranks
	var both, squareA, squareB float64
	for i := range a {
		x, y := a[i]-middle, b[i]-middle
		both += float64(x * y)
		squareA += float64(x * x)
		squareB += float64(y * y)
	}
	if squareA == 0 || squareB == 0 {
		return 0
	}
	return strict.Ppm(both / math.Sqrt(squareA) / math.Sqrt(squareB))
}
