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
	defer b.team.Close()
	b.precision = make([]float64, len(t.Workers)*b.k)
	b.scratch = make([]float64, strict.Shards*b.k)
	b.mean = newColumns(r.Posterior, b.k)
	b.spread = b.spreads()
	weigh, average := b.weighShard, b.averageShard
	for b.step = range m.Steps {
		b.team.Each(strict.Shards, t.Len()*b.k, weigh)
		for c, sum := range b.mean.sum(&b.team) {
			b.mean.sums[c] = sum / float64(len(r.Labels))
		}
		b.team.Each(strict.Shards, t.Len()*b.k, average)
	}
	for i := range r.Labels {
		scale(b.row(i))
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
	team      strict.Team
	k, step   int
	mean      *columns  // of the averages
	spread    []float64 // per class: the error expected of bwaAnswers answers
	precision []float64 // per worker and class
	scratch   []float64 // one row per shard
}

// row returns the averages of a task.
func (b *bwa) row(task int) []float64 { return b.Posterior[task*b.k:][:b.k] }

// spreads returns how much the votes for each class vary at first.
func (b *bwa) spreads() []float64 {
	spread := make([]float64, b.k)
	for i := range b.Labels {
		n := float64(len(b.t.Votes(i)))
		for c, z := range b.row(i) {
			spread[c] += float64(float64(n*z) * (1 - z))
		}
	}
	scale := float64(bwaAnswers*4) * (1 - 1/float64(b.k)) / float64(max(1, b.t.Len()))
	for c, s := range spread {
		spread[c] = max(float64(s*scale), 1e-9) // else full agreement weighs without end
	}
	return spread
}

// weighShard sets workers' precisions from their distance to the averages.
func (b *bwa) weighShard(s int) {
	from, to := strict.Range(len(b.t.Workers), s)
	for j := from; j < to; j++ {
		row := b.precision[j*b.k:][:b.k]
		copy(row, b.spread)
		votes := b.by.learn(j, b.step)
		for _, v := range votes {
			label := int(b.by.label[v.cell])
			for c, z := range b.row(int(v.task)) {
				if c == label {
					z = 1 - z
				}
				row[c] += float64(z * z)
			}
		}
		for c, far := range row {
			row[c] = (bwaAnswers + float64(len(votes))) / far
		}
	}
}

// averageShard sets tasks' averages.
func (b *bwa) averageShard(s int) {
	weight := b.scratch[s*b.k:][:b.k]
	from, to := strict.Range(len(b.Labels), s)
	for i := from; i < to; i++ {
		if b.gold.At(i) != None {
			continue
		}
		row := b.row(i)
		for c, mean := range b.mean.sums {
			weight[c], row[c] = bwaMean, float64(bwaMean*mean)
		}
		for _, v := range b.t.Votes(i) {
			own := b.precision[int(v.Worker)*b.k:][:b.k]
			row[v.Label] += own[v.Label]
			add(weight, own)
		}
		for c, w := range weight {
			row[c] /= w
		}
	}
}
