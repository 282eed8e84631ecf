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
	// Banded adds 4 where label and class agree, and a quarter of it with each
	// step between them, down to 1/16: for labels whose order is that of grades.
	Banded
)

// DawidSkene estimates one confusion matrix per worker and the labels in turn
// (EM). Hard steps take the best label for certain and use the flat prior
// until no label changes; soft steps then keep probabilities. It wins where
// classes are confused one way; it wants several answers per worker.
//
// Where whole matrices do not fit (Table.Dense), a task's true label is sought
// among those its workers gave, the maxCandidates most frequent of them, and
// matrices hold what was met: a class that nobody gave is never found.
//
// Memory: 16 B × workers × K², up to 2 GiB more on many cores, and 8 B × tasks
// × K; for many labels 8 B × tasks × K and about 12 B + 28 B × candidates per
// answer.
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
	var team strict.Team
	defer team.Close()
	if t.Dense() {
		return m.run(newDense(t, gold, &team))
	}
	return m.run(newSparse(t, gold, &team))
}

// model is a way to hold confusion matrices. Its steps allocate nothing.
type model interface {
	// maximise estimates confusions and class shares from the posteriors.
	maximise(Prior)
	// soften gives every task but gold the posterior of its votes.
	soften()
	// harden makes every task but gold certain of its best label, and says
	// whether one changed.
	harden() bool
	// result returns posteriors and the best labels.
	result() Result
}

func (m DawidSkene) run(e model) Result {
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
	return e.result()
}

// counts returns the answers an even prior is worth where label and class
// agree, and where they do not.
func (p Prior) counts() (on, off float64) {
	switch p {
	case Flat:
		return 0.01, 0.01
	case Diagonal:
		return 4, 1
	default:
		return 0, 0 // Pooled depends on the data: see pool
	}
}

// at returns the answers a prior is worth at a label given a true class.
func (p Prior) at(label, class int) float64 {
	if p == Banded {
		return 4 / float64(int(1)<<(2*min(max(label-class, class-label), 3)))
	}
	on, off := p.counts()
	if label == class {
		return on
	}
	return off
}

// total returns at of all of k labels together.
func (p Prior) total(class, k int) float64 {
	if p != Banded {
		on, off := p.counts()
		return on + float64(off*float64(k-1))
	}
	var sum float64
	for label := range k {
		sum += p.at(label, class)
	}
	return sum
}

// poolStrength is the number of answers the pooled prior is worth.
const poolStrength = 2

// pool turns the counts of all workers together, k true classes to each label
// given, into the pooled prior.
func pool(counts []float64, k int) {
	for c := range k {
		var sum float64
		for l := range k {
			counts[l*k+c] += 0.1
			if l == c {
				counts[l*k+c]++
			}
			sum += counts[l*k+c]
		}
		for l := range k {
			counts[l*k+c] = float64(poolStrength*counts[l*k+c]) / sum
		}
	}
}
