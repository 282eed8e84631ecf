package span

import (
	"slices"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
)

// Outside is the tag of a token in no span.
const Outside = "O"

// Tags returns the tags of a sequence of so many tokens. Errors as Check.
func Tags(spans []Span, length int) ([]string, error) {
	if err := Check(spans, length); err != nil {
		return nil, err
	}
	tags := make([]string, length)
	for i := range tags {
		tags[i] = Outside
	}
	for _, s := range spans {
		tags[s.From] = "B-" + s.Label
		for i := s.From + 1; i < s.To; i++ {
			tags[i] = "I-" + s.Label
		}
	}
	return tags, nil
}

// Spans returns the spans of a sequence of tags, in order, and how many tags
// had to be repaired: an I-x that neither B-x nor I-x comes before is taken for
// B-x. It returns an error of kind invalid for anything but O, B-x and I-x, of
// kind limit beyond MaxLength.
func Spans(tags []string) (spans []Span, repairs int, err error) {
	if len(tags) > MaxLength {
		return nil, 0, fault.Limit("quality: sequence of %d tags: want at most %d", len(tags), MaxLength)
	}
	open := -1 // the span that the token before belongs to
	for i, tag := range tags {
		if tag == Outside {
			open = -1
			continue
		}
		label, inside, err := split(tag)
		if err != nil {
			return nil, 0, err
		}
		if inside && open >= 0 && spans[open].Label == label {
			spans[open].To++
			continue
		}
		if inside {
			repairs++
		}
		spans = append(spans, Span{i, i + 1, label})
		open = len(spans) - 1
	}
	return spans, repairs, nil
}

// Valid says whether tags are O, B-x and I-x, and every I-x goes on with a span.
func Valid(tags []string) bool {
	_, repairs, err := Spans(tags)
	return err == nil && repairs == 0
}

// split takes a tag other than O apart.
func split(tag string) (label string, inside bool, err error) {
	kind, label, _ := strings.Cut(tag, "-")
	if label == "" || kind != "B" && kind != "I" {
		return "", false, fault.Invalid("quality: tag %.40q: want O, B-label or I-label", tag)
	}
	return label, kind == "I", nil
}

// Tags are numbered: O, then for each label its B and its I.
const outside = 0

func begin(label int) uint8        { return uint8(1 + 2*label) }
func within(label int) uint8       { return uint8(2 + 2*label) }
func labelOf(tag uint8) int        { return int(tag-1) / 2 }
func isWithin(tag uint8) bool      { return tag != outside && tag&1 == 0 }
func isBegin(tag uint8) bool       { return tag&1 == 1 }
func follows(tag, next uint8) bool { return !isWithin(next) || tag == next || tag == next-1 }

// vocabulary is a set of labels by numbers.
type vocabulary []string

// tags returns the names of all tags.
func (v vocabulary) tags() []string {
	all := []string{Outside}
	for _, label := range v {
		all = append(all, "B-"+label, "I-"+label)
	}
	return all
}

// number returns the tags of spans whose labels are all known.
func (v vocabulary) number(spans []Span, length int) []uint8 {
	tags := make([]uint8, length)
	for _, s := range spans {
		label, _ := slices.BinarySearch(v, s.Label)
		tags[s.From] = begin(label)
		for i := s.From + 1; i < s.To; i++ {
			tags[i] = within(label)
		}
	}
	return tags
}

// spans returns the spans of valid tags.
func (v vocabulary) spans(tags []uint8) []Span {
	var all []Span
	for i, tag := range tags {
		switch {
		case isBegin(tag):
			all = append(all, Span{i, i + 1, v[labelOf(tag)]})
		case isWithin(tag):
			all[len(all)-1].To++
		}
	}
	return all
}
