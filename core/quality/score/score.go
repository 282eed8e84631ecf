// Package score compares sets of things found with the sets wanted: spans,
// boxes, cuboids. What makes a thing right is for their packages to say.
//
// Invariant: Right is at most Given and at most Wanted, so every ratio lies
// between 0 and One.
package score

import "github.com/alaya-network/alaya/core/num"

// Counts says how many things were given, how many wanted, and how many of
// those given are right; below 2⁴² each.
type Counts struct {
	Right, Given, Wanted int
}

// Add adds the counts of other sets.
func (c *Counts) Add(o Counts) {
	c.Right += o.Right
	c.Given += o.Given
	c.Wanted += o.Wanted
}

// Precision returns the share of the things given that are right, rounded
// down; One of none.
func (c Counts) Precision() num.Ppm { return share(c.Right, c.Given) }

// Recall returns the share of the things wanted that were given, rounded down;
// One of none.
func (c Counts) Recall() num.Ppm { return share(c.Right, c.Wanted) }

// F1 returns the harmonic mean of precision and recall, rounded down; One if
// nothing was given or wanted.
func (c Counts) F1() num.Ppm { return share(2*c.Right, c.Given+c.Wanted) }

func share(part, whole int) num.Ppm {
	if whole == 0 {
		return num.One
	}
	return num.Ppm(int64(part) * int64(num.One) / int64(whole))
}
