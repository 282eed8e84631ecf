package consensus

import (
	"fmt"
	"slices"
	"strings"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
)

// names is the kind of values that are one of some names.
type names struct {
	settings
	name  func(answer.Value) string
	value func(string) answer.Value
	count int // of the names to guess from
}

func newChoice(c answer.Control, s settings) kind {
	return names{
		s, func(v answer.Value) string { return string(v.(answer.Choice)) },
		func(name string) answer.Value { return answer.Choice(name) }, len(c.Labels),
	}
}

func newPreference(_ answer.Control, s settings) kind {
	return names{
		s, func(v answer.Value) string { return string(v.(answer.Preference)) },
		func(name string) answer.Value { return answer.Preference(name) }, 2,
	}
}

func (k names) similarity(a, b answer.Value) num.Ppm {
	if k.name(a) == k.name(b) {
		return num.One
	}
	return 0
}

func (k names) guess(num.Ppm) num.Ppm { return num.One / num.Ppm(k.count) }

func (k names) merge(t *values) ([]answer.Value, error) {
	found, err := k.infer(t, k.name)
	if err != nil {
		return nil, err
	}
	merged := make([]answer.Value, len(t.Tasks))
	for i, name := range found {
		if name != "" {
			merged[i] = k.value(name)
		}
	}
	return merged, nil
}

// infer returns the most probable name of each task, none for one without
// votes.
func (s settings) infer(t *values, name func(answer.Value) string) ([]string, error) {
	var answers []label.Answer
	for i, task := range t.Tasks {
		for _, v := range t.Votes(i) {
			answers = append(answers, label.Answer{Task: task, Worker: t.Workers[v.Worker], Label: name(v.Value)})
		}
	}
	return s.pick(t.Tasks, answers)
}

// pick returns the most probable label of each task named.
func (s settings) pick(tasks []string, answers []label.Answer) ([]string, error) {
	found := make([]string, len(tasks))
	if len(answers) == 0 {
		return found, nil
	}
	t, err := label.NewTable(answers, label.Rules{Salt: s.salt})
	if err != nil {
		return nil, err
	}
	r := s.method.Aggregate(t, nil)
	for i, task := range tasks {
		if at, known := slices.BinarySearch(t.Tasks, task); known {
			found[i] = t.Labels[r.Labels[at]]
		}
	}
	return found, nil
}

// path is the kind of paths through a tree: each is a name of its own, and
// alike to another by how far they go together.
type path struct{ names }

func newPath(c answer.Control, s settings) kind {
	const between = "\x00"
	return path{names{
		s, func(v answer.Value) string { return strings.Join(v.(answer.Path), between) },
		func(name string) answer.Value { return answer.Path(strings.Split(name, between)) }, len(c.Labels),
	}}
}

func (path) similarity(a, b answer.Value) num.Ppm {
	p, q := a.(answer.Path), b.(answer.Path)
	var same int64
	for i := range min(len(p), len(q)) {
		if p[i] != q[i] {
			break
		}
		same++
	}
	return share(2*same, int64(len(p)+len(q)))
}

// choices is the kind of sets of names: a name belongs to the set or not.
type choices struct {
	settings
	never
}

func newChoices(_ answer.Control, s settings) kind { return choices{settings: s} }

// similarity is Jaccard's: what both have of what either has.
func (choices) similarity(a, b answer.Value) num.Ppm {
	p, q := a.(answer.Choices), b.(answer.Choices)
	var both int64
	for _, name := range p {
		if _, also := slices.BinarySearch(q, name); also {
			both++
		}
	}
	return share(both, int64(len(p)+len(q))-both)
}

func (k choices) merge(t *values) ([]answer.Value, error) {
	var answers []label.Answer
	var tasks []string // of a task and a name
	var owner []int
	var name []string
	for i := range t.Tasks {
		for _, n := range offered(t, i) {
			asked := fmt.Sprintf("%d %s", i, n)
			tasks, owner, name = append(tasks, asked), append(owner, i), append(name, n)
			for _, v := range t.Votes(i) {
				in := "out"
				if slices.Contains(v.Value.(answer.Choices), n) {
					in = "in"
				}
				answers = append(answers, label.Answer{Task: asked, Worker: t.Workers[v.Worker], Label: in})
			}
		}
	}
	found, err := k.pick(tasks, answers)
	if err != nil {
		return nil, err
	}
	sets := make([]answer.Choices, len(t.Tasks))
	for n, in := range found {
		if in == "in" {
			sets[owner[n]] = append(sets[owner[n]], name[n])
		}
	}
	return each(t, func(i int) answer.Value { return answer.Sort(sets[i]) }), nil
}

// offered lists the names that anybody gave to a task.
func offered(t *values, i int) []string {
	var all []string
	for _, v := range t.Votes(i) {
		all = append(all, v.Value.(answer.Choices)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// each returns f of every task with votes.
func each(t *values, f func(i int) answer.Value) []answer.Value {
	merged := make([]answer.Value, len(t.Tasks))
	for i := range merged {
		if len(t.Votes(i)) > 0 {
			merged[i] = f(i)
		}
	}
	return merged
}
