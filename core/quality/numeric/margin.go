package numeric

import (
	"math"

	"github.com/alaya-network/alaya/core/quality/strict"
)

// Constants of margins: the half width of a 95 % interval in standard errors,
// and the answers that the deviation of the whole job is worth.
const (
	marginWidth  = 1.96
	poolStrength = 4
)

// margins returns the half width of each value's 95 % interval: 1.96 robust
// standard errors. The variance of a task is shrunk to that of the job, since
// few answers that happen to agree do not prove precision.
func margins(t *Table, value []float64) []float64 {
	job := pooled(t, value)
	margin := make([]float64, len(value))
	strict.EachShard(len(value), 8*t.Len(), func(from, to int) {
		var values []float64
		for i := from; i < to; i++ {
			votes := t.Votes(i)
			if len(votes) == 0 {
				continue
			}
			values = values[:0]
			for _, v := range votes {
				values = append(values, v.Value)
			}
			n := float64(len(votes))
			own := deviation(values, value[i])
			variance := (float64(n*own*own) + float64(poolStrength*job*job)) / (n + poolStrength)
			margin[i] = float64(marginWidth * math.Sqrt(variance/n))
		}
	})
	return margin
}

// pooled returns the robust standard deviation of all residuals, corrected for
// the values having been taken from the same answers.
func pooled(t *Table, value []float64) float64 {
	residual := make([]float64, 0, t.Len())
	tasks := 0
	for i := range t.Tasks {
		votes := t.Votes(i)
		if len(votes) < 2 {
			continue // its residual is 0, whatever the noise
		}
		tasks++
		for _, v := range votes {
			residual = append(residual, v.Value-value[i])
		}
	}
	n := float64(len(residual))
	if n == 0 {
		return 0
	}
	return float64(deviation(residual, 0) * math.Sqrt(n/(n-float64(tasks))))
}
