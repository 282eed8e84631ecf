package pay

import (
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// crowd is a table seen from its workers.
type crowd struct {
	*label.Table
	answers []answer // those of worker w are answers[first[w]:first[w+1]], by task
	first   []int32
	tallies []tally // those of task i are tallies[begin[i]:begin[i+1]]
	begin   []int32
	given   []int64 // how often each label was given
}

// answer is a vote without its worker.
type answer struct{ task, label int32 }

// tally is how often a label was given to a task.
type tally struct{ label, n int32 }

func newCrowd(t *label.Table) *crowd {
	c := &crowd{
		Table: t, answers: make([]answer, t.Len()), first: make([]int32, len(t.Workers)+1),
		begin: make([]int32, len(t.Tasks)+1), given: make([]int64, t.K()),
	}
	for i := range t.Tasks {
		for _, v := range t.Votes(i) {
			c.first[v.Worker+1]++
			c.given[v.Label]++
		}
	}
	for w := range t.Workers {
		c.first[w+1] += c.first[w]
	}
	next := append([]int32(nil), c.first...)
	at := make([]int32, t.K()) // where a label's tally of this task stands, less one
	for i := range t.Tasks {
		for _, v := range t.Votes(i) {
			c.answers[next[v.Worker]] = answer{int32(i), v.Label}
			next[v.Worker]++
			if at[v.Label] <= c.begin[i] {
				c.tallies = append(c.tallies, tally{v.Label, 0})
				at[v.Label] = int32(len(c.tallies))
			}
			c.tallies[at[v.Label]-1].n++
		}
		c.begin[i+1] = int32(len(c.tallies))
	}
	return c
}

// of returns the answers of a worker.
func (c *crowd) of(worker int) []answer {
	return c.answers[c.first[worker]:c.first[worker+1]]
}

// tally returns how often each label was given to a task; labels not given are
// missing.
func (c *crowd) tally(task int32) []tally {
	return c.tallies[c.begin[task]:c.begin[task+1]]
}

// peers returns how many others answered a task.
func (c *crowd) peers(task int32) int64 { return int64(len(c.Votes(int(task)))) - 1 }

// same returns how many others gave a worker's answer to its task.
func (c *crowd) same(a answer) int64 {
	for _, t := range c.tally(a.task) {
		if t.label == a.label {
			return int64(t.n) - 1
		}
	}
	return 0
}

// each scores the workers, several at a time; newScore makes a scorer with
// memory of its own.
func (c *crowd) each(newScore func() func(worker int) Score) []Score {
	scores := make([]Score, len(c.Workers))
	strict.EachShard(len(c.Workers), c.Len()*c.K(), func(from, to int) {
		score := newScore()
		for w := from; w < to; w++ {
			scores[w] = score(w)
		}
	})
	return scores
}

// ratio returns part/whole, rounded as said, of counts in bounds: not negative,
// part at most whole, and whole positive.
func ratio(part, whole int64, r num.Rounding) num.Ppm {
	v, _ := num.Ratio(part, whole, r)
	return v
}
