package appraisal

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/alaya-network/alaya/core/quality"
	"github.com/alaya-network/alaya/core/quality/agree"
	"github.com/alaya-network/alaya/core/quality/label"
)

// Appraise gathers all there is to say about a crowd that was read with its
// log. Of choices there is most; items, if any, are the texts of tasks.
func Appraise(c *Crowd, o Options, items map[string]string) (*Report, error) {
	if o.Method == "" {
		o.Method = Auto
	}
	subject, ok := c.subject.(*choices)
	if !ok {
		return appraiseOther(c, o)
	}
	a := &appraising{crowd: c, options: o, table: subject.table, texts: items}
	a.gold = a.table.Gold(truths(o.Gold))
	var err error
	if a.verdict, err = subject.judge(o, c.traces(a.table)); err != nil {
		return nil, err
	}
	if a.blind, err = a.withoutGold(subject); err != nil {
		return nil, err
	}
	a.index()
	r := &Report{Kind: c.Kind, Why: c.Why, Title: "Answers", Method: a.verdict.Method, Notes: a.verdict.notes}
	if r.Agreement, err = a.agreement(); err != nil {
		return nil, err
	}
	if r.Scores, err = a.scores(); err != nil {
		return nil, err
	}
	if r.Doubts, err = a.doubts(); err != nil {
		return nil, err
	}
	if r.Drift, err = a.drift(); err != nil {
		return nil, err
	}
	if r.Twins, err = a.twins(); err != nil {
		return nil, err
	}
	if r.Curve, err = a.curve(); err != nil {
		return nil, err
	}
	confusion := a.confusion()
	r.Labels, r.Certainty, r.Confusion = a.shares(), certainty(a.items), &confusion
	r.Workers, r.Suspects, r.Pairs = a.workers(), a.suspects(), a.pairs()
	r.Totals = a.totals(r)
	r.Points = points(r)
	return r, nil
}

// appraising is a report in the making.
type appraising struct {
	crowd   *Crowd
	options Options
	texts   map[string]string
	table   *label.Table
	gold    label.Gold
	verdict judgement
	blind   judgement // without gold
	items   []Item    // of blind
	found   []int32   // the class of each task
}

// index numbers the labels found.
func (a *appraising) index() {
	a.found = make([]int32, len(a.verdict.Items))
	for i, item := range a.verdict.Items {
		class, _ := slices.BinarySearch(a.table.Labels, item.Label)
		a.found[i] = int32(class)
	}
}

func (a *appraising) totals(r *Report) Totals {
	t := Totals{
		Tasks: len(a.table.Tasks), Workers: len(a.table.Workers), Answers: a.table.Len(),
		Repeated: a.crowd.Repeated, Empty: a.crowd.Empty, Gold: a.gold.Len(), Flagged: len(r.Suspects),
	}
	for _, w := range a.verdict.Workers {
		if w.Dropped {
			t.Dropped++
		}
	}
	return t
}

// agreement measures agreement, each with its interval.
func (a *appraising) agreement() ([]Agreement, error) {
	ratings := agree.Labels(a.table)
	measures := []measure{
		{"Krippendorff's α", "any label differs from any other alike", agree.Krippendorff(ratings, agree.Nominal)},
		{"Fleiss' κ", "for comparison with other studies", agree.Fleiss(ratings)},
	}
	if numeric, err := agree.Numeric(a.table); err == nil && a.table.K() > 2 {
		measures = append(measures, measure{"Krippendorff's α, ordinal", "if the labels are steps of a scale", agree.Krippendorff(numeric, agree.Ordinal)})
	}
	return estimates(a.options.Salt, a.table.Len(), measures...)
}

// withoutGold judges as if there were no gold.
func (a *appraising) withoutGold(subject *choices) (judgement, error) {
	if a.gold.Len() == 0 {
		a.items = subject.outcome(a.verdict, a.options).Items
		return a.verdict, nil
	}
	options := a.options
	options.Gold = nil
	v, err := subject.judge(options, quality.Traces{})
	if err == nil {
		a.items = subject.outcome(v, options).Items
	}
	return v, err
}

// scores measures on gold the labels found without it.
func (a *appraising) scores() (*Scores, error) {
	if a.gold.Len() == 0 {
		return nil, nil
	}
	var guesses []Guess
	for i, item := range a.items {
		if class := a.gold.At(i); class != label.None {
			guesses = append(guesses, Guess{item.Label, a.table.Labels[class], item.Confidence})
		}
	}
	s := &Scores{Kind: Choice, Scored: len(guesses), Missing: len(a.options.Gold) - len(guesses)}
	return s, s.measure(guesses)
}

func (a *appraising) shares() []Share {
	list := make([]Share, a.table.K())
	for k, name := range a.table.Labels {
		list[k].Label = name
	}
	for i := range a.table.Tasks {
		for _, v := range a.table.Votes(i) {
			list[v.Label].Answers++
		}
		list[a.found[i]].Tasks++
		if class := a.gold.At(i); class != label.None {
			list[class].Gold++
		}
	}
	return list
}

// certainty says how sure labels are that were found without gold.
func certainty(items []Item) Certainty {
	const n = 20
	c := Certainty{Histogram: make([]int, n)}
	for _, item := range items {
		c.Histogram[min(n-1, int(item.Confidence*n))]++
		switch item.Status {
		case Accepted:
			c.Accepted++
		case Delivered:
			c.Delivered++
		default:
			c.Contested++
		}
	}
	return c
}

func newMatrix(labels []string) Matrix {
	m := Matrix{Labels: labels, Counts: make([][]int, len(labels))}
	for k := range m.Counts {
		m.Counts[k] = make([]int, len(labels))
	}
	return m
}

func (a *appraising) confusion() Matrix {
	m := newMatrix(a.table.Labels)
	for i := range a.table.Tasks {
		for _, v := range a.table.Votes(i) {
			m.Counts[a.found[i]][v.Label]++
		}
	}
	return m
}

// maxMatrix is the number of labels up to which each worker has a matrix of
// his own in the report.
const maxMatrix = 12

func (a *appraising) workers() []ReportWorker {
	flags := flagsOf(a.verdict.Findings)
	times := a.crowd.traces(a.table).Millis
	if times == nil {
		times = make([][]int64, len(a.verdict.Workers))
	}
	list := make([]ReportWorker, len(a.verdict.Workers))
	for j, w := range a.verdict.Workers {
		marks := flags[w.Worker]
		if w.Dropped {
			marks = append(marks, "dropped")
		}
		list[j].Worker = Worker{w.Worker, ratio(w.Skill), w.Answers, w.GoldSeen, w.GoldRight, strings.Join(marks, ";")}
		list[j].Millis = median(times[j])
		if a.table.K() <= maxMatrix {
			m := newMatrix(a.table.Labels)
			list[j].Matrix = &m
		}
	}
	for i := range a.table.Tasks {
		for _, v := range a.table.Votes(i) {
			w := &list[v.Worker]
			if v.Label == a.found[i] {
				w.Agrees++
			}
			if w.Matrix != nil {
				w.Matrix.Counts[a.found[i]][v.Label]++
			}
		}
	}
	for j := range list {
		list[j].Agrees /= math.Max(1, float64(list[j].Answers))
	}
	slices.SortStableFunc(list, func(x, y ReportWorker) int {
		return cmp.Or(cmp.Compare(strings.Count(y.Flags, ";")+sign(y.Flags), strings.Count(x.Flags, ";")+sign(x.Flags)), cmp.Compare(y.Answers, x.Answers))
	})
	return list
}

func sign(flags string) int {
	if flags == "" {
		return 0
	}
	return 1
}

// median returns the lower median, 0 of nothing.
func median(values []int64) int64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[(len(sorted)-1)/2]
}

// suspects gathers the evidence by worker.
func (a *appraising) suspects() []Suspect {
	evidence := map[string][]string{}
	for _, f := range a.verdict.Findings {
		evidence[f.Worker] = append(evidence[f.Worker], f.Text())
	}
	var list []Suspect
	for _, w := range a.verdict.Workers {
		why := evidence[w.Worker]
		if w.Dropped {
			why = append(why, fmt.Sprintf("%s is right on %d of %d tasks with gold: too few for his answers to count", w.Worker, w.GoldRight, w.GoldSeen))
		}
		if len(why) > 0 {
			list = append(list, Suspect{w.Worker, w.Answers, w.Dropped, why})
		}
	}
	slices.SortStableFunc(list, func(x, y Suspect) int {
		return cmp.Or(cmp.Compare(len(y.Evidence), len(x.Evidence)), cmp.Compare(y.Answers, x.Answers))
	})
	return list
}
