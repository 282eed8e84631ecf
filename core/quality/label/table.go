package label

import (
	"math"
	"slices"

	"github.com/alaya-network/alaya/core/quality/table"
)

// Answer is one worker's label for one task.
type Answer struct {
	Task, Worker, Label string
}

// Keep says which of several answers of one worker to one task counts.
type Keep = table.Keep

// The rules for repeated answers.
const (
	KeepFirst = table.KeepFirst
	KeepLast  = table.KeepLast
)

// Rules say how answers become a table.
type Rules struct {
	// Salt keys the breaking of ties.
	Salt [32]byte
	// Labels are the allowed ones; answers outside are dropped and counted.
	// With none, every label given is allowed.
	Labels []string
	// Repeated answers: the first counts, or the last.
	Keep Keep
}

// Bounds of a table. MaxPosterior bounds tasks × labels, the numbers in one
// Result: 4 GiB.
const (
	MaxLabels    = 1024
	MaxAnswers   = math.MaxInt32
	MaxPosterior = 1 << 29
)

// denseCells bounds workers × labels², the size of all confusion matrices
// together, for Dense: 128 MiB.
const denseCells = 1 << 24

// Vote is an answer by numbers: positions in Table.Workers and Table.Labels.
type Vote struct {
	Worker, Label int32
}

// Table holds answers in canonical order: names sorted by their bytes and
// numbered, votes sorted by task, then worker, one per pair. It is read only.
type Table struct {
	Tasks, Workers, Labels []string
	// Repeated counts answers dropped for a repeated (task, worker), Foreign
	// those dropped for a label outside the rules.
	Repeated, Foreign int

	salt  [32]byte
	votes []Vote
	start []int32 // votes of task i are votes[start[i]:start[i+1]]
}

// NewTable puts answers in order. It returns the errors of Builder.
func NewTable(answers []Answer, rules Rules) (*Table, error) {
	b, err := NewBuilder(rules)
	if err != nil {
		return nil, err
	}
	for _, a := range answers {
		if err := b.Add(a.Task, a.Worker, a.Label); err != nil {
			return nil, err
		}
	}
	return b.Table()
}

// Dense says whether a whole confusion matrix for each worker fits memory. A
// method that keeps such matrices must do without them when it does not.
func (t *Table) Dense() bool { return len(t.Workers)*t.K()*t.K() <= denseCells }

// K returns the number of classes.
func (t *Table) K() int { return len(t.Labels) }

// Len returns the number of votes.
func (t *Table) Len() int { return len(t.votes) }

// Votes returns the votes of a task, in worker order; not to be changed.
func (t *Table) Votes(task int) []Vote {
	return t.votes[t.start[task]:t.start[task+1]]
}

// Gold returns the true classes of the tasks named; tasks without answers and
// labels outside the table are passed over, of a task named twice the first
// label counts.
func (t *Table) Gold(items []Truth) Gold {
	gold := make(Gold, len(t.Tasks))
	for i := range gold {
		gold[i] = None
	}
	for _, item := range items {
		task, known := slices.BinarySearch(t.Tasks, item.Task)
		class, allowed := slices.BinarySearch(t.Labels, item.Label)
		if known && allowed && gold[task] == None {
			gold[task] = int32(class)
		}
	}
	return gold
}

// Truth is the true label of a task.
type Truth struct {
	Task, Label string
}

// Without returns the table less the votes of the workers marked. Tasks,
// workers and labels keep their numbers; a task may be left without votes.
func (t *Table) Without(worker []bool) *Table {
	return t.Only(func(_ int, v Vote) bool { return !worker[v.Worker] })
}

// Only returns the table less the votes not to be kept; tasks, workers and
// labels keep their numbers.
func (t *Table) Only(keep func(task int, v Vote) bool) *Table {
	rest := *t
	rest.votes = make([]Vote, 0, len(t.votes))
	rest.start = make([]int32, len(t.start))
	for i := range t.Tasks {
		for _, v := range t.Votes(i) {
			if keep(i, v) {
				rest.votes = append(rest.votes, v)
			}
		}
		rest.start[i+1] = int32(len(rest.votes))
	}
	return &rest
}

// best returns the class of the highest score of a task, ties to the lowest
// hash.
func (t *Table) best(task int, score []float64) int32 {
	best, tied := 0, false
	for k := 1; k < len(score); k++ {
		if score[k] > score[best] {
			best, tied = k, false
		} else if score[k] == score[best] {
			tied = true
		}
	}
	if !tied {
		return int32(best)
	}
	for k := best + 1; k < len(score); k++ {
		if score[k] == score[best] && t.before(task, int32(k), int32(best)) {
			best = k
		}
	}
	return int32(best)
}
