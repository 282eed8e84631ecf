package numeric

import (
	"slices"

	"github.com/alaya-network/alaya/core/quality/strict"
)

// Mean takes the mean: best where errors are symmetric or cancel, and hard to
// beat. One wild answer moves it without bound.
type Mean struct{}

// Name returns "mean".
func (Mean) Name() string { return "mean" }

// Estimate takes the mean of each task.
func (Mean) Estimate(t *Table) []float64 { return each(t, mean) }

// Median takes the middle answer, or the mean of the middle two: safe with up
// to half of the answers wild, wasteful with none.
type Median struct{}

// Name returns "median".
func (Median) Name() string { return "median" }

// Estimate takes the median of each task.
func (Median) Estimate(t *Table) []float64 { return each(t, median) }

// Trimmed takes the mean without the lowest and the highest fifth: safe with
// up to a fifth of the answers wild on either side; the mean when a task has
// fewer than five.
type Trimmed struct{}

// Name returns "trimmed".
func (Trimmed) Name() string { return "trimmed" }

// Estimate takes the trimmed mean of each task.
func (Trimmed) Estimate(t *Table) []float64 {
	return each(t, func(sorted []float64) float64 {
		drop := len(sorted) / 5
		return mean(sorted[drop : len(sorted)-drop])
	})
}

// Huber weighs answers down by their distance from the value, beyond 1.345
// robust standard deviations of the task: near the mean's precision with clean
// answers, near the median's safety with wild ones.
type Huber struct{}

// Name returns "huber".
func (Huber) Name() string { return "huber" }

// Constants of Huber: the bound in standard deviations for 95 % efficiency
// under normal errors, and the steps of reweighting.
const (
	huberBound = 1.345
	huberSteps = 20
)

// Estimate takes Huber's estimate of each task.
func (Huber) Estimate(t *Table) []float64 { return each(t, huber) }

func huber(sorted []float64) float64 {
	value := median(sorted)
	bound := float64(huberBound * deviation(sorted, value))
	if bound == 0 {
		return value
	}
	for range huberSteps {
		var sum, weights float64
		for _, y := range sorted {
			w := 1.0
			if d := max(y-value, value-y); d > bound {
				w = bound / d
			}
			sum += float64(w * y)
			weights += w
		}
		value = sum / weights
	}
	return value
}

// each returns of of the sorted answers to each task, 0 where there are none.
func each(t *Table, of func(sorted []float64) float64) []float64 {
	value := make([]float64, len(t.Tasks))
	strict.EachShard(len(value), 8*t.Len(), func(from, to int) {
		var sorted []float64
		for i := from; i < to; i++ {
			sorted = sorted[:0]
			for _, v := range t.Votes(i) {
				sorted = append(sorted, v.Value)
			}
			slices.Sort(sorted)
			if len(sorted) > 0 {
				value[i] = of(sorted)
			}
		}
	})
	return value
}

func mean(values []float64) float64 {
	var sum float64
	for _, y := range values {
		sum += y
	}
	return sum / float64(len(values))
}

func median(sorted []float64) float64 {
	half := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[half]
	}
	return (sorted[half-1] + sorted[half]) / 2
}

// normalMAD turns a median absolute deviation into the standard deviation of
// normal errors.
const normalMAD = 1.4826

// deviation estimates the standard deviation of values around a centre from
// the median of their distances.
func deviation(values []float64, centre float64) float64 {
	distance := make([]float64, len(values))
	for n, y := range values {
		distance[n] = max(y-centre, centre-y)
	}
	slices.Sort(distance)
	return float64(normalMAD * median(distance))
}
