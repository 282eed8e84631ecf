package label

import "github.com/alaya-network/alaya/core/quality/strict"

// Majority takes the label most workers gave; the posterior is the share of
// the votes. Use it as the baseline: it cannot tell good workers from bad.
type Majority struct{}

// Name returns "majority".
func (Majority) Name() string { return "majority" }

// Aggregate counts votes.
func (Majority) Aggregate(t *Table, gold Gold) Result {
	return weighted(t, gold, nil)
}

// Wawa is worker agreement with aggregate: votes weighted by the share of the
// worker's answers that equal the majority's. One round, as cheap as counting.
type Wawa struct{}

// Name returns "wawa".
func (Wawa) Name() string { return "wawa" }

// Aggregate counts votes twice.
func (Wawa) Aggregate(t *Table, gold Gold) Result {
	majority := weighted(t, gold, nil)
	same, all := make([]float64, len(t.Workers)), make([]float64, len(t.Workers))
	for i := range t.Tasks {
		for _, v := range t.Votes(i) {
			all[v.Worker]++
			if v.Label == majority.Labels[i] {
				same[v.Worker]++
			}
		}
	}
	for j := range same {
		same[j] /= max(1, all[j])
	}
	return weighted(t, gold, same)
}

// weighted returns the shares of the votes, each worth its worker's weight, or
// 1 when weight is nil. A task whose votes weigh nothing gets even shares.
func weighted(t *Table, gold Gold, weight []float64) Result {
	k := t.K()
	r := Result{make([]float64, len(t.Tasks)*k), make([]int32, len(t.Tasks))}
	strict.EachShard(len(t.Tasks), t.Len()+len(r.Posterior), func(from, to int) {
		for i := from; i < to; i++ {
			row := r.Posterior[i*k:][:k]
			sum := 0.0
			for _, v := range t.Votes(i) {
				w := 1.0
				if weight != nil {
					w = weight[v.Worker]
				}
				row[v.Label] += w
				sum += w
			}
			for c := range row {
				if sum == 0 {
					row[c] = 1 / float64(k)
				} else {
					row[c] /= sum
				}
			}
			if class := gold.At(i); class != None {
				clamp(row, class)
			}
			r.Labels[i] = t.best(i, row)
		}
	})
	return r
}
