package outlier

import (
	"math"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Forest is an isolation forest: trees that split samples of the rows at random
// until each row is alone; what stands apart is alone soon.
type Forest struct {
	// Salt keys the draws; with another, scores differ by a few hundredths.
	Salt [32]byte
	// Trees, 1 to 1000, each of a Sample of rows, 2 to 4096.
	Trees, Sample int
}

// Usual returns the forest of the paper: 100 trees of 256 rows.
func Usual(salt [32]byte) Forest { return Forest{salt, 100, 256} }

// Scores returns 2^(-d/c) of the mean depth d at which a row is alone, against
// that of an ordinary row, c. A row's column is the one whose splits cut most
// rows away from it. It returns errors of kind invalid for a forest out of its
// bounds, rows of different lengths or a number that is not finite.
func (f Forest) Scores(rows [][]float64) ([]Score, error) {
	if f.Trees < 1 || f.Trees > 1000 || f.Sample < 2 || f.Sample > 4096 {
		return nil, fault.Invalid("quality: forest of %d trees of %d rows: want 1 to 1000 of 2 to 4096", f.Trees, f.Sample)
	}
	n, err := columns(rows)
	if err != nil {
		return nil, err
	}
	scores := make([]Score, len(rows))
	if n == 0 || len(rows) < 2 {
		return scores, nil
	}
	sample := min(f.Sample, len(rows))
	trees := make([]tree, f.Trees)
	strict.Each(len(trees), 64*sample*len(trees), func(t int) {
		trees[t] = grow(rows, n, sample, strict.NewRandom(f.Salt, "outlier tree", uint64(t)))
	})
	usual := float64(float64(f.Trees) * depths(sample))
	strict.EachShard(len(rows), 64*len(rows)*len(trees), func(from, to int) {
		cut := newCuts(n)
		for i := from; i < to; i++ {
			var depth float64
			for _, t := range trees {
				depth += t.depth(rows[i], cut)
			}
			scores[i].Value = strict.Ppm(strict.Exp(-float64(math.Ln2*depth) / usual))
			scores[i].Column, scores[i].Share = cut.largest()
		}
	})
	return scores, nil
}

// depths returns the mean depth of an unsuccessful search in a binary tree of
// m rows, 2·H(m-1) - 2(m-1)/m: what is left to go below a leaf of m.
func depths(m int) float64 {
	if m < 2 {
		return 0
	}
	var harmonic float64
	for i := 1; i < m; i++ {
		harmonic += 1 / float64(i)
	}
	return float64(2*harmonic) - float64(2*(m-1))/float64(m)
}

// tree is a list of nodes, the root first.
type tree []node

// node sends rows whose number is at most the split to the left, others to the
// right; a leaf has no children, and the depth of its rows.
type node struct {
	split       float64
	column      int32
	left, right int32
	depth       float64
	// cutLeft and cutRight are log(size/child's size).
	cutLeft, cutRight float64
}

// grower grows one tree.
type grower struct {
	rows   [][]float64
	limit  int
	random strict.Random
	tree   tree
}

func grow(rows [][]float64, columns, sample int, random strict.Random) tree {
	g := grower{rows: rows, random: random}
	for 1<<g.limit < sample {
		g.limit++
	}
	varying := make([]int32, columns)
	for c := range varying {
		varying[c] = int32(c)
	}
	g.grow(g.draw(sample), varying, 0)
	return g.tree
}

// draw returns different rows, by Floyd's algorithm.
func (g *grower) draw(sample int) []int32 {
	drawn := make([]int32, 0, sample)
	taken := make(map[int32]bool, sample)
	for last := len(g.rows) - sample; last < len(g.rows); last++ {
		i := int32(g.random.IntN(last + 1))
		if taken[i] {
			i = int32(last)
		}
		taken[i] = true
		drawn = append(drawn, i)
	}
	return drawn
}

// grow adds the tree of some rows and returns its root. Columns found constant
// are no longer looked at below.
func (g *grower) grow(members, varying []int32, depth int) int32 {
	at := int32(len(g.tree))
	g.tree = append(g.tree, node{left: -1, right: -1, depth: float64(depth) + depths(len(members))})
	if depth == g.limit || len(members) < 2 {
		return at
	}
	column, low, high, varying := g.pick(members, varying)
	if low == high {
		return at
	}
	split := low + float64(g.random.Float64()*(high-low))
	if split >= high {
		split = low
	}
	n := 0 // of members go left
	for i, row := range members {
		if g.rows[row][column] <= split {
			members[n], members[i] = members[i], members[n]
			n++
		}
	}
	size := strict.Log(float64(len(members)))
	own := node{
		split: split, column: column,
		cutLeft: size - strict.Log(float64(n)), cutRight: size - strict.Log(float64(len(members)-n)),
	}
	own.left = g.grow(members[:n], varying, depth+1)
	own.right = g.grow(members[n:], varying, depth+1)
	g.tree[at] = own
	return at
}

// pick draws a column that varies among the members, and returns its range and
// the columns that may still vary; where none does the range is empty. It moves
// constant columns behind those left, in place.
func (g *grower) pick(members, varying []int32) (column int32, low, high float64, left []int32) {
	for n := len(varying); n > 0; n-- {
		at := g.random.IntN(n)
		column = varying[at]
		low, high = g.span(members, column)
		if low < high {
			return column, low, high, varying[:n]
		}
		varying[at], varying[n-1] = varying[n-1], column
	}
	return 0, 0, 0, nil
}

func (g *grower) span(members []int32, column int32) (low, high float64) {
	low = g.rows[members[0]][column]
	high = low
	for _, row := range members[1:] {
		x := g.rows[row][column]
		low, high = min(low, x), max(high, x)
	}
	return low, high
}

// depth returns where a row ends, and notes what was cut away on its way.
func (t tree) depth(row []float64, cut *cuts) float64 {
	at := &t[0]
	for at.left >= 0 {
		if row[at.column] <= at.split {
			cut.add(at.column, at.cutLeft)
			at = &t[at.left]
		} else {
			cut.add(at.column, at.cutRight)
			at = &t[at.right]
		}
	}
	return at.depth
}

// cuts sums what the splits of each column cut away from a row: the logarithms
// of the shrinking sample.
type cuts struct {
	by   []float64
	seen []int32
}

func newCuts(columns int) *cuts { return &cuts{by: make([]float64, columns)} }

func (c *cuts) add(column int32, log float64) {
	if c.by[column] == 0 {
		c.seen = append(c.seen, column)
	}
	c.by[column] += log
}

// largest returns the column of the largest sum, the first of equals, and its
// share, and forgets all.
func (c *cuts) largest() (column int32, share num.Ppm) {
	var all float64
	for _, s := range c.seen {
		all += c.by[s]
		if c.by[s] > c.by[column] || c.by[s] == c.by[column] && s < column {
			column = s
		}
	}
	if all > 0 {
		share = strict.Ppm(c.by[column] / all)
	}
	for _, s := range c.seen {
		c.by[s] = 0
	}
	c.seen = c.seen[:0]
	return column, share
}
