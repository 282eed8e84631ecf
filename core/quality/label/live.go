package label

import (
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Live keeps the posteriors of a running job up to date, answer by answer:
// incremental EM on the model of dsmap. An answer costs a few logarithms per
// answer of its task and label. What lies between epochs drifts from what a
// full run would find and depends on the order of arrival: show it, choose by
// it whom to ask next, but decide by Epoch. Not for concurrent use.
//
// Memory: 8 B × K² per worker, 8 B × K per task, 20 B per answer.
//
// Source: Neal and Hinton, A View of the EM Algorithm that Justifies
// Incremental, Sparse, and Other Variants, 1998.
type Live struct {
	// Repeated counts answers dropped for a repeated (task, worker), Foreign
	// those dropped for a label outside the rules.
	Repeated, Foreign int

	rules          Rules
	labels         []string
	gold           []Truth
	known          map[string]int32 // class of gold
	tasks, workers names
	items          []item
	people         []confusion
	arrived        []entry
	classes        []float64 // sums of all posteriors
}

// item is a task: its posterior and its votes.
type item struct {
	z     []float64
	votes []Vote
	gold  bool
}

// confusion is what is counted of a worker.
type confusion struct {
	given []float64 // per label, per class: posteriors of the tasks he gave it
	all   []float64 // per class: their sums over labels
}

// NewLive returns a job without answers. The rules must name the labels: it
// returns an error of kind invalid for none, of kind limit for more than
// MaxLabels. Gold is used as by Table.Gold.
func NewLive(rules Rules, gold []Truth) (*Live, error) {
	labels, err := rules.named()
	if err != nil {
		return nil, err
	}
	l := &Live{rules: rules, labels: labels, gold: gold, known: map[string]int32{}, tasks: newNames(), workers: newNames()}
	for _, g := range gold {
		_, met := l.known[g.Task]
		if class, allowed := slices.BinarySearch(labels, g.Label); allowed && !met {
			l.known[g.Task] = int32(class)
		}
	}
	l.classes = make([]float64, len(labels))
	return l, nil
}

// Add notes an answer and returns what its task is now taken for. It returns an
// error of kind invalid for an empty task or worker, of kind limit beyond
// MaxAnswers or where the workers' confusion matrices would not fit; the job is
// then as before. An answer dropped is no error.
func (l *Live) Add(a Answer) (Decision, error) {
	if a.Task == "" || a.Worker == "" {
		return Decision{}, fault.Invalid("quality: task %.40q, worker %.40q: want no empty name", a.Task, a.Worker)
	}
	k := len(l.labels)
	if _, met := l.workers.index[a.Worker]; !met && (len(l.people)+1)*k*k > denseCells {
		return Decision{}, fault.Limit("quality: %d workers and %d labels: want workers × labels² at most %d", len(l.people)+1, k, denseCells)
	}
	if len(l.arrived) == MaxAnswers {
		return Decision{}, fault.Limit("quality: more than %d answers", MaxAnswers)
	}
	class, allowed := slices.BinarySearch(l.labels, a.Label)
	if !allowed {
		l.Foreign++
		return l.Decision(a.Task), nil
	}
	i, j := l.number(a)
	if l.note(i, Vote{j, int32(class)}) {
		l.update(&l.items[i])
	}
	return l.Decision(a.Task), nil
}

// number returns the numbers of an answer's task and worker, new ones if need
// be.
func (l *Live) number(a Answer) (task, worker int32) {
	task, worker = l.tasks.number(a.Task), l.workers.number(a.Worker)
	k := len(l.labels)
	if int(task) == len(l.items) {
		z := l.shares()
		class, known := l.known[a.Task]
		if known {
			clamp(z, class)
		}
		l.items = append(l.items, item{z: z, gold: known})
		add(l.classes, z)
	}
	if int(worker) == len(l.people) {
		l.people = append(l.people, confusion{make([]float64, k*k), make([]float64, k)})
	}
	return task, worker
}

// note adds a vote, or puts it in place of the worker's earlier one, and says
// whether anything changed.
func (l *Live) note(task int32, v Vote) bool {
	it := &l.items[task]
	at := slices.IndexFunc(it.votes, func(old Vote) bool { return old.Worker == v.Worker })
	switch {
	case at < 0:
		it.votes = append(it.votes, v)
	case l.rules.Keep == KeepFirst:
		l.Repeated++
		return false
	default:
		l.Repeated++
		l.count(it.votes[at], it.z, -1)
		it.votes[at] = v
	}
	l.count(v, it.z, 1)
	l.arrived = append(l.arrived, entry{task, v})
	return true
}

// count adds a task's posterior, or what changed of it, to the worker's counts,
// times a sign.
func (l *Live) count(v Vote, z []float64, sign float64) {
	person, k := &l.people[v.Worker], len(l.labels)
	given := person.given[int(v.Label)*k:][:k]
	for c, x := range z {
		x = float64(sign * x)
		given[c] += x
		person.all[c] += x
	}
}

// shares returns the shares of the classes, each with one task more than it
// has.
func (l *Live) shares() []float64 {
	shares := make([]float64, len(l.labels))
	for c, n := range l.classes {
		shares[c] = (n + 1) / float64(len(l.items)+len(shares))
	}
	return shares
}

// update gives a task the posterior of its votes, and tells the workers.
func (l *Live) update(it *item) {
	if it.gold {
		return
	}
	z := l.shares()
	for c, share := range z {
		z[c] = strict.Log(share)
	}
	on, off := Diagonal.counts()
	for _, v := range it.votes {
		person := l.people[v.Worker]
		given := person.given[int(v.Label)*len(z):][:len(z)]
		for c := range z {
			n := max(0, given[c]) + off // a difference may leave less than nothing
			if c == int(v.Label) {
				n += on - off
			}
			all := max(0, person.all[c]) + on + float64(off*float64(len(z)-1))
			z[c] += strict.Log(n) - strict.Log(all)
		}
	}
	strict.Softmax(z)
	change := make([]float64, len(z))
	for c := range z {
		change[c] = z[c] - it.z[c]
	}
	for _, v := range it.votes {
		l.count(v, change, 1)
	}
	add(l.classes, change)
	it.z = z
}

// Decision returns what a task is now taken for; of one without answers the
// label is empty.
func (l *Live) Decision(task string) Decision {
	i, met := l.tasks.index[task]
	if !met {
		return Decision{Task: task}
	}
	z := l.items[i].z
	table := Table{Tasks: l.tasks.list, Labels: l.labels, salt: l.rules.Salt}
	label := table.best(int(i), z)
	return Decision{task, l.labels[label], z[label]}
}

// Posterior returns the class probabilities of a task in the order of its
// sorted labels, nil for one without answers.
func (l *Live) Posterior(task string) []float64 {
	i, met := l.tasks.index[task]
	if !met {
		return nil
	}
	return slices.Clone(l.items[i].z)
}

// Epoch runs dsmap over all answers and goes on from there: the result, and
// what is known of tasks and workers after it, do not depend on the order of
// arrival. It returns the errors of Builder.
func (l *Live) Epoch() (*Table, Result, error) {
	b, err := NewBuilder(l.rules)
	if err != nil {
		return nil, Result{}, err
	}
	for _, e := range l.arrived {
		if err := b.Add(l.tasks.list[e.task], l.workers.list[e.Worker], l.labels[e.Label]); err != nil {
			return nil, Result{}, err
		}
	}
	t, err := b.Table()
	if err != nil {
		return nil, Result{}, err
	}
	r := dsmap().Aggregate(t, t.Gold(l.gold))
	l.adopt(t, r)
	return t, r, nil
}

// adopt takes over the posteriors of a full run and counts anew.
func (l *Live) adopt(t *Table, r Result) {
	clear(l.classes)
	for j := range l.people {
		clear(l.people[j].given)
		clear(l.people[j].all)
	}
	person := make([]int32, len(t.Workers))
	for j, name := range t.Workers {
		person[j] = l.workers.index[name]
	}
	for i, name := range t.Tasks {
		it := &l.items[l.tasks.index[name]]
		copy(it.z, r.Row(i))
		add(l.classes, it.z)
		it.votes = it.votes[:0]
		for _, v := range t.Votes(i) {
			v.Worker = person[v.Worker]
			it.votes = append(it.votes, v)
			l.count(v, it.z, 1)
		}
	}
}
