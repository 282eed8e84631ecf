package oracle

import (
	"slices"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality"
	"github.com/alaya-network/alaya/core/work"
)

// Report is what a verdict found beyond its labels: scores of contributors,
// calibration, anomalies, and which submissions could not be used.
type Report struct {
	Quality   quality.Verdict `json:"quality"` // without items: those are the records
	Missing   []uint64        `json:"missing,omitempty"`
	Spoiled   []uint64        `json:"spoiled,omitempty"`
	Skips     uint64          `json:"skips"`
	GoldItems uint64          `json:"gold_items"`
}

// label writes the ingredients label of a final verdict.
func (f *finding) label(v *Verdict, s Shelf) error {
	if !v.Final {
		return nil
	}
	t := f.Request.Terms
	l := dataset.Label{
		Identity: dataset.Identity{Title: t.Title, Summary: t.Summary, Dataset: dataset.IDOf(f.Request.ID), RecordsRoot: v.RecordsRoot, Records: v.RecordsCount, Bytes: f.bytes},
		Contract: dataset.Contract{
			Request: f.Request.ID, Requester: f.Request.Requester, TermsHash: t.Hash(), Milestone: f.milestone,
			Metric: t.Clause.Metric, Threshold: t.Clause.Threshold, Confidence: t.Clause.Confidence,
			Evidence: v.Measure.Evidence, Measured: v.Measure.Items, Estimate: v.Measure.Estimate, LowerBound: v.Measure.LowerBound,
			Holds: v.Measure.Holds, PriceDue: v.Due, PricePerCap: t.PriceCap, Paid: v.PayoutsTotal,
		},
		Sources: []dataset.Source{{Manifest: t.Manifest.CID, Root: t.Manifest.Root, Items: t.Manifest.Count, Method: "supplied by the requester", Licence: t.Licence}},
		People:  f.people(),
		Process: f.process(),
		Quality: f.qualityOf(),
		Limits: dataset.Limits{
			Unanswered: v.Items - v.RecordsCount, BelowTarget: v.Delivered, Skips: f.skips,
			PersonalData: "contributors appear under a pseudonym per dataset; items are as the requester supplied them", PrivacyBudget: "none spent",
		},
		Use: dataset.Use{Licence: t.Licence, Policy: t.Policy, ContributorShare: t.ContributorShare, Withdrawal: "the owner tombstones a version on the chain"},
	}
	var err error
	v.Label, err = s.Put(dataset.EncodeLabel(l))
	return err
}

func (f *finding) people() dataset.People {
	p := dataset.People{Contributors: uint64(len(f.entries)), Languages: f.Request.Terms.Qualification.Languages}
	var answers, skills, pay []int64
	for _, e := range f.entries {
		p.Answers += e.Answers
		answers, skills = append(answers, int64(e.Answers)), append(skills, int64(e.Skill))
		pay = append(pay, int64(e.Amount)/int64(max(1, e.Answers)))
		if e.Worthless {
			p.Worthless++
		}
	}
	p.PerPerson, p.Skill, p.PayPerAnswer = spread(answers), spread(skills), spread(pay)
	return p
}

func (f *finding) process() dataset.Process {
	t := f.Request.Terms
	p := dataset.Process{
		Method: t.Method, MethodVersion: t.MethodVersion, Target: t.Redundancy.Target, Rounds: f.Job.Round,
		Inputs: f.Job.Inputs, Submissions: f.Job.Submissions, Missing: uint64(len(f.missing)),
	}
	var perItem []int64
	for _, r := range f.lines {
		perItem = append(perItem, int64(r.Answers))
	}
	p.PerItem = spread(perItem)
	for _, g := range f.Request.Guidelines {
		p.Guidelines = append(p.Guidelines, string(g.Spec))
	}
	return p
}

func (f *finding) qualityOf() dataset.Quality {
	q := dataset.Quality{Agreement: f.Agreement, GoldItems: uint64(len(f.gold)), Temperature: int64(f.Temperature) / 1000}
	if f.Measure.Evidence == quality.EvidenceGold {
		q.GoldRight = uint64(f.Measure.Right)
	}
	var sum int64
	for _, r := range f.lines {
		sum += int64(r.Confidence)
	}
	q.Classes = f.classes()
	for _, c := range f.Controls {
		q.Controls = append(q.Controls, dataset.Control{Name: c.Name, Type: c.Type, Answers: uint64(c.Answers), Agreement: c.Agreement, Support: c.Support})
	}
	if len(f.lines) > 0 {
		q.Confidence = num.Ppm(sum / int64(len(f.lines)))
	}
	return q
}

// classes counts the records with each label, of a form control by control.
func (f *finding) classes() []dataset.Class {
	type class struct{ control, label string }
	count := make(map[class]uint64)
	for _, r := range f.lines {
		if f.spec.Form == nil {
			count[class{label: r.Label}]++
			continue
		}
		values, err := f.spec.Form.Parse([]byte(r.Value))
		if err != nil {
			continue // what was found fits the form
		}
		for i, v := range values {
			for _, label := range answer.LabelsOf(v) {
				count[class{f.spec.Form.Controls[i].Name, label}]++
			}
		}
	}
	var classes []dataset.Class
	for _, label := range f.spec.Labels {
		classes = append(classes, dataset.Class{Label: label, Items: count[class{label: label}]})
	}
	if f.spec.Form == nil {
		return classes
	}
	for _, c := range f.spec.Form.Controls {
		for _, l := range c.Labels {
			classes = append(classes, dataset.Class{Control: c.Name, Label: l.ID, Items: count[class{c.Name, l.ID}]})
		}
	}
	return classes
}

func spread(values []int64) dataset.Spread {
	slices.Sort(values)
	return dataset.SpreadOf(values)
}

// ParseReport reads the blob of a report.
func ParseReport(text []byte) (Report, error) {
	var r Report
	return r, work.DecodeLine(text, &r)
}
