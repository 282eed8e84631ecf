package delivery

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

// raiNames are the 20 properties of RAI 1.0.
func raiNames() []string {
	return []string{
		"annotationsPerItem", "annotatorDemographics", "dataAnnotationAnalysis", "dataAnnotationPlatform", "dataAnnotationProtocol",
		"dataBiases", "dataCollection", "dataCollectionMissingData", "dataCollectionRawData", "dataCollectionTimeframe",
		"dataCollectionType", "dataImputationProtocol", "dataLimitations", "dataManipulationProtocol", "dataPreprocessingProtocol",
		"dataReleaseMaintenancePlan", "dataSocialImpact", "dataUseCases", "machineAnnotationTools", "personalSensitiveInformation",
	}
}

// responsible answers the 20 questions of RAI from the ingredients label.
func (p Package) responsible() object {
	l := p.Label
	return object{
		"annotationsPerItem":           spreadText(l.Process.PerItem),
		"annotatorDemographics":        p.demographics(),
		"dataAnnotationAnalysis":       p.analysis(),
		"dataAnnotationPlatform":       []string{"Alaya, chain " + p.Chain},
		"dataAnnotationProtocol":       p.protocol(),
		"dataBiases":                   []string{"Records per label: " + classesText(l.Quality.Classes) + ". Beyond these counts, bias was not examined."},
		"dataCollection":               p.collection(),
		"dataCollectionMissingData":    fmt.Sprintf("%d items have no record; contributors skipped an item %d times; %d submissions could not be fetched.", l.Limits.Unanswered, l.Limits.Skips, l.Process.Missing),
		"dataCollectionRawData":        ItemsFile + " holds the items as posted, " + VotesFile + " every answer.",
		"dataCollectionTimeframe":      []string{day(p.Request.Posted), day(p.Dataset.Published)},
		"dataCollectionType":           []string{"Others"},
		"dataImputationProtocol":       "None: an item without a label has no record.",
		"dataLimitations":              p.limitations(),
		"dataManipulationProtocol":     fmt.Sprintf("Answers are aggregated by %s version %d; anyone can repeat it bit by bit from the revealed submissions.", l.Process.Method, l.Process.MethodVersion),
		"dataPreprocessingProtocol":    []string{"None: items are delivered as the requester posted them."},
		"dataReleaseMaintenancePlan":   "Each milestone adds a version; " + l.Use.Withdrawal + ".",
		"dataSocialImpact":             fmt.Sprintf("Contributors were paid %s ualy per answer, %s in all, and share %s of later revenue.", spreadText(l.People.PayPerAnswer), l.Contract.Paid, percent(l.Use.ContributorShare)),
		"dataUseCases":                 []string{p.purpose()},
		"machineAnnotationTools":       []string{fmt.Sprintf("Share of labels suggested by a machine: %s", percent(l.Process.PreLabels))},
		"personalSensitiveInformation": []string{l.Limits.PersonalData, "Privacy budget: " + l.Limits.PrivacyBudget},
	}
}

func (p Package) demographics() []string {
	people := p.Label.People
	languages := "any"
	if len(people.Languages) > 0 {
		languages = strings.Join(people.Languages, ", ")
	}
	return []string{
		fmt.Sprintf("%d contributors gave %d answers; answers per contributor: %s.", people.Contributors, people.Answers, spreadText(people.PerPerson)),
		"Languages asked for: " + languages + ". Nothing else is known of the contributors.",
	}
}

func (p Package) analysis() []string {
	q, c := p.Label.Quality, p.Label.Contract
	verdict := "does not hold"
	if c.Holds {
		verdict = "holds"
	}
	return []string{
		fmt.Sprintf("Acceptance clause: %s of at least %s at %s confidence; measured %s, lower bound %s, on %d items by %s: the clause %s.",
			c.Metric, percent(c.Threshold), percent(c.Confidence), percent(c.Estimate), percent(c.LowerBound), c.Measured, c.Evidence, verdict),
		fmt.Sprintf("Agreement of the answers (Krippendorff's alpha): %s; mean confidence of the labels: %s.", decimal(q.Agreement), percent(q.Confidence)),
		fmt.Sprintf("%d of %d items with a known label were labelled right.", q.GoldRight, q.GoldItems),
	}
}

func (p Package) protocol() []string {
	process := p.Label.Process
	lines := []string{
		fmt.Sprintf("Contributors answered pages that the chain drew for them, blind to each other (commit and reveal), in %d rounds; an item is accepted at %s confidence.", process.Rounds, percent(process.Target)),
	}
	for i, guideline := range process.Guidelines {
		lines = append(lines, fmt.Sprintf("Guidelines, version %d: content id %s.", i+1, guideline))
	}
	return lines
}

func (p Package) collection() string {
	var parts []string
	for _, s := range p.Label.Sources {
		parts = append(parts, fmt.Sprintf("%d items, %s, content id %s, licence %s", s.Items, s.Method, s.Manifest, s.Licence))
	}
	return strings.Join(parts, "; ") + "."
}

func (p Package) limitations() []string {
	l := p.Label.Limits
	lines := []string{fmt.Sprintf("%d labels were delivered below the target confidence; %d items have no label.", l.BelowTarget, l.Unanswered)}
	return append(lines, l.Notes...)
}

func (p Package) purpose() string {
	if p.Dataset.Policy != "" {
		return p.Dataset.Policy
	}
	return "Whatever the licence allows; no further policy was stated."
}

func (p Package) description() string {
	summary := p.Request.Terms.Summary
	if summary == "" {
		summary = p.Dataset.Title
	}
	return fmt.Sprintf("%s\n\n%d records, labelled by %d contributors with %d answers. Records root %s.",
		summary, p.Dataset.Records, p.Label.People.Contributors, p.Label.People.Answers, p.Dataset.RecordsRoot)
}

func (p Package) citation() string {
	d := p.Dataset
	return fmt.Sprintf("@misc{%s, title={%s}, author={%s}, year={%d}, version={%s}, howpublished={Alaya, chain %s, records root %s}}",
		p.name(), strings.NewReplacer("{", "", "}", "", "`", "'", "\n", " ").Replace(d.Title), d.Owner, time.UnixMilli(int64(d.Published)).UTC().Year(), d.Semver, p.Chain, d.RecordsRoot)
}

func classesText(classes []dataset.Class) string {
	parts := make([]string, len(classes))
	for i, c := range classes {
		parts[i] = fmt.Sprintf("%s %d", className(c), c.Items)
	}
	return strings.Join(parts, ", ")
}

// className names a class of labels, or of a form's control.
func className(c dataset.Class) string {
	if c.Control == "" {
		return c.Label
	}
	return c.Control + ": " + c.Label
}

func spreadText(s dataset.Spread) string {
	return fmt.Sprintf("%d to %d, median %d", s.Min, s.Max, s.Median)
}

// percent writes a ratio for people: 95.5 %.
func percent(p num.Ppm) string { return strconv.FormatFloat(float64(p)/1e4, 'f', -1, 64) + " %" }

// decimal writes a ratio as a plain number: 0.955.
func decimal(p num.Ppm) string { return strconv.FormatFloat(float64(p)/1e6, 'f', -1, 64) }

// day writes a time as the date in UTC.
func day(t id.Time) string { return time.UnixMilli(int64(t)).UTC().Format(time.DateOnly) }
