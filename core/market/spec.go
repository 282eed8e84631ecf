package market

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/alaya-network/alaya/core/fault"
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

// Spec is what a contributor is asked: the question, the labels to choose
// from, and how to choose. It is a JSON blob in the plane.
type Spec struct {
	Question   string    `json:"question"`
	Labels     []string  `json:"labels"`
	Guidelines string    `json:"guidelines,omitempty"` // Markdown
	Examples   []Example `json:"examples,omitempty"`
}

// Example shows an item with its label and why.
type Example struct {
	Item  json.RawMessage `json:"item"`
	Label string          `json:"label"`
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
	if len(s.Labels) < MinLabels || len(s.Labels) > MaxLabels {
		return fault.Limit("market: spec of %d labels: %d to %d", len(s.Labels), MinLabels, MaxLabels)
	}
	for i, l := range s.Labels {
		if len(l) == 0 || len(l) > MaxLabelLen || !utf8.ValidString(l) {
			return fault.Limit("market: spec label %d %q: 1 to %d bytes of UTF-8", i, l, MaxLabelLen)
		}
		for _, before := range s.Labels[:i] {
			if before == l {
				return fault.Invalid("market: spec label %q stands twice", l)
			}
		}
	}
	if len(s.Question) > maxSpecField || len(s.Guidelines) > maxSpecField || len(s.Examples) > MaxExamples {
		return fault.Limit("market: spec: question, guidelines of at most %d bytes, at most %d examples", maxSpecField, MaxExamples)
	}
	return nil
}
