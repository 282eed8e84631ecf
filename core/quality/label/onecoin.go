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
	c := coins{Result: weighted(t, gold, nil), t: t, gold: gold, k: t.K(), added: added}
	if c.k < 2 {
		return c.Result
	}
	c.by, c.weight = newLedger(t, gold), make([]float64, len(t.Workers))
	var team strict.Team
	defer team.Close()
	weigh, vote := c.weighShard, c.voteShard
	for c.step = range iterations {
		team.Each(strict.Shards, t.Len(), weigh)
		team.Each(strict.Shards, t.Len()+8*len(c.Posterior), vote)
	}
	c.decide(t)
	return c.Result
}

// coins is the state of the iteration.
type coins struct {
	Result
	t      *Table
	gold   Gold
	by     *ledger
	k      int
	added  float64
	step   int
	weight []float64 // log odds of a worker's accuracy against one wrong class
}

func (c *coins) weighShard(s int) {
	from, to := strict.Range(len(c.weight), s)
	k := float64(c.k)
	for j := from; j < to; j++ {
		var right float64
		votes := c.by.learn(j, c.step)
		for _, v := range votes {
			right += c.Posterior[int(v.task)*c.k+int(c.by.label[v.cell])]
		}
		all := max(1, float64(len(votes))+c.added+c.added)
		p := min(max((right+c.added)/all, 1/k), 0.99)
		c.weight[j] = strict.Log(float64(p*(k-1)) / (1 - p))
	}
}

func (c *coins) voteShard(s int) {
	from, to := strict.Range(len(c.Labels), s)
	for i := from; i < to; i++ {
		if c.gold.At(i) != None {
			continue
		}
		row := c.Posterior[i*c.k:][:c.k]
		clear(row)
		for _, v := range c.t.Votes(i) {
			row[v.Label] += c.weight[v.Worker]
		}
		strict.Softmax(row)
	}
}
