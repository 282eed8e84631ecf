package rule

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"github.com/alaya-network/alaya/core/quality/similar"
)

// present holds for whatever reaches a predicate: see Set.fails.
func present(Rule) predicate {
	return func(value, Record, References) (string, string) { return "", "" }
}

func typeNames() []string {
	return []string{"string", "number", "integer", "boolean", "list", "object"}
}

func hasType(r Rule) predicate {
	return func(v value, _ Record, _ References) (string, string) {
		kind := v.kind()
		if r.Type == kind {
			return "", ""
		}
		if r.Type == "integer" && kind == "number" && !strings.ContainsAny(string(v.raw), ".eE") {
			return "", ""
		}
		return v.short(), "a value of type " + r.Type
	}
}

func inSet(r Rule) predicate {
	values := setOf(r.Values)
	return func(v value, _ Record, _ References) (string, string) {
		if values[v.text()] {
			return "", ""
		}
		return v.short(), "one of " + clip(strings.Join(r.Values, ", "))
	}
}

func setOf(values []string) map[string]bool {
	set := make(map[string]bool, len(values))
	for _, v := range values {
		set[v] = true
	}
	return set
}

func inRange(r Rule) predicate {
	return func(v value, _ Record, _ References) (string, string) {
		if x, ok := v.number(); ok && r.within(x) {
			return "", ""
		}
		return v.short(), r.between()
	}
}

func hasLength(r Rule) predicate {
	return func(v value, _ Record, _ References) (string, string) {
		n, ok := v.length()
		switch {
		case !ok:
			return v.short(), "a string or a list"
		case r.within(float64(n)):
			return "", ""
		case v.kind() == "string":
			return fmt.Sprintf("%d characters long", n), r.between()
		default:
			return fmt.Sprintf("a list of %d", n), r.between()
		}
	}
}

func matches(r Rule) predicate {
	pattern := regexp.MustCompile(r.Pattern) // New has compiled it before
	return func(v value, _ Record, _ References) (string, string) {
		if v.kind() == "string" && pattern.MatchString(v.text()) {
			return "", ""
		}
		return v.short(), "a text that matches " + r.Pattern
	}
}

// compares orders numbers by value, other scalars by their text.
func compares(r Rule) predicate {
	return func(v value, record Record, _ References) (string, string) {
		w, there := record.field(r.Other[0])
		if !there {
			return "", ""
		}
		order := strings.Compare(v.text(), w.text())
		x, isNumber := v.number()
		y, isToo := w.number()
		if isNumber != isToo {
			return v.short(), "what compares with " + w.short()
		}
		if isNumber {
			order = cmp.Compare(x, y)
		}
		var holds bool
		switch r.Op {
		case "<":
			holds = order < 0
		case "<=":
			holds = order <= 0
		case "=":
			holds = order == 0
		case "!=":
			holds = order != 0
		case ">=":
			holds = order >= 0
		default:
			holds = order > 0
		}
		if holds {
			return "", ""
		}
		return v.short(), fmt.Sprintf("%s %s, which is %s", r.Op, r.Other[0], w.short())
	}
}

func refers(r Rule) predicate {
	return func(v value, _ Record, refs References) (string, string) {
		if refs[r.Other[0]][v.text()] {
			return "", ""
		}
		return v.short(), "one of " + r.Other[0]
	}
}

func original(r Rule) predicate {
	return func(v value, record Record, _ References) (string, string) {
		source, there := record.field(r.Other[0])
		if !there {
			return "", ""
		}
		copied := similar.Copied(v.text(), source.text())
		if float64(copied)/1e6 <= *r.Max {
			return "", ""
		}
		return fmt.Sprintf("%v copied from %s", copied, r.Other[0]), fmt.Sprintf("at most %v of it", *r.Max)
	}
}
