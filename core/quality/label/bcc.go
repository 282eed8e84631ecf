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
// Memory: 8 B × K per task and per cell (worker and label given); where cells
// take more than 1 GiB it does what dsmap does.
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
	by := newLedger(t, gold)
	if !by.fits(t.K()) {
		return dsmap().Aggregate(t, gold)
	}
	return combine(t, gold, by, m.Steps)
}

// combine runs steps of IBCC from the shares of the votes.
func combine(t *Table, gold Gold, by *ledger, steps int) Result {
	shares := weighted(t, gold, nil)
	if t.K() < 2 {
		return shares
	}
	b := newBCC(t, gold, by, 1)
	defer b.team.Close()
	for c := range b.pseudo {
		b.pseudo[c] = 1
	}
	copy(b.q, shares.Posterior)
	b.run(steps)
	return b.result()
}

// beginning returns the posteriors to begin EM with: the shares of the votes
// or, where gold is known, what one step of IBCC learns from it.
func beginning(t *Table, gold Gold) Result {
	if gold.Len() > 0 {
		if by := newLedger(t, gold); by.fits(t.K()) {
			return combine(t, gold, by, 1)
		}
	}
	return weighted(t, gold, nil)
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
	Subtypes int // of each class, at most
	Starts   int // at most
	Steps    int // of each start
}

// The bounds of both models, in probabilities held and in updates per step.
const (
	bccCells = 1 << 27
	bccWork  = 1 << 27
)

// fits says whether a matrix of the cells and classes may be held.
func (b *ledger) fits(classes int) bool { return len(b.label)*classes <= bccCells }

// Name returns "ebcc".
func (EBCC) Name() string { return "ebcc" }

// Aggregate runs all steps of all starts.
func (m EBCC) Aggregate(t *Table, gold Gold) Result {
	best, by := weighted(t, gold, nil), newLedger(t, gold)
	switch {
	case t.K() < 2:
		return best
	case !by.fits(t.K()):
		return dsmap().Aggregate(t, gold)
	}
	subtypes := max(1, min(m.Subtypes, bccCells/(t.K()*max(1, len(by.label), len(t.Tasks)))))
	starts := max(1, min(m.Starts, bccWork/(t.K()*subtypes*max(1, t.Len()))))
	b := newBCC(t, gold, by, subtypes)
	defer b.team.Close()
	b.shares = best
	copy(b.pseudo, newColumns(best.Posterior, b.k).sum(&b.team))
	top := math.Inf(-1)
	for start := range starts {
		b.split(start)
		b.run(m.Steps)
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
	team   strict.Team
	shares Result // of the votes
	k, m   int    // classes, subtypes
	step   int
	// q holds k·m probabilities per task, class by class; theta as many values
	// per cell, each the expected logarithm of a worker's probability to give
	// the cell's label; logs those of the shares of the subtypes.
	q, theta, logs []float64
	types          *columns
	pseudo         []float64 // tasks per class before the first
	classes        []float64 // tasks per class
	scratch        []float64 // one row per shard
}

func newBCC(t *Table, gold Gold, by *ledger, subtypes int) *bcc {
	b := &bcc{t: t, gold: gold, by: by, k: t.K(), m: subtypes}
	b.q = make([]float64, len(t.Tasks)*b.width())
	b.theta = make([]float64, len(b.by.label)*b.width())
	b.logs = make([]float64, b.width())
	b.types = newColumns(b.q, b.width())
	b.pseudo, b.classes = make([]float64, b.k), make([]float64, b.k)
	b.scratch = make([]float64, strict.Shards*b.width())
	return b
}

func (b *bcc) width() int { return b.k * b.m }

// row returns the part of q, theta or scratch of one task, cell or shard.
func (b *bcc) row(of []float64, at int) []float64 {
	return of[at*b.width():][:b.width()]
}

// split shares out the votes' shares among subtypes, evenly distributed over
// all ways to do so.
func (b *bcc) split(start int) {
	b.team.Each(strict.Shards, 32*len(b.q), func(s int) {
		from, to := strict.Range(len(b.t.Tasks), s)
		for i := from; i < to; i++ {
			row, draw := b.row(b.q, i), strict.NewRandom(b.t.salt, "ebcc", uint64(start), uint64(i))
			for c, z := range b.shares.Row(i) {
				parts := row[c*b.m:][:b.m]
				for m := range parts {
					parts[m] = draw.Exponential()
				}
				sum := sumOf(parts)
				for m := range parts {
					parts[m] = float64(z*parts[m]) / sum
				}
			}
		}
	})
}

// run fits workers and shares to q, and q to them, in turn.
func (b *bcc) run(steps int) {
	fit, expect := b.fitShard, b.expectShard
	for b.step = range steps {
		b.team.Each(strict.Shards, b.t.Len()*b.width()+32*len(b.theta), fit)
		b.share()
		b.team.Each(strict.Shards, b.t.Len()*b.width()+8*len(b.q), expect)
	}
}

// fitShard fits the workers of a shard.
func (b *bcc) fitShard(s int) {
	from, to := strict.Range(len(b.t.Workers), s)
	total := b.row(b.scratch, s)
	for j := from; j < to; j++ {
		b.count(j, b.by.learn(j, b.step), total)
		b.takeLogs(j, total)
	}
}

// share fits the shares of classes and subtypes.
func (b *bcc) share() {
	types := b.totals()
	sum := sumOf(b.classes)
	for c := range b.k {
		own := types[c*b.m:][:b.m]
		log := strict.Digamma(b.classes[c]) - strict.Digamma(sum) - strict.Digamma(sumOf(own))
		for m, n := range own {
			b.logs[c*b.m+m] = strict.Digamma(n) + log
		}
	}
}

// count sets a worker's cells to the counts of his votes with their prior, and
// total to their sums over all labels.
func (b *bcc) count(worker int, votes []workerVote, total []float64) {
	from, to := b.by.cells[worker], b.by.cells[worker+1]
	clear(b.theta[int(from)*b.width() : int(to)*b.width()])
	for _, v := range votes {
		add(b.row(b.theta, int(v.cell)), b.row(b.q, int(v.task)))
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

// totals counts the tasks of each class and returns those of each subtype,
// with their priors.
func (b *bcc) totals() []float64 {
	types := b.types.sum(&b.team)
	for c, n := range b.pseudo {
		own := types[c*b.m:][:b.m]
		b.classes[c] = n + sumOf(own)
		for m := range own {
			own[m] += bccSubtypes / float64(b.m)
		}
	}
	return types
}

// expectShard gives the tasks of a shard the probabilities of their classes and
// subtypes.
func (b *bcc) expectShard(s int) {
	from, to := strict.Range(len(b.t.Tasks), s)
	for i := from; i < to; i++ {
		row := b.row(b.q, i)
		copy(row, b.logs)
		for _, cell := range b.by.cell[b.t.start[i]:b.t.start[i+1]] {
			add(row, b.row(b.theta, int(cell)))
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
	types := b.totals()
	bound := logBeta(b.classes)
	for c := range b.k {
		bound += logBeta(types[c*b.m:][:b.m])
	}
	parts := make([]float64, strict.Shards)
	b.team.Each(strict.Shards, 32*(len(b.theta)+len(b.q)), func(s int) {
		parts[s] = b.boundShard(s)
	})
	return bound + sumOf(parts)
}

// boundShard returns the part of a shard of the workers, and of q.
func (b *bcc) boundShard(s int) float64 {
	var bound float64
	from, to := strict.Range(len(b.t.Workers), s)
	total := b.row(b.scratch, s)
	for j := from; j < to; j++ {
		b.count(j, b.by.of(j), total)
		for _, n := range b.theta[int(b.by.cells[j])*b.width() : int(b.by.cells[j+1])*b.width()] {
			bound += strict.LogGamma(n)
		}
		for _, n := range total {
			bound -= strict.LogGamma(n)
		}
	}
	from, to = strict.Range(len(b.q), s)
	for _, q := range b.q[from:to] {
		if q > 0 {
			bound -= float64(q * strict.Log(q))
		}
	}
	return bound
}

// logBeta returns the logarithm of a Dirichlet distribution's normaliser.
func logBeta(counts []float64) float64 {
	log := -strict.LogGamma(sumOf(counts))
	for _, n := range counts {
		log += strict.LogGamma(n)
	}
	return log
}
