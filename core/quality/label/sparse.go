package label

import "github.com/alaya-network/alaya/core/quality/strict"

// sparse keeps of each worker's confusion matrix the cells that his answers
// can fill: those of a label he gave and a candidate of the task.
type sparse struct {
	candidates
	table *Table
	team  *strict.Team

	// Worker j gave answers[given[j]:given[j+1]]. His cells are first[j] to
	// first[j+1]; their numbers count from first[j].
	given   []int32
	answers []place
	first   []int

	// The answer at a place has one cell per candidate of its task. Those of
	// task i begin at number[begin[i]].
	begin  []int
	number []int32

	spots  []spot
	theta  []float64 // by cell: counts, then logarithms of probabilities
	logPi  []float64
	pooled []float64
	prior  Prior

	sums    [strict.Shards][]float64
	changed [strict.Shards]bool
	calls   sparseCalls
}

// place is where an answer stands: the vote n of a task.
type place struct{ task, n int32 }

// spot is what a cell is about.
type spot struct{ class, label int32 }

// sparseCalls are the parts of a step, made once.
type sparseCalls struct {
	count, takeLogs, soften, harden func(int)
}

func newSparse(t *Table, gold Gold, team *strict.Team) *sparse {
	e := &sparse{candidates: seek(t, gold), table: t, team: team}
	if gold.Len() > 0 {
		e.adopt(beginning(t, gold))
	}
	e.sortByWorker()
	e.numberCells()
	k := t.K()
	e.theta = make([]float64, len(e.spots))
	e.logPi, e.pooled = make([]float64, k), make([]float64, k*k)
	for s := range e.sums {
		e.sums[s] = make([]float64, k)
	}
	e.calls = sparseCalls{e.countShard, e.takeLogsShard, e.softenShard, e.hardenShard}
	return e
}

// sortByWorker gathers each worker's answers, in the order of the tasks.
func (e *sparse) sortByWorker() {
	e.given = make([]int32, len(e.table.Workers)+1)
	for _, v := range e.table.votes {
		e.given[v.Worker+1]++
	}
	for j := range e.table.Workers {
		e.given[j+1] += e.given[j]
	}
	e.answers = make([]place, e.table.Len())
	next := append([]int32(nil), e.given...)
	for i := range e.table.Tasks {
		for n, v := range e.table.Votes(i) {
			e.answers[next[v.Worker]] = place{int32(i), int32(n)}
			next[v.Worker]++
		}
	}
}

// numberCells numbers the cells of each worker as his answers meet them.
func (e *sparse) numberCells() {
	e.begin = make([]int, len(e.table.Tasks)+1)
	for i := range e.table.Tasks {
		e.begin[i+1] = e.begin[i] + len(e.table.Votes(i))*len(e.classes(i))
	}
	e.number = make([]int32, e.begin[len(e.table.Tasks)])
	e.first = make([]int, len(e.table.Workers)+1)
	k := int32(e.table.K())
	met := make([]int32, k*k) // 1 + the number of a cell of this worker
	for j := range e.table.Workers {
		for _, a := range e.answers[e.given[j]:e.given[j+1]] {
			label := e.table.Votes(int(a.task))[a.n].Label
			numbers := e.numbers(int(a.task), int(a.n))
			for c, class := range e.classes(int(a.task)) {
				at := &met[label*k+class]
				if *at == 0 {
					e.spots = append(e.spots, spot{class, label})
					*at = int32(len(e.spots) - e.first[j])
				}
				numbers[c] = *at - 1
			}
		}
		e.first[j+1] = len(e.spots)
		for _, s := range e.spots[e.first[j]:] {
			met[s.label*k+s.class] = 0
		}
	}
}

// numbers returns the cells of vote n of a task, one per candidate.
func (e *sparse) numbers(task, n int) []int32 {
	width := len(e.classes(task))
	return e.number[e.begin[task]+n*width:][:width]
}

// work estimates the operations of one step.
func (e *sparse) work() int { return len(e.number) + 8*len(e.z) + 16*len(e.theta) }

func (e *sparse) maximise(prior Prior) {
	e.prior = prior
	e.team.Each(strict.Shards, e.work(), e.calls.count)
	if prior == Pooled {
		k := e.table.K()
		clear(e.pooled)
		for x, s := range e.spots {
			e.pooled[int(s.label)*k+int(s.class)] += e.theta[x]
		}
		pool(e.pooled, k)
	}
	e.team.Each(strict.Shards, e.work(), e.calls.takeLogs)
	clear(e.logPi)
	for x, class := range e.class {
		e.logPi[class] += e.z[x]
	}
	for c, sum := range e.logPi {
		e.logPi[c] = strict.Log((sum + 1e-12) / float64(len(e.table.Tasks)))
	}
}

// countShard sums the posteriors of one shard of the workers into their cells.
func (e *sparse) countShard(s int) {
	from, to := strict.Range(len(e.table.Workers), s)
	for j := from; j < to; j++ {
		own := e.theta[e.first[j]:e.first[j+1]]
		clear(own)
		for _, a := range e.answers[e.given[j]:e.given[j+1]] {
			row := e.row(int(a.task))
			for c, cell := range e.numbers(int(a.task), int(a.n)) {
				own[cell] += row[c]
			}
		}
	}
}

// takeLogsShard turns the counts of one shard of the workers, and the prior's,
// into logarithms of probabilities.
func (e *sparse) takeLogsShard(s int) {
	sums := e.sums[s]
	from, to := strict.Range(len(e.table.Workers), s)
	for j := from; j < to; j++ {
		spots := e.spots[e.first[j]:e.first[j+1]]
		own := e.theta[e.first[j]:e.first[j+1]]
		for _, s := range spots {
			sums[s.class] = e.priorTotal(int(s.class))
		}
		for x, s := range spots {
			sums[s.class] += own[x]
		}
		for x, s := range spots {
			own[x] = strict.Log((own[x] + e.priorAt(s)) / sums[s.class])
		}
	}
}

// priorAt returns the prior's count of a cell.
func (e *sparse) priorAt(s spot) float64 {
	if e.prior == Pooled {
		return e.pooled[int(s.label)*e.table.K()+int(s.class)]
	}
	return e.prior.at(int(s.label), int(s.class))
}

// priorTotal returns the prior's counts of a true class, over all labels.
func (e *sparse) priorTotal(class int) float64 {
	if e.prior == Pooled {
		return poolStrength
	}
	return e.prior.total(class, e.table.K())
}

func (e *sparse) soften() {
	e.team.Each(strict.Shards, e.work(), e.calls.soften)
}

func (e *sparse) softenShard(s int) {
	from, to := strict.Range(len(e.table.Tasks), s)
	for i := from; i < to; i++ {
		if e.gold.At(i) == None {
			strict.Softmax(e.sumLogs(i))
		}
	}
}

func (e *sparse) harden() bool {
	e.team.Each(strict.Shards, e.work(), e.calls.harden)
	return e.changed != [strict.Shards]bool{}
}

func (e *sparse) hardenShard(s int) {
	e.changed[s] = false
	from, to := strict.Range(len(e.table.Tasks), s)
	for i := from; i < to; i++ {
		if e.gold.At(i) != None || len(e.classes(i)) == 0 {
			continue
		}
		row := e.sumLogs(i)
		best := e.table.bestOf(i, e.classes(i), row)
		clamp(row, best)
		e.changed[s] = e.changed[s] || best != e.best[i]
		e.best[i] = best
	}
}

// sumLogs sets a task's row to the log probability of candidate and votes.
func (e *sparse) sumLogs(task int) []float64 {
	row := e.row(task)
	for c, class := range e.classes(task) {
		row[c] = e.logPi[class]
	}
	for n, v := range e.table.Votes(task) {
		own := e.theta[e.first[v.Worker]:]
		for c, cell := range e.numbers(task, n) {
			row[c] += own[cell]
		}
	}
	return row
}

// result gives every class its posterior: 0 where it is no candidate, the
// share of all tasks where a task has none.
func (e *sparse) result() Result {
	k := e.table.K()
	r := Result{make([]float64, len(e.table.Tasks)*k), make([]int32, len(e.table.Tasks))}
	strict.Softmax(e.logPi)
	for i := range r.Labels {
		row := r.Posterior[i*k:][:k]
		if len(e.classes(i)) == 0 {
			copy(row, e.logPi)
		}
		for c, class := range e.classes(i) {
			row[class] = e.row(i)[c]
		}
		r.Labels[i] = e.table.best(i, row)
	}
	return r
}
