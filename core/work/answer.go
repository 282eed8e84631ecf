package work

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
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

// MaxNoteLen bounds the note of an answer, in bytes.
const MaxNoteLen = 1_000

// Answer is a line of a submission blob: a label, or the value of a form, or a
// reason for neither.
type Answer struct {
	Item  string     `json:"item"`
	Label string     `json:"label,omitempty"`
	Value answer.Raw `json:"value,omitempty"`
	Skip  string     `json:"skip,omitempty"`  // a code of SkipReasons
	Note  string     `json:"note,omitempty"`  // in words, to a skip or a flag
	Flags []string   `json:"flags,omitempty"` // codes of Flags: what is reported beside the answer
	// Origin says what the answer began as: nothing for the contributor's own,
	// prediction for a model's that he accepted, prediction-changed for one that
	// he mended.
	Origin string `json:"origin,omitempty"`
	Ms     int64  `json:"ms,omitempty"` // active time spent
}

// SkipReasons are the codes of reasons not to answer. "offensive" is what
// "unsafe" was called once; blobs that have it stay good.
func SkipReasons() []string {
	return []string{"unclear", "broken", "language", "expertise", "unsafe", "other", "offensive"}
}

// Flags are the codes of what an answer may report.
func Flags() []string {
	return []string{"wrong_gold", "personal_data", "illegal", "ontology_gap", "other"}
}

func origins() []string { return []string{"", "prediction", "prediction-changed"} }

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
func ParseAnswers(text []byte, want Sheet, items []string, spec market.Spec) ([]Answer, error) {
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
		if err := answers[i].check(spec); err != nil {
			return nil, fault.Invalid("work: submission line %d: %w", i+2, err)
		}
	}
	return answers, nil
}

func (a Answer) check(spec market.Spec) error {
	if answered := a.Label != "" || len(a.Value) > 0; answered == (a.Skip != "") {
		return fault.Invalid("item %q: either an answer or a reason to skip", a.Item)
	}
	if a.Skip == "" {
		if err := spec.Check(a.Label, a.Value); err != nil {
			return fmt.Errorf("item %q: %w", a.Item, err)
		}
	} else if !slices.Contains(SkipReasons(), a.Skip) {
		return fault.Invalid("item %q: skip reason %q: not one of %v", a.Item, a.Skip, SkipReasons())
	}
	return a.checkRest()
}

// checkRest checks what stands beside the answer.
func (a Answer) checkRest() error {
	for i, f := range a.Flags {
		if !slices.Contains(Flags(), f) || slices.Index(a.Flags, f) < i {
			return fault.Invalid("item %q: flag %q: not one of %v, or twice", a.Item, f, Flags())
		}
	}
	if len(a.Note) > MaxNoteLen || !utf8.ValidString(a.Note) {
		return fault.Limit("item %q: note of %d bytes: at most %d of UTF-8", a.Item, len(a.Note), MaxNoteLen)
	}
	if a.Note != "" && a.Skip == "" && len(a.Flags) == 0 {
		return fault.Invalid("item %q: a note goes with a skip or a flag", a.Item)
	}
	if !slices.Contains(origins(), a.Origin) {
		return fault.Invalid("item %q: origin %q: not one of %q", a.Item, a.Origin, origins())
	}
	if a.Ms < 0 {
		return fault.Invalid("item %q: %d ms: not negative", a.Item, a.Ms)
	}
	return nil
}
