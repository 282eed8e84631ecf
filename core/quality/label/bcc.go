package label

import (
	"math"

	"github.com/alaya-network/alaya/core/quality/strict"
)

// IBCC is independent Bayesian classifier combination by mean field: the model
// of Dawid-Skene with a prior of 4 on the diagonal and 1 off it, where each
// probability keeps its uncertainty. It assumes that workers err independently
// given the class. Use it for the posteriors of small jobs: with many answers
// per worker it comes to the same as dsmap and costs more.
//
// Source: Kim and Ghahramani, Bayesian Classifier Combination, AISTATS 2012,
// in the variational form of Simpson et al., 2013.
type IBCC struct {
	Steps int
}

// Name returns "ibcc".
func (IBCC) Name() string { return "ibcc" }

// Aggregate runs all steps from the shares of the votes.
func (m IBCC) Aggregate(t *Table, gold Gold) Result {
	shares := weighted(t, gold, nil)
	if t.K() < 2 {
		return shares
	}
	b := newBCC(t, gold, shares, 1)
	copy(b.q, shares.Posterior)
	for step := range m.Steps {
		b.maximise(step)
		b.expect()
	}
	return b.result()
}

// EBCC is enhanced Bayesian classifier combination: every class is a mixture
// of subtypes, in each of which workers err in their own way, so that workers
// whose errors go together are not counted twice. It starts several times from
// seeded random mixtures and keeps the best bound on the likelihood. It has
// the best published mean accuracy on small jobs; on millions of answers it
// falls below majority vote. A step costs Subtypes times one of IBCC.
//
// Memory: 8 B × Subtypes × K per task and per cell (worker and label given).
//
// Source: Li, Rubinstein and Cohn, Exploiting Worker Correlation for Label
// Aggregation in Crowdsourcing, ICML 2019.
type EBCC struct {
	Subtypes int // of each class
	Starts   int
	Steps    int // of each start
}

// Name returns "ebcc".
func (EBCC) Name() string { return "ebcc" }

// Aggregate runs all steps of all starts.
func (m EBCC) Aggregate(t *Table, gold Gold) Result {
	best := weighted(t, gold, nil)
	if t.K() < 2 {
		return best
	}
	b := newBCC(t, gold, best, m.Subtypes)
	b.pseudo = columnSums(best.Posterior, t.K())
	top := math.Inf(-1)
	for start := range m.Starts {
		b.split(start)
		for step := range m.Steps {
			b.maximise(step)
			b.expect()
		}
		if bound := b.bound(); bound > top {
			top, best = bound, b.result()
		}
	}
	return best
}

// The prior counts of both models.
const (
	bccOn       = 4.0 // a worker's answers with the label of the class
	bccOff      = 1.0 // those with each other label
	bccSubtypes = 0.1 // tasks per class, spread over its subtypes
)

// bcc is the state of a mean-field iteration over classes × subtypes.
type bcc struct {
	t      *Table
	gold   Gold
	by     *ledger
	shares Result
	k, m   int       // classes, subtypes
	pseudo []float64 // tasks per class before the first
	// q holds k·m probabilities per task, class by class; theta as many values
	// per cell, each the expected logarithm of a worker's probability to give
	// the cell's label.
	q, theta []float64
	logs     []float64   // expected logarithms of the shares of the subtypes
	scratch  [][]float64 // one row per shard
}

func newBCC(t *Table, gold Gold, shares Result, subtypes int) *bcc {
	b := &bcc{t: t, gold: gold, by: newLedger(t, gold), shares: shares, k: t.K(), m: subtypes}
	b.pseudo = make([]float64, b.k)
	for c := range b.pseudo {
		b.pseudo[c] = 1
	}
	b.q = make([]float64, len(t.Tasks)*b.width())
	b.theta = make([]float64, len(b.by.label)*b.width())
	b.logs = make([]float64, b.width())
	b.scratch = make([][]float64, strict.Shards)
	for s := range b.scratch {
		b.scratch[s] = make([]float64, b.width())
	}
	return b
}

func (b *bcc) width() int { return b.k * b.m }

// row returns the part of q or theta of one task or cell.
func (b *bcc) row(of []float64, at int) []float64 {
	return of[at*b.width():][:b.width()]
}

// split shares out the votes' shares among subtypes, evenly distributed over
// all ways to do so.
func (b *bcc) split(start int) {
	strict.EachShard(len(b.t.Tasks), 32*len(b.q), func(from, to int) {
		for i := from; i < to; i++ {
			row, draw := b.row(b.q, i), strict.NewRandom(b.t.salt, "ebcc", uint64(start), uint64(i))
			for c, z := range b.shares.Row(i) {
				parts := row[c*b.m:][:b.m]
				var sum float64
				for m := range parts {
					parts[m] = draw.Exponential()
					sum += parts[m]
				}
				for m := range parts {
					parts[m] = float64(z*parts[m]) / sum
				}
			}
		}
	})
}

// maximise fits workers and shares to q.
func (b *bcc) maximise(step int) {
	work := b.t.Len()*b.width() + 32*len(b.theta)
	strict.Each(strict.Shards, work, func(s int) {
		from, to := strict.Range(len(b.t.Workers), s)
		for j := from; j < to; j++ {
			b.count(j, step, b.scratch[s])
			b.takeLogs(j, b.scratch[s])
		}
	})
	types, classes := b.totals()
	sum := sumOf(classes)
	for c := range b.k {
		own := types[c*b.m:][:b.m]
		log := strict.Digamma(classes[c]) - strict.Digamma(sum) - strict.Digamma(sumOf(own))
		for m, n := range own {
			b.logs[c*b.m+m] = strict.Digamma(n) + log
		}
	}
}

// count sets a worker's cells to the counts of his answers with their prior,
// and total to their sums over all labels.
func (b *bcc) count(worker, step int, total []float64) {
	from, to := b.by.cells[worker], b.by.cells[worker+1]
	clear(b.theta[int(from)*b.width() : int(to)*b.width()])
	for _, v := range b.by.learn(worker, step) {
		counts := b.row(b.theta, int(v.cell))
		for x, q := range b.row(b.q, int(v.task)) {
			counts[x] += q
		}
	}
	for x := range total {
		total[x] = bccOn + float64(float64(b.k-1)*bccOff)
	}
	for cell := from; cell < to; cell++ {
		counts, label := b.row(b.theta, int(cell)), int(b.by.label[cell])
		for x, n := range counts {
			total[x] += n
			prior := bccOff
			if x/b.m == label {
				prior = bccOn
			}
			counts[x] = n + prior
		}
	}
}

// takeLogs turns a worker's counts into expected logarithms.
func (b *bcc) takeLogs(worker int, total []float64) {
	for x, n := range total {
		total[x] = strict.Digamma(n)
	}
	for cell := b.by.cells[worker]; cell < b.by.cells[worker+1]; cell++ {
		counts := b.row(b.theta, int(cell))
		for x, n := range counts {
			counts[x] = strict.Digamma(n) - total[x]
		}
	}
}

// totals returns the number of tasks of each subtype and of each class, with
// their priors.
func (b *bcc) totals() (types, classes []float64) {
	types = columnSums(b.q, b.width())
	classes = make([]float64, b.k)
	for c := range classes {
		own := types[c*b.m:][:b.m]
		classes[c] = b.pseudo[c] + sumOf(own)
		for m := range own {
			own[m] += bccSubtypes / float64(b.m)
		}
	}
	return types, classes
}

// expect gives every task the probabilities of its classes and subtypes.
func (b *bcc) expect() {
	strict.EachShard(len(b.t.Tasks), b.t.Len()*b.width()+8*len(b.q), func(from, to int) {
		for i := from; i < to; i++ {
			row := b.row(b.q, i)
			copy(row, b.logs)
			for _, cell := range b.by.cell[b.t.start[i]:b.t.start[i+1]] {
				for x, log := range b.row(b.theta, int(cell)) {
					row[x] += log
				}
			}
			if class := b.gold.At(i); class != None {
				for x := range row {
					if x/b.m != int(class) {
						row[x] = math.Inf(-1)
					}
				}
			}
			strict.Softmax(row)
		}
	})
}

// result sums the subtypes of each class.
func (b *bcc) result() Result {
	r := Result{make([]float64, len(b.t.Tasks)*b.k), make([]int32, len(b.t.Tasks))}
	for x := range r.Posterior {
		r.Posterior[x] = sumOf(b.q[x*b.m:][:b.m])
	}
	r.decide(b.t)
	return r
}

// bound returns the evidence lower bound of q, less what is the same for every
// start: with the counts fitted to q it is the logarithms of the Dirichlet
// normalisers and the entropy of q. It leaves counts in theta.
func (b *bcc) bound() float64 {
	types, classes := b.totals()
	bound := logBeta(classes)
	for c := range b.k {
		bound += logBeta(types[c*b.m:][:b.m])
	}
	parts := make([]float64, strict.Shards)
	strict.Each(strict.Shards, 32*(len(b.theta)+len(b.q)), func(s int) {
		from, to := strict.Range(len(b.t.Workers), s)
		for j := from; j < to; j++ {
			b.count(j, 1, b.scratch[s])
			for _, n := range b.theta[int(b.by.cells[j])*b.width() : int(b.by.cells[j+1])*b.width()] {
				parts[s] += strict.LogGamma(n)
			}
			for _, n := range b.scratch[s] {
				parts[s] -= strict.LogGamma(n)
			}
		}
		from, to = strict.Range(len(b.q), s)
		for _, q := range b.q[from:to] {
			if q > 0 {
				parts[s] -= float64(q * strict.Log(q))
			}
		}
	})
	return bound + sumOf(parts)
}

// logBeta returns the logarithm of a Dirichlet distribution's normaliser.
func logBeta(counts []float64) float64 {
	log := -strict.LogGamma(sumOf(counts))
	for _, n := range counts {
		log += strict.LogGamma(n)
	}
	return log
}

func sumOf(values []float64) float64 {
	var sum float64
	for _, x := range values {
		sum += x
	}
	return sum
}

// columnSums sums rows of a width, each shard apart, the shards then in order.
func columnSums(rows []float64, width int) []float64 {
	parts := make([]float64, strict.Shards*width)
	n := len(rows) / max(1, width)
	strict.Each(strict.Shards, len(rows), func(s int) {
		part := parts[s*width:][:width]
		from, to := strict.Range(n, s)
		for i := from; i < to; i++ {
			for c, x := range rows[i*width:][:width] {
				part[c] += x
			}
		}
	})
	sums := make([]float64, width)
	for s := range strict.Shards {
		for c, x := range parts[s*width:][:width] {
			sums[c] += x
		}
	}
	return sums
}
