package work

import (
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// MaxAnswersSize bounds the blob of a submission, in bytes.
const MaxAnswersSize = 4 << 20

// Sheet is the head of a submission blob: its first line.
type Sheet struct {
	Request     id.RequestID `json:"request"`
	Round       uint32       `json:"round"`
	Page        uint32       `json:"page"`
	Contributor id.Address   `json:"contributor"`
	Guideline   uint32       `json:"guideline"`
}

// Answer is a line of a submission blob: a label, or a reason for none.
type Answer struct {
	Item  string `json:"item"`
	Label string `json:"label,omitempty"`
	Skip  string `json:"skip,omitempty"` // reason code: unclear, broken, offensive, other
	Ms    int64  `json:"ms,omitempty"`   // active time spent
}

func skipReasons() []string { return []string{"unclear", "broken", "offensive", "other"} }

// EncodeAnswers writes the blob of a submission.
func EncodeAnswers(s Sheet, answers []Answer) []byte {
	text := AppendLine(nil, s)
	for _, a := range answers {
		text = AppendLine(text, a)
	}
	return text
}

// ParseAnswers reads the blob of a submission and holds it against the sheet
// it must be for and the items that were asked; each item at most once.
func ParseAnswers(text []byte, want Sheet, items []string, labels []string) ([]Answer, error) {
	if len(text) > MaxAnswersSize {
		return nil, fault.Limit("work: submission of %d bytes: at most %d", len(text), MaxAnswersSize)
	}
	lines, err := Lines(text)
	if err != nil {
		return nil, err
	}
	if len(lines) == 0 || len(lines) > len(items)+1 {
		return nil, fault.Invalid("work: submission of %d lines for a page of %d items", len(lines), len(items))
	}
	var got Sheet
	if err := DecodeLine(lines[0], &got); err != nil {
		return nil, fault.Invalid("work: submission head: %w", err)
	}
	if got != want {
		return nil, fault.Invalid("work: submission head %+v: is for another page than %+v", got, want)
	}
	left := slices.Clone(items)
	slices.Sort(left)
	answers := make([]Answer, len(lines)-1)
	for i, l := range lines[1:] {
		if err := DecodeLine(l, &answers[i]); err != nil {
			return nil, fault.Invalid("work: submission line %d: %w", i+2, err)
		}
		at, found := slices.BinarySearch(left, answers[i].Item)
		if !found {
			return nil, fault.Invalid("work: submission line %d: item %q: not on the page, or twice", i+2, answers[i].Item)
		}
		left = slices.Delete(left, at, at+1)
		if err := answers[i].check(labels); err != nil {
			return nil, fault.Invalid("work: submission line %d: %w", i+2, err)
		}
	}
	return answers, nil
}

func (a Answer) check(labels []string) error {
	if (a.Label == "") == (a.Skip == "") {
		return fault.Invalid("item %q: either a label or a reason to skip", a.Item)
	}
	if a.Skip != "" && !slices.Contains(skipReasons(), a.Skip) {
		return fault.Invalid("item %q: skip reason %q: not one of %v", a.Item, a.Skip, skipReasons())
	}
	if a.Label != "" && !slices.Contains(labels, a.Label) {
		return fault.Invalid("item %q: label %q is not in the spec", a.Item, a.Label)
	}
	if a.Ms < 0 {
		return fault.Invalid("item %q: %d ms: not negative", a.Item, a.Ms)
	}
	return nil
}
