package appraisal

import "github.com/alaya-network/alaya/core/fault"

// newSubject returns an empty subject of a kind.
func newSubject(kind Kind, how Reading) (subject, error) {
	repeated := how.Repeated
	switch kind {
	case Choice:
		return newChoices(repeated)
	case Number:
		return newNumbers(repeated), nil
	case Spans:
		return newTagged(repeated), nil
	case Boxes:
		return newDrawn(repeated, how.Boxes), nil
	case Text:
		return newTexts(repeated), nil
	case Masks:
		return newPainted(repeated), nil
	default:
		return nil, fault.Invalid("kind %s: not yet", kind)
	}
}
