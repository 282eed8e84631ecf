package label

import (
	"slices"

	"github.com/alaya-network/alaya/core/fault"
)

// Ballot is one worker's label for a task known by other means.
type Ballot struct {
	Worker, Label string
}

// Decision is a label with its posterior.
type Decision struct {
	Task, Label string
	Posterior   float64
}

// Stream is LA over tasks that come one at a time, each with all its answers:
// Add decides a task at once, Finish decides all again by what was learnt of
// the workers since. The order of the tasks is part of the result. It keeps 8 B
// per answer for Finish. Not for concurrent use.
type Stream struct {
	// Repeated counts answers dropped for a repeated (task, worker), Foreign
	// those dropped for a label outside the rules.
	Repeated, Foreign int

	memory
	tasks, workers names
	gold           Gold
	keep           Keep
}

// NewStream returns an empty stream. The rules must name the labels: it returns
// an error of kind invalid for none, of kind limit for more than MaxLabels.
func NewStream(rules Rules) (*Stream, error) {
	labels, err := rules.named()
	if err != nil {
		return nil, err
	}
	table := &Table{Labels: labels, salt: rules.Salt, start: []int32{0}}
	return &Stream{
		memory: memory{table: table, score: make([]int64, len(labels))},
		tasks:  newNames(), workers: newNames(), keep: rules.Keep,
	}, nil
}

// named returns the labels, sorted, of rules that must name them.
func (r Rules) named() ([]string, error) {
	labels := slices.Compact(slices.Sorted(slices.Values(r.Labels)))
	if len(labels) == 0 {
		return nil, fault.Invalid("quality: rules without labels: want all that may be given")
	}
	if len(labels) > MaxLabels {
		return nil, fault.Limit("quality: %d labels: want at most %d", len(labels), MaxLabels)
	}
	return labels, nil
}

// Add decides a task and learns from it. It returns an error of kind invalid
// for an empty name, of kind exists for a task added before, of kind limit
// beyond MaxAnswers; the stream is then as before.
func (s *Stream) Add(task string, answers []Ballot) (Decision, error) {
	return s.add(task, None, answers)
}

// AddGold learns from a task whose true label is known. It returns the errors
// of Add, and one of kind invalid for a label outside the rules.
func (s *Stream) AddGold(task, truth string, answers []Ballot) (Decision, error) {
	class, known := slices.BinarySearch(s.table.Labels, truth)
	if !known {
		return Decision{}, fault.Invalid("quality: task %.40q: true label %.40q: want one of the rules", task, truth)
	}
	return s.add(task, int32(class), answers)
}

func (s *Stream) add(task string, truth int32, answers []Ballot) (Decision, error) {
	if err := s.check(task, answers); err != nil {
		return Decision{}, err
	}
	i := int(s.tasks.number(task))
	s.table.Tasks = s.tasks.list
	s.gold = append(s.gold, truth)
	s.note(answers)
	row := make([]float64, s.table.K())
	label := truth
	if truth == None {
		label = s.decide(i, row)
	} else {
		clamp(row, truth)
	}
	s.learn(i, label)
	return Decision{task, s.table.Labels[label], row[label]}, nil
}

func (s *Stream) check(task string, answers []Ballot) error {
	if task == "" {
		return fault.Invalid("quality: a task without name")
	}
	if _, met := s.tasks.index[task]; met {
		return fault.Exists("quality: task %.40q: want each task once", task)
	}
	if n := len(s.table.votes); len(answers) > MaxAnswers-n {
		return fault.Limit("quality: task %.40q: %d answers after %d: want at most %d", task, len(answers), n, MaxAnswers)
	}
	for n, a := range answers {
		if a.Worker == "" {
			return fault.Invalid("quality: task %.40q: answer %d: want no empty worker", task, n)
		}
	}
	return nil
}

// note appends a task's answers to the table, in worker order of arrival.
func (s *Stream) note(answers []Ballot) {
	t := s.table
	first := len(t.votes)
	for _, a := range answers {
		class, allowed := slices.BinarySearch(t.Labels, a.Label)
		if !allowed {
			s.Foreign++
			continue
		}
		v := Vote{s.workers.number(a.Worker), int32(class)}
		if int(v.Worker) == len(s.records) {
			s.records = append(s.records, newcomer)
		}
		t.votes = append(t.votes, v)
	}
	own := t.votes[first:]
	slices.SortStableFunc(own, func(a, b Vote) int { return int(a.Worker) - int(b.Worker) })
	t.votes = t.votes[:first+len(s.unique(own))]
	t.start = append(t.start, int32(len(t.votes)))
}

// unique drops the repeated votes of workers, who come in order.
func (s *Stream) unique(votes []Vote) []Vote {
	kept := votes[:0]
	for _, v := range votes {
		switch n := len(kept); {
		case n == 0 || kept[n-1].Worker != v.Worker:
			kept = append(kept, v)
		case s.keep == KeepLast:
			kept[n-1] = v
			s.Repeated++
		default:
			s.Repeated++
		}
	}
	return kept
}

// Finish decides every task again, in the order they came; the stream may go
// on.
func (s *Stream) Finish() []Decision {
	t := s.table
	r := Result{make([]float64, len(t.Tasks)*t.K()), make([]int32, len(t.Tasks))}
	s.again(s.gold, r)
	all := make([]Decision, len(t.Tasks))
	for i, task := range t.Tasks {
		label := r.Labels[i]
		all[i] = Decision{task, t.Labels[label], r.Row(i)[label]}
	}
	return all
}
