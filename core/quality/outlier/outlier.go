// Package outlier finds rows of a table of numbers that stand apart: workers by
// their habits, items by their features. It needs no examples of what is wrong,
// so it finds what is rare, not what is bad: people decide.
//
// Words: a row is a worker or an item, a column a feature; a score says how far
// a row stands out, its column which feature did most to make it so.
//
// Which one: ECOD looks at each column for itself and has nothing to choose;
// its scores compare within one table only. The isolation forest also sees rare
// combinations; its scores lie between 0 and One, about 0.5 for the ordinary.
// No detector wins everywhere (ADBench, NeurIPS 2022): look at the top of both,
// and train a model as soon as there are thirty confirmed cases.
//
// Assumptions: every number is finite (fill gaps with the column's median
// before), and outliers are few. Scales of columns do not matter.
//
// Invariants:
//  1. Scores depend on the rows, their order and the salt alone, not on the
//     machine or the number of threads. ECOD's depend on no order at all.
//  2. Time is near-linear in the numbers.
//
// Sources: Li et al., ECOD: Unsupervised Outlier Detection Using Empirical
// Cumulative Distribution Functions, TKDE 2022, as PyOD computes it; Liu, Ting
// and Zhou, Isolation Forest, ICDM 2008.
package outlier

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
)

// Score says how far a row stands out.
type Score struct {
	Value num.Ppm `json:"value"` // the higher, the further
	// Column that contributes most, the first of equals, and its share.
	Column int32   `json:"column"`
	Share  num.Ppm `json:"share"`
}

// Top returns the rows of the highest scores, highest first, of equals the
// first: a share of all, rounded up.
func Top(scores []Score, share num.Ppm) []int {
	rows := make([]int, len(scores))
	for i := range rows {
		rows[i] = i
	}
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(scores[b].Value, scores[a].Value) })
	n := (int64(len(rows))*int64(share.Clip()) + int64(num.One) - 1) / int64(num.One)
	return rows[:n]
}

// columns returns the number of columns. It returns an error of kind invalid
// for rows of different lengths or a number that is not finite.
func columns(rows [][]float64) (int, error) {
	if len(rows) == 0 {
		return 0, nil
	}
	n := len(rows[0])
	for i, row := range rows {
		if len(row) != n {
			return 0, fault.Invalid("quality: row %d has %d numbers, row 0 has %d", i, len(row), n)
		}
		for c, x := range row {
			if x-x != 0 {
				return 0, fault.Invalid("quality: row %d, column %d is %v: want a finite number", i, c, x)
			}
		}
	}
	return n, nil
}
