package label

import "github.com/alaya-network/alaya/core/quality/strict"

// Apart is Dawid-Skene that judges each task by what its workers did on the
// others. In the plain model an answer vouches for its own worker, the more so
// the fewer he gave, and a label gets sure of itself: Apart's posteriors keep
// their meaning with few answers, which is what buying answers needs. A
// worker's confusion matrix is drawn to that of all workers together.
//
// It takes a logarithm per answer and class, several times the time of
// DawidSkene. Memory: 8 B × K per worker, and per worker and label given.
//
// Source: the leave-one-out likelihood of Stone, Cross-validatory Choice, JRSS
// B 36(2), 1974, applied to the model of Dawid and Skene.
type Apart struct {
	// Strength is the number of answers per class that the crowd's confusion is
	// worth.
	Strength float64
	Steps    int
}

// Name returns "apart".
func (Apart) Name() string { return "apart" }

// Aggregate runs all steps.
func (m Apart) Aggregate(t *Table, gold Gold) Result {
	r := weighted(t, gold, nil)
	if t.K() < 2 {
		return r
	}
	e := apart{Result: r, t: t, gold: gold, by: newLedger(t, gold), k: t.K(), strength: m.Strength}
	defer e.team.Close()
	e.counts, e.answers = make([]float64, len(e.by.label)*e.k), make([]float64, len(t.Workers)*e.k)
	e.logPi, e.pooled = make([]float64, e.k), make([]float64, e.k*e.k)
	e.scratch = make([]float64, strict.Shards*e.k)
	e.shares = newColumns(e.Posterior, e.k)
	count, expect := e.countShard, e.expectShard
	for e.step = range m.Steps {
		e.team.Each(strict.Shards, e.work(), count)
		e.pool()
		for c, sum := range e.shares.sum(&e.team) {
			e.logPi[c] = strict.Log((sum + 1e-9) / float64(len(e.Labels)))
		}
		e.team.Each(strict.Shards, 16*e.work(), expect)
	}
	e.decide(t)
	return e.Result
}

// apart is the state of the iteration.
type apart struct {
	Result
	t        *Table
	gold     Gold
	by       *ledger
	team     strict.Team
	k, step  int
	strength float64
	counts   []float64 // per cell: answers expected, by true class
	answers  []float64 // per worker: the same of all his cells
	pooled   []float64 // the prior's counts of a label, by true class
	logPi    []float64
	shares   *columns
	scratch  []float64 // one row per shard
}

func (e *apart) work() int { return e.t.Len()*e.k + 8*len(e.Posterior) }

// row returns the part of one cell, worker, label or shard.
func (e *apart) row(of []float64, at int) []float64 { return of[at*e.k:][:e.k] }

// countShard counts the answers of the workers of a shard.
func (e *apart) countShard(s int) {
	from, to := strict.Range(len(e.t.Workers), s)
	for j := from; j < to; j++ {
		first, last := int(e.by.cells[j]), int(e.by.cells[j+1])
		clear(e.counts[first*e.k : last*e.k])
		for _, v := range e.by.learn(j, e.step) {
			add(e.row(e.counts, int(v.cell)), e.row(e.Posterior, int(v.task)))
		}
		clear(e.row(e.answers, j))
		for cell := first; cell < last; cell++ {
			add(e.row(e.answers, j), e.row(e.counts, cell))
		}
	}
}

// pool finds the prior's counts from those of all workers.
func (e *apart) pool() {
	clear(e.pooled)
	for cell, label := range e.by.label {
		add(e.row(e.pooled, int(label)), e.row(e.counts, cell))
	}
	pool(e.pooled, e.k)
	for x := range e.pooled {
		e.pooled[x] = float64(e.pooled[x] * e.strength / poolStrength)
	}
}

// expectShard gives the tasks of a shard the posteriors of their votes.
func (e *apart) expectShard(s int) {
	from, to := strict.Range(len(e.Labels), s)
	sum := e.row(e.scratch, s)
	for i := from; i < to; i++ {
		if e.gold.At(i) != None {
			continue
		}
		copy(sum, e.logPi)
		first := e.t.start[i]
		for n, v := range e.t.Votes(i) {
			e.weigh(i, v, int(e.by.cell[int(first)+n]), sum)
		}
		strict.Softmax(sum)
		copy(e.row(e.Posterior, i), sum)
	}
}

// weigh adds to sum what a vote says about its task, less what the task said
// about the worker.
func (e *apart) weigh(task int, v Vote, cell int, sum []float64) {
	own := e.row(e.Posterior, task)
	counts, answers := e.row(e.counts, cell), e.row(e.answers, int(v.Worker))
	prior := e.row(e.pooled, int(v.Label))
	counted := 1.0
	if len(e.by.learn(int(v.Worker), e.step)) < len(e.by.of(int(v.Worker))) {
		counted = 0 // learnt from gold alone
	}
	for c := range sum {
		z := float64(counted * own[c])
		same, all := max(0, counts[c]-z), max(0, answers[c]-z)
		sum[c] += strict.Log((same + prior[c]) / (all + e.strength))
	}
}
