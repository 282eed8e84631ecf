package quality

import (
	"slices"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/agree"
	"github.com/alaya-network/alaya/core/quality/calibrate"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/overlap"
	"github.com/alaya-network/alaya/core/quality/strict"
	"github.com/alaya-network/alaya/core/quality/watch"
)

// Judge turns revealed answers into labels, scores and evidence. It is pure,
// gives the same bits everywhere, and takes time near-linear in the answers.
// Errors are of kind invalid (parameters, empty names) or limit (see label).
func Judge(job Job) (Verdict, error) {
	answers := make([]label.Answer, len(job.Answers))
	for i, a := range job.Answers {
		answers[i] = label.Answer{Task: a.Task, Worker: a.Worker, Label: a.Label}
	}
	table, err := label.NewTable(answers, label.Rules{Salt: job.Salt, Labels: job.Labels})
	if err != nil {
		return Verdict{}, err
	}
	method, err := label.New(job.Params.Method)
	if err != nil {
		return Verdict{}, err
	}
	return JudgeTable(job, table, method, Traces{Millis: millis(job.Answers, table), Given: watch.InOrder(table, answers)})
}

// Traces are what workers left besides their answers, by the table's numbers of
// workers; nil where nothing is known.
type Traces struct {
	Millis [][]int64       // the known times they took
	Given  [][]watch.Given // their answers in the order of their work
}

// JudgeTable judges answers that are in order already, for more of them than a
// job could hold, by any method. The table has the job's salt and labels; the
// job's own answers are not looked at.
func JudgeTable(job Job, table *label.Table, method label.Method, traces Traces) (Verdict, error) {
	if err := job.Params.Validate(); err != nil {
		return Verdict{}, err
	}
	c, err := newCase(job, table, traces)
	if err != nil {
		return Verdict{}, err
	}
	c.infer(method)
	v := Verdict{
		Method: method.Name(), Version: job.Params.Version,
		Temperature: c.calibration.T(),
		Doubt:       c.calibration.Wrong(c.table.K()),
		Agreement:   agree.Alpha(c.table),
		Repeated:    c.table.Repeated, Foreign: c.table.Foreign,
	}
	v.Items = c.items()
	v.Workers = c.workers(v.Items)
	if v.Measure, err = c.measure(v.Items); err != nil {
		return Verdict{}, err
	}
	v.Findings = c.findings()
	return v, nil
}

// jobCase is a job being judged.
type jobCase struct {
	job     Job
	traces  Traces
	table   *label.Table // every answer kept
	counted *label.Table // less those of dropped workers
	gold    label.Gold
	records []Record // by worker

	blind       label.Result // what the answers say without gold
	known       label.Result // and with it
	rule        overlap.Rule
	calibration calibrate.Temperature
	posterior   []float64 // known, softened
}

func newCase(job Job, table *label.Table, traces Traces) (*jobCase, error) {
	c := &jobCase{job: job, traces: traces, table: table, gold: table.Gold(job.Gold)}
	c.rule = job.Params.Rule().Guarded(c.gold.Len())
	c.rule.Salt, c.rule.Final = job.Salt, job.Final
	var err error
	if c.records, err = records(table, c.gold, job.Params); err != nil {
		return nil, err
	}
	dropped := make([]bool, len(c.records))
	for j, r := range c.records {
		dropped[j] = r.Dropped
	}
	c.counted = table.Without(dropped)
	return c, nil
}

// infer runs the method without and with gold, and calibrates.
func (c *jobCase) infer(method label.Method) {
	c.blind = method.Aggregate(c.counted, nil)
	c.known = c.blind
	if c.gold.Len() > 0 {
		c.known = method.Aggregate(c.counted, c.gold)
	}
	c.calibration = calibrate.FitTemperature(c.blind.Posterior, c.table.K(), c.gold)
	c.posterior = c.calibration.Soften(c.known.Posterior, c.table.K())
}

// row returns the softened posterior of a task.
func (c *jobCase) row(task int) []float64 {
	k := c.table.K()
	return c.posterior[task*k : (task+1)*k]
}

// items labels every task.
func (c *jobCase) items() []Item {
	items := make([]Item, len(c.table.Tasks))
	blind := c.calibration.Soften(c.blind.Posterior, c.table.K())
	k := c.table.K()
	for i, task := range c.table.Tasks {
		best := c.known.Labels[i]
		items[i] = Item{
			Task: task, Label: c.table.Labels[best],
			Posterior: strict.Ppm(c.row(i)[best]),
			Answers:   len(c.counted.Votes(i)),
		}
		sure := items[i].Posterior
		if c.gold.At(i) != label.None { // judged as if it were not gold
			sure = strict.Ppm(blind[i*k+int(c.blind.Labels[i])])
		}
		items[i].Status = StatusOf(c.rule.State(task, items[i].Answers, sure))
	}
	return items
}

// workers scores every worker.
func (c *jobCase) workers(items []Item) []Worker {
	right, resolved := make([]float64, len(c.records)), make([]float64, len(c.records))
	workers := make([]Worker, len(c.records))
	var all, n float64
	for i, item := range items {
		row := c.row(i)
		for _, v := range c.table.Votes(i) {
			w := &workers[v.Worker]
			w.Answers++
			right[v.Worker] += row[v.Label]
			all += row[v.Label]
			n++
			if item.Status != Contested {
				w.Resolved++
				resolved[v.Worker] += row[v.Label]
			}
		}
	}
	for j := range workers {
		w, r := &workers[j], c.records[j]
		w.Worker = c.table.Workers[j]
		w.Skill = strict.Ppm((right[j] + float64(2*all)/n) / float64(w.Answers+2))
		w.Right = int64(strict.Ppm(resolved[j]))
		w.Wrong = int64(w.Resolved)*int64(num.One) - w.Right
		w.GoldRight, w.GoldSeen = r.Right, r.Seen
		w.Suspicion, w.Spam, w.Dropped = r.Walk.Sum, r.Walk.Spam, r.Dropped
	}
	return workers
}

// measure states the accuracy of the labels.
func (c *jobCase) measure(items []Item) (Measure, error) {
	m := Measure{Metric: c.job.Params.Metric, Evidence: EvidenceGold}
	for i := range items {
		if class := c.gold.At(i); class != label.None {
			m.Items++
			if c.blind.Labels[i] == class {
				m.Right++
			}
		}
	}
	if m.Items < c.job.Params.MinEvidence {
		m.Evidence, m.Right, m.Items = EvidencePosterior, c.expected(items), len(items)
	}
	return m.Bounded(c.job.Params.Confidence)
}

// expected returns the number of right labels to expect, rounded down.
func (c *jobCase) expected(items []Item) int {
	var sum float64
	for i := range items {
		sum += c.calibration.Believe(c.row(i)[c.known.Labels[i]], c.table.K())
	}
	return int(strict.Ppm(sum) / num.One)
}

// findings gathers the evidence. What MACE calls spam is not among it: on
// public sets it names too many who are mostly right.
func (c *jobCase) findings() []watch.Finding {
	findings := slices.Concat(
		watch.Rings(c.table, watch.Pairs(c.table, c.known)),
		watch.Agreement(c.table),
		watch.Habits(c.table, c.known),
	)
	if c.traces.Given != nil {
		findings = append(findings, watch.Repeats(c.table, c.known, c.traces.Given)...)
	}
	if c.traces.Millis != nil {
		findings = append(findings, watch.Speed(c.table, c.traces.Millis)...)
		findings = append(findings, watch.Pace(c.table, c.traces.Millis)...)
	}
	watch.Sort(findings)
	return findings
}

// millis returns the known times of each worker of a table.
func millis(answers []Answer, t *label.Table) [][]int64 {
	index := make(map[string]int, len(t.Workers))
	for j, name := range t.Workers {
		index[name] = j
	}
	times := make([][]int64, len(t.Workers))
	for _, a := range answers {
		if j, ok := index[a.Worker]; ok && a.Millis > 0 {
			times[j] = append(times[j], a.Millis)
		}
	}
	return times
}
