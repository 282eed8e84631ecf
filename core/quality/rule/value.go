package rule

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// Record is one JSON object, its members not yet read. Whoever takes records
// from strangers bounds their size before.
type Record map[string]json.RawMessage

// References are lists that values may refer to, by name: the values as JSON
// writes them, strings without quotes.
type References map[string]map[string]bool

// value is what stands in a field.
type value struct {
	raw json.RawMessage
}

// field returns the value of a field, and whether it is there and not null.
func (r Record) field(name string) (value, bool) {
	raw := bytes.TrimSpace(r[name])
	return value{raw}, len(raw) > 0 && string(raw) != "null"
}

// kind returns the JSON type of a value.
func (v value) kind() string {
	switch v.raw[0] {
	case '"':
		return "string"
	case '[':
		return "list"
	case '{':
		return "object"
	case 't', 'f':
		return "boolean"
	default:
		return "number"
	}
}

// text returns a scalar as a string, what it is not as JSON writes it.
func (v value) text() string {
	if v.kind() != "string" {
		return string(v.raw)
	}
	var s string
	if json.Unmarshal(v.raw, &s) != nil {
		return string(v.raw)
	}
	return s
}

// number returns a finite number.
func (v value) number() (float64, bool) {
	if v.kind() != "number" {
		return 0, false
	}
	x, err := strconv.ParseFloat(string(v.raw), 64)
	return x, err == nil && x-x == 0
}

// members returns the values of a list.
func (v value) members() ([]json.RawMessage, bool) {
	var list []json.RawMessage
	if v.kind() != "list" || json.Unmarshal(v.raw, &list) != nil {
		return nil, false
	}
	return list, true
}

// length counts the characters of a string, the members of a list.
func (v value) length() (int, bool) {
	if v.kind() == "string" {
		return utf8.RuneCountInString(v.text()), true
	}
	list, ok := v.members()
	return len(list), ok
}

// short is a value for a message.
func (v value) short() string { return clip(string(v.raw)) }

// clip cuts a text to what fits a message, between characters.
func clip(text string) string {
	const most = 80
	if len(text) <= most {
		return text
	}
	end := most
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end] + "…"
}

// between tells a range: "0 to 10", "at least 0", "at most 10".
func (r Rule) between() string {
	switch {
	case r.Max == nil:
		return fmt.Sprintf("at least %v", *r.Min)
	case r.Min == nil:
		return fmt.Sprintf("at most %v", *r.Max)
	default:
		return fmt.Sprintf("%v to %v", *r.Min, *r.Max)
	}
}

// within says whether x lies in the range.
func (r Rule) within(x float64) bool {
	return (r.Min == nil || x >= *r.Min) && (r.Max == nil || x <= *r.Max)
}
