package label

import "github.com/alaya-network/alaya/core/quality/strict"

// OneCoin gives each worker one accuracy and spreads his errors evenly over
// the other classes: Dawid-Skene with one coin. Guarded: classes count as
// equally likely and an accuracy lies between 1/K and 0.99, else the model may
// turn good workers against the truth. Use it where answers per worker are few
// and errors symmetric, never where classes are confused one way.
//
// Source: Dawid and Skene, 1979, with one parameter per worker.
type OneCoin struct {
	Iterations int
}

// Name returns "onecoin".
func (OneCoin) Name() string { return "onecoin" }

// Aggregate runs all iterations; one answer right and one wrong are added to
// every worker's.
func (m OneCoin) Aggregate(t *Table, gold Gold) Result {
	return toss(t, gold, m.Iterations, 1)
}

// ZenCrowd is OneCoin without the two answers added: a worker's accuracy is
// the share he got right. Guarded in the same way, for the same uses; prefer
// OneCoin, since a worker of one answer is here taken at his word.
//
// Source: Demartini, Difallah and Cudré-Mauroux, ZenCrowd, WWW 2012, in the
// form of Zheng et al., Truth Inference in Crowdsourcing, PVLDB 10(5), 2017.
type ZenCrowd struct {
	Iterations int
}

// Name returns "zencrowd".
func (ZenCrowd) Name() string { return "zencrowd" }

// Aggregate runs all iterations.
func (m ZenCrowd) Aggregate(t *Table, gold Gold) Result {
	return toss(t, gold, m.Iterations, 0)
}

// toss estimates accuracies and labels in turn; added is the number of answers
// taken as right, and as wrong, before a worker's own.
func toss(t *Table, gold Gold, iterations int, added float64) Result {
	r := weighted(t, gold, nil)
	if t.K() < 2 {
		return r
	}
	by := newLedger(t, gold)
	weight := make([]float64, len(t.Workers))
	for step := range iterations {
		strict.EachShard(len(weight), t.Len(), func(from, to int) {
			for j := from; j < to; j++ {
				weight[j] = coin(t.K(), r, by, by.learn(j, step), added)
			}
		})
		strict.EachShard(len(t.Tasks), t.Len()+8*len(r.Posterior), func(from, to int) {
			for i := from; i < to; i++ {
				if gold.At(i) != None {
					continue
				}
				row := r.Row(i)
				clear(row)
				for _, v := range t.Votes(i) {
					row[v.Label] += weight[v.Worker]
				}
				strict.Softmax(row)
			}
		})
	}
	r.decide(t)
	return r
}

// coin returns the log odds of the accuracy shown by votes against one wrong
// class.
func coin(classes int, r Result, by *ledger, votes []workerVote, added float64) float64 {
	var right float64
	for _, v := range votes {
		right += r.Posterior[int(v.task)*classes+int(by.label[v.cell])]
	}
	k := float64(classes)
	p := min(max((right+added)/max(1, float64(len(votes))+added+added), 1/k), 0.99)
	return strict.Log(float64(p*(k-1)) / (1 - p))
}
