package oracle

import (
	"slices"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality"
	"github.com/alaya-network/alaya/core/quality/consensus"
	"github.com/alaya-network/alaya/core/quality/pay"
	"github.com/alaya-network/alaya/core/settle"
	"github.com/alaya-network/alaya/core/work"
)

// Judge turns a dossier into its verdict and puts the blobs the verdict names
// on the shelf. It is what every validator computes and what anybody may
// compute again. A submission nobody can fetch is not judged and named in
// Verdict.Missing; whether to wait for it is the caller's business.
// Errors: not found for a manifest or spec nobody has, invalid for a dossier
// that contradicts itself, limit from the quality engine.
func Judge(d Dossier, s Shelf) (Verdict, error) {
	c, err := open(d, s)
	if err != nil {
		return Verdict{}, err
	}
	found, err := c.judge()
	if err != nil {
		return Verdict{}, err
	}
	v := Verdict{Request: d.Job.Request, Round: d.Job.Round, Inputs: d.Job.Inputs, Missing: c.missing}
	f := finding{casework: c, Verdict: found, items: c.index(found)}
	next := f.contested()
	v.Final = d.Job.Last || len(next) == 0
	for _, step := range []func(*Verdict, Shelf) error{f.records, f.next(next), f.measure, f.pay, f.report, f.label} {
		if err := step(&v, s); err != nil {
			return Verdict{}, err
		}
	}
	return v, v.Check()
}

// finding is a casework with what the quality engine found in it.
type finding struct {
	*casework
	quality.Verdict
	items   map[string]quality.Item
	entries []settle.Entry
	lines   []dataset.Record
	bytes   uint64
}

// CheckTerms refuses terms by which no verdict could ever be found: kind
// invalid, with the first value that does not fit. Work on such a request would
// be in vain.
func CheckTerms(t market.Terms) error { return params(t).Validate() }

// params say how the terms want answers judged.
func params(t market.Terms) quality.Params {
	p := quality.Defaults()
	p.Method, p.Version = t.Method, t.MethodVersion
	p.Target, p.MinAnswers, p.MaxAnswers = t.Redundancy.Target, int(t.Redundancy.Min), int(t.Redundancy.Max)
	p.Metric, p.Confidence, p.MinEvidence = t.Clause.Metric, t.Clause.Confidence, int(t.Clause.MinEvidence)
	p.Control = 0
	return p
}

func (c *casework) judge() (quality.Verdict, error) {
	job := quality.Job{Salt: c.Job.Inputs, Params: params(c.Request.Terms), Labels: c.spec.Labels, Answers: c.answers, Final: c.Job.Last}
	for _, item := range c.itemsThrough(c.milestone) {
		if label, known := c.gold[item.ID]; known {
			job.Gold = append(job.Gold, quality.Truth{Task: item.ID, Label: label})
		}
	}
	if c.spec.Form != nil {
		return consensus.Judge(job, consensus.Form{Form: *c.spec.Form, Match: c.spec.Same()})
	}
	return quality.Judge(job)
}

// itemsThrough lists the items of milestones 0 to m in manifest order.
func (c *casework) itemsThrough(m uint32) []work.Item {
	return c.items[:c.Request.Terms.ItemsThrough(m)]
}

func (c *casework) index(v quality.Verdict) map[string]quality.Item {
	out := make(map[string]quality.Item, len(v.Items))
	for _, it := range v.Items {
		out[it.Task] = it
	}
	return out
}

// contested lists the items of the milestone that want another answer, by
// page: the contested ones and those nobody answered.
func (f *finding) contested() []work.PageItems {
	from, to := f.Request.Terms.PageRange(f.milestone)
	most := f.Request.Terms.Redundancy.Max
	var pages []work.PageItems
	for p := from; p < to; p++ {
		page := work.PageItems{Page: p}
		for _, item := range f.pages[p] {
			found, answered := f.items[item]
			if f.count[item] < most && (!answered || found.Status == quality.Contested) {
				page.Items = append(page.Items, item)
			}
		}
		if len(page.Items) > 0 {
			pages = append(pages, page)
		}
	}
	return pages
}

// records writes the labelled items of all milestones so far.
func (f *finding) records(v *Verdict, s Shelf) error {
	all := f.itemsThrough(f.milestone)
	v.Items = uint64(len(all))
	var text []byte
	for _, item := range all {
		r, ok := f.record(item.ID)
		if !ok {
			continue
		}
		f.lines = append(f.lines, r)
		text = work.AppendLine(text, r)
		if r.Status == dataset.StatusDelivered {
			v.Delivered++
		} else {
			v.Accepted++
		}
	}
	v.Contested = v.Items - v.Accepted - v.Delivered
	f.bytes = uint64(len(text))
	var err error
	if v.RecordsRoot, v.RecordsCount, err = work.Root(text); err != nil {
		return err
	}
	v.Records, err = s.Put(text)
	return err
}

// record is an item's line; false for one that has no label yet, or only
// answers that count for nothing.
func (f *finding) record(item string) (dataset.Record, bool) {
	found, answered := f.items[item]
	if truth, known := f.gold[item]; known && answered {
		return f.recordOf(dataset.Record{Item: item, Confidence: num.One, Answers: f.count[item], Status: dataset.StatusGold}, truth), true
	}
	if !answered || found.Answers == 0 || found.Status == quality.Contested && !f.Job.Last && f.count[item] < f.Request.Terms.Redundancy.Max {
		return dataset.Record{}, false
	}
	status := dataset.StatusDelivered
	if found.Status == quality.Accepted {
		status = dataset.StatusAccepted
	}
	return f.recordOf(dataset.Record{Item: item, Confidence: found.Posterior, Answers: f.count[item], Status: status}, found.Label), true
}

// recordOf fills in what the engine calls a label: one, or the text of a value.
func (f *finding) recordOf(r dataset.Record, found string) dataset.Record {
	if f.spec.Form != nil {
		r.Value = answer.Raw(found)
	} else {
		r.Label = found
	}
	return r
}

// next writes the manifest of the round that follows, unless v is final.
func (f *finding) next(pages []work.PageItems) func(*Verdict, Shelf) error {
	return func(v *Verdict, s Shelf) error {
		for _, w := range f.Workers {
			if w.Spam || w.Dropped {
				v.Suspended = append(v.Suspended, id.Address(w.Worker))
			}
		}
		if v.Final {
			return nil
		}
		var text []byte
		r := f.Request.Terms.Redundancy
		v.NextTarget = r.Step
		for _, p := range pages {
			text = work.AppendLine(text, p)
			v.NextPages = append(v.NextPages, work.PagePlan{Page: p.Page, Items: uint32(len(p.Items))})
			for _, item := range p.Items {
				v.NextTarget = max(1, min(v.NextTarget, r.Max-f.count[item]))
			}
		}
		var err error
		if v.NextRoot, _, err = work.Root(text); err != nil {
			return err
		}
		v.NextManifest, err = s.Put(text)
		return err
	}
}

// measure holds the clause against what was measured.
func (f *finding) measure(v *Verdict, _ Shelf) error {
	m := f.Measure
	v.Measure = Measure{Evidence: m.Evidence, Items: uint64(m.Items), Estimate: m.Estimate, LowerBound: m.Lower}
	v.Measure.Holds, v.Due = f.Request.Terms.Clause.Due(m.Lower)
	return nil
}

// pay prices the answers of the milestone, if v is final.
func (f *finding) pay(v *Verdict, s Shelf) error {
	if !v.Final {
		return nil
	}
	works, err := f.works()
	if err != nil {
		return err
	}
	rule := settle.Rule{Floor: f.guess(), Target: f.Request.Terms.Clause.Threshold, Due: v.Due}
	if f.entries, v.PayoutsTotal, err = rule.Pay(works); err != nil {
		return err
	}
	var text []byte
	for _, chunk := range settle.Chunks(f.entries) {
		text = append(text, chunk...)
	}
	v.Payouts, v.PayoutsRoot = uint32(len(f.entries)), settle.Root(f.entries)
	v.PayoutsContent, err = s.Put(text)
	return err
}

// works sums up, by contributor, the answers to labelled items of the milestone.
func (f *finding) works() ([]settle.Work, error) {
	from, to := f.Request.Terms.PageRange(f.milestone)
	labelled := make(map[string]dataset.Record, len(f.lines))
	for _, r := range f.lines {
		if p := f.pageOf[r.Item]; p >= from && p < to {
			labelled[r.Item] = r
		}
	}
	works := make([]settle.Work, len(f.Workers))
	place := make(map[string]int, len(f.Workers))
	for i, w := range f.Workers {
		e, found := slices.BinarySearchFunc(f.Engagements, id.Address(w.Worker), byContributor)
		if !found {
			return nil, fault.Invalid("oracle: job %s: %s answered without an engagement", f.Job.Name(), w.Worker)
		}
		place[w.Worker] = i
		works[i] = settle.Work{Contributor: id.Address(w.Worker), Price: f.Engagements[e].Price, Skill: w.Skill, Worthless: w.Spam}
	}
	recalls := pay.NewRecalls(len(works), len(f.spec.Labels))
	right := f.credit()
	seen := make(map[[2]string]struct{}, len(f.answers))
	for _, a := range f.answers {
		key := [2]string{a.Worker, a.Task}
		r, ok := labelled[a.Task]
		if _, twice := seen[key]; twice || !ok {
			continue
		}
		seen[key] = struct{}{}
		w := &works[place[a.Worker]]
		w.Answers++
		credit := right(a.Label, r)
		if class, one := slices.BinarySearch(f.spec.Labels, r.Label); one { // not the value of a form
			recalls.Add(place[a.Worker], class, r.Confidence, a.Label == r.Label)
		}
		w.Right += int64(credit)
		w.Wrong += int64(num.One - credit)
	}
	for i, most := range recalls.Informed() {
		works[i].Informed = most
	}
	return slices.DeleteFunc(works, func(w settle.Work) bool { return w.Answers == 0 }), nil
}

// guess is the share of answers that are right by chance.
func (f *finding) guess() num.Ppm {
	if f.spec.Form == nil {
		return num.One / num.Ppm(len(f.spec.Labels))
	}
	return consensus.NewMeasure(*f.spec.Form).Guess(f.spec.Same())
}

// credit returns how far an answer is right by a record: as likely as its label,
// or wholly when it matches its value.
func (f *finding) credit() func(given string, r dataset.Record) num.Ppm {
	if f.spec.Form == nil {
		return func(given string, r dataset.Record) num.Ppm {
			if given != r.Label {
				return 0
			}
			return r.Confidence
		}
	}
	form, measure := *f.spec.Form, consensus.NewMeasure(*f.spec.Form)
	return func(given string, r dataset.Record) num.Ppm {
		a, err := form.Parse([]byte(given))
		if err != nil {
			return 0
		}
		b, err := form.Parse([]byte(r.Value))
		if err != nil || measure.Similarity(a, b) < f.spec.Same() {
			return 0
		}
		return num.One
	}
}

// report writes scores, calibration and anomalies.
func (f *finding) report(v *Verdict, s Shelf) error {
	text := work.AppendLine(nil, Report{Quality: f.withoutItems(), Missing: f.missing, Spoiled: f.spoiled, Skips: f.skips, GoldItems: uint64(len(f.gold))})
	var err error
	v.Report, err = s.Put(text)
	return err
}

func (f *finding) withoutItems() quality.Verdict {
	q := f.Verdict
	q.Items = nil
	return q
}
