package answer

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alaya-network/alaya/core/fault"
)

// Bounds of a control.
const (
	MaxName     = 32 // bytes of a control's name
	MaxLabels   = 1_000
	MaxLabelLen = 64 // bytes of a label's id, a relation, an option, a target, a unit
	MaxTitle    = 1_000
	MaxHint     = 10_000
	MaxRating   = 100
	MaxDecimals = 6
	MaxOptions  = 20
)

// Control asks for one value. Which fields it takes follows from its type: see
// the table of kinds.
type Control struct {
	Name      string   `json:"name"` // [a-z][a-z0-9_]{0,31}
	Type      Type     `json:"type"`
	Target    string   `json:"target,omitempty"` // key of the item's data it is about; none: the whole item
	Title     string   `json:"title,omitempty"`
	Hint      string   `json:"hint,omitempty"`
	Labels    []Label  `json:"labels,omitempty"`
	Required  bool     `json:"required,omitempty"`
	Min       *int64   `json:"min,omitempty"` // of a number, in 10^-decimals
	Max       *int64   `json:"max,omitempty"` // likewise; of a rating
	Step      int64    `json:"step,omitempty"`
	Decimals  int64    `json:"decimals,omitempty"`
	Relations []string `json:"relations,omitempty"`
	Options   []string `json:"options,omitempty"` // keys of the item's data to compare
	Unit      string   `json:"unit,omitempty"`
	MaxLength int64    `json:"max_length,omitempty"` // of a text, in code points
}

// Label is a class that a control offers.
type Label struct {
	ID     string `json:"id"`
	Name   string `json:"name,omitempty"`  // for people, where the id is not enough
	Color  string `json:"color,omitempty"` // #rrggbb
	Hotkey string `json:"hotkey,omitempty"`
	Parent string `json:"parent,omitempty"` // the id of a label before it
}

// Validate checks the bounds of the control. Errors are of kind limit for a
// size beyond its bound, else invalid.
func (c Control) Validate() error {
	if err := c.check(); err != nil {
		return fmt.Errorf("answer: control %q: %w", c.Name, err)
	}
	return nil
}

func (c Control) check() error {
	if !isName(c.Name) {
		return fault.Invalid("name: a small letter, then at most %d small letters, digits and _", MaxName-1)
	}
	k, err := kindOf(c.Type)
	if err != nil {
		return err
	}
	for _, field := range c.given() {
		if !slices.Contains(k.must, field) && !slices.Contains(k.may, field) {
			return fault.Invalid("%s takes no %s", c.Type, field)
		}
	}
	for _, field := range k.must {
		if !slices.Contains(c.given(), field) {
			return fault.Invalid("%s needs %s", c.Type, field)
		}
	}
	for _, step := range []func() error{c.checkTexts, c.checkLabels, c.checkLists, c.checkNumbers} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// given names the fields that not every type takes and that are there.
func (c Control) given() []string {
	var names []string
	for _, f := range []struct {
		name  string
		there bool
	}{
		{"labels", len(c.Labels) > 0}, {"min", c.Min != nil}, {"max", c.Max != nil}, {"step", c.Step != 0},
		{"decimals", c.Decimals != 0}, {"relations", len(c.Relations) > 0}, {"options", len(c.Options) > 0},
		{"unit", c.Unit != ""}, {"max_length", c.MaxLength != 0},
	} {
		if f.there {
			names = append(names, f.name)
		}
	}
	return names
}

func (c Control) checkTexts() error {
	for _, f := range []struct {
		name, text string
		most       int
	}{{"title", c.Title, MaxTitle}, {"hint", c.Hint, MaxHint}, {"target", c.Target, MaxLabelLen}, {"unit", c.Unit, MaxLabelLen}} {
		if len(f.text) > f.most || !utf8.ValidString(f.text) {
			return fault.Limit("%s of %d bytes: at most %d of UTF-8", f.name, len(f.text), f.most)
		}
	}
	return nil
}

func (c Control) checkLabels() error {
	if len(c.Labels) > MaxLabels {
		return fault.Limit("%d labels: at most %d", len(c.Labels), MaxLabels)
	}
	seen := make(map[string]struct{}, len(c.Labels))
	for i, l := range c.Labels {
		if err := checkWord("label", i, l.ID); err != nil {
			return err
		}
		if _, twice := seen[l.ID]; twice {
			return fault.Invalid("label %q stands twice", l.ID)
		}
		if _, before := seen[l.Parent]; l.Parent != "" && !before {
			return fault.Invalid("label %q: its parent %q is not before it", l.ID, l.Parent)
		}
		seen[l.ID] = struct{}{}
		if len(l.Name) > MaxTitle || !utf8.ValidString(l.Name) || len(l.Hotkey) > MaxName || !utf8.ValidString(l.Hotkey) {
			return fault.Limit("label %q: name of at most %d bytes of UTF-8, hotkey of at most %d", l.ID, MaxTitle, MaxName)
		}
		if l.Color != "" && !isColor(l.Color) {
			return fault.Invalid("label %q: color %q: # and six digits 0-9a-f", l.ID, l.Color)
		}
	}
	return nil
}

// checkLists checks relations and options.
func (c Control) checkLists() error {
	if len(c.Relations) > MaxLabels {
		return fault.Limit("%d relations: at most %d", len(c.Relations), MaxLabels)
	}
	if n := len(c.Options); n == 1 || n > MaxOptions || c.Type == TypePreference && n != 2 {
		return fault.Limit("%d options: 2 to %d, of a preference 2", n, MaxOptions)
	}
	for _, list := range []struct {
		name  string
		words []string
	}{{"relation", c.Relations}, {"option", c.Options}} {
		for i, w := range list.words {
			if err := checkWord(list.name, i, w); err != nil {
				return err
			}
			if slices.Index(list.words, w) < i {
				return fault.Invalid("%s %q stands twice", list.name, w)
			}
		}
	}
	return nil
}

func (c Control) checkNumbers() error {
	if err := within("decimals", c.Decimals, 0, MaxDecimals); err != nil {
		return err
	}
	if err := within("max_length", c.MaxLength, 0, MaxText); err != nil {
		return err
	}
	if c.Type == TypeRating {
		return within("max", *c.Max, 2, MaxRating)
	}
	most := c.most()
	for _, f := range []struct {
		name string
		at   *int64
	}{{"min", c.Min}, {"max", c.Max}} {
		if f.at != nil {
			if err := within(f.name, *f.at, -most, most); err != nil {
				return err
			}
		}
	}
	if c.Min != nil && c.Max != nil && *c.Min >= *c.Max {
		return fault.Invalid("min %d is not below max %d", *c.Min, *c.Max)
	}
	return within("step", c.Step, 0, most)
}

// most is the largest size of a number: 10^9 of its unit.
func (c Control) most() int64 {
	most := int64(1_000_000_000)
	for range c.Decimals {
		most *= 10
	}
	return most
}

// offers says whether the control has a label of this id.
func (c Control) offers(label string) error {
	if !slices.ContainsFunc(c.Labels, func(l Label) bool { return l.ID == label }) {
		return fault.Invalid("label %q: not one of the control's", label)
	}
	return nil
}

func checkWord(name string, i int, word string) error {
	if len(word) == 0 || len(word) > MaxLabelLen || !utf8.ValidString(word) {
		return fault.Limit("%s %d %q: 1 to %d bytes of UTF-8", name, i, word, MaxLabelLen)
	}
	if strings.ContainsFunc(word, unicode.IsControl) {
		return fault.Invalid("%s %d %q: no control characters", name, i, word)
	}
	return nil
}

func isName(s string) bool {
	if len(s) == 0 || len(s) > MaxName || s[0] < 'a' || s[0] > 'z' {
		return false
	}
	for _, r := range []byte(s) {
		if r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') {
			return false
		}
	}
	return true
}

func isColor(s string) bool {
	if len(s) != 7 || s[0] != '#' {
		return false
	}
	for _, r := range []byte(s[1:]) {
		if (r < '0' || r > '9') && (r < 'a' || r > 'f') {
			return false
		}
	}
	return true
}
