// Package table puts answers of any kind in the one order that every method
// works in, so that results do not depend on how answers arrived.
//
// Words: a task is what was asked, a worker who answered, an answer what came
// with both names, a vote the same by numbers.
//
// Assumptions: the answers fit in memory. Categories have a table of their own,
// with numbered labels, in package label: use that one for them.
//
// Invariants:
//  1. Names are sorted by their bytes and numbered; votes are sorted by task,
//     then worker.
//  2. A worker has at most one vote per task; the answers left out are counted.
//  3. Every task and every worker of a new table has a vote.
package table

import (
	"cmp"
	"math"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
)

// Answer is what one worker answered to one task.
type Answer[V any] struct {
	Task, Worker string
	Value        V
}

// Keep says which of several answers of one worker to one task counts.
type Keep uint8

// The rules for repeated answers.
const (
	KeepFirst Keep = iota
	KeepLast
)

// MaxAnswers bounds a table.
const MaxAnswers = math.MaxInt32

// Vote is an answer to a known task, its worker a position in Table.Workers.
type Vote[V any] struct {
	Worker int32
	Value  V
}

// Table holds answers in canonical order. It is read only.
type Table[V any] struct {
	Tasks, Workers []string
	// Repeated counts answers dropped for a repeated (task, worker).
	Repeated int

	votes []Vote[V]
	start []int32 // votes of task i are votes[start[i]:start[i+1]]
}

// New puts answers in order. It returns an error of kind invalid for an empty
// task or worker, of kind limit for more than MaxAnswers.
func New[V any](answers []Answer[V], keep Keep) (*Table[V], error) {
	if len(answers) > MaxAnswers {
		return nil, fault.Limit("quality: %d answers: want at most %d", len(answers), MaxAnswers)
	}
	for i := range answers {
		if a := &answers[i]; a.Task == "" || a.Worker == "" {
			return nil, fault.Invalid("quality: answer %d: task %.40q, worker %.40q: want no empty name", i, a.Task, a.Worker)
		}
	}
	t := &Table[V]{}
	var tasks, workers []int32
	t.Tasks, tasks = number(answers, func(a *Answer[V]) string { return a.Task })
	t.Workers, workers = number(answers, func(a *Answer[V]) string { return a.Worker })
	order := make([]int32, len(answers))
	for i := range order {
		order[i] = int32(i)
	}
	pair := func(a, b int32) int {
		return cmp.Or(cmp.Compare(tasks[a], tasks[b]), cmp.Compare(workers[a], workers[b]))
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(pair(a, b), cmp.Compare(a, b)) })
	t.votes = make([]Vote[V], 0, len(order))
	t.start = make([]int32, len(t.Tasks)+1)
	for n, i := range order {
		v := Vote[V]{workers[i], answers[i].Value}
		switch {
		case n == 0 || pair(order[n-1], i) != 0:
			t.votes = append(t.votes, v)
		case keep == KeepLast:
			t.votes[len(t.votes)-1] = v
		}
		t.start[tasks[i]+1] = int32(len(t.votes))
	}
	t.Repeated = len(order) - len(t.votes)
	return t, nil
}

// number returns the distinct names in one column of answers, sorted, and for
// each answer the position of its name.
func number[V any](answers []Answer[V], column func(*Answer[V]) string) (names []string, ids []int32) {
	index := make(map[string]int32)
	ids = make([]int32, len(answers)) // in order of first appearance
	for i := range answers {
		name := column(&answers[i])
		id, known := index[name]
		if !known {
			id = int32(len(names))
			index[name] = id
			names = append(names, name)
		}
		ids[i] = id
	}
	slices.Sort(names)
	rank := make([]int32, len(names))
	for r, name := range names {
		rank[index[name]] = int32(r)
	}
	for i, id := range ids {
		ids[i] = rank[id]
	}
	return names, ids
}

// Len returns the number of votes.
func (t *Table[V]) Len() int { return len(t.votes) }

// Votes returns the votes of a task, in worker order; not to be changed.
func (t *Table[V]) Votes(task int) []Vote[V] {
	return t.votes[t.start[task]:t.start[task+1]]
}

// Find returns the number of a task, false when there is none of that name.
func (t *Table[V]) Find(task string) (int, bool) {
	return slices.BinarySearch(t.Tasks, task)
}

// Where returns the table less the votes for which keep, given a task and a
// position in its votes, says false. Tasks and workers keep their numbers; a
// task may be left without votes.
func (t *Table[V]) Where(keep func(task, n int) bool) *Table[V] {
	rest := *t
	rest.votes = make([]Vote[V], 0, len(t.votes))
	rest.start = make([]int32, len(t.start))
	for i := range t.Tasks {
		for n, v := range t.Votes(i) {
			if keep(i, n) {
				rest.votes = append(rest.votes, v)
			}
		}
		rest.start[i+1] = int32(len(rest.votes))
	}
	return &rest
}
