package appraisal

import "github.com/alaya-network/alaya/core/fault"

// newSubject returns an empty subject of a kind.
func newSubject(kind Kind, repeated Repeated) (subject, error) {
	switch kind {
	case Choice:
		return newChoices(repeated)
	default:
		return nil, fault.Invalid("kind %s: not yet", kind)
	}
}
