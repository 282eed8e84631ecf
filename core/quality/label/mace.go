package label

import (
	"math"

	"github.com/alaya-network/alaya/core/quality/strict"
)

// MACE takes each answer for either the truth or spam: a worker spams with a
// probability of his own, and then draws the label from a distribution of his
// own. It assumes that who knows the truth gives it, and that classes are
// equally likely. As aggregator it is ordinary; as a detector of spam it tells
// guessing from favouring a label. It starts several times from seeded noise
// and keeps the best likelihood.
//
// Source: Hovy, Berg-Kirkpatrick, Vaswani and Hovy, Learning Whom to Trust
// with MACE, NAACL 2013, in its variational form.
type MACE struct {
	Starts int
	Steps  int // of each start
}

// Spam is how a worker seems to answer.
type Spam struct {
	// Share is the probability that an answer of his is spam. With fewer than
	// 20 answers it says little.
	Share   float64
	Answers int
	// Labels is the distribution over the K classes that his spam is drawn
	// from: its largest entry is his favourite.
	Labels []float64
}

// Name returns "mace".
func (MACE) Name() string { return "mace" }

// Aggregate runs all steps of all starts.
func (m MACE) Aggregate(t *Table, gold Gold) Result {
	r, _ := m.Detect(t, gold)
	return r
}

// Detect returns the labels with, for each worker of t, how he spams.
func (m MACE) Detect(t *Table, gold Gold) (Result, []Spam) {
	best := weighted(t, gold, nil)
	if t.K() < 2 {
		return best, make([]Spam, len(t.Workers))
	}
	e := newMace(t, gold)
	defer e.team.Close()
	blame, expect := e.blameShard, e.expectShard
	spam, top := []Spam(nil), math.Inf(-1)
	for start := range m.Starts {
		e.draw(start)
		e.team.Each(strict.Shards, e.work(), expect)
		for e.step = range m.Steps {
			e.team.Each(strict.Shards, e.work(), blame)
			e.team.Each(strict.Shards, e.work(), expect)
		}
		if fit := e.fit(); fit > top {
			top, spam = fit, e.spam()
			copy(best.Posterior, e.Posterior)
		}
	}
	best.decide(t)
	return best, spam
}

// The prior counts of the variational form.
const (
	maceKinds  = 0.5 // answers of spam, and of knowledge
	maceLabels = 10. // answers of spam with each label
)

// mace is the state of the iteration.
type mace struct {
	Result
	t       *Table
	gold    Gold
	by      *ledger
	team    strict.Team
	k, step int
	// Per cell: the logarithm of the probability that spam gives the label,
	// what a true label's adds to it, and the share of knowledge in the label
	// where it is true.
	miss, hit, known []float64
	given            []float64 // per cell: its votes in the last step
	spamming         []float64 // per cell: those taken for spam
	noise            []float64 // per shard: one row of K
}

func newMace(t *Table, gold Gold) *mace {
	e := &mace{Result: weighted(t, gold, nil), t: t, gold: gold, by: newLedger(t, gold), k: t.K()}
	for _, cells := range []*[]float64{&e.miss, &e.hit, &e.known, &e.given, &e.spamming} {
		*cells = make([]float64, len(e.by.label))
	}
	e.noise = make([]float64, strict.Shards*e.k)
	return e
}

// work estimates the operations of one step.
func (e *mace) work() int { return e.t.Len() + 64*len(e.miss) + 8*len(e.Posterior) }

// set fills a cell from the probabilities of spam with its label and of
// knowledge.
func (e *mace) set(cell int, spam, know float64) {
	e.miss[cell] = strict.Log(spam)
	e.hit[cell] = strict.Log((spam + know) / spam)
	e.known[cell] = know / (spam + know)
}

// draw starts from workers who spam half the time, evenly over labels, with
// noise.
func (e *mace) draw(start int) {
	e.team.Each(strict.Shards, e.work(), func(s int) {
		labels := e.noise[s*e.k:][:e.k]
		from, to := strict.Range(len(e.t.Workers), s)
		for j := from; j < to; j++ {
			random := strict.NewRandom(e.t.salt, "mace", uint64(start), uint64(j))
			spam, know := 1+random.Float64()/2, 1+random.Float64()/2
			for l := range labels {
				labels[l] = 1 + random.Float64()/2
			}
			all, sum := spam+know, sumOf(labels)
			for cell := int(e.by.cells[j]); cell < int(e.by.cells[j+1]); cell++ {
				e.set(cell, spam/all*labels[e.by.label[cell]]/sum, know/all)
			}
		}
	})
}

// blameShard fits workers to the posteriors.
func (e *mace) blameShard(s int) {
	from, to := strict.Range(len(e.t.Workers), s)
	for j := from; j < to; j++ {
		n, spam := e.blame(j, e.by.learn(j, e.step))
		labels := strict.Digamma(spam + float64(maceLabels*float64(e.k)))
		all := strict.Digamma(n + maceKinds + maceKinds)
		logSpam, know := strict.Digamma(spam+maceKinds)-all, strict.Exp(strict.Digamma(n-spam+maceKinds)-all)
		for cell := int(e.by.cells[j]); cell < int(e.by.cells[j+1]); cell++ {
			log := strict.Digamma(e.spamming[cell]+maceLabels) - labels
			e.set(cell, strict.Exp(log+logSpam), know)
		}
	}
}

// blame counts a worker's votes per cell and those taken for spam, and returns
// the sums of both.
func (e *mace) blame(worker int, votes []workerVote) (n, spam float64) {
	first, last := e.by.cells[worker], e.by.cells[worker+1]
	clear(e.given[first:last])
	clear(e.spamming[first:last]) // at first the votes whose label is true
	for _, v := range votes {
		e.given[v.cell]++
		e.spamming[v.cell] += e.Posterior[int(v.task)*e.k+int(e.by.label[v.cell])]
	}
	for cell := first; cell < last; cell++ {
		e.spamming[cell] = e.given[cell] - float64(e.known[cell]*e.spamming[cell])
		n += e.given[cell]
		spam += e.spamming[cell]
	}
	return n, spam
}

// expectShard gives tasks the posterior of their votes.
func (e *mace) expectShard(s int) {
	from, to := strict.Range(len(e.Labels), s)
	for i := from; i < to; i++ {
		if e.gold.At(i) == None {
			strict.Softmax(e.sumHits(i))
		}
	}
}

// sumHits sets a task's row to the logarithms of its classes, less those of
// all its votes being spam.
func (e *mace) sumHits(task int) []float64 {
	row := e.Posterior[task*e.k:][:e.k]
	clear(row)
	for _, cell := range e.by.cell[e.t.start[task]:e.t.start[task+1]] {
		row[e.by.label[cell]] += e.hit[cell]
	}
	return row
}

// fit returns the log likelihood of all votes, with each task's true class
// summed out, and leaves the posteriors as they are.
func (e *mace) fit() float64 {
	parts := make([]float64, strict.Shards)
	e.team.Each(strict.Shards, e.work(), func(s int) {
		from, to := strict.Range(len(e.Labels), s)
		for i := from; i < to; i++ {
			for _, cell := range e.by.cell[e.t.start[i]:e.t.start[i+1]] {
				parts[s] += e.miss[cell]
			}
			row := e.sumHits(i)
			if class := e.gold.At(i); class != None {
				parts[s] += row[class]
				clamp(row, class)
				continue
			}
			parts[s] += strict.LogSumExp(row)
			strict.Softmax(row)
		}
	})
	return sumOf(parts)
}

// spam says how each worker spams by the last step.
func (e *mace) spam() []Spam {
	all, labels := make([]Spam, len(e.t.Workers)), make([]float64, len(e.t.Workers)*e.k)
	for j := range all {
		n, spam := e.blame(j, e.by.of(j))
		labels := labels[j*e.k:][:e.k:e.k]
		for l := range labels {
			labels[l] = maceLabels / (spam + float64(maceLabels*float64(e.k)))
		}
		for cell := e.by.cells[j]; cell < e.by.cells[j+1]; cell++ {
			labels[e.by.label[cell]] = (e.spamming[cell] + maceLabels) / (spam + float64(maceLabels*float64(e.k)))
		}
		all[j] = Spam{Share: (spam + maceKinds) / (n + maceKinds + maceKinds), Answers: int(n), Labels: labels}
	}
	return all
}
