package appraisal

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
	case Pairs:
		return newContests(repeated), nil
	case Ordinal:
		return newGrades(how), nil
	default:
		_, err := ParseKind(string(kind))
		return nil, err
	}
}
