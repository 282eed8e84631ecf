package feature

import (
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/learn"
)

// Vector encodes numbers in Q20, by kind vector.
func (e Encoder) Vector(values []int64) (learn.Input, error) {
	if e.Kind != Vector || len(values) != int(e.Length) {
		return learn.Input{}, fault.Invalid("feature: %d numbers for a %s encoder of length %d", len(values), e.Kind, e.Length)
	}
	all := make([]uint32, len(values))
	for k := range all {
		all[k] = uint32(k)
	}
	return e.input(all, slices.Clone(values))
}

// Row encodes the texts of one table row, one per column, by kind table; an
// empty text is a missing value. Every row has one feature per column. It
// refuses what is no number in a column of numbers.
func (e Encoder) Row(texts []string) (learn.Input, error) {
	if e.Kind != Table || len(texts) != len(e.Columns) {
		return learn.Input{}, fault.Invalid("feature: %d values for a %s encoder of %d columns", len(texts), e.Kind, len(e.Columns))
	}
	var all []uint32
	from := uint32(0)
	for k, c := range e.Columns {
		bin, err := c.bin(texts[k])
		if err != nil {
			return learn.Input{}, err
		}
		all = append(all, from+bin)
		from += c.bins()
	}
	return e.input(all, nil)
}

// bin returns where a value of the column belongs.
func (c Column) bin(text string) (uint32, error) {
	if text == "" {
		return 0, nil
	}
	if len(c.Values) > 0 {
		return uint32(slices.Index(c.Values, text) + 1), nil
	}
	v, err := ParseDecimal(text)
	if err != nil {
		return 0, fault.Invalid("feature: column %q: %w", c.Name, err)
	}
	bin := uint32(1)
	for _, edge := range c.Edges {
		if edge <= v {
			bin++
		}
	}
	return bin, nil
}

// Bins returns the columns as learn's tree wants them.
func (e Encoder) Bins() []learn.Column {
	var all []learn.Column
	for _, c := range e.Columns {
		all = append(all, learn.Column{Bins: c.bins(), Ordered: len(c.Edges) > 0})
	}
	return all
}
