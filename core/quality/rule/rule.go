// Package rule checks answers and tables against rules that are data: written
// down as JSON, versioned, and known by the hash of their content.
//
// Words: a record is one JSON object, an answer or a row; a field is one of its
// members; a table is many records. A rule says of a field, or of the table,
// what must hold; a family is a kind of such saying. An error refuses the
// record or the table, a warning only tells.
//
// Rules run twice: on each record at submission, which is refused at once with
// a message for its author, and on the table at acceptance, with evidence.
// A rule that fails more than a fifth of the first hundred records is more
// probably wrong than they are: stop, and ask whoever wrote it.
//
// The families, what they take, and what must hold of the value of field:
//
//	present   -                  it is there and not null
//	type      type               it is a string, number, integer, boolean, list or object
//	set       values             it is one of the values
//	range     min, max           it is a number within both
//	length    min, max           its characters or members number so many
//	regex     pattern            the pattern (RE2) is found in it
//	compare   op, other          it stands so to the other field: < <= = != >= >
//	refers    other              it is one of the references of that name
//	original  other, max         at most such a share of its text is copied from the other field
//	box       other, min         boxes [x, y, width, height] lie in an image of the width and height
//	                             that two other fields tell, each with such an area at least
//	polygon   other, min, type   the same of one polygon [[x, y], …] whose edges do not cross;
//	                             of type closed its last point repeats the first
//	tags      -                  it is a list of tags O, B-x, I-x, where every I-x goes on with a span
//	spans     other              its {from, to, label} lie within the text of the other field, counted
//	                             in characters, and do not overlap
//	unique    -                  no record before has it too
//	rows      min, max           the table has so many records
//	mean      min, max           the mean of a numeric field lies within both
//	quantile  at, min, max       the quantile lies within both
//	share     values, min, max   the share of records whose value is one of these lies within both
//
// The time that an answer took is a field like others: a range bounds it. All
// but present pass over a value that is missing or null; mostly is the share of
// the other records for which a rule must hold at acceptance, all by default.
//
// Do not use it for what needs other data than the record, the table and lists
// of references, or code: rules cannot call out.
//
// Invariants:
//  1. What a set finds depends on its rules and the records alone; the order of
//     the rules does not matter.
//  2. Sets of equal digest have equal rules.
//  3. Time is near-linear in the records for each rule; patterns are those of
//     RE2, which cannot be made slow.
//
// The families follow Great Expectations, docs.greatexpectations.io.
package rule

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
)

// Severity says what a failure leads to.
type Severity string

// The severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Rule is one rule. Which parameters it takes follows from its family.
type Rule struct {
	ID       string   `json:"id"`
	Family   string   `json:"family"`
	Field    string   `json:"field,omitempty"`
	Severity Severity `json:"severity"`
	// Message for the author of a failing record; without one a sentence tells
	// what was found and what is wanted.
	Message string `json:"message,omitempty"`
	// Mostly is the share of records for which the rule must hold, in ppm.
	Mostly num.Ppm `json:"mostly,omitempty"`

	Min     *float64 `json:"min,omitempty"`
	Max     *float64 `json:"max,omitempty"`
	At      *float64 `json:"at,omitempty"`
	Values  []string `json:"values,omitempty"` // numbers and booleans as JSON writes them
	Pattern string   `json:"pattern,omitempty"`
	Type    string   `json:"type,omitempty"`
	Op      string   `json:"op,omitempty"`
	Other   []string `json:"other,omitempty"`
}

// Bounds of a set.
const (
	MaxRules  = 256
	MaxText   = 1000   // bytes of an id, a name, a message, a pattern or a value
	MaxValues = 10_000 // of one rule
)

// Version of the families and their meaning.
const Version = 1

// Set is a list of rules that passed all checks. It is read only and may be
// used concurrently.
type Set struct {
	rules []compiled
	text  []byte
}

// compiled is a rule with what its family makes of it: exactly one of the two.
type compiled struct {
	Rule
	record predicate
	table  aggregate
}

// file is the form of a set in JSON.
type file struct {
	Version int    `json:"version"`
	Rules   []Rule `json:"rules"`
}

// New checks rules and puts them in order of their ids. It returns an error of
// kind invalid that names the rule and what is wrong, of kind limit beyond the
// bounds above.
func New(rules []Rule) (*Set, error) {
	if len(rules) > MaxRules {
		return nil, fault.Limit("quality: %d rules: want at most %d", len(rules), MaxRules)
	}
	sorted := slices.SortedFunc(slices.Values(rules), func(a, b Rule) int { return strings.Compare(a.ID, b.ID) })
	s := &Set{}
	for i, r := range sorted {
		if i > 0 && r.ID == sorted[i-1].ID {
			return nil, fault.Invalid("quality: rule %q stands there twice", r.ID)
		}
		c, err := compile(r)
		if err != nil {
			return nil, err
		}
		s.rules = append(s.rules, c)
	}
	if sorted == nil {
		sorted = []Rule{}
	}
	var err error
	if s.text, err = json.Marshal(file{Version, sorted}); err != nil {
		return nil, fault.Invalid("quality: rules that cannot be written: %w", err)
	}
	return s, nil
}

// Parse reads a set as MarshalJSON writes it, rules in any order. It returns
// the errors of New, and of kind invalid for members that are unknown or
// another version.
func Parse(text []byte) (*Set, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	var f file
	if err := decoder.Decode(&f); err != nil {
		return nil, fault.Invalid("quality: rules: %w", err)
	}
	if decoder.More() {
		return nil, fault.Invalid("quality: rules: want one JSON object and nothing behind it")
	}
	if f.Version != Version {
		return nil, fault.Invalid("quality: rules of version %d: want %d", f.Version, Version)
	}
	return New(f.Rules)
}

// MarshalJSON writes the canonical form: rules by id, members in a fixed order,
// none that is empty.
func (s *Set) MarshalJSON() ([]byte, error) { return slices.Clone(s.text), nil }

// Digest returns the hash of the canonical form, by which a set is known.
func (s *Set) Digest() [sha256.Size]byte {
	return sha256.Sum256(append([]byte("alaya/quality/rule/v1\x00"), s.text...))
}

// compile checks a rule against its family.
func compile(r Rule) (compiled, error) {
	if err := r.check(); err != nil {
		return compiled{}, err
	}
	f, known := familyOf(r.Family)
	if !known {
		return compiled{}, r.fault("family %.40q: want one of the package's", r.Family)
	}
	if err := r.fits(f); err != nil {
		return compiled{}, err
	}
	c := compiled{Rule: r}
	if f.record != nil {
		c.record = f.record(r)
	} else {
		c.table = f.table(r)
	}
	return c, nil
}

func (r Rule) fault(format string, args ...any) error {
	return fault.Invalid("quality: rule %.40q: "+format, append([]any{r.ID}, args...)...)
}

// check looks at what does not depend on the family.
func (r Rule) check() error {
	if r.ID == "" {
		return r.fault("want an id")
	}
	if len(r.Values) > MaxValues {
		return fault.Limit("quality: rule %.40q: %d values: want at most %d", r.ID, len(r.Values), MaxValues)
	}
	own := []string{r.ID, r.Family, r.Field, r.Message, r.Pattern, r.Type, r.Op}
	for _, text := range slices.Concat(own, r.Other, r.Values) {
		if len(text) > MaxText {
			return fault.Limit("quality: rule %.40q: text of %d bytes: want at most %d", r.ID, len(text), MaxText)
		}
	}
	if r.Severity != Error && r.Severity != Warning {
		return r.fault("severity %.40q: want error or warning", r.Severity)
	}
	if r.Mostly != r.Mostly.Clip() {
		return r.fault("mostly %v: want 0 to 100%%", r.Mostly)
	}
	if r.Min != nil && r.Max != nil && *r.Min > *r.Max {
		return r.fault("min %v above max %v", *r.Min, *r.Max)
	}
	if _, err := regexp.Compile(r.Pattern); err != nil {
		return r.fault("pattern %.40q: %w", r.Pattern, err)
	}
	return nil
}
