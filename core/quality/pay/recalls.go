package pay

import "github.com/alaya-network/alaya/core/num"

// recallPrior is the number of answers at the others' recall that a worker's
// own is drawn by: who met little of a class is taken for one of them.
const recallPrior = 2

// Recalls counts the answers of workers by the true class of their tasks, and
// the right ones among them. Memory: 16 B per worker and class.
type Recalls struct {
	workers, k  int
	right, seen []int64 // by worker, then by class, in ppm of an answer
}

// NewRecalls returns empty counts of workers and classes, both by number.
func NewRecalls(workers, classes int) *Recalls {
	return &Recalls{workers: workers, k: classes, right: make([]int64, workers*classes), seen: make([]int64, workers*classes)}
}

// Add counts one answer to a task of a class; sure is how sure the class is.
func (r *Recalls) Add(worker, class int, sure num.Ppm, right bool) {
	at := worker*r.k + class
	r.seen[at] += int64(sure)
	if right {
		r.right[at] += int64(sure)
	}
}

// of returns the counts of one worker by class.
func (r *Recalls) of(worker int) (right, seen []int64) {
	from, to := worker*r.k, (worker+1)*r.k
	return r.right[from:to], r.seen[from:to]
}

// Informed returns, by worker, what his answers are worth for telling classes
// apart, whatever share of the tasks each class has: 0 up to a quarter of the
// informedness of the others together, One from half of it on. A constant
// answer and a guess have no informedness; an honest worker below his peers
// keeps all. Where the others met fewer than two classes, or cannot tell them
// apart, nothing is held against anybody.
//
// The informedness of C classes is (Σ recall - 1) / (C - 1).
//
// Source: Powers, Evaluation: From Precision, Recall and F-Measure to ROC,
// Informedness, Markedness and Correlation, J. Machine Learning Technologies
// 2(1), 2011.
func (r *Recalls) Informed() []num.Ppm {
	right, seen := make([]int64, r.k), make([]int64, r.k)
	for at, n := range r.seen {
		right[at%r.k] += r.right[at]
		seen[at%r.k] += n
	}
	worth := make([]num.Ppm, r.workers)
	for w := range worth {
		worth[w] = r.informed(w, right, seen)
	}
	return worth
}

// informed judges one worker by the counts of all, less his own.
func (r *Recalls) informed(w int, allRight, allSeen []int64) num.Ppm {
	own, others, classes := -num.One, -num.One, 0
	right, seen := r.of(w)
	for c := range r.k {
		n := allSeen[c] - seen[c]
		if n == 0 {
			continue
		}
		recall := ratio(allRight[c]-right[c], n, num.Nearest)
		own += ratio(right[c]+recallPrior*int64(recall), seen[c]+recallPrior*int64(num.One), num.Nearest)
		others += recall
		classes++
	}
	if classes < 2 || others <= 0 {
		return num.One
	}
	return own.Ramp(others/4, others/2) // of informedness times C - 1
}
