package appraisal

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
)

// Kind says what a label is.
type Kind string

// The kinds.
const (
	Choice  Kind = "choice"  // one of a few names
	Number  Kind = "number"  // a measure
	Ordinal Kind = "ordinal" // one of a few names that have an order
	Text    Kind = "text"    // what was said, or written freely
	Spans   Kind = "spans"   // a tag for each word: ["O","B-PER","I-PER"]
	Boxes   Kind = "boxes"   // rectangles in an image: [[x,y,width,height],…]
	Masks   Kind = "masks"   // pixels of an image: {"size":[h,w],"counts":[…]}
	Pairs   Kind = "pairs"   // which of two is better: left, right and the one chosen
)

// Kinds returns all kinds.
func Kinds() []Kind {
	return []Kind{Choice, Number, Ordinal, Text, Spans, Boxes, Masks, Pairs}
}

// ParseKind reads a kind; "" stays "" and means to guess it.
func ParseKind(text string) (Kind, error) {
	if text == "" || slices.Contains(Kinds(), Kind(text)) {
		return Kind(text), nil
	}
	return "", fault.Invalid("kind %.40q: want choice, number, ordinal, text, spans, boxes, masks or pairs", text)
}

// Limits of guessing: more numbers than the labels of a scale are measures;
// labels that hardly ever come twice are free text.
const (
	sampleSize = 2000 // answers looked at
	scaleLimit = 20   // different whole numbers
	nameLimit  = 100  // different names
)

// guess says of what kind labels are, and why. An ordinal scale looks like
// names: it has to be said.
func guess(labels []string) (kind Kind, why string) {
	different := len(slices.Compact(slices.Sorted(slices.Values(labels))))
	switch {
	case all(labels, isNumber):
		if !all(labels, isWhole) || different > scaleLimit {
			return Number, fmt.Sprintf("all labels are numbers, %d different ones", different)
		}
	case all(labels, isBoxes):
		return Boxes, "all labels are lists of four numbers each"
	case all(labels, isTags):
		return Spans, "all labels are lists of tags"
	case all(labels, isMask):
		return Masks, "all labels are masks with a size and counts"
	case different > nameLimit && 4*different > len(labels), 2*different > len(labels) && manyWords(labels):
		return Text, fmt.Sprintf("%d of %d labels looked at differ", different, len(labels))
	}
	return Choice, fmt.Sprintf("%d different labels", different)
}

func all(labels []string, is func(string) bool) bool {
	return len(labels) > 0 && !slices.ContainsFunc(labels, func(l string) bool { return !is(l) })
}

func isNumber(label string) bool {
	_, err := strconv.ParseFloat(label, 64)
	return err == nil
}

func isWhole(label string) bool {
	_, err := strconv.Atoi(label)
	return err == nil
}

func isBoxes(label string) bool {
	var boxes [][4]float64
	return strings.HasPrefix(label, "[") && json.Unmarshal([]byte(label), &boxes) == nil
}

func isTags(label string) bool {
	var tags []string
	return strings.HasPrefix(label, "[") && json.Unmarshal([]byte(label), &tags) == nil
}

func isMask(label string) bool {
	return strings.HasPrefix(label, "{") && json.Valid([]byte(label)) && strings.Contains(label, `"counts"`)
}

// manyWords says whether labels have two words or more on average.
func manyWords(labels []string) bool {
	words := 0
	for _, l := range labels {
		words += len(strings.Fields(l))
	}
	return words >= 2*len(labels)
}
