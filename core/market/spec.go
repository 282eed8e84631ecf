package market

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
)

// Bounds of a spec.
const (
	MaxSpecSize  = 1 << 20 // bytes
	MaxLabels    = 1_000
	MaxLabelLen  = 64 // bytes
	MinLabels    = 2
	MaxExamples  = 100
	maxSpecField = 100_000
)

// The similarity from which two values of a form count as the same.
const (
	DefaultMatch num.Ppm = 750_000
	MinMatch     num.Ppm = 500_000
)

// Spec is what a contributor is asked: the question, the labels to choose
// from or a form to fill in, and how to. It is a JSON blob in the plane.
type Spec struct {
	Question string       `json:"question"`
	Labels   []string     `json:"labels,omitempty"`
	Form     *answer.Form `json:"form,omitempty"`
	// Match is, of a form, the mean similarity from which two values count as
	// the same; 0 stands for DefaultMatch. The first version's counts.
	Match      num.Ppm   `json:"match,omitempty"`
	Guidelines string    `json:"guidelines,omitempty"` // Markdown
	Examples   []Example `json:"examples,omitempty"`
}

// Example shows an item with its label or value and why.
type Example struct {
	Item  json.RawMessage `json:"item"`
	Label string          `json:"label,omitempty"`
	Value answer.Raw      `json:"value,omitempty"`
	Why   string          `json:"why,omitempty"`
}

// ParseSpec reads a spec and checks its bounds. Unknown fields are refused.
func ParseSpec(text []byte) (Spec, error) {
	var s Spec
	if len(text) > MaxSpecSize {
		return s, fault.Limit("market: spec of %d bytes: at most %d", len(text), MaxSpecSize)
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&s); err != nil {
		return s, fault.Invalid("market: spec: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return s, fault.Invalid("market: spec: more text after its end")
	}
	return s, s.Validate()
}

// Validate checks the bounds of the spec.
func (s Spec) Validate() error {
	if err := s.validateAsked(); err != nil {
		return err
	}
	if len(s.Question) > maxSpecField || len(s.Guidelines) > maxSpecField || len(s.Examples) > MaxExamples {
		return fault.Limit("market: spec: question, guidelines of at most %d bytes, at most %d examples", maxSpecField, MaxExamples)
	}
	if s.Form == nil {
		return nil
	}
	for i, e := range s.Examples {
		if err := s.Check(e.Label, e.Value); err != nil {
			return fmt.Errorf("market: spec example %d: %w", i, err)
		}
	}
	return nil
}

// validateAsked checks what is asked for: labels or a form.
func (s Spec) validateAsked() error {
	if s.Form != nil {
		if len(s.Labels) > 0 {
			return fault.Invalid("market: spec of %d labels and a form: either, not both", len(s.Labels))
		}
		if s.Match != 0 && (s.Match < MinMatch || s.Match > num.One) {
			return fault.Limit("market: spec: match is %s: %s to %s", s.Match, MinMatch, num.One)
		}
		return s.Form.Validate()
	}
	if s.Match != 0 {
		return fault.Invalid("market: spec: match is %s: labels are the same or not", s.Match)
	}
	if len(s.Labels) < MinLabels || len(s.Labels) > MaxLabels {
		return fault.Limit("market: spec of %d labels: %d to %d", len(s.Labels), MinLabels, MaxLabels)
	}
	for i, l := range s.Labels {
		if len(l) == 0 || len(l) > MaxLabelLen || !utf8.ValidString(l) {
			return fault.Limit("market: spec label %d %q: 1 to %d bytes of UTF-8", i, l, MaxLabelLen)
		}
		if slices.Index(s.Labels, l) < i {
			return fault.Invalid("market: spec label %q stands twice", l)
		}
	}
	return nil
}

// Check refuses what does not answer the spec: a label or a value, as it asks.
func (s Spec) Check(label string, value answer.Raw) error {
	if s.Form == nil {
		if len(value) > 0 || !slices.Contains(s.Labels, label) {
			return fault.Invalid("label %q is not in the spec", label)
		}
		return nil
	}
	if label != "" {
		return fault.Invalid("label %q: the spec has a form, which wants a value", label)
	}
	_, err := s.Form.Parse([]byte(value))
	return err
}

// Join returns the spec by which answers to this one and to a later version
// are judged together. Labels may come and go, a form as answer.Form.Join says;
// neither turns into the other.
func (s Spec) Join(later Spec) (Spec, error) {
	if (s.Form == nil) != (later.Form == nil) {
		return s, fault.Invalid("market: spec: a later version that asks for labels where the first has a form, or the other way round")
	}
	if s.Form == nil {
		s.Labels = slices.Concat(s.Labels, later.Labels)
		slices.Sort(s.Labels)
		s.Labels = slices.Compact(s.Labels)
		return s, nil
	}
	form, err := s.Form.Join(*later.Form)
	s.Form = &form
	return s, err
}

// Same is the similarity from which two answers count as the same.
func (s Spec) Same() num.Ppm {
	switch {
	case s.Form == nil:
		return num.One
	case s.Match == 0:
		return DefaultMatch
	default:
		return s.Match
	}
}
