package label

import (
	"bytes"
	"crypto/sha256"
	"math"
	"slices"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
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

// Bounds of a table. MaxCells bounds workers × labels², the size of all
// confusion matrices together.
const (
	MaxLabels  = 1024
	MaxAnswers = math.MaxInt32
	MaxCells   = 1 << 26
)

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

// NewTable puts answers in order. It returns an error of kind invalid for an
// empty task or worker, of kind limit beyond the bounds above.
func NewTable(answers []Answer, rules Rules) (*Table, error) {
	if len(answers) > MaxAnswers {
		return nil, fault.Limit("quality: %d answers: want at most %d", len(answers), MaxAnswers)
	}
	for i, a := range answers {
		if a.Task == "" || a.Worker == "" {
			return nil, fault.Invalid("quality: answer %d: task %.40q, worker %.40q: want no empty name", i, a.Task, a.Worker)
		}
	}
	t := &Table{salt: rules.Salt}
	var classes []int32
	answers, classes, t.Labels, t.Foreign = number(answers, rules.Labels)
	if len(t.Labels) > MaxLabels {
		return nil, fault.Limit("quality: %d labels: want at most %d", len(t.Labels), MaxLabels)
	}
	var tasks, workers []int32
	t.Tasks, tasks = intern(answers, func(a *Answer) string { return a.Task })
	t.Workers, workers = intern(answers, func(a *Answer) string { return a.Worker })
	if cells := len(t.Workers) * t.K() * t.K(); cells > MaxCells {
		return nil, fault.Limit("quality: %d workers and %d labels: want workers × labels² at most %d", len(t.Workers), t.K(), MaxCells)
	}
	t.fill(tasks, workers, classes, rules.Keep)
	return t, nil
}

// number numbers the labels of answers, and drops answers outside allowed
// unless that is empty.
func number(answers []Answer, allowed []string) (kept []Answer, classes []int32, labels []string, foreign int) {
	if len(allowed) == 0 {
		labels, classes = intern(answers, func(a *Answer) string { return a.Label })
		return answers, classes, labels, 0
	}
	labels = slices.Compact(slices.Sorted(slices.Values(allowed)))
	index := make(map[string]int32, len(labels))
	for i, l := range labels {
		index[l] = int32(i)
	}
	kept = make([]Answer, 0, len(answers))
	classes = make([]int32, 0, len(answers))
	for _, a := range answers {
		if c, ok := index[a.Label]; ok {
			kept, classes = append(kept, a), append(classes, c)
		}
	}
	return kept, classes, labels, len(answers) - len(kept)
}

// intern returns the distinct names in one column of answers, sorted, and for
// each answer the position of its name.
func intern(answers []Answer, column func(*Answer) string) (names []string, ids []int32) {
	index := make(map[string]int32)
	ids = make([]int32, len(answers))
	for i := range answers {
		name := column(&answers[i])
		id, ok := index[name]
		if !ok {
			id = int32(len(names))
			index[name] = id
			names = append(names, name)
		}
		ids[i] = id
	}
	order := make([]int32, len(names))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return strings.Compare(names[a], names[b]) })
	rank := make([]int32, len(names))
	sorted := make([]string, len(names))
	for r, i := range order {
		rank[i], sorted[r] = int32(r), names[i]
	}
	for i, id := range ids {
		ids[i] = rank[id]
	}
	return sorted, ids
}

// fill sorts the votes by two stable counting sorts, then drops repeats.
func (t *Table) fill(tasks, workers, classes []int32, keep Keep) {
	order := make([]int32, len(tasks))
	for i := range order {
		order[i] = int32(i)
	}
	order = countingSort(order, workers, len(t.Workers))
	order = countingSort(order, tasks, len(t.Tasks))
	t.votes = make([]Vote, 0, len(order))
	t.start = make([]int32, len(t.Tasks)+1)
	for n, i := range order {
		v := Vote{workers[i], classes[i]}
		same := n > 0 && tasks[order[n-1]] == tasks[i] && workers[order[n-1]] == v.Worker
		switch {
		case !same:
			t.votes = append(t.votes, v)
		case keep == KeepLast:
			t.votes[len(t.votes)-1] = v
		}
		t.start[tasks[i]+1] = int32(len(t.votes))
	}
	t.Repeated = len(order) - len(t.votes)
}

// countingSort returns order sorted by key, which is below n; stable.
func countingSort(order, key []int32, n int) []int32 {
	next := make([]int32, n+1)
	for _, i := range order {
		next[key[i]+1]++
	}
	for k := range n {
		next[k+1] += next[k]
	}
	sorted := make([]int32, len(order))
	for _, i := range order {
		sorted[next[key[i]]] = i
		next[key[i]]++
	}
	return sorted
}

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
	rest := *t
	rest.votes = make([]Vote, 0, len(t.votes))
	rest.start = make([]int32, len(t.start))
	for i := range t.Tasks {
		for _, v := range t.Votes(i) {
			if !worker[v.Worker] {
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
	for k, top := 0, score[best]; k < len(score); k++ {
		if score[k] == top && t.before(task, k, best) {
			best = k
		}
	}
	return int32(best)
}

// before orders two classes of a task by hash.
func (t *Table) before(task, a, b int) bool {
	x, y := t.tieKey(task, a), t.tieKey(task, b)
	return bytes.Compare(x[:], y[:]) < 0
}

// tieKey hashes salt, task and label; a zero byte ends each name.
func (t *Table) tieKey(task, class int) [sha256.Size]byte {
	var buf [256]byte
	key := append(buf[:0], "alaya/quality/tie/v1\x00"...)
	key = append(key, t.salt[:]...)
	key = append(append(key, t.Tasks[task]...), 0)
	key = append(append(key, t.Labels[class]...), 0)
	return sha256.Sum256(key)
}
