package page

import (
	"strings"

	"github.com/alaya-network/alaya/client/appraisal"
)

// Limits of what the page shows; report.json has the rest.
const (
	shownWorkers  = 1000
	shownSuspects = 60
	shownMatrices = 6
)

// mark names a tone for those who do not see colours.
func mark(tone appraisal.Tone) string {
	switch tone {
	case appraisal.Good:
		return "good"
	case appraisal.Warn:
		return "look"
	case appraisal.Bad:
		return "act"
	default:
		return "note"
	}
}

// at returns the number of a label's colour.
func at(label int) int { return label%8 + 1 }

// section is an entry of the page's navigation.
type section struct{ ID, Name string }

// Sections returns those the page has.
func (v view) Sections() []section {
	list := []section{{"points", "What stands out"}, {"labels", "Labels and agreement"}, {"workers", "Workers"}}
	if len(v.Labels) > 0 {
		list = append(list, section{"suspects", "Suspects"})
	}
	if len(v.Doubts) > 0 {
		list = append(list, section{"doubts", "To look at again"})
	}
	if v.Drift != nil {
		list = append(list, section{"drift", "Drift"})
	}
	if len(v.Twins) > 0 {
		list = append(list, section{"twins", "Near duplicates"})
	}
	return list
}

// PerTask returns the mean number of answers.
func (v view) PerTask() float64 { return part(v.Totals.Answers, v.Totals.Tasks) }

// SureShare returns the share of labels that are as sure as was asked for.
func (v view) SureShare() float64 {
	c := v.Certainty
	return part(c.Accepted, c.Accepted+c.Delivered+c.Contested)
}

// worker is a row of the table of workers.
type worker struct{ appraisal.ReportWorker }

// Marks returns the flags one by one.
func (w worker) Marks() []string {
	if w.Flags == "" {
		return nil
	}
	return strings.Split(w.Flags, ";")
}

// ShownWorkers returns the rows of the table.
func (v view) ShownWorkers() []worker {
	list := make([]worker, min(len(v.Workers), shownWorkers))
	for i := range list {
		list[i] = worker{v.Workers[i]}
	}
	return list
}

// HiddenWorkers counts those the table leaves out.
func (v view) HiddenWorkers() int { return max(0, len(v.Workers)-shownWorkers) }

// Shown returns the workers who stand out and have a matrix.
func (v view) Shown() []worker {
	var list []worker
	for _, w := range v.ShownWorkers() {
		if w.Flags != "" && w.Matrix != nil && len(list) < shownMatrices {
			list = append(list, w)
		}
	}
	return list
}

// ShownSuspects returns the first ones.
func (v view) ShownSuspects() []appraisal.Suspect {
	return v.Suspects[:min(len(v.Suspects), shownSuspects)]
}

// HiddenSuspects counts the others.
func (v view) HiddenSuspects() int { return max(0, len(v.Suspects)-shownSuspects) }

// score is the tile about gold.
type score struct {
	Name, Value string
	Tasks       int
}

// Score returns what gold says, or nil.
func (v view) Score() *score {
	if v.Scores == nil {
		return nil
	}
	name, value := v.Scores.Headline()
	name = strings.TrimPrefix(name, "the ")
	return &score{strings.ToUpper(name[:1]) + name[1:], value, v.Scores.Scored}
}

// first returns the measure that says most, as a list.
func first(measures []appraisal.Agreement) []appraisal.Agreement {
	return measures[:min(1, len(measures))]
}

// SkillMeans says what a skill is.
func (v view) SkillMeans() string {
	switch v.Kind {
	case appraisal.Number:
		return "the reliability of a single answer: the share of variance that is not his error"
	case appraisal.Ordinal:
		return "1 less the mean number of steps he is off, as a share of the scale"
	case appraisal.Text:
		return "the mean agreement of his texts with the others'"
	case appraisal.Spans:
		return "the F1 of his spans against those found"
	case appraisal.Boxes:
		return "the probability that he draws a thing, and nothing else"
	case appraisal.Masks:
		return "the mean overlap of his masks with those found"
	case appraisal.Pairs:
		return "how often he chooses what is better"
	default:
		return "the expected share of right answers, drawn a little towards that of all"
	}
}
