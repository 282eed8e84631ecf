package span

import (
	"github.com/alaya-network/alaya/core/quality/strict"
)

// HMM is HMM-crowd: the right tags follow each other with probabilities of
// their own, and each worker confuses tags by a matrix of his own; both are
// learnt in turn with the tags (variational EM). The paper's features of words
// are left out.
type HMM struct {
	Iterations int
}

// Name returns "hmm".
func (HMM) Name() string { return "hmm" }

// Aggregate runs all iterations, the first few of them token by token.
func (m HMM) Aggregate(c *Crowd) Result {
	h := newChain(c)
	h.warmUp()
	h.iterate(m.Iterations)
	return h.decode()
}

// BSC is BSC-seq: as HMM, but what a worker marks depends also on his previous
// tag. That tells apart who ends spans early from who overlooks them. It keeps
// K³ numbers per worker, and wants more answers of each.
type BSC struct {
	Iterations int
}

// Name returns "bsc".
func (BSC) Name() string { return "bsc" }

// Aggregate runs a few iterations of HMM, then all of its own. Begun at the
// shares of the votes, the model may take the workers' habit of going on with a
// span for the reason why they do.
func (m BSC) Aggregate(c *Crowd) Result {
	h := newChain(c)
	h.warmUp()
	h.iterate(warmUp)
	h.contexts = c.k
	h.theta = make([]float64, len(c.Workers)*c.k*c.k*c.k)
	h.iterate(m.Iterations)
	return h.decode()
}

// warmUp is the number of steps that come before a model in full.
const warmUp = 5

// Prior counts: of a worker's right and wrong tags, spread over the contexts;
// of tags that cannot be given; of transitions.
const (
	priorRight = 4
	priorWrong = 1
	priorNever = 1e-6
	priorStep  = 0.1
)

// chain is the state of the iteration.
type chain struct {
	*Crowd
	contexts int // tags of a worker before that matter: K, or 1 for none
	// z is the posterior: per token one value per tag.
	z []float64
	// theta holds, per worker, tag given before and tag given, one value per
	// true tag: first counts, then expected logarithms of probabilities.
	theta []float64
	step  []float64                // as lattice.step
	moves [strict.Shards][]float64 // expected transitions of a shard's tasks
}

func newChain(c *Crowd) *chain {
	m := &chain{
		Crowd: c, contexts: 1, z: c.shares(),
		theta: make([]float64, len(c.Workers)*c.k*c.k),
		step:  make([]float64, (c.k+1)*c.k),
	}
	for s := range m.moves {
		m.moves[s] = make([]float64, len(m.step))
	}
	return m
}

// warmUp infers every token on its own, as if each tag could follow any.
func (m *chain) warmUp() {
	for range warmUp {
		m.learnWorkers()
		m.levelSteps()
		m.infer(nil)
	}
}

func (m *chain) iterate(times int) {
	for range times {
		m.learnWorkers()
		m.learnSteps()
		m.infer(nil)
	}
}

// decode reads off the best sequences.
func (m *chain) decode() Result {
	m.learnWorkers()
	m.learnSteps()
	r := newResult(m.Crowd)
	m.infer(func(task int, l *lattice) {
		tags := l.decode(func(a, b int) bool { return m.before(task, a, b) })
		r.set(m.Crowd, task, tags, func(from, to int) float64 { return l.chance(tags, from, to) })
	})
	return r
}

// learnWorkers estimates what each worker gives for each true tag.
func (m *chain) learnWorkers() {
	strict.EachShard(len(m.Workers), m.work()+32*len(m.theta), func(from, to int) {
		for j := from; j < to; j++ {
			counts := m.theta[j*m.contexts*m.k*m.k:][:m.contexts*m.k*m.k]
			m.count(counts, m.byWorker[j])
			for context := range m.contexts {
				m.expect(counts[context*m.k*m.k:][:m.k*m.k])
			}
		}
	})
}

// count sets counts to the prior plus what a worker gave.
func (m *chain) count(counts []float64, votes []int32) {
	for x := range counts {
		context, given, tag := x/m.k/m.k, x/m.k%m.k, x%m.k
		switch {
		case m.contexts > 1 && !follows(uint8(context), uint8(given)):
			counts[x] = priorNever
		case given == tag:
			counts[x] = priorRight / float64(m.contexts)
		default:
			counts[x] = priorWrong / float64(m.contexts)
		}
	}
	for _, i := range votes {
		v := &m.votes[i]
		token := m.first[v.task]
		m.each(v, func(t, cell int) {
			for tag, z := range m.z[(token+t)*m.k:][:m.k] {
				counts[cell+tag] += z
			}
		})
	}
}

// each calls f with every token of a vote and the place of its cell in the
// worker's part of theta.
func (m *chain) each(v *vote, f func(t, cell int)) {
	before := outside
	for t, given := range v.tags {
		f(t, (before*m.k+int(given))*m.k)
		if m.contexts > 1 {
			before = int(given)
		}
	}
}

// expect turns the counts of one context into expected logarithms.
func (m *chain) expect(counts []float64) {
	for tag := range m.k {
		var sum float64
		for given := range m.k {
			sum += counts[given*m.k+tag]
		}
		all := strict.Digamma(sum)
		for given := range m.k {
			x := given*m.k + tag
			counts[x] = strict.Digamma(counts[x]) - all
		}
	}
}

// levelSteps sets the transitions to the shares of the tags, whatever comes
// before: tokens are judged one by one.
func (m *chain) levelSteps() {
	share := make([]float64, m.k)
	for x, z := range m.z {
		share[x%m.k] += z
	}
	for x := range m.step {
		m.step[x] = (share[x%m.k] + priorStep) / float64(m.tokens()+1)
	}
}

// learnSteps estimates the transitions.
func (m *chain) learnSteps() {
	for tag := range m.k + 1 {
		row := m.step[tag*m.k:][:m.k]
		var sum float64
		for next := range row {
			row[next] = 0
			if !m.allowed(tag, next) {
				continue
			}
			row[next] = priorStep
			for s := range m.moves {
				row[next] += m.moves[s][tag*m.k+next]
			}
			sum += row[next]
		}
		all := strict.Digamma(sum)
		for next, n := range row {
			if n > 0 {
				row[next] = strict.Exp(strict.Digamma(n) - all)
			}
		}
	}
}

// allowed says whether a tag may follow another; K stands for the beginning,
// which is as good as outside.
func (m *chain) allowed(tag, next int) bool {
	if tag == m.k {
		tag = outside
	}
	return follows(uint8(tag), uint8(next))
}

// infer finds the posterior of every task, and the expected transitions; done,
// if any, is called with each task's lattice, several at a time.
func (m *chain) infer(done func(task int, l *lattice)) {
	strict.Each(strict.Shards, 4*m.work()+4*len(m.z)*m.k, func(s int) {
		clear(m.moves[s])
		l := &lattice{k: m.k, step: m.step}
		from, to := strict.Range(len(m.Tasks), s)
		for i := from; i < to; i++ {
			m.explain(i, l.resize(m.length(i)))
			l.forward()
			l.backward()
			l.posterior(m.z[m.first[i]*m.k : m.first[i+1]*m.k])
			l.addMoves(m.moves[s])
			if done != nil {
				done(i, l)
			}
		}
	})
}

// leastSeen keeps a tag possible that no answer speaks for: its neighbours may
// allow no other.
const leastSeen = 1e-90

// explain sets seen to how well each tag of each token explains the answers; of
// a task that is known, only the right ones do.
func (m *chain) explain(task int, seen []float64) {
	clear(seen)
	if gold := m.truth(task); gold != nil {
		for t, tag := range gold {
			seen[t*m.k+int(tag)] = 1
		}
		return
	}
	votes := m.of(task)
	for i := range votes {
		v := &votes[i]
		theta := m.theta[int(v.worker)*m.contexts*m.k*m.k:]
		m.each(v, func(t, cell int) {
			for tag, log := range theta[cell:][:m.k] {
				seen[t*m.k+tag] += log
			}
		})
	}
	for t := range m.length(task) {
		row := seen[t*m.k:][:m.k]
		top := row[0]
		for _, log := range row {
			top = max(top, log)
		}
		for tag, log := range row {
			row[tag] = max(strict.Exp(log-top), leastSeen)
		}
	}
}
