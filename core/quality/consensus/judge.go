package consensus

import (
	"slices"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/table"
)

// Form is what a job's answers answer.
type Form struct {
	Form answer.Form // validated
	// Match is the similarity from which two answers count as the same.
	Match num.Ppm
}

// Judge turns revealed answers to a form into values, scores and evidence, as
// quality.Judge does with labels: the labels of the job's answers and gold are
// the texts of values; those that do not fit the form are passed over as
// foreign. Errors are of kind invalid (parameters, empty names) or limit.
func Judge(job quality.Job, f Form) (quality.Verdict, error) {
	if err := job.Params.Validate(); err != nil {
		return quality.Verdict{}, err
	}
	if f.Match < 1 || f.Match > num.One {
		return quality.Verdict{}, fault.Invalid("quality: match is %v: want above 0, at most 100%%", f.Match)
	}
	c, err := newCase(job, f)
	if err != nil {
		return quality.Verdict{}, err
	}
	if err := c.infer(); err != nil {
		return quality.Verdict{}, err
	}
	v := quality.Verdict{
		Method: job.Params.Method, Version: job.Params.Version, Temperature: num.One,
		Items: c.items(), Repeated: c.crowd.Repeated, Foreign: c.foreign,
		Agreement: c.agreement(), Controls: c.controls(),
	}
	v.Workers = c.workers(v.Items)
	if v.Measure, err = c.measure(v.Items); err != nil {
		return quality.Verdict{}, err
	}
	v.Findings, err = c.findings()
	return v, err
}

// formCase is a job being judged.
type formCase struct {
	job     quality.Job
	match   num.Ppm
	crowd   *crowd
	foreign int
	gold    []answer.Values // by task, nil where not known
	records []quality.Record

	found   []answer.Values   // by task, from the answers that count
	without [][]answer.Values // by fold, then task: without the votes of the fold
}

func newCase(job quality.Job, f Form) (*formCase, error) {
	method, err := label.New(job.Params.Method)
	if err != nil {
		return nil, err
	}
	c := &formCase{job: job, match: f.Match}
	answers := make([]table.Answer[answer.Values], 0, len(job.Answers))
	for _, a := range job.Answers {
		value, err := f.Form.Parse([]byte(a.Label))
		if err != nil {
			c.foreign++
			continue
		}
		answers = append(answers, table.Answer[answer.Values]{Task: a.Task, Worker: a.Worker, Value: value})
	}
	t, err := table.New(answers, table.KeepFirst)
	if err != nil {
		return nil, err
	}
	if c.crowd, err = newCrowd(Measure{f.Form, newKinds(f.Form, job.Salt, method)}, t); err != nil {
		return nil, err
	}
	c.gold = make([]answer.Values, len(t.Tasks))
	for _, g := range job.Gold {
		value, err := f.Form.Parse([]byte(g.Label))
		if i, known := t.Find(g.Task); known && err == nil && c.gold[i] == nil {
			c.gold[i] = value
		}
	}
	return c, c.examine()
}

// examine holds every worker's answers to gold against it.
func (c *formCase) examine() error {
	marks := make([][]bool, len(c.crowd.Workers))
	for i, gold := range c.gold {
		if gold == nil {
			continue
		}
		for _, v := range c.crowd.Votes(i) {
			marks[v.Worker] = append(marks[v.Worker], c.same(v.Value, gold))
		}
	}
	var err error
	c.records, err = quality.Examine(marks, c.crowd.Guess(c.match), c.job.Params)
	return err
}

// same says whether two answers match.
func (c *formCase) same(a, b answer.Values) bool { return c.crowd.Similarity(a, b) >= c.match }

// maxFolds bounds how often all is merged with some votes held back; with more
// votes on an item, several are held back together.
const maxFolds = 8

// infer merges all answers that count, and again without each fold of them.
func (c *formCase) infer() error {
	most := 0
	for i := range c.crowd.Tasks {
		most = max(most, len(c.crowd.Votes(i)))
	}
	var err error
	if c.found, err = c.crowd.merge(c.counts); err != nil || most < 2 {
		return err
	}
	c.without = make([][]answer.Values, min(most, maxFolds))
	for f := range c.without {
		if c.without[f], err = c.crowd.merge(func(task, n int) bool { return c.counts(task, n) && n%len(c.without) != f }); err != nil {
			return err
		}
	}
	return nil
}

// counts says whether a vote is that of a worker who was not dropped.
func (c *formCase) counts(task, n int) bool {
	return !c.records[c.crowd.Votes(task)[n].Worker].Dropped
}

// judged is whether an answer is right; false for known if there is nothing to
// hold it against.
func (c *formCase) judged(task, n int) (right, known bool) {
	v := c.crowd.Votes(task)[n]
	against := c.gold[task]
	if against == nil && !c.counts(task, n) {
		against = c.found[task]
	}
	if against == nil && len(c.without) > 0 {
		against = c.without[n%len(c.without)][task]
	}
	if against == nil {
		return false, false
	}
	return c.same(v.Value, against), true
}

// items holds every task to its consensus.
func (c *formCase) items() []quality.Item {
	rule := c.job.Params.Rule()
	rule.Salt, rule.Final = c.job.Salt, c.job.Final
	items := make([]quality.Item, len(c.crowd.Tasks))
	for i, task := range c.crowd.Tasks {
		support, answers := c.support(i)
		items[i] = quality.Item{Task: task, Posterior: support, Answers: answers}
		if c.found[i] != nil {
			items[i].Label = c.crowd.spell(c.found[i])
		}
		items[i].Status = quality.StatusOf(rule.State(task, answers, support))
	}
	return items
}

// support is the mean similarity of a task's answers to its consensus, and how
// many count.
func (c *formCase) support(i int) (num.Ppm, int) {
	var sum num.Ppm
	answers := 0
	for n, v := range c.crowd.Votes(i) {
		if c.counts(i, n) {
			sum += c.crowd.Similarity(v.Value, c.found[i])
			answers++
		}
	}
	return sum / num.Ppm(max(1, answers)), answers
}

// workers scores every worker.
func (c *formCase) workers(items []quality.Item) []quality.Worker {
	workers := make([]quality.Worker, len(c.records))
	right, known := make([]int64, len(workers)), make([]int64, len(workers))
	var allRight, all int64
	for i, item := range items {
		for n, v := range c.crowd.Votes(i) {
			w := &workers[v.Worker]
			w.Answers++
			is, seen := c.judged(i, n)
			if seen {
				known[v.Worker]++
				all++
			}
			if is {
				right[v.Worker]++
				allRight++
			}
			if item.Status == quality.Contested {
				continue
			}
			w.Resolved++
			if is || !seen {
				w.Right += int64(num.One)
			} else {
				w.Wrong += int64(num.One)
			}
		}
	}
	for j := range workers {
		w, r := &workers[j], c.records[j]
		w.Worker = c.crowd.Workers[j]
		w.Skill = num.Ppm((right[j]*int64(num.One) + 2*int64(share(allRight, all))) / (known[j] + 2))
		w.GoldRight, w.GoldSeen = r.Right, r.Seen
		w.Suspicion, w.Spam, w.Dropped = r.Walk.Sum, r.Walk.Spam, r.Dropped
	}
	return workers
}

// measure states the share of right items.
func (c *formCase) measure(items []quality.Item) (quality.Measure, error) {
	m := quality.Measure{Metric: c.job.Params.Metric, Evidence: quality.EvidenceGold}
	for i, gold := range c.gold {
		if gold != nil && c.found[i] != nil {
			m.Items++
			if c.same(c.found[i], gold) {
				m.Right++
			}
		}
	}
	if m.Items < c.job.Params.MinEvidence {
		m.Evidence, m.Items, m.Right = quality.EvidencePosterior, len(items), 0
		for _, item := range items {
			if item.Posterior >= c.match {
				m.Right++
			}
		}
	}
	return m.Bounded(c.job.Params.Confidence)
}

// controls says how far answers to each control agree.
func (c *formCase) controls() []quality.Control {
	var all []quality.Control
	for n, control := range c.crowd.form.Controls {
		k, column := c.crowd.kinds[n], c.crowd.columns[n]
		given := column.Where(func(task, vote int) bool { return column.Votes(task)[vote].Value != nil })
		var sum, support int64
		for i := range given.Tasks {
			for _, v := range given.Votes(i) {
				if c.found[i] != nil && c.found[i][n] != nil {
					support += int64(k.similarity(v.Value, c.found[i][n]))
					sum++
				}
			}
		}
		all = append(all, quality.Control{
			Name: control.Name, Type: string(control.Type), Answers: given.Len(),
			Agreement: alpha(given, k.similarity, c.job.Salt), Support: num.Ppm(support / max(1, sum)),
		})
	}
	return all
}

func (c *formCase) agreement() num.Ppm {
	return alpha(c.crowd.Table, c.crowd.Similarity, c.job.Salt)
}

// times returns the known times of each worker.
func (c *formCase) times() [][]int64 {
	times := make([][]int64, len(c.crowd.Workers))
	for _, a := range c.job.Answers {
		if j, known := slices.BinarySearch(c.crowd.Workers, a.Worker); known && a.Millis > 0 {
			times[j] = append(times[j], a.Millis)
		}
	}
	return times
}
