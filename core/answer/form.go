package answer

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
)

// MaxControls bounds a form.
const MaxControls = 16

// Form is what one item asks for: controls in the order of the screen.
type Form struct {
	Controls []Control `json:"controls"`
}

// Values are the values of a form's controls, by their numbers; nil where one
// was not answered.
type Values []Value

// Validate checks the bounds of the form.
func (f Form) Validate() error {
	if len(f.Controls) < 1 || len(f.Controls) > MaxControls {
		return fault.Limit("answer: form of %d controls: 1 to %d", len(f.Controls), MaxControls)
	}
	for i, c := range f.Controls {
		if err := c.Validate(); err != nil {
			return err
		}
		if f.find(c.Name) < i {
			return fault.Invalid("answer: control %q stands twice", c.Name)
		}
	}
	return nil
}

// find returns the number of the first control of a name, -1 for none.
func (f Form) find(name string) int {
	for i, c := range f.Controls {
		if c.Name == name {
			return i
		}
	}
	return -1
}

// Parse reads the value of a form that was validated, with the errors of the
// package's Parse.
func (f Form) Parse(text []byte) (Values, error) {
	if len(text) > MaxValue {
		return nil, fault.Limit("answer: value of %d bytes: at most %d", len(text), MaxValue)
	}
	var parts map[string]json.RawMessage
	if err := json.Unmarshal(text, &parts); err != nil {
		return nil, fault.Invalid("answer: value %s: %w", short(text), err)
	}
	if len(parts) == 0 {
		return nil, fault.Invalid("answer: value %s: at least one control: to answer none, skip", short(text))
	}
	vs := make(Values, len(f.Controls))
	left := len(parts)
	for i, c := range f.Controls {
		part, there := parts[c.Name]
		if !there && c.Required {
			return nil, fault.Invalid("answer: control %q: required", c.Name)
		}
		if !there {
			continue
		}
		left--
		var err error
		if vs[i], err = Parse(c, part); err != nil {
			return nil, err
		}
	}
	if left > 0 {
		return nil, fault.Invalid("answer: value %s: %d controls that the form has not", short(text), left)
	}
	if !bytes.Equal(f.Encode(vs), text) {
		return nil, fault.Invalid("answer: value %s: not in its one spelling", short(text))
	}
	return vs, nil
}

// Encode writes the one spelling of a form's value.
func (f Form) Encode(vs Values) []byte {
	text := []byte{'{'}
	for i, v := range vs {
		if v == nil {
			continue
		}
		if len(text) > 1 {
			text = append(text, ',')
		}
		text = append(append(append(text, '"'), f.Controls[i].Name...), '"', ':')
		text = append(text, Encode(v)...)
	}
	return append(text, '}')
}

// Join returns the form that the answers to this one and to a later version of
// it both fit, so that they can be judged together. A later version may change
// words, add and drop labels, relations and what is required, and add controls
// behind the others; what a control asks for stays. Kind invalid if it does not.
func (f Form) Join(later Form) (Form, error) {
	if len(later.Controls) < len(f.Controls) {
		return Form{}, fault.Invalid("answer: a later form of %d controls: the earlier has %d", len(later.Controls), len(f.Controls))
	}
	joined := Form{Controls: slices.Clone(later.Controls)}
	for i, c := range f.Controls {
		var err error
		if joined.Controls[i], err = c.join(later.Controls[i]); err != nil {
			return Form{}, err
		}
	}
	for i := range joined.Controls {
		joined.Controls[i].Required = false
	}
	return joined, nil
}

// join returns the control that the values of both fit.
func (c Control) join(later Control) (Control, error) {
	same := c.Name == later.Name && c.Type == later.Type && equal(c.Min, later.Min) && equal(c.Max, later.Max) &&
		c.Step == later.Step && c.Decimals == later.Decimals && slices.Equal(c.Options, later.Options) && c.Unit == later.Unit
	if !same {
		return c, fault.Invalid("answer: control %q: a later form asks for something else, %s %q", c.Name, later.Type, later.Name)
	}
	labels := slices.Clone(later.Labels)
	for _, l := range c.Labels {
		i := slices.IndexFunc(labels, func(m Label) bool { return m.ID == l.ID })
		if i < 0 {
			labels = append(labels, l)
		} else if labels[i].Parent != l.Parent {
			return c, fault.Invalid("answer: control %q: label %q: a later form has it below %q, not %q", c.Name, l.ID, labels[i].Parent, l.Parent)
		}
	}
	later.Labels = labels
	for _, r := range c.Relations {
		if !slices.Contains(later.Relations, r) {
			later.Relations = append(slices.Clone(later.Relations), r)
		}
	}
	later.MaxLength = 0
	return later, nil
}

func equal(a, b *int64) bool {
	return (a == nil) == (b == nil) && (a == nil || *a == *b)
}
