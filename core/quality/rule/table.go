package rule

import (
	"fmt"
	"slices"
)

// unique fails every row whose value stood in a row before.
func unique(r Rule) aggregate {
	return func(rows []Record) (failed []int, found, wanted string) {
		met := make(map[string]bool, len(rows))
		for i, row := range rows {
			v, there := row.field(r.Field)
			if !there {
				continue
			}
			key := v.kind() + " " + v.text()
			if met[key] {
				failed = append(failed, i)
			}
			met[key] = true
		}
		if len(failed) == 0 {
			return nil, "", ""
		}
		return failed, fmt.Sprintf("%d values that stood there before", len(failed)), "each value once"
	}
}

func count(r Rule) aggregate {
	return func(rows []Record) (failed []int, found, wanted string) {
		return nil, r.outside(float64(len(rows)), "%v records"), r.between()
	}
}

// outside tells a number that is not within the range.
func (r Rule) outside(x float64, format string) string {
	if r.within(x) {
		return ""
	}
	return fmt.Sprintf(format, x)
}

// numbers returns the numbers of a field; other values fail their rows.
func (r Rule) numbers(rows []Record) (numbers []float64, failed []int) {
	for i, row := range rows {
		v, there := row.field(r.Field)
		if !there {
			continue
		}
		if x, ok := v.number(); ok {
			numbers = append(numbers, x)
		} else {
			failed = append(failed, i)
		}
	}
	return numbers, failed
}

// mean of no numbers holds.
func mean(r Rule) aggregate {
	return func(rows []Record) (failed []int, found, wanted string) {
		numbers, failed := r.numbers(rows)
		if len(numbers) == 0 {
			return failed, "", ""
		}
		var sum float64
		for _, x := range numbers {
			sum += x / float64(len(numbers))
		}
		return failed, r.outside(sum, "a mean of %.6g"), r.between()
	}
}

// quantile takes the number that stands at place at·n of the n sorted ones; of
// no numbers it holds.
func quantile(r Rule) aggregate {
	return func(rows []Record) (failed []int, found, wanted string) {
		numbers, failed := r.numbers(rows)
		if len(numbers) == 0 {
			return failed, "", ""
		}
		slices.Sort(numbers)
		rank := int(*r.At * float64(len(numbers)))
		x := numbers[min(rank, len(numbers)-1)]
		return failed, r.outside(x, fmt.Sprintf("a quantile at %v of %%.6g", *r.At)), r.between()
	}
}

// share of no records holds.
func share(r Rule) aggregate {
	values := setOf(r.Values)
	return func(rows []Record) (failed []int, found, wanted string) {
		n, in := 0, 0
		for _, row := range rows {
			v, there := row.field(r.Field)
			if !there {
				continue
			}
			n++
			if values[v.text()] {
				in++
			}
		}
		if n == 0 {
			return nil, "", ""
		}
		return nil, r.outside(float64(in)/float64(n), "a share of %.6g"), r.between()
	}
}
