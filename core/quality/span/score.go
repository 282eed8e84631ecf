package span

import "github.com/alaya-network/alaya/core/num"

// Counts compares spans given with spans wanted. A span is right if both ends
// and the label are.
type Counts struct {
	Right, Given, Wanted int
}

// Score compares the spans given for some tasks with those wanted, task by
// task; the spans of a task are a set, in any order.
func Score(given, wanted [][]Span) Counts {
	var c Counts
	for i := range given {
		c.add(inOrder(given[i]), inOrder(wanted[i]))
	}
	return c
}

// add counts the spans of one task, both in order.
func (c *Counts) add(given, wanted []Span) {
	c.Given += len(given)
	c.Wanted += len(wanted)
	for at := 0; len(given) > 0 && at < len(wanted); {
		switch o := order(given[0], wanted[at]); {
		case o < 0:
			given = given[1:]
		case o > 0:
			at++
		default:
			c.Right++
			given = given[1:]
			at++
		}
	}
}

// Precision returns the share of the spans given that are right; One of none.
func (c Counts) Precision() num.Ppm { return share(c.Right, c.Given) }

// Recall returns the share of the spans wanted that were given; One of none.
func (c Counts) Recall() num.Ppm { return share(c.Right, c.Wanted) }

// F1 returns the harmonic mean of precision and recall; One if nothing was
// given or wanted.
func (c Counts) F1() num.Ppm { return share(2*c.Right, c.Given+c.Wanted) }

// share returns part/whole, rounded down.
func share(part, whole int) num.Ppm {
	if whole == 0 {
		return num.One
	}
	return num.Ppm(int64(part) * int64(num.One) / int64(whole))
}
