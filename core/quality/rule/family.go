package rule

import (
	"slices"
	"strings"
)

// predicate says what is wrong with a value, which is there and not null; ""
// where nothing is. wanted tells what would be right.
type predicate func(v value, r Record, refs References) (found, wanted string)

// aggregate returns, of the records that have the field, a number and the rows
// that fail; and what is wrong with the table as a whole.
type aggregate func(rows []Record) (failed []int, found, wanted string)

// family is a kind of rule: what it takes, and how it checks.
type family struct {
	name   string
	takes  string // parameters, of which those in capitals must be there
	others int    // other fields
	record func(Rule) predicate
	table  func(Rule) aggregate
}

// families returns all of them.
func families() []family {
	return []family{
		{name: "present", takes: "FIELD", record: present},
		{name: "type", takes: "FIELD TYPE", record: hasType},
		{name: "set", takes: "FIELD VALUES", record: inSet},
		{name: "range", takes: "FIELD min max", record: inRange},
		{name: "length", takes: "FIELD min max", record: hasLength},
		{name: "regex", takes: "FIELD PATTERN", record: matches},
		{name: "compare", takes: "FIELD OP", others: 1, record: compares},
		{name: "refers", takes: "FIELD", others: 1, record: refers},
		{name: "original", takes: "FIELD MAX", others: 1, record: original},
		{name: "box", takes: "FIELD min", others: 2, record: boxes},
		{name: "polygon", takes: "FIELD min type", others: 2, record: polygon},
		{name: "tags", takes: "FIELD", record: tags},
		{name: "spans", takes: "FIELD", others: 1, record: spans},
		{name: "unique", takes: "FIELD", table: unique},
		{name: "rows", takes: "min max", table: count},
		{name: "mean", takes: "FIELD min max", table: mean},
		{name: "quantile", takes: "FIELD AT min max", table: quantile},
		{name: "share", takes: "FIELD VALUES min max", table: share},
	}
}

// familyOf returns a family by name.
func familyOf(name string) (family, bool) {
	for _, f := range families() {
		if f.name == name {
			return f, true
		}
	}
	return family{}, false
}

// fits says whether a rule has the parameters that its family takes, and no
// others.
func (r Rule) fits(f family) error {
	given := []struct {
		name string
		is   bool
	}{
		{"field", r.Field != ""}, {"min", r.Min != nil}, {"max", r.Max != nil}, {"at", r.At != nil},
		{"values", len(r.Values) > 0}, {"pattern", r.Pattern != ""}, {"type", r.Type != ""}, {"op", r.Op != ""},
	}
	takes := strings.Fields(f.takes)
	for _, g := range given {
		must, may := slices.Contains(takes, strings.ToUpper(g.name)), slices.Contains(takes, g.name)
		if must && !g.is {
			return r.fault("family %s wants %s", r.Family, g.name)
		}
		if g.is && !must && !may {
			return r.fault("family %s takes no %s", r.Family, g.name)
		}
	}
	if slices.Contains(takes, "max") && r.Min == nil && r.Max == nil {
		return r.fault("family %s wants min, max or both", r.Family)
	}
	if len(r.Other) != f.others {
		return r.fault("family %s wants %d other names, has %d", r.Family, f.others, len(r.Other))
	}
	return r.words()
}

// words checks parameters that are words of a closed list, and shares.
func (r Rule) words() error {
	if r.At != nil && (*r.At < 0 || *r.At > 1) {
		return r.fault("at %v: want 0 to 1", *r.At)
	}
	types := typeNames()
	if r.Family == "polygon" {
		types = []string{"closed"}
	}
	if r.Type != "" && !slices.Contains(types, r.Type) {
		return r.fault("type %.40q: want one of %v", r.Type, types)
	}
	if ops := []string{"<", "<=", "=", "!=", ">=", ">"}; r.Op != "" && !slices.Contains(ops, r.Op) {
		return r.fault("op %.40q: want one of %v", r.Op, ops)
	}
	return nil
}
