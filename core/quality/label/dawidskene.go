package label

import "github.com/alaya-network/alaya/core/quality/strict"

// Prior says what a worker's confusion matrix is taken for before he answers.
type Prior uint8

// The priors of DawidSkene.
const (
	// Flat adds 0.01 to every count: the plain model, for many answers each.
	Flat Prior = iota
	// Diagonal adds 4 where label and class agree and 1 elsewhere: robust with
	// few answers.
	Diagonal
	// Pooled adds two answers by the confusion of all workers together,
	// renewed at each step.
	Pooled
)

// DawidSkene estimates one confusion matrix per worker and the labels in turn
// (EM). Hard steps take the best label for certain and use the flat prior
// until no label changes; soft steps then keep probabilities. It wins where
// classes are confused one way; it wants several answers per worker.
//
// Memory: 16 B × workers × K², up to 128 MiB more for speed, and 8 B × tasks ×
// K.
type DawidSkene struct {
	Title string
	Prior Prior
	Hard  int // at most so many hard steps
	Soft  int // exactly so many soft steps
}

// Name returns the title.
func (m DawidSkene) Name() string { return m.Title }

// Aggregate runs hard steps, then soft ones.
func (m DawidSkene) Aggregate(t *Table, gold Gold) Result {
	e := newEM(t, gold)
	for range m.Hard {
		e.maximise(Flat)
		if !e.harden() {
			break
		}
	}
	for range m.Soft {
		e.maximise(m.Prior)
		e.soften()
	}
	for i := range e.Labels {
		e.Labels[i] = t.best(i, e.Row(i))
	}
	return e.Result
}

// em is the state of the iteration.
type em struct {
	Result
	table *Table
	gold  Gold
	k     int
	// theta holds, per worker and label given, one value per true class: first
	// the counts, then the logarithms of the probabilities.
	theta  []float64
	logPi  []float64
	buffer [][]float64 // counts of one shard each
}

// bufferFloats bounds the buffers beyond the first.
const bufferFloats = 1 << 24

func newEM(t *Table, gold Gold) *em {
	k := t.K()
	size := len(t.Workers) * k * k
	e := &em{Result: weighted(t, gold, nil), table: t, gold: gold, k: k}
	e.theta, e.logPi = make([]float64, size), make([]float64, k)
	buffers := min(strict.Shards, max(1, bufferFloats/max(1, size)))
	e.buffer = make([][]float64, buffers)
	for b := range e.buffer {
		e.buffer[b] = make([]float64, size)
	}
	return e
}

// work estimates the operations of one step.
func (e *em) work() int {
	return e.table.Len()*e.k + 8*len(e.Posterior) + 8*len(e.theta)
}

// maximise estimates confusions and class shares from the posteriors.
func (e *em) maximise(prior Prior) {
	e.count(prior)
	if prior == Pooled {
		e.pool()
	}
	e.takeLogs()
	sum := make([]float64, e.k)
	for i := range e.Labels {
		for c, z := range e.Row(i) {
			sum[c] += z
		}
	}
	for c := range sum {
		e.logPi[c] = strict.Log((sum[c] + 1e-12) / float64(len(e.Labels)))
	}
}

// count sums posteriors per worker and label given into theta, each shard
// apart, the shards then in order on top of the prior.
func (e *em) count(prior Prior) {
	e.start(prior)
	for first := 0; first < strict.Shards; first += len(e.buffer) {
		group := e.buffer[:min(len(e.buffer), strict.Shards-first)]
		strict.Each(len(group), e.work(), func(b int) {
			clear(group[b])
			from, to := strict.Range(len(e.Labels), first+b)
			e.countTasks(group[b], from, to)
		})
		strict.EachShard(len(e.theta), len(e.theta), func(from, to int) {
			for _, counts := range group {
				for x := from; x < to; x++ {
					e.theta[x] += counts[x]
				}
			}
		})
	}
}

// start fills theta with the prior's counts.
func (e *em) start(prior Prior) {
	var on, off float64
	switch prior {
	case Flat:
		on, off = 0.01, 0.01
	case Diagonal:
		on, off = 4, 1
	case Pooled:
		on, off = 0, 0 // pool adds it when the counts are known
	}
	own := make([]float64, e.k*e.k)
	for x := range own {
		own[x] = off
		if label, class := x/e.k, x%e.k; label == class {
			own[x] = on
		}
	}
	for j := range e.table.Workers {
		copy(e.counts(j), own)
	}
}

// counts returns a worker's part of theta.
func (e *em) counts(worker int) []float64 {
	return e.theta[worker*e.k*e.k:][:e.k*e.k]
}

func (e *em) countTasks(counts []float64, from, to int) {
	for i := from; i < to; i++ {
		row := e.Row(i)
		for _, v := range e.table.Votes(i) {
			cell := counts[(int(v.Worker)*e.k+int(v.Label))*e.k:][:len(row)]
			for c, z := range row {
				cell[c] += z
			}
		}
	}
}

// poolStrength is the number of answers the pooled prior is worth.
const poolStrength = 2

// pool adds the pooled confusion to every worker's counts.
func (e *em) pool() {
	pooled := make([]float64, e.k*e.k)
	for j := range e.table.Workers {
		for x, n := range e.counts(j) {
			pooled[x] += n
		}
	}
	for c := range e.k {
		var sum float64
		for l := range e.k {
			pooled[l*e.k+c] += 0.1
			if l == c {
				pooled[l*e.k+c]++
			}
			sum += pooled[l*e.k+c]
		}
		for l := range e.k {
			pooled[l*e.k+c] = float64(poolStrength*pooled[l*e.k+c]) / sum
		}
	}
	for j := range e.table.Workers {
		own := e.counts(j)
		for x, n := range pooled {
			own[x] += n
		}
	}
}

// takeLogs turns counts into logarithms of probabilities.
func (e *em) takeLogs() {
	workers := len(e.table.Workers)
	strict.EachShard(workers, 8*len(e.theta), func(from, to int) {
		for j := from; j < to; j++ {
			counts := e.counts(j)
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
	})
}

// soften gives every task the posterior of its votes.
func (e *em) soften() {
	strict.EachShard(len(e.Labels), e.work(), func(from, to int) {
		for i := from; i < to; i++ {
			if e.gold.At(i) == None {
				strict.Softmax(e.sumLogs(i))
			}
		}
	})
}

// harden makes every task certain of its best label, and reports whether one
// changed.
func (e *em) harden() bool {
	var changed [strict.Shards]bool
	strict.Each(strict.Shards, e.work(), func(s int) {
		from, to := strict.Range(len(e.Labels), s)
		for i := from; i < to; i++ {
			if e.gold.At(i) != None {
				continue
			}
			row := e.sumLogs(i)
			best := e.table.best(i, row)
			clamp(row, best)
			changed[s] = changed[s] || best != e.Labels[i]
			e.Labels[i] = best
		}
	})
	return changed != [strict.Shards]bool{}
}

// sumLogs sets a task's row to the log probability of class and votes.
func (e *em) sumLogs(task int) []float64 {
	row := e.Row(task)
	copy(row, e.logPi)
	for _, v := range e.table.Votes(task) {
		cell := e.theta[(int(v.Worker)*e.k+int(v.Label))*e.k:][:len(row)]
		for c, log := range cell {
			row[c] += log
		}
	}
	return row
}
