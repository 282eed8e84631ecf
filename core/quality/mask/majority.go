package mask

import (
	"slices"

	"github.com/alaya-network/alaya/core/quality/table"
)

// Majority takes the pixels that at least half of the workers painted. Use it
// as the baseline: it cannot tell good workers from bad.
type Majority struct{}

// Name returns "majority".
func (Majority) Name() string { return "majority" }

// Aggregate counts workers.
func (m Majority) Aggregate(t *table.Table[Mask]) (Result, error) { return aggregate(t, m.infer) }

func (Majority) infer(workers int, tasks []task) [][]float64 {
	weight := slices.Repeat([]float64{1}, workers)
	shares := make([][]float64, len(tasks))
	each(tasks, func(i int) { shares[i] = tasks[i].shares(weight) })
	return shares
}

// shares returns for each piece the share of the weight of those who painted
// it.
func (t *task) shares(weight []float64) []float64 {
	var all float64
	for _, j := range t.workers {
		all += weight[j]
	}
	shares := make([]float64, t.len())
	for i := range shares {
		t.painters(i, func(n int) { shares[i] += weight[t.workers[n]] })
		shares[i] /= all
	}
	return shares
}
