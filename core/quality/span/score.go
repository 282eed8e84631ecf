package span

import (
	"slices"

	"github.com/alaya-network/alaya/core/quality/score"
)

// Score compares the spans given for some tasks with those wanted, task by
// task. A span is right if both ends and the label are; the spans of a task are
// a set, in any order.
func Score(given, wanted [][]Span) score.Counts {
	var c score.Counts
	for i := range given {
		c.Add(count(slices.SortedFunc(slices.Values(given[i]), order), slices.SortedFunc(slices.Values(wanted[i]), order)))
	}
	return c
}

// count compares the spans of one task, both in order.
func count(given, wanted []Span) score.Counts {
	c := score.Counts{Given: len(given), Wanted: len(wanted)}
	for len(given) > 0 && len(wanted) > 0 {
		o := order(given[0], wanted[0])
		if o == 0 {
			c.Right++
		}
		if o <= 0 {
			given = given[1:]
		}
		if o >= 0 {
			wanted = wanted[1:]
		}
	}
	return c
}
