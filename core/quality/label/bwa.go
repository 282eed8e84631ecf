package label

import "github.com/alaya-network/alaya/core/quality/strict"

// BWA is the Bayesian weighted average: for each class apart, votes for it are
// averaged with one precision per worker, drawn to a common mean. It takes no
// logarithm and no exponential. It assumes that a worker is as good on one
// class's tasks as on another's; a cheap member of a panel, not to be used
// alone where classes are confused one way or many are rare.
//
// Source: Li, Rubinstein and Cohn, Truth Inference at Scale: A Bayesian Model
// for Adjudicating Highly Redundant Crowd Annotations, WWW 2019.
type BWA struct {
	Steps int
}

// Name returns "bwa".
func (BWA) Name() string { return "bwa" }

// Constants of the paper: the answers a worker's precision starts with, and
// the weight of the common mean.
const (
	bwaAnswers = 15.0
	bwaMean    = 1.0
)

// Aggregate runs all steps; the posterior is the averages' shares.
func (m BWA) Aggregate(t *Table, gold Gold) Result {
	r := weighted(t, gold, nil)
	if t.K() < 2 {
		return r
	}
	b := bwa{Result: r, t: t, gold: gold, by: newLedger(t, gold), k: t.K()}
	b.precision = make([]float64, len(t.Workers)*b.k)
	b.rows = make([]float64, strict.Shards*b.k)
	b.spread = b.spreads()
	for step := range m.Steps {
		b.weigh(step)
		b.average()
	}
	for i := range r.Labels {
		row := r.Row(i)
		sum := sumOf(row)
		for c := range row {
			row[c] /= sum
		}
	}
	r.decide(t)
	return r
}

// bwa is the state of the iteration; z of the paper is the Posterior.
type bwa struct {
	Result
	t         *Table
	gold      Gold
	by        *ledger
	k         int
	spread    []float64 // per class: the error expected of bwaAnswers answers
	precision []float64 // per worker and class
	rows      []float64 // one per shard
}

// spreads returns how much the votes for each class vary at first.
func (b *bwa) spreads() []float64 {
	spread := make([]float64, b.k)
	for i := range b.Labels {
		n := float64(len(b.t.Votes(i)))
		for c, z := range b.Row(i) {
			spread[c] += float64(float64(n*z) * (1 - z))
		}
	}
	scale := float64(bwaAnswers*4) * (1 - 1/float64(b.k)) / float64(max(1, b.t.Len()))
	for c, s := range spread {
		spread[c] = max(float64(s*scale), 1e-9) // else full agreement weighs without end
	}
	return spread
}

// weigh sets each worker's precisions from his distance to the averages.
func (b *bwa) weigh(step int) {
	strict.EachShard(len(b.t.Workers), b.t.Len()*b.k, func(from, to int) {
		for j := from; j < to; j++ {
			row := b.precision[j*b.k:][:b.k]
			copy(row, b.spread)
			votes := b.by.learn(j, step)
			for _, v := range votes {
				label := int(b.by.label[v.cell])
				for c, z := range b.Row(int(v.task)) {
					if c == label {
						z = 1 - z
					}
					row[c] += float64(z * z)
				}
			}
			for c, s := range row {
				row[c] = (bwaAnswers + float64(len(votes))) / s
			}
		}
	})
}

// average sets each task's averages.
func (b *bwa) average() {
	mean := columnSums(b.Posterior, b.k)
	for c := range mean {
		mean[c] /= float64(len(b.Labels))
	}
	strict.Each(strict.Shards, b.t.Len()*b.k, func(s int) {
		weight := b.rows[s*b.k:][:b.k]
		from, to := strict.Range(len(b.Labels), s)
		for i := from; i < to; i++ {
			if b.gold.At(i) != None {
				continue
			}
			row := b.Row(i)
			for c, mu := range mean {
				weight[c], row[c] = bwaMean, float64(bwaMean*mu)
			}
			for _, v := range b.t.Votes(i) {
				own := b.precision[int(v.Worker)*b.k:][:b.k]
				row[v.Label] += own[v.Label]
				for c, p := range own {
					weight[c] += p
				}
			}
			for c, w := range weight {
				row[c] /= w
			}
		}
	})
}
