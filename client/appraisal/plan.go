package appraisal

import (
	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/overlap"
)

// Spending says what may be asked next.
type Spending struct {
	Answers int      // at most so many
	Load    int      // of one worker; 0 for any number
	Workers []string // who is at hand; none for all who answered before
	// Min and Max bound the answers to one task, those it has included.
	Min, Max int
}

// Ask is an answer to ask for.
type Ask struct {
	Task   string `json:"task" parquet:"task"`
	Worker string `json:"worker" parquet:"worker"` // empty for anybody new
	// Gain is what it should add to the probability that the label is right,
	// Confidence what that is now, with so many Answers.
	Gain       float64 `json:"gain" parquet:"gain"`
	Confidence float64 `json:"confidence" parquet:"confidence"`
	Answers    int     `json:"answers" parquet:"answers"`
}

// Plan is what to ask next, the most gainful first.
type Plan struct {
	Asks []Ask `json:"-"`
	// Open tasks need another answer by the rule.
	Open  int `json:"open"`
	Asked int `json:"asked"`
	// Expected shares of right labels, now and after the plan.
	Now   float64 `json:"expected_now"`
	After float64 `json:"expected_after"`
}

// PlanAnswers says which answers to choices to buy next, and from whom.
func PlanAnswers(c *Crowd, o Options, s Spending) (*Plan, error) {
	subject, ok := c.subject.(*choices)
	if !ok {
		return nil, fault.Invalid("kind %s: plans are for choices", c.Kind)
	}
	t := subject.table
	gold := t.Gold(truths(o.Gold))
	method, err := planning(o.Method)
	if err != nil {
		return nil, err
	}
	belief := overlap.Believe(t, gold, method)
	rule := overlap.Rule{Salt: o.Salt, Target: o.Target, Min: s.Min, Max: s.Max}
	asks, err := belief.Plan(rule, overlap.Budget{Answers: s.Answers, Load: s.Load, Workers: s.Workers})
	if err != nil {
		return nil, err
	}
	p := &Plan{Asked: len(asks)}
	index := make(map[string]int, len(t.Tasks))
	guarded := rule.Guarded(gold.Len())
	for i, task := range t.Tasks {
		index[task] = i
		if guarded.State(task, len(t.Votes(i)), belief.Posterior(i)) == overlap.Open {
			p.Open++
		}
	}
	for _, a := range asks {
		i := index[a.Task]
		p.Asks = append(p.Asks, Ask{a.Task, a.Worker, ratio(a.Gain), ratio(belief.Posterior(i)), len(t.Votes(i))})
	}
	curve := belief.Curve(asks)
	if len(curve) > 0 {
		p.Now, p.After = ratio(curve[0].Expected), ratio(curve[len(curve)-1].Expected)
	}
	return p, nil
}

// planning returns the method to believe by while answers are few.
func planning(name string) (label.Method, error) {
	if name == Auto || name == "" {
		return overlap.Method(), nil
	}
	return label.New(name)
}

// Write writes the plan as a table.
func (p *Plan) Write(to sheet.Target) error {
	return sheet.Write(to, func(yield func(Ask) bool) {
		for _, a := range p.Asks {
			if !yield(a) {
				return
			}
		}
	})
}

// Replay is what a rule would have bought of recorded answers.
type Replay struct {
	Recorded int     `json:"recorded"`
	Bought   int     `json:"bought"`
	Share    float64 `json:"share"`
	Rounds   int     `json:"rounds"`
	// Accuracies on tasks of known truth that was not told: with what was
	// bought, and with all answers; absent where there is none.
	Scored   int      `json:"scored"`
	Accuracy *float64 `json:"accuracy,omitempty"`
	All      *float64 `json:"accuracy_all,omitempty"`
	// Same is the share of tasks whose label is that of all answers.
	Same float64 `json:"same_label"`
}

// ReplayAnswers buys the recorded answers to choices one by one, until labels
// are sure enough; hands is the number of workers that stand ready when one is
// bought. Truth measures and is not told.
func ReplayAnswers(c *Crowd, o Options, s Spending, hands int, truth []Truth) (*Replay, error) {
	subject, ok := c.subject.(*choices)
	if !ok {
		return nil, fault.Invalid("kind %s: replays are of choices", c.Kind)
	}
	method, err := planning(o.Method)
	if err != nil {
		return nil, err
	}
	t := subject.table
	rule := overlap.Rule{Salt: o.Salt, Target: o.Target, Min: s.Min, Max: s.Max}
	gold := t.Gold(truths(o.Gold))
	out, err := overlap.Replay{Rule: rule, Method: method, Hands: hands}.Run(t, gold)
	if err != nil {
		return nil, err
	}
	all := overlap.Believe(t, gold, method)
	r := &Replay{Recorded: t.Len(), Bought: out.Bought.Len(), Rounds: out.Rounds, Same: same(out.Belief.Result, all.Result)}
	r.Share = share(float64(r.Bought) / float64(max(1, r.Recorded)))
	known := t.Gold(truths(truth))
	part, n := overlap.Accuracy(out.Belief.Result, gold, known)
	if r.Scored = n; n > 0 {
		whole, _ := overlap.Accuracy(all.Result, gold, known)
		r.Accuracy, r.All = pointer(ratio(part)), pointer(ratio(whole))
	}
	return r, nil
}

// same returns the share of tasks of equal labels.
func same(a, b label.Result) float64 {
	n := 0
	for i := range a.Labels {
		if a.Labels[i] == b.Labels[i] {
			n++
		}
	}
	return share(float64(n) / float64(max(1, len(a.Labels))))
}

// maxCurve is the number of answers up to which a report has a curve, fewest
// the mean number per task from which it has one.
const (
	maxCurve = 200_000
	fewest   = 4
)

// curve replays the answers by several rules: until a label is so sure, and
// the same number for every task.
func (a *appraising) curve() ([]CurvePoint, error) {
	perTask := a.table.Len() / max(1, len(a.table.Tasks))
	if a.table.Len() > maxCurve || perTask < fewest {
		return nil, nil
	}
	var list []CurvePoint
	run := func(rule overlap.Rule, target float64) error {
		rule.Salt = a.options.Salt
		o, err := overlap.Replay{Rule: rule, Method: overlap.Method(), Hands: 1}.Run(a.table, nil)
		if err != nil {
			return err
		}
		p := CurvePoint{Target: target, Answers: float64(o.Bought.Len()) / float64(len(a.table.Tasks)), Share: share(float64(o.Bought.Len()) / float64(a.table.Len()))}
		quality, n := overlap.Accuracy(o.Belief.Result, nil, a.gold)
		if p.Quality = ratio(quality); n == 0 {
			p.Quality = same(o.Belief.Result, label.Result{Labels: a.found})
		}
		list = append(list, p)
		return nil
	}
	for _, n := range []int{1, 2, 3, 5, 7, 10, 15, 20, 30} {
		if n > perTask {
			break
		}
		if err := run(overlap.Rule{Target: num.One, Min: n, Max: n, Final: true}, 0); err != nil {
			return nil, err
		}
	}
	for _, target := range []num.Ppm{overlap.Cautious, 998_000, 999_500} {
		if err := run(overlap.Rule{Target: target, Min: min(3, perTask), Max: overlap.MaxAnswers}, ratio(target)); err != nil {
			return nil, err
		}
	}
	return list, nil
}
