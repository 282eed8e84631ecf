package appraisal

import (
	"fmt"
	"slices"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/watch"
)

// choices are answers that name one of a few classes.
type choices struct {
	builder *label.Builder
	table   *label.Table
}

func newChoices(repeated Repeated) (*choices, error) {
	rules := label.Rules{}
	if repeated == KeepLast {
		rules.Keep = label.KeepLast
	}
	b, err := label.NewBuilder(rules)
	return &choices{builder: b}, err
}

func (c *choices) add(a *answer) error {
	if len(a.label) == 0 {
		return fault.Invalid(`"": want a label`)
	}
	return c.builder.Add(string(a.task), string(a.worker), string(a.label))
}

func (c *choices) order() (s summary, err error) {
	if c.table, err = c.builder.Table(); err != nil {
		return s, err
	}
	return summary{c.table.Tasks, c.table.Workers, c.table.Repeated}, nil
}

func (c *choices) aggregate(o Options) (*Outcome, error) {
	v, err := c.judge(o, o.log.traces(c.table))
	if err != nil {
		return nil, err
	}
	return c.outcome(v, o), nil
}

// outcome returns what a judgement says of tasks and workers.
func (c *choices) outcome(v judgement, o Options) *Outcome {
	out := &Outcome{Kind: Choice, Method: v.Method, Notes: v.notes}
	gold := c.table.Gold(truths(o.Gold))
	out.Items = make([]Item, len(v.Items))
	for i, item := range v.Items {
		out.Items[i] = Item{Task: item.Task, Label: item.Label, Confidence: ratio(item.Posterior), Answers: item.Answers, Status: item.Status.String()}
		if gold.At(i) != label.None {
			out.Items[i].Status = Gold
		}
	}
	flags := flagsOf(v.Findings)
	out.Workers = make([]Worker, len(v.Workers))
	for j, w := range v.Workers {
		marks := flags[w.Worker]
		if w.Dropped {
			marks = append(marks, "dropped")
		}
		out.Workers[j] = Worker{w.Worker, ratio(w.Skill), w.Answers, w.GoldSeen, w.GoldRight, strings.Join(marks, ";")}
	}
	return out
}

// judgement is a verdict with the method's last word before it was fitted to
// gold, and why the method was taken.
type judgement struct {
	quality.Verdict
	belief label.Result
	notes  []string
}

// judge finds labels, scores and evidence.
func (c *choices) judge(o Options, traces quality.Traces) (judgement, error) {
	method, notes, err := c.method(o)
	if err != nil {
		return judgement{}, err
	}
	p := quality.Defaults()
	p.Target = max(o.Target, num.One/2+1)
	job := quality.Job{Salt: o.Salt, Params: p, Gold: truths(o.Gold), Final: true}
	w := &witness{Method: method}
	v, err := quality.JudgeTable(job, c.table, w, traces)
	if auto, ok := method.(*auto); ok {
		v.Method, notes = auto.choice.Method, auto.notes()
	}
	return judgement{v, w.last, notes}, err
}

// witness is a method that remembers what it said last.
type witness struct {
	label.Method
	last label.Result
}

// Aggregate runs the method.
func (w *witness) Aggregate(t *label.Table, gold label.Gold) label.Result {
	w.last = w.Method.Aggregate(t, gold)
	return w.last
}

// auto is label.Auto that remembers its last choice.
type auto struct {
	label.Auto
	choice label.Choice
}

// Aggregate chooses a method and runs it.
func (a *auto) Aggregate(t *label.Table, gold label.Gold) label.Result {
	a.choice = a.Choose(t, gold)
	return a.choice.Result
}

// notes says why the choice was made.
func (a *auto) notes() []string {
	list := []string{a.choice.Reason}
	for _, m := range a.choice.Members {
		line := fmt.Sprintf("%s: %.4f nat per withheld answer, weight %.2f", m.Method, ratio(m.Likelihood), ratio(m.Weight))
		if a.choice.Gold > 0 {
			line += fmt.Sprintf(", right on %d of %d gold tasks", m.Right, a.choice.Gold)
		}
		list = append(list, line)
	}
	return list
}

// method returns the method to label by, and why.
func (c *choices) method(o Options) (label.Method, []string, error) {
	if o.Predictions == nil && o.Method == Auto {
		return &auto{}, nil, nil
	}
	if o.Predictions == nil {
		m, err := label.New(o.Method)
		return m, nil, err
	}
	if joins := (label.CrowdLab{}).Name(); o.Method != Auto && o.Method != joins {
		return nil, nil, fault.Invalid("method %.40q takes no predictions: want auto or %s", o.Method, joins)
	}
	model, err := c.table.Predictions(o.Predictions.Classes, o.Predictions.Items)
	if err != nil {
		return nil, nil, err
	}
	note := fmt.Sprintf("crowdlab joins the answers with predictions for %d tasks", len(o.Predictions.Items))
	return label.CrowdLab{Model: model}, []string{note}, nil
}

func truths(gold []Truth) []label.Truth {
	list := make([]label.Truth, len(gold))
	for i, g := range gold {
		list[i] = label.Truth(g)
	}
	return list
}

// flagsOf returns the kinds of findings against each worker, each once.
func flagsOf(findings []watch.Finding) map[string][]string {
	flags := map[string][]string{}
	for _, f := range findings {
		if !slices.Contains(flags[f.Worker], f.Kind) {
			flags[f.Worker] = append(flags[f.Worker], f.Kind)
		}
	}
	return flags
}
