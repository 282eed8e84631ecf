package label

import "github.com/alaya-network/alaya/core/quality/strict"

// OneCoin gives each worker one accuracy and spreads his errors evenly over
// the other classes: Dawid-Skene with one coin, ZenCrowd. Guarded: classes
// count as equally likely and an accuracy lies between 1/K and 0.99, else the
// model may turn good workers against the truth. Use it where answers per
// worker are few and errors symmetric, never where classes are confused one
// way.
type OneCoin struct {
	Iterations int
}

// Name returns "onecoin".
func (OneCoin) Name() string { return "onecoin" }

// Aggregate runs all iterations.
func (m OneCoin) Aggregate(t *Table, gold Gold) Result {
	r := weighted(t, gold, nil)
	k := t.K()
	if k < 2 {
		return r
	}
	weight := make([]float64, len(t.Workers))
	for range m.Iterations {
		coins(t, r, weight)
		strict.EachShard(len(t.Tasks), t.Len()+8*len(r.Posterior), func(from, to int) {
			for i := from; i < to; i++ {
				if gold.At(i) != None {
					continue
				}
				row := r.Row(i)
				clear(row)
				for _, v := range t.Votes(i) {
					row[v.Label] += weight[v.Worker]
				}
				strict.Softmax(row)
			}
		})
	}
	for i := range r.Labels {
		r.Labels[i] = t.best(i, r.Row(i))
	}
	return r
}

// coins sets each worker's weight, the log odds of his accuracy against one
// wrong class.
func coins(t *Table, r Result, weight []float64) {
	k := float64(t.K())
	right, all := make([]float64, len(weight)), make([]float64, len(weight))
	for i := range t.Tasks {
		row := r.Row(i)
		for _, v := range t.Votes(i) {
			right[v.Worker] += row[v.Label]
			all[v.Worker]++
		}
	}
	for j := range weight {
		p := min(max((right[j]+1)/(all[j]+2), 1/k), 0.99)
		weight[j] = strict.Log(float64(p*(k-1)) / (1 - p))
	}
}
