package outlier

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/quality/strict"
)

// ECOD scores each row by how rare its numbers are, column for column: the
// score sums the larger of -log P(X <= x) and -log P(X >= x). The paper sums
// each side first and weighs by skewness; PyOD, whose figures people know, takes
// the larger side of each column, which leaves skewness without effect. It
// returns an error of kind invalid for rows of different lengths or a number
// that is not finite. Memory: up to 400 B per row.
func ECOD(rows [][]float64) ([]Score, error) {
	n, err := columns(rows)
	if err != nil {
		return nil, err
	}
	total, top := make([]float64, len(rows)), make([]float64, len(rows))
	scores := make([]Score, len(rows))
	terms := make([][]float64, min(n, strict.Shards))
	for first := 0; first < n; first += len(terms) {
		group := terms[:min(len(terms), n-first)]
		strict.Each(len(group), 32*len(rows)*len(group), func(c int) { group[c] = tails(rows, first+c) })
		for c, column := range group {
			for i, x := range column {
				total[i] += x
				if x > top[i] {
					top[i], scores[i].Column = x, int32(first+c)
				}
			}
		}
	}
	for i := range scores {
		scores[i].Value = strict.Ppm(total[i])
		if total[i] > 0 {
			scores[i].Share = strict.Ppm(top[i] / total[i])
		}
	}
	return scores, nil
}

// entry is one number of a column.
type entry struct {
	x   float64
	row int32
}

// tails returns the terms of one column.
func tails(rows [][]float64, c int) []float64 {
	column := make([]entry, len(rows))
	for i, row := range rows {
		column[i] = entry{row[c], int32(i)}
	}
	slices.SortFunc(column, func(a, b entry) int { return cmp.Compare(a.x, b.x) })
	n := float64(len(rows))
	terms := make([]float64, len(rows))
	for from := 0; from < len(column); {
		to := from + 1
		for to < len(column) && column[to].x == column[from].x {
			to++
		}
		term := -strict.Log(float64(min(to, len(column)-from)) / n)
		for _, e := range column[from:to] {
			terms[e.row] = term
		}
		from = to
	}
	return terms
}
