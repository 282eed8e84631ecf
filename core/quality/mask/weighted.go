package mask

import (
	"slices"

	"github.com/alaya-network/alaya/core/quality/strict"
	"github.com/alaya-network/alaya/core/quality/table"
)

// Weighted takes the pixels painted by at least half of the weight of the
// workers. A worker weighs more the better his masks overlap, over all his
// tasks, with what the others' weights make of them (after RASA; that he is
// measured against the others alone is ours, else the heaviest would become
// heavier until the masks are his).
type Weighted struct {
	Iterations int
}

// Name returns "weighted".
func (Weighted) Name() string { return "weighted" }

// Aggregate runs all iterations.
func (m Weighted) Aggregate(t *table.Table[Mask]) (Result, error) { return aggregate(t, m.infer) }

func (m Weighted) infer(workers int, tasks []task) [][]float64 {
	weight := slices.Repeat([]float64{1}, workers)
	overlaps := make([][]float64, len(tasks)) // by vote
	for range m.Iterations {
		each(tasks, func(i int) { overlaps[i] = tasks[i].overlaps(weight) })
		for j, overlap := range means(tasks, overlaps, workers) {
			weight[j] = strict.Log(1 + 1/(1-overlap+1e-5))
		}
	}
	shares := make([][]float64, len(tasks))
	each(tasks, func(i int) { shares[i] = tasks[i].shares(weight) })
	return shares
}

// overlaps returns each mask's IoU with what the others painted by half of their
// weight.
func (t *task) overlaps(weight []float64) []float64 {
	var all float64
	for _, j := range t.workers {
		all += weight[j]
	}
	both, either := make([]int, len(t.workers)), make([]int, len(t.workers))
	inside := make([]bool, len(t.workers))
	for i := range t.from {
		var painted float64
		clear(inside)
		t.painters(i, func(n int) { painted, inside[n] = painted+weight[t.workers[n]], true })
		for n, j := range t.workers {
			others := painted
			if inside[n] {
				others -= weight[j]
			}
			theirs := 2*others >= all-weight[j]
			if inside[n] && theirs {
				both[n] += t.pixels(i)
			}
			if inside[n] || theirs {
				either[n] += t.pixels(i)
			}
		}
	}
	overlaps := make([]float64, len(t.workers))
	for n := range overlaps {
		overlaps[n] = ratio(both[n], either[n])
	}
	return overlaps
}

// strength is the number of masks that the mean of all workers counts as, for
// each.
const strength = 2

// means returns each worker's mean of a value of his votes, drawn towards that
// of all. Tasks of one answer say nothing and are left out; if there are no
// others, all are 1.
func means(tasks []task, value [][]float64, workers int) []float64 {
	sum, n := make([]float64, workers), make([]float64, workers)
	var total, votes float64
	for i := range tasks {
		if len(tasks[i].workers) < 2 {
			continue
		}
		for v, j := range tasks[i].workers {
			sum[j] += value[i][v]
			n[j]++
			total += value[i][v]
			votes++
		}
	}
	mean := 1.0
	if votes > 0 {
		mean = total / votes
	}
	for j := range sum {
		sum[j] = (sum[j] + float64(strength*mean)) / (n[j] + strength)
	}
	return sum
}
