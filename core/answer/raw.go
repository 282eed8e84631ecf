package answer

// Raw is the text of a form's value that was not read yet, as it stands in a
// JSON document. Whoever takes one from strangers parses it by its form.
type Raw string

// MarshalJSON writes the text.
func (r Raw) MarshalJSON() ([]byte, error) { return []byte(r), nil }

// UnmarshalJSON keeps the text.
func (r *Raw) UnmarshalJSON(text []byte) error {
	*r = Raw(text)
	return nil
}
