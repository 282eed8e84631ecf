package mask

import (
	"github.com/alaya-network/alaya/core/quality/strict"
	"github.com/alaya-network/alaya/core/quality/table"
)

// EM estimates in turn how often each worker is right on a pixel of a union,
// over all his tasks, and by that each pixel, either way equally likely before
// anybody painted. The paper takes every task on its own; then of two masks none
// is better, and a task's odd one out may outvote workers known to be good.
type EM struct {
	Iterations int
}

// Name returns "em".
func (EM) Name() string { return "em" }

// Aggregate runs all iterations.
func (m EM) Aggregate(t *table.Table[Mask]) (Result, error) { return aggregate(t, m.infer) }

func (m EM) infer(workers int, tasks []task) [][]float64 {
	inside := Majority{}.infer(workers, tasks)
	right := make([][]float64, len(tasks)) // by vote
	weight := make([]float64, workers)
	for range m.Iterations {
		each(tasks, func(i int) { right[i] = tasks[i].right(inside[i]) })
		for j, p := range means(tasks, right, workers) {
			weight[j] = logit(p)
		}
		each(tasks, func(i int) { tasks[i].believe(inside[i], weight) })
	}
	return inside
}

// right returns the share of the union's pixels on which each vote is expected
// to be right.
func (t *task) right(inside []float64) []float64 {
	var sum float64
	both := make([]float64, len(t.workers))
	for i, q := range inside {
		q = float64(q * float64(t.pixels(i)))
		sum += q
		t.painters(i, func(n int) { both[n] += q })
	}
	area := float64(max(1, t.area()))
	for n := range both {
		wrong := float64(t.masks[n].Area()) + sum - float64(2*both[n])
		both[n] = 1 - wrong/area
	}
	return both
}

// believe sets the probability of each piece from the workers' log odds to be
// right.
func (t *task) believe(inside, weight []float64) {
	var against float64
	for _, j := range t.workers {
		against += weight[j]
	}
	for i := range inside {
		odds := -against
		t.painters(i, func(n int) { odds += float64(2 * weight[t.workers[n]]) })
		inside[i] = 1 / (1 + strict.Exp(min(-odds, 700)))
	}
}

// surest bounds what a worker is trusted. At worst he counts for nothing: to
// take what he paints for what is not there would be to trust him again.
const surest = 0.99

// logit returns the logarithm of the odds of a probability, bounded.
func logit(p float64) float64 {
	p = min(max(p, 0.5), surest)
	return strict.Log(p / (1 - p))
}
