package label

import (
	"slices"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
)

// Builder makes a table from answers that come one at a time, for more of them
// than memory could hold as text: it keeps 12 B of each answer, and every name
// once. Table adds 8 B per answer while it sorts.
type Builder struct {
	rules                  Rules
	tasks, workers, labels names
	answers                [][]entry // blocks of blockSize, the last one open
	seen, foreign          int
}

// entry is an answer by numbers in order of arrival.
type entry struct {
	task int32
	Vote
}

// blockSize answers are kept together, so that growing copies nothing.
const blockSize = 1 << 16

// NewBuilder returns an empty builder. It returns an error of kind limit for
// more than MaxLabels labels.
func NewBuilder(rules Rules) (*Builder, error) {
	b := &Builder{rules: rules, tasks: newNames(), workers: newNames(), labels: newNames()}
	for _, l := range rules.Labels {
		b.labels.number(l)
	}
	if n := len(b.labels.list); n > MaxLabels {
		return nil, fault.Limit("quality: %d labels: want at most %d", n, MaxLabels)
	}
	return b, nil
}

// Add notes an answer and keeps none of the strings. It returns an error of
// kind invalid for an empty task or worker, of kind limit beyond MaxAnswers or
// MaxLabels; the answer is not noted then.
func (b *Builder) Add(task, worker, label string) error {
	if task == "" || worker == "" {
		return fault.Invalid("quality: answer %d: task %.40q, worker %.40q: want no empty name",
			b.seen, strings.Clone(task), strings.Clone(worker))
	}
	if b.seen == MaxAnswers {
		return fault.Limit("quality: more than %d answers", MaxAnswers)
	}
	class, known := b.labels.index[label]
	if !known {
		if len(b.rules.Labels) > 0 {
			b.seen, b.foreign = b.seen+1, b.foreign+1
			return nil
		}
		if len(b.labels.list) == MaxLabels {
			return fault.Limit("quality: answer %d: label %.40q: want at most %d labels", b.seen, strings.Clone(label), MaxLabels)
		}
		class = b.labels.number(label)
	}
	b.note(entry{b.tasks.number(task), Vote{b.workers.number(worker), class}})
	b.seen++
	return nil
}

func (b *Builder) note(e entry) {
	last := len(b.answers) - 1
	if last < 0 || len(b.answers[last]) == blockSize {
		b.answers = append(b.answers, make([]entry, 0, blockSize))
		last++
	}
	b.answers[last] = append(b.answers[last], e)
}

// Table returns the answers in order and ends the builder. It returns an error
// of kind limit beyond MaxPosterior.
func (b *Builder) Table() (*Table, error) {
	t := &Table{salt: b.rules.Salt, Foreign: b.foreign}
	if n := len(b.tasks.list) * len(b.labels.list); n > MaxPosterior {
		return nil, fault.Limit("quality: %d tasks and %d labels: want tasks × labels at most %d",
			len(b.tasks.list), len(b.labels.list), MaxPosterior)
	}
	var tasks, workers, labels []int32
	t.Tasks, tasks = b.tasks.sorted()
	t.Workers, workers = b.workers.sorted()
	t.Labels, labels = b.labels.sorted()
	t.start = b.starts(tasks)
	t.votes = make([]Vote, b.seen-b.foreign)
	next := slices.Clone(t.start)
	for n, block := range b.answers {
		for _, e := range block {
			at := &next[tasks[e.task]]
			t.votes[*at] = Vote{workers[e.Worker], labels[e.Label]}
			*at++
		}
		b.answers[n] = nil
	}
	t.tidy(b.rules.Keep)
	return t, nil
}

// starts counts the answers of each task and says where its votes begin.
func (b *Builder) starts(rank []int32) []int32 {
	start := make([]int32, len(rank)+1)
	for _, block := range b.answers {
		for _, e := range block {
			start[rank[e.task]+1]++
		}
	}
	for i := range rank {
		start[i+1] += start[i]
	}
	return start
}

// tidy sorts the votes of each task by worker, drops repeats and closes the
// gaps.
func (t *Table) tidy(keep Keep) {
	n := int32(0)
	for i := range t.Tasks {
		votes := t.Votes(i)
		slices.SortStableFunc(votes, func(a, b Vote) int { return int(a.Worker) - int(b.Worker) })
		t.start[i] = n
		for _, v := range votes {
			repeated := n > t.start[i] && t.votes[n-1].Worker == v.Worker
			switch {
			case !repeated:
				t.votes[n] = v
				n++
			case keep == KeepLast:
				t.votes[n-1] = v
			}
		}
	}
	t.start[len(t.Tasks)] = n
	t.Repeated = len(t.votes) - int(n)
	t.votes = t.votes[:n]
}
