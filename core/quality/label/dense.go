package label

import "github.com/alaya-network/alaya/core/quality/strict"

// dense keeps a whole confusion matrix of each worker.
type dense struct {
	Result
	table *Table
	gold  Gold
	team  *strict.Team
	k     int
	// theta holds, per worker and label given, one value per true class: first
	// the counts, then the logarithms of the probabilities.
	theta  []float64
	logPi  []float64
	pooled []float64
	// buffer holds the counts of some shards, from shard first on.
	buffer  [][]float64
	first   int
	changed [strict.Shards]bool
	calls   denseCalls
}

// denseCalls are the parts of a step, made once.
type denseCalls struct {
	count, add, takeLogs, soften, harden func(int)
}

// bufferFloats is the size that all buffers together keep to, if each thread
// has one: they should stay in the cache.
const bufferFloats = 1 << 19

func newDense(t *Table, gold Gold, team *strict.Team) *dense {
	k := t.K()
	size := len(t.Workers) * k * k
	e := &dense{Result: beginning(t, gold), table: t, gold: gold, team: team, k: k}
	e.theta, e.logPi, e.pooled = make([]float64, size), make([]float64, k), make([]float64, k*k)
	buffers := max(strict.Threads(), bufferFloats/max(1, size))
	e.buffer = make([][]float64, min(strict.Shards, buffers))
	for b := range e.buffer {
		e.buffer[b] = make([]float64, size)
	}
	e.calls = denseCalls{e.countShard, e.addShard, e.takeLogsOf, e.softenShard, e.hardenShard}
	return e
}

// row returns the posterior of a task, as Row does but without a division.
func (e *dense) row(task int) []float64 {
	return e.Posterior[task*e.k:][:e.k]
}

// work estimates the operations of one step.
func (e *dense) work() int {
	return e.table.Len()*e.k + 8*len(e.Posterior) + 8*len(e.theta)
}

func (e *dense) maximise(prior Prior) {
	e.count(prior)
	if prior == Pooled {
		e.pool()
	}
	e.team.Each(strict.Shards, 8*len(e.theta), e.calls.takeLogs)
	clear(e.logPi)
	for i := range e.Labels {
		add(e.logPi, e.row(i))
	}
	for c, sum := range e.logPi {
		e.logPi[c] = strict.Log((sum + 1e-12) / float64(len(e.Labels)))
	}
}

// count sums posteriors per worker and label given into theta, each shard
// apart, the shards then in order on top of the prior.
func (e *dense) count(prior Prior) {
	e.start(prior)
	for e.first = 0; e.first < strict.Shards; e.first += len(e.buffer) {
		e.team.Each(min(len(e.buffer), strict.Shards-e.first), e.work(), e.calls.count)
		e.team.Each(strict.Shards, len(e.theta), e.calls.add)
	}
}

// start fills theta with the prior's counts.
func (e *dense) start(prior Prior) {
	for j := range e.table.Workers {
		own := e.confusion(j)
		if j > 0 {
			copy(own, e.confusion(0))
			continue
		}
		for x := range own {
			own[x] = prior.at(x/e.k, x%e.k)
		}
	}
}

// confusion returns a worker's part of theta.
func (e *dense) confusion(worker int) []float64 {
	return e.theta[worker*e.k*e.k:][:e.k*e.k]
}

// countShard counts one shard of the tasks into its buffer.
func (e *dense) countShard(b int) {
	counts := e.buffer[b]
	clear(counts)
	from, to := strict.Range(len(e.Labels), e.first+b)
	for i := from; i < to; i++ {
		row := e.row(i)
		for _, v := range e.table.Votes(i) {
			add(counts[e.cell(v):], row)
		}
	}
}

// cell returns where theta holds the values of a worker and label.
func (e *dense) cell(v Vote) int {
	return (int(v.Worker)*e.k + int(v.Label)) * e.k
}

// addShard adds one part of all buffers to theta.
func (e *dense) addShard(s int) {
	from, to := strict.Range(len(e.theta), s)
	for b := range min(len(e.buffer), strict.Shards-e.first) {
		add(e.theta[from:to], e.buffer[b][from:to])
	}
}

// add adds x to sum, which is at least as long.
func add(sum, x []float64) {
	sum = sum[:len(x)]
	for i := range x {
		sum[i] += x[i]
	}
}

// pool adds the pooled confusion to every worker's counts.
func (e *dense) pool() {
	clear(e.pooled)
	for j := range e.table.Workers {
		add(e.pooled, e.confusion(j))
	}
	pool(e.pooled, e.k)
	for j := range e.table.Workers {
		add(e.confusion(j), e.pooled)
	}
}

// takeLogsOf turns one shard of the workers' counts into logarithms of
// probabilities.
func (e *dense) takeLogsOf(s int) {
	from, to := strict.Range(len(e.table.Workers), s)
	for j := from; j < to; j++ {
		counts := e.confusion(j)
		for c := range e.k {
			var sum float64
			for l := range e.k {
				sum += counts[l*e.k+c]
			}
			log := strict.Log(sum)
			for l := range e.k {
				counts[l*e.k+c] = strict.Log(counts[l*e.k+c]) - log
			}
		}
	}
}

func (e *dense) soften() {
	e.team.Each(strict.Shards, e.work(), e.calls.soften)
}

func (e *dense) softenShard(s int) {
	from, to := strict.Range(len(e.Labels), s)
	for i := from; i < to; i++ {
		if e.gold.At(i) == None {
			strict.Softmax(e.sumLogs(i))
		}
	}
}

func (e *dense) harden() bool {
	e.team.Each(strict.Shards, e.work(), e.calls.harden)
	return e.changed != [strict.Shards]bool{}
}

func (e *dense) hardenShard(s int) {
	e.changed[s] = false
	from, to := strict.Range(len(e.Labels), s)
	for i := from; i < to; i++ {
		if e.gold.At(i) != None {
			continue
		}
		row := e.sumLogs(i)
		best := e.table.best(i, row)
		clamp(row, best)
		e.changed[s] = e.changed[s] || best != e.Labels[i]
		e.Labels[i] = best
	}
}

// sumLogs sets a task's row to the log probability of class and votes.
func (e *dense) sumLogs(task int) []float64 {
	row := e.row(task)
	copy(row, e.logPi)
	votes := e.table.Votes(task)
	for ; len(votes) > 1; votes = votes[2:] {
		addTwo(row, e.theta[e.cell(votes[0]):], e.theta[e.cell(votes[1]):])
	}
	for _, v := range votes {
		add(row, e.theta[e.cell(v):][:e.k])
	}
	return row
}

// addTwo adds x, then y to sum, the shortest: in half the time of two adds.
func addTwo(sum, x, y []float64) {
	x, y = x[:len(sum)], y[:len(sum)]
	for i := range sum {
		sum[i] = sum[i] + x[i] + y[i]
	}
}

func (e *dense) result() Result {
	for i := range e.Labels {
		e.Labels[i] = e.table.best(i, e.row(i))
	}
	return e.Result
}
