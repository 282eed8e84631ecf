package appraisal

import (
	"fmt"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/text"
)

// texts are answers that say or write something.
type texts struct {
	values[string]
	table *text.Table
}

func newTexts(repeated Repeated) *texts {
	return &texts{values: newValues(repeated, parseText)}
}

func parseText(label []byte) (string, error) {
	if len(label) > text.MaxBytes {
		return "", fault.Limit("%s: %d bytes: want at most %d", quoted(label), len(label), text.MaxBytes)
	}
	return string(label), nil
}

func (t *texts) order() (s summary, err error) {
	if t.table, err = t.values.table(); err != nil {
		return s, err
	}
	return summary{t.table.Tasks, t.table.Workers, t.table.Repeated}, nil
}

// aggregate finds the texts. The confidence is the support a text has among
// the answers.
func (t *texts) aggregate(o Options) (*Outcome, error) {
	rules := text.Rules{}
	method, err := text.New(o.Method, rules)
	if err != nil {
		return nil, err
	}
	gold, err := known(t.table, o.Gold, parseText)
	if err != nil {
		return nil, err
	}
	out := &Outcome{Kind: Text}
	if method.Name() == Auto {
		chosen, trials := text.Choose(t.table, rules)
		method = chosen
		for _, trial := range trials {
			out.Notes = append(out.Notes, fmt.Sprintf("%s: %.1f %% word errors against held-out answers", trial.Method, 100*ratio(trial.WER)))
		}
	}
	out.Method = method.Name()
	r := method.Aggregate(t.table)
	for i, found := range r.Texts {
		item := Item{Task: t.table.Tasks[i], Label: found.Text, Confidence: share(ratio(found.Support)), Answers: found.Answers}
		item.Status = o.status(item.Confidence)
		if gold[i] != nil {
			item.Label, item.Confidence, item.Status = *gold[i], 1, Gold
		}
		out.Items = append(out.Items, item)
	}
	for j, w := range r.Workers {
		out.Workers = append(out.Workers, Worker{Worker: t.table.Workers[j], Skill: share(ratio(w.Reliability)), Answers: w.Answers})
	}
	return out, nil
}

// measureTexts scores texts by their word errors, neither case nor marks
// counting; a text is right if it has none.
func (s *Scores) measureTexts(guesses []Guess) error {
	rules := text.Rules{}
	errors, words := 0, 0
	off := make([]int, len(guesses))
	for i, g := range guesses {
		truth := rules.Words(g.Gold)
		off[i] = text.Distance(rules.Words(g.Label), truth)
		errors, words = errors+off[i], words+max(1, len(truth))
	}
	s.WER = pointer(float64(errors) / float64(words))
	s.judge(guesses, func(i int) bool { return off[i] == 0 })
	s.ECE, s.Brier, s.Bins = nil, nil, nil // support is not the probability of having no error
	return nil
}
