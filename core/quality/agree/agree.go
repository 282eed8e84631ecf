// Package agree measures how far workers agree beyond chance.
//
// Invariant: a measure depends on the answers alone, not on their order, the
// machine or the number of threads.
//
// Source: Krippendorff, Content Analysis, 4th ed., chapter 12.
package agree

import (
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Alpha returns Krippendorff's alpha for nominal labels: One for full
// agreement, 0 for what chance gives, below 0 for less. It wants two tasks of
// two votes and two labels in use; else it returns One.
func Alpha(t *label.Table) num.Ppm {
	counts := make([]int64, t.K())
	total := make([]float64, t.K())
	var differ, n float64
	for i := range t.Tasks {
		votes := t.Votes(i)
		if len(votes) < 2 {
			continue
		}
		clear(counts)
		for _, v := range votes {
			counts[v.Label]++
			total[v.Label]++
		}
		m := int64(len(votes))
		n += float64(m)
		pairs := m * m
		for _, c := range counts {
			pairs -= c * c
		}
		differ += float64(pairs) / float64(m-1)
	}
	chance := float64(n * n)
	for _, c := range total {
		chance -= float64(c * c)
	}
	if chance <= 0 {
		return num.One
	}
	return strict.Ppm(1 - float64(differ*(n-1))/chance)
}
