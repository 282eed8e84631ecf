package answer

import (
	"slices"
	"unicode/utf8"

	"github.com/alaya-network/alaya/core/fault"
)

// Choice is the id of a label.
type Choice string

func (v Choice) check(c Control) error { return c.offers(string(v)) }

// Choices are the ids of some labels, sorted.
type Choices []string

func (v Choices) check(c Control) error {
	for i, id := range v {
		if err := c.offers(id); err != nil {
			return err
		}
		if i > 0 && v[i-1] >= id {
			return fault.Invalid("choice %q after %q: sorted, none twice", id, v[i-1])
		}
	}
	return nil
}

// Path are the ids of labels, each the parent of the next, from a root.
type Path []string

func (v Path) check(c Control) error {
	if len(v) == 0 {
		return fault.Invalid("empty path: at least one label")
	}
	parent := ""
	for _, id := range v {
		i := slices.IndexFunc(c.Labels, func(l Label) bool { return l.ID == id })
		if i < 0 || c.Labels[i].Parent != parent {
			return fault.Invalid("label %q: not one of the control's below %q", id, parent)
		}
		parent = id
	}
	return nil
}

// Rating is a grade, 1 to the control's max.
type Rating int64

func (v Rating) check(c Control) error { return within("rating", int64(v), 1, *c.Max) }

// Number is a quantity in 10^-decimals of the control's unit.
type Number int64

func (v Number) check(c Control) error {
	low, high := c.Range()
	if err := within("number", int64(v), low, high); err != nil {
		return err
	}
	if from := c.origin(); c.Step > 0 && (int64(v)-from)%c.Step != 0 {
		return fault.Invalid("number %d: not a multiple of step %d from %d", v, c.Step, from)
	}
	return nil
}

// Range returns the lowest and the highest number that the control takes.
func (c Control) Range() (low, high int64) {
	high = c.most()
	low = -high
	if c.Min != nil {
		low = *c.Min
	}
	if c.Max != nil {
		high = *c.Max
	}
	return low, high
}

// origin is where the steps of a number start.
func (c Control) origin() int64 {
	if c.Min != nil {
		return *c.Min
	}
	return 0
}

// Text is what was written.
type Text string

func (v Text) check(c Control) error {
	if len(v) > MaxText {
		return fault.Limit("text of %d bytes: at most %d", len(v), MaxText)
	}
	if n := utf8.RuneCountInString(string(v)); c.MaxLength > 0 && int64(n) > c.MaxLength {
		return fault.Limit("text of %d characters: at most %d", n, c.MaxLength)
	}
	return nil
}

// Preference is which of two is better.
type Preference string

// The preferences: left is the control's first option.
const (
	Left  Preference = "left"
	Right Preference = "right"
	Tie   Preference = "tie"
)

func (v Preference) check(Control) error {
	if v != Left && v != Right && v != Tie {
		return fault.Invalid("preference %q: left, right or tie", string(v))
	}
	return nil
}

// Ranking are all options of a control, best first.
type Ranking []string

func (v Ranking) check(c Control) error {
	if len(v) != len(c.Options) {
		return fault.Invalid("ranking of %d: all %d options", len(v), len(c.Options))
	}
	for i, option := range v {
		if !slices.Contains(c.Options, option) || slices.Index(v, option) < i {
			return fault.Invalid("option %q: not one of the control's, or twice", option)
		}
	}
	return nil
}
