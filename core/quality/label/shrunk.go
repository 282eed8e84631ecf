package label

import "github.com/alaya-network/alaya/core/quality/strict"

// Shrunk is Dawid-Skene for workers of few answers: each confusion matrix is
// drawn towards that of all workers together, its errors first made as much
// rarer or commoner as the worker's own are. A worker of no answers is taken
// for the average one, one of many for himself. Few steps stay near the
// majority, which labels what many classes or few answers would let drift;
// many steps find what it misses. It assumes that workers confuse much the
// same classes.
//
// Memory: 8 B × K per cell (worker and label given), 64 B × K² at most.
//
// Source: Paun et al., Comparing Bayesian Models of Annotation, TACL 6, 2018
// (hierarchical Dawid-Skene); the scaling by the worker's errors is ours.
type Shrunk struct {
	Title string
	// Strength is the number of answers per class that the crowd's confusion is
	// worth.
	Strength float64
	Steps    int
}

// shrunkOwn is the number of answers at the crowd's rate of errors that a
// worker's own rate is drawn by.
const shrunkOwn = 4

// Name returns the title.
func (m Shrunk) Name() string { return m.Title }

// Aggregate runs all steps.
func (m Shrunk) Aggregate(t *Table, gold Gold) Result {
	r := weighted(t, gold, nil)
	if t.K() < 2 {
		return r
	}
	e := shrunk{Result: r, t: t, gold: gold, by: newLedger(t, gold), k: t.K(), strength: m.Strength}
	defer e.team.Close()
	e.theta = make([]float64, len(e.by.label)*e.k)
	e.logPi, e.pooled = make([]float64, e.k), make([]float64, e.k*e.k)
	e.scratch = make([]float64, strict.Shards*e.k)
	e.shares = newColumns(e.Posterior, e.k)
	count, shrink, expect := e.countShard, e.shrinkShard, e.expectShard
	for e.step = range m.Steps {
		e.team.Each(strict.Shards, e.work(), count)
		e.pool()
		e.team.Each(strict.Shards, 8*len(e.theta), shrink)
		e.share()
		e.team.Each(strict.Shards, e.work(), expect)
	}
	e.decide(t)
	return e.Result
}

// shrunk is the state of the iteration.
type shrunk struct {
	Result
	t        *Table
	gold     Gold
	by       *ledger
	team     strict.Team
	k, step  int
	strength float64
	// theta holds, per cell, one value per true class: first the counts, then
	// the logarithms of the probabilities.
	theta   []float64
	logPi   []float64
	shares  *columns
	pooled  []float64 // the crowd's probability of a label, per true class
	rate    float64   // the crowd's errors, mean over the true classes
	scratch []float64 // one row per shard
}

func (e *shrunk) work() int { return e.t.Len()*e.k + 8*len(e.Posterior) }

// row returns the part of theta or scratch of one cell or shard.
func (e *shrunk) row(of []float64, at int) []float64 { return of[at*e.k:][:e.k] }

// countShard counts the answers of the workers of a shard.
func (e *shrunk) countShard(s int) {
	from, to := strict.Range(len(e.t.Workers), s)
	for j := from; j < to; j++ {
		clear(e.theta[int(e.by.cells[j])*e.k : int(e.by.cells[j+1])*e.k])
		for _, v := range e.by.learn(j, e.step) {
			add(e.row(e.theta, int(v.cell)), e.Posterior[int(v.task)*e.k:][:e.k])
		}
	}
}

// pool finds the crowd's confusion from the counts of all workers.
func (e *shrunk) pool() {
	clear(e.pooled)
	for cell, label := range e.by.label {
		add(e.row(e.pooled, int(label)), e.row(e.theta, cell))
	}
	pool(e.pooled, e.k)
	e.rate = 0
	for x := range e.pooled {
		e.pooled[x] /= poolStrength
	}
	for c := range e.k {
		e.rate += (1 - e.pooled[c*e.k+c]) / float64(e.k)
	}
}

// shrinkShard turns the counts of the workers of a shard into logarithms.
func (e *shrunk) shrinkShard(s int) {
	from, to := strict.Range(len(e.t.Workers), s)
	answers := e.row(e.scratch, s)
	for j := from; j < to; j++ {
		more := e.excess(j, answers)
		for cell := e.by.cells[j]; cell < e.by.cells[j+1]; cell++ {
			counts, label := e.row(e.theta, int(cell)), int(e.by.label[cell])
			for c, n := range counts {
				right := e.pooled[c*e.k+c]
				p := e.pooled[label*e.k+c]
				if c != label {
					p = float64(p * more)
				}
				p /= right + float64(more*(1-right))
				counts[c] = strict.Log((n + float64(e.strength*p)) / (answers[c] + e.strength))
			}
		}
	}
}

// excess returns how many times the errors expected of the crowd on his tasks
// a worker makes, and sets answers to his answers per true class.
func (e *shrunk) excess(worker int, answers []float64) float64 {
	clear(answers)
	var right float64
	for cell := e.by.cells[worker]; cell < e.by.cells[worker+1]; cell++ {
		counts := e.row(e.theta, int(cell))
		add(answers, counts)
		right += counts[e.by.label[cell]]
	}
	own := float64(shrunkOwn * e.rate)
	wrong, expected := sumOf(answers)-right, 0.0
	for c, n := range answers {
		expected += float64(n * (1 - e.pooled[c*e.k+c]))
	}
	return (max(0, wrong) + own) / (expected + own)
}

// share finds the shares of the classes.
func (e *shrunk) share() {
	for c, sum := range e.shares.sum(&e.team) {
		e.logPi[c] = strict.Log((sum + 1e-9) / float64(len(e.Labels)))
	}
}

// expectShard gives the tasks of a shard the posteriors of their votes.
func (e *shrunk) expectShard(s int) {
	from, to := strict.Range(len(e.Labels), s)
	for i := from; i < to; i++ {
		if e.gold.At(i) != None {
			continue
		}
		row := e.Posterior[i*e.k:][:e.k]
		copy(row, e.logPi)
		for _, cell := range e.by.cell[e.t.start[i]:e.t.start[i+1]] {
			add(row, e.row(e.theta, int(cell)))
		}
		strict.Softmax(row)
	}
}
