package numeric

import (
	"math"

	"github.com/alaya-network/alaya/core/quality/strict"
)

// LFC is learning from crowds for numbers: the mean weighted by each worker's
// precision, weights and values in turn, after his bias was removed where it
// is beyond two standard errors. Use it where workers differ much in precision
// or are off one way and have many answers each; elsewhere the mean is better.
type LFC struct{}

// Name returns "lfc".
func (LFC) Name() string { return "lfc" }

// Constants of LFC: the steps, and the answers that the job's variance is
// worth in each worker's.
const (
	lfcSteps    = 20
	lfcStrength = 4
)

// Estimate runs all steps from the mean of unbiased answers.
func (LFC) Estimate(t *Table) []float64 {
	bias := biases(t)
	weight := make([]float64, len(t.Workers))
	for j := range weight {
		weight[j] = 1
	}
	value := weighted(t, bias, weight)
	for range lfcSteps {
		if !precisions(t, value, bias, weight) {
			break
		}
		value = weighted(t, bias, weight)
	}
	return value
}

// biases returns each worker's bias against the mean, 0 unless it is beyond
// two standard errors.
func biases(t *Table) []float64 {
	bias := make([]float64, len(t.Workers))
	for j, s := range spreads(t, Mean{}.Estimate(t)) {
		if s.n > 1 && max(s.bias, -s.bias) > float64(2*math.Sqrt(s.variance/s.n)) {
			bias[j] = s.bias
		}
	}
	return bias
}

// weighted returns the weighted means of unbiased answers.
func weighted(t *Table, bias, weight []float64) []float64 {
	value := make([]float64, len(t.Tasks))
	strict.EachShard(len(value), t.Len(), func(from, to int) {
		for i := from; i < to; i++ {
			var sum, weights float64
			for _, v := range t.Votes(i) {
				w := weight[v.Worker]
				sum += float64(w * (v.Value - bias[v.Worker]))
				weights += w
			}
			if weights > 0 {
				value[i] = sum / weights
			}
		}
	})
	return value
}

// precisions sets each worker's weight to his precision, and reports whether
// there is anything to weigh: some answer that is not the value itself.
func precisions(t *Table, value, bias, weight []float64) bool {
	squares, n := make([]float64, len(weight)), make([]float64, len(weight))
	var sum float64
	for i := range t.Tasks {
		for _, v := range t.Votes(i) {
			d := v.Value - bias[v.Worker] - value[i]
			squares[v.Worker] += float64(d * d)
			n[v.Worker]++
			sum += float64(d * d)
		}
	}
	if sum == 0 {
		return false
	}
	job := sum / float64(t.Len())
	for j := range weight {
		weight[j] = (n[j] + lfcStrength) / (squares[j] + float64(lfcStrength*job))
	}
	return true
}
