package appraisal

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/agree"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/ordinal"
)

// grades are answers that name a step of a scale.
type grades struct {
	values[string]
	rules   ordinal.Rules
	answers []label.Answer
	table   *ordinal.Table
}

func newGrades(how Reading) *grades {
	return &grades{values: newValues(how.Repeated, parseName), rules: ordinal.Rules{Grades: how.Grades}}
}

func parseName(text []byte) (string, error) {
	if len(text) == 0 {
		return "", fault.Invalid(`"": want a label`)
	}
	return string(text), nil
}

func (g *grades) order() (s summary, err error) {
	if len(g.rules.Grades) == 0 {
		var names []string
		for _, a := range g.list {
			names = append(names, a.Value)
		}
		if g.rules.Grades, err = inOrder(names); err != nil {
			return s, err
		}
	}
	g.rules.Keep = g.keep
	g.answers = make([]label.Answer, len(g.list))
	for i, a := range g.list {
		g.answers[i] = label.Answer{Task: a.Task, Worker: a.Worker, Label: a.Value}
	}
	g.list, g.names = nil, nil
	if g.table, err = ordinal.NewTable(g.answers, g.rules); err != nil {
		return s, err
	}
	return summary{g.table.Tasks, g.table.Workers, g.table.Repeated}, nil
}

// inOrder returns different numbers from least to most. Of names nobody but
// the owner knows the order.
func inOrder(names []string) ([]string, error) {
	different := slices.Compact(slices.Sorted(slices.Values(names)))
	values := make(map[string]float64, len(different))
	for _, name := range different {
		x, err := strconv.ParseFloat(name, 64)
		if err != nil {
			return nil, fault.Invalid("label %.60q: name the grades, from least to most, as they are no numbers", name)
		}
		values[name] = x
	}
	slices.SortStableFunc(different, func(a, b string) int { return cmp.Compare(values[a], values[b]) })
	return different, nil
}

// aggregate estimates grades. A worker's skill falls with the steps he is off.
func (g *grades) aggregate(o Options) (*Outcome, error) {
	if o.Method == Auto {
		o.Method = ordinal.Fit(g.table)
	}
	method, err := ordinal.New(o.Method)
	if err != nil {
		return nil, err
	}
	gold := map[string]string{}
	for _, truth := range o.Gold {
		gold[truth.Task] = truth.Label
	}
	r := ordinal.Aggregate(g.table, method, truths(o.Gold))
	out := &Outcome{Kind: Ordinal, Method: o.Method}
	for i, e := range r.Estimates {
		item := Item{Task: g.table.Tasks[i], Label: g.table.Grades[e.Grade], Confidence: share(ratio(e.Confidence)), Answers: e.Answers}
		item.Status = o.status(item.Confidence)
		if gold[item.Task] == item.Label {
			item.Status = Gold
		}
		out.Items = append(out.Items, item)
	}
	steps := float64(max(1, len(g.table.Grades)-1))
	for j, w := range r.Workers {
		out.Workers = append(out.Workers, Worker{Worker: g.table.Workers[j], Skill: share(1 - ratio(w.Error)/steps), Answers: w.Answers})
	}
	return out, nil
}

// measureGrades scores grades that are numbers by the steps they are off and
// by quadratic weighted kappa; others as names.
func (s *Scores) measureGrades(guesses []Guess) error {
	var names []string
	var answers []label.Answer
	for i, g := range guesses {
		names = append(names, g.Label, g.Gold)
		task := strconv.Itoa(i)
		answers = append(answers, label.Answer{Task: task, Worker: "found", Label: g.Label}, label.Answer{Task: task, Worker: "gold", Label: g.Gold})
	}
	order, err := inOrder(names)
	if err != nil {
		return s.measureNames(guesses)
	}
	table, err := label.NewTable(answers, label.Rules{})
	if err != nil {
		return err
	}
	ratings, err := agree.Ordered(table, order)
	if err != nil {
		return err
	}
	off := 0
	for _, g := range guesses {
		steps := slices.Index(order, g.Label) - slices.Index(order, g.Gold)
		off += max(steps, -steps)
	}
	s.MAE = pointer(float64(off) / float64(len(guesses)))
	s.Kappa = pointer(ratio(agree.Cohen(ratings, 0, 1, agree.Quadratic).Value()))
	return s.measureNames(guesses)
}
