package feature

import (
	"slices"
	"strconv"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/learn"
)

// Label reads the label of an item for a model of so many classes: one of
// Labels, or the number of a class; of a regression, with 1 class, a decimal.
func (e Encoder) Label(text string, classes uint32) (int64, error) {
	if classes == 1 {
		v, err := ParseDecimal(text)
		return v.Q20(), err
	}
	if i := slices.Index(e.Labels, text); i >= 0 {
		return int64(i), nil
	}
	n, err := strconv.ParseUint(text, 10, 32)
	if err != nil || len(e.Labels) > 0 || n >= uint64(classes) {
		return 0, fault.Invalid("feature: label %.40q: want one of %s", text, e.labelNames(classes))
	}
	return int64(n), nil
}

// LabelName writes a class as Label reads it.
func (e Encoder) LabelName(class uint32) string {
	if int(class) < len(e.Labels) {
		return e.Labels[class]
	}
	return strconv.FormatUint(uint64(class), 10)
}

func (e Encoder) labelNames(classes uint32) string {
	if len(e.Labels) == 0 {
		return "0 to " + strconv.FormatUint(uint64(classes)-1, 10)
	}
	text := ""
	for i, name := range e.Labels {
		if i > 0 {
			text += ", "
		}
		text += name
	}
	return text
}

// checkLabels refuses names that could be confused.
func (e Encoder) checkLabels() error {
	if len(e.Labels) > learn.MaxClasses {
		return fault.Limit("feature: names of %d labels: at most %d", len(e.Labels), learn.MaxClasses)
	}
	for k, name := range e.Labels {
		if name == "" || len(name) > MaxTokenLen || slices.Index(e.Labels, name) < k {
			return fault.Invalid("feature: label %d: name %.80q is empty, longer than %d bytes or there twice", k, name, MaxTokenLen)
		}
	}
	return nil
}
