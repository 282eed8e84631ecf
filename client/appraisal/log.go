package appraisal

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/quality"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/watch"
)

// logger keeps answers as they arrive.
type logger struct {
	tasks, workers, labels names
	list                   []Entry
}

// names numbers names in order of arrival.
type names struct {
	index map[string]int32
	list  []string
}

func (n *names) number(name []byte) int32 {
	if i, known := n.index[string(name)]; known {
		return i
	}
	if n.index == nil {
		n.index = map[string]int32{}
	}
	i := int32(len(n.list))
	n.list = append(n.list, string(name))
	n.index[n.list[i]] = i
	return i
}

func (l *logger) add(a *answer) {
	class := l.labels.number(a.label)
	l.list = append(l.list, Entry{l.tasks.number(a.task), l.workers.number(a.worker), l.labels.list[class], a.at, a.millis})
}

// entries returns the answers by the positions of sorted names.
func (l *logger) entries(tasks, workers []string) []Entry {
	task, worker := ranks(l.tasks.list, tasks), ranks(l.workers.list, workers)
	for i, e := range l.list {
		l.list[i].Task, l.list[i].Worker = task[e.Task], worker[e.Worker]
	}
	return l.list
}

func ranks(names, sorted []string) []int32 {
	rank := make([]int32, len(names))
	for i, name := range names {
		at, _ := slices.BinarySearch(sorted, name)
		rank[i] = int32(at)
	}
	return rank
}

// inTime returns the log in the order of the times, if every answer has one,
// else as it arrived.
func (c *Crowd) inTime() (log []Entry, timed bool) {
	log = slices.Clone(c.Log)
	if slices.ContainsFunc(log, func(e Entry) bool { return e.At == 0 }) {
		return log, false
	}
	slices.SortStableFunc(log, func(x, y Entry) int { return cmp.Compare(x.At, y.At) })
	return log, true
}

// traces returns what workers left besides their answers, if there is a log.
func (c *Crowd) traces(t *label.Table) quality.Traces {
	if c == nil || len(c.Log) == 0 {
		return quality.Traces{}
	}
	log, _ := c.inTime()
	traces := quality.Traces{Millis: make([][]int64, len(t.Workers)), Given: make([][]watch.Given, len(t.Workers))}
	for _, e := range log {
		class, _ := slices.BinarySearch(t.Labels, e.Label)
		traces.Given[e.Worker] = append(traces.Given[e.Worker], watch.Given{Task: e.Task, Label: int32(class)})
		if e.Millis > 0 {
			traces.Millis[e.Worker] = append(traces.Millis[e.Worker], e.Millis)
		}
	}
	return traces
}
