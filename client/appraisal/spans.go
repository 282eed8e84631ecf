package appraisal

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/span"
	"github.com/alaya-network/alaya/core/quality/table"
)

// tagged are answers that give every token a tag.
type tagged struct {
	values[[]string]
	table *table.Table[[]string]
}

func newTagged(repeated Repeated) *tagged {
	return &tagged{values: newValues(repeated, parseTags)}
}

func parseTags(label []byte) ([]string, error) {
	var tags []string
	if err := json.Unmarshal(label, &tags); err != nil {
		return nil, fault.Invalid(`%s: want a list of tags such as ["O","B-PER","I-PER"]`, quoted(label))
	}
	if _, _, err := span.Spans(tags); err != nil {
		return nil, err
	}
	return tags, nil
}

func (t *tagged) order() (s summary, err error) {
	if t.table, err = t.values.table(); err != nil {
		return s, err
	}
	return summary{t.table.Tasks, t.table.Workers, t.table.Repeated}, nil
}

// aggregate finds the tags. A worker's skill is the F1 of his spans against
// those found.
func (t *tagged) aggregate(o Options) (*Outcome, error) {
	if o.Method == Auto {
		o.Method = span.BSC{}.Name()
	}
	method, err := span.New(o.Method)
	if err != nil {
		return nil, err
	}
	gold, err := known(t.table, o.Gold, parseTags)
	if err != nil {
		return nil, err
	}
	crowd, err := span.FromTags(t.table, o.Salt)
	if err != nil {
		return nil, err
	}
	r := method.Aggregate(crowd)
	out := &Outcome{Kind: Spans, Method: o.Method}
	for i, task := range crowd.Tasks {
		item := Item{Task: task, Label: written(r.Tags(crowd, i)), Confidence: share(r.Confidence[i]), Answers: len(t.table.Votes(i))}
		item.Status = o.status(item.Confidence)
		if gold[i] != nil {
			item.Label, item.Confidence, item.Status = written(*gold[i]), 1, Gold
		}
		out.Items = append(out.Items, item)
	}
	answers := counts(t.table)
	for j, w := range r.Workers(crowd) {
		out.Workers = append(out.Workers, Worker{
			Worker: crowd.Workers[j], Skill: ratio(w.F1()), Answers: answers[j], Flags: repaired(w.Repairs),
		})
	}
	return out, nil
}

func repaired(tags int) string {
	if tags == 0 {
		return ""
	}
	return fmt.Sprintf("repaired:%d", tags)
}

// counts returns the number of answers of each worker.
func counts[V any](t *table.Table[V]) []int {
	n := make([]int, len(t.Workers))
	for i := range t.Tasks {
		for _, v := range t.Votes(i) {
			n[v.Worker]++
		}
	}
	return n
}

// measureTags scores tags: the F1 of spans, and the share of tasks without a
// fault.
func (s *Scores) measureTags(guesses []Guess) (err error) {
	given, wanted := make([][]span.Span, len(guesses)), make([][]span.Span, len(guesses))
	for i, g := range guesses {
		if given[i], err = parseSpans(g.Label); err != nil {
			return err
		}
		if wanted[i], err = parseSpans(g.Gold); err != nil {
			return err
		}
	}
	counts := span.Score(given, wanted)
	s.F1 = pointer(ratio(counts.F1()))
	s.judge(guesses, func(i int) bool { return slices.Equal(given[i], wanted[i]) })
	return nil
}

func parseSpans(label string) ([]span.Span, error) {
	tags, err := parseTags([]byte(label))
	if err != nil {
		return nil, err
	}
	spans, _, err := span.Spans(tags)
	return spans, err
}
