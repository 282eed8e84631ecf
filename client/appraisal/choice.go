package appraisal

import (
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
	v, err := c.judge(o)
	if err != nil {
		return nil, err
	}
	out := &Outcome{Kind: Choice, Method: v.Method}
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
	return out, nil
}

// judge finds labels, scores and evidence.
func (c *choices) judge(o Options) (quality.Verdict, error) {
	p := quality.Defaults()
	p.Method = o.Method
	p.Target = max(o.Target, num.One/2+1)
	job := quality.Job{Salt: o.Salt, Params: p, Gold: truths(o.Gold), Final: true}
	return quality.JudgeTable(job, c.table, nil)
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
