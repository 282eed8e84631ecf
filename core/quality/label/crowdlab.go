package label

import (
	"math"
	"slices"

	"github.com/alaya-network/alaya/core/quality/strict"
)

// CrowdLab joins the votes with a model's predictions: both are weighted by how
// far they do better than the commonest label, in one pass and without
// logarithms. It is made for one to five answers per task, where a model knows
// more than any estimate of the workers, and it ranks doubtful labels best. It
// assumes that the model did not see the answers it is joined with, and one
// share of right answers for all workers. Without a model use fds.
//
// Source: Goh, Tkachenko and Mueller, CROWDLAB: Supervised Learning to Infer
// Consensus Labels and Quality Scores for Data with Multiple Annotators, arXiv
// 2210.06812.
type CrowdLab struct {
	// Model are the predictions for the very table that is aggregated.
	Model Predictions
}

// Scored is a Result with what CrowdLab thinks of its sources. The quality of a
// label is its posterior.
type Scored struct {
	Result
	// Workers holds a score from 0 to 1 for each worker of the table: how
	// likely his labels are right.
	Workers []float64
	// Weights holds what each worker's vote counts, Model what a prediction
	// does.
	Weights []float64
	Model   float64
}

// Name returns "crowdlab".
func (CrowdLab) Name() string { return "crowdlab" }

// Aggregate returns the Result of Score.
func (m CrowdLab) Aggregate(t *Table, gold Gold) Result { return m.Score(t, gold).Result }

// Score joins votes and predictions.
func (m CrowdLab) Score(t *Table, gold Gold) Scored {
	s := Scored{Result: weighted(t, gold, nil), Workers: make([]float64, len(t.Workers)), Weights: make([]float64, len(t.Workers))}
	if t.K() < 2 {
		for j := range s.Workers {
			s.Workers[j], s.Weights[j] = 1, 1
		}
		return s
	}
	c := crowdLab{Scored: s, t: t, gold: gold, model: m.Model, k: t.K()}
	c.consent()
	c.weigh()
	strict.EachShard(len(t.Tasks), t.Len()+8*len(s.Posterior), func(from, to int) {
		for i := from; i < to; i++ {
			c.join(i)
		}
	})
	c.rate()
	return c.Scored
}

// crowdLabFloor is the least weight, and the least error to be better than.
const crowdLabFloor = 1e-4

// crowdLab is the state of the pass; Labels are first those most voted for.
type crowdLab struct {
	Scored
	t     *Table
	gold  Gold
	model Predictions
	k     int
	right float64 // share of the votes taken for right
}

// ratio is a mean in the making.
type ratio struct{ sum, of float64 }

func (r *ratio) add(sum, of float64) { r.sum, r.of = r.sum+sum, r.of+of }

// or returns the mean, or what stands for one of nothing.
func (r ratio) or(instead float64) float64 {
	if r.of == 0 {
		return instead
	}
	return r.sum / r.of
}

// indicator returns 1 for what is so.
func indicator(so bool) float64 {
	if so {
		return 1
	}
	return 0
}

// consent labels every task by its votes, ties to the model.
func (c *crowdLab) consent() {
	score := make([]float64, c.k)
	for i := range c.Labels {
		if class := c.gold.At(i); class != None {
			c.Labels[i] = class
			continue
		}
		clear(score)
		for _, v := range c.t.Votes(i) {
			score[v.Label]++
		}
		if shares, ok := c.model.of(i, c.k); ok {
			for l, p := range shares {
				score[l] += p / 2 // at most half a vote
			}
		}
		c.Labels[i] = c.t.best(i, score)
	}
}

// weigh finds how far workers and model do better than the commonest label, on
// the tasks with more than one answer. Without any such task votes and model
// are trusted alike, as far as the model agrees with the votes.
func (c *crowdLab) weigh() {
	own := make([]ratio, len(c.Weights)) // agreement of each worker with others
	var all, right, model, alike ratio
	labels, given := make([]float64, c.k), make([]int, c.k)
	for i, label := range c.Labels {
		votes := c.t.Votes(i)
		shares, predicted := c.model.of(i, c.k)
		if predicted {
			alike.add(shares[label], 1)
		}
		if len(votes) < 2 {
			continue
		}
		clear(given)
		for _, v := range votes {
			given[v.Label]++
		}
		for _, v := range votes {
			own[v.Worker].add(float64(given[v.Label]-1), float64(len(votes)-1))
			all.add(float64(given[v.Label]-1), float64(len(votes)-1))
		}
		right.add(float64(given[label])/float64(len(votes)), 1)
		labels[label]++
		if predicted {
			model.add(indicator(c.t.best(i, shares) == label), 1)
		}
	}
	c.right = right.or(alike.or(1))
	base := max(crowdLabFloor, 1-slices.Max(labels)/max(1, right.of)) // error of the commonest label
	for j := range own {
		c.Weights[j] = max(crowdLabFloor, 1-(1-own[j].or(all.or(c.right)))/base)
	}
	if alike.of > 0 {
		c.Model = float64(max(crowdLabFloor, 1-(1-model.or(c.right))/base) * math.Sqrt(c.answers()))
	}
}

// answers returns the mean number of answers per task.
func (c *crowdLab) answers() float64 {
	return float64(c.t.Len()) / float64(max(1, len(c.Labels)))
}

// join sets a task's posterior to the weighted mean of what its sources say. A
// vote gives its label the share of votes that are right, the others the rest.
func (c *crowdLab) join(task int) {
	row := c.Posterior[task*c.k:][:c.k]
	if class := c.gold.At(task); class != None {
		clamp(row, class)
		c.Labels[task] = class
		return
	}
	clear(row)
	var votes float64
	for _, v := range c.t.Votes(task) {
		row[v.Label] += c.Weights[v.Worker]
		votes += c.Weights[v.Worker]
	}
	shares, predicted := c.model.of(task, c.k)
	wrong := (1 - c.right) / float64(c.k-1)
	for l, own := range row {
		row[l] = float64(own*c.right) + float64((votes-own)*wrong)
		if predicted {
			row[l] += float64(c.Model * shares[l])
		}
	}
	if sumOf(row) == 0 {
		for l := range row {
			row[l] = 1
		}
	}
	scale(row)
	c.Labels[task] = c.t.best(task, row)
}

// rate scores each worker by the posteriors of the labels he gave and, the
// less the model weighs, by his agreement with the final labels.
func (c *crowdLab) rate() {
	own, agreed := make([]ratio, len(c.Workers)), make([]ratio, len(c.Workers))
	for i, label := range c.Labels {
		votes := c.t.Votes(i)
		for _, v := range votes {
			own[v.Worker].add(c.Posterior[i*c.k+int(v.Label)], 1)
			if len(votes) > 1 {
				agreed[v.Worker].add(indicator(v.Label == label), 1)
			}
		}
	}
	votes := float64(sumOf(c.Weights) / float64(max(1, len(c.Weights))) * c.answers())
	for j := range c.Workers {
		posterior := own[j].or(0)
		agreement := agreed[j].or(posterior)
		c.Workers[j] = (float64(c.Model*posterior) + float64(votes*agreement)) / (c.Model + votes)
	}
}
