package span

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/score"
)

// Method infers spans. It must be pure, give the same bits everywhere, and may
// be called concurrently.
type Method interface {
	// Name is the word by which New finds the method.
	Name() string
	// Aggregate returns the spans of every task of c.
	Aggregate(c *Crowd) Result
}

// New returns the method of a name, with the constants of version 1:
//
//	majority  each token's most frequent tag; the baseline
//	hmm       a chain of true tags, a confusion matrix per worker
//	bsc       a chain of true tags, workers whose last tag matters; the default
func New(name string) (Method, error) {
	switch name {
	case Majority{}.Name():
		return Majority{}, nil
	case HMM{}.Name():
		return HMM{Iterations: 10}, nil
	case BSC{}.Name():
		return BSC{Iterations: 10}, nil
	default:
		return nil, fault.Invalid("quality: method %.40q: want majority, hmm or bsc", name)
	}
}

// Found is a span believed in, and the probability that it is right: both ends
// and the label.
type Found struct {
	Span
	Confidence float64
}

// Result is what a method believes, by task.
type Result struct {
	// Spans are over the places the workers marked, in order.
	Spans [][]Found
	// Confidence is the probability that all of a task is right.
	Confidence []float64

	tags [][]uint8
}

func newResult(c *Crowd) Result {
	n := len(c.Tasks)
	return Result{make([][]Found, n), make([]float64, n), make([][]uint8, n)}
}

// set records the tags of a task; chance returns the probability of a run of
// them.
func (r Result) set(c *Crowd, task int, tags []uint8, chance func(from, to int) float64) {
	r.tags[task] = tags
	r.Confidence[task] = 1
	if len(tags) > 0 {
		r.Confidence[task] = min(1, chance(0, len(tags)))
	}
	spans := vocabulary(c.Labels).spans(tags)
	places := c.places(task, spans)
	for i, s := range spans {
		r.Spans[task] = append(r.Spans[task], Found{places[i], min(1, chance(s.From, s.To))})
	}
}

// Tags returns the tags of a task's tokens, by name.
func (r Result) Tags(c *Crowd, task int) []string {
	names := c.Tags()
	tags := make([]string, len(r.tags[task]))
	for i, tag := range r.tags[task] {
		tags[i] = names[tag]
	}
	return tags
}

// Worker is how one worker's marks compare with a result.
type Worker struct {
	score.Counts // of spans
	// Repairs is the number of I tags taken for B.
	Repairs int
	// Confusion counts tokens: a row per tag of the result, in it a number per
	// tag given, both as in Crowd.Tags.
	Confusion [][]int
}

// Workers compares every worker with a result.
func (r Result) Workers(c *Crowd) []Worker {
	all := make([]Worker, len(c.Workers))
	for j := range all {
		all[j] = Worker{Repairs: c.Repairs[j], Confusion: make([][]int, c.k)}
		for tag := range all[j].Confusion {
			all[j].Confusion[tag] = make([]int, c.k)
		}
	}
	words := vocabulary(c.Labels)
	for i := range c.Tasks {
		want := words.spans(r.tags[i])
		votes := c.of(i)
		for n := range votes {
			w := &all[votes[n].worker]
			w.Add(count(words.spans(votes[n].tags), want))
			for t, tag := range votes[n].tags {
				w.Confusion[r.tags[i][t]][tag]++
			}
		}
	}
	return all
}
