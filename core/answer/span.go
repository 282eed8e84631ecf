package answer

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
)

// Spans are labelled stretches of a text or a dialogue, and how they relate.
type Spans struct {
	Spans     []Span     `json:"spans"`
	Relations []Relation `json:"relations,omitempty"`
}

// Span is a stretch in code points, End exclusive, of the turn of a dialogue.
type Span struct {
	Turn  *int64 `json:"turn,omitempty"`
	Start int64  `json:"start"`
	End   int64  `json:"end"`
	Label string `json:"label"`
}

// Relation leads from one span to another, by their places.
type Relation struct {
	From  int64  `json:"from"`
	To    int64  `json:"to"`
	Label string `json:"label"`
}

func (v Spans) check(c Control) error {
	if v.Spans == nil {
		return fault.Invalid("spans: a list, empty for none")
	}
	if len(v.Spans) > MaxRegions || len(v.Relations) > MaxRegions {
		return fault.Limit("%d spans, %d relations: at most %d", len(v.Spans), len(v.Relations), MaxRegions)
	}
	for i, s := range v.Spans {
		if err := s.check(c); err != nil {
			return fmt.Errorf("span %d: %w", i, err)
		}
		if i > 0 && compareSpans(v.Spans[i-1], s) >= 0 {
			return fault.Invalid("span %d: in the order of turn, start, end, label, none twice", i)
		}
		if (s.Turn == nil) != (v.Spans[0].Turn == nil) {
			return fault.Invalid("span %d: turns for all spans or for none", i)
		}
	}
	for i, r := range v.Relations {
		if err := v.relates(c, r); err != nil {
			return fmt.Errorf("relation %d: %w", i, err)
		}
		if i > 0 && compareRelations(v.Relations[i-1], r) >= 0 {
			return fault.Invalid("relation %d: in the order of from, to, label, none twice", i)
		}
	}
	return nil
}

func (s Span) check(c Control) error {
	if s.Turn != nil {
		if err := within("turn", *s.Turn, 0, MaxPlace); err != nil {
			return err
		}
	}
	if err := within("start", s.Start, 0, MaxReading); err != nil {
		return err
	}
	if err := within("end", s.End, s.Start+1, MaxReading); err != nil {
		return err
	}
	return c.offers(s.Label)
}

func (v Spans) relates(c Control, r Relation) error {
	last := int64(len(v.Spans)) - 1
	if err := within("from", r.From, 0, last); err != nil {
		return err
	}
	if err := within("to", r.To, 0, last); err != nil {
		return err
	}
	if r.From == r.To {
		return fault.Invalid("from span %d to itself", r.From)
	}
	if !slices.Contains(c.Relations, r.Label) {
		return fault.Invalid("label %q: not one of the control's relations", r.Label)
	}
	return nil
}

func compareSpans(a, b Span) int {
	return cmp.Or(cmp.Compare(a.turn(), b.turn()), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Label, b.Label))
}

// turn orders spans without a turn before all.
func (s Span) turn() int64 {
	if s.Turn == nil {
		return -1
	}
	return *s.Turn
}

func compareRelations(a, b Relation) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Label, b.Label))
}
