package span

import (
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Majority takes each token's most frequent tag, and repairs what is not valid.
// Use it as the baseline: it cannot tell good workers from bad, and cuts spans
// where workers disagree about their ends.
type Majority struct{}

// Name returns "majority".
func (Majority) Name() string { return "majority" }

// Aggregate counts tags. The confidence of a span is the share of the workers
// who marked exactly it.
func (Majority) Aggregate(c *Crowd) Result {
	r := newResult(c)
	z := c.shares()
	strict.EachShard(len(c.Tasks), len(z), func(from, to int) {
		for i := from; i < to; i++ {
			tags := make([]uint8, c.length(i))
			for t := range tags {
				row := z[(c.first[i]+t)*c.k:][:c.k]
				tags[t] = uint8(argmax(row, func(a, b int) bool { return c.before(i, a, b) }))
				if t == 0 && isWithin(tags[t]) || t > 0 && !follows(tags[t-1], tags[t]) {
					tags[t]--
				}
			}
			r.set(c, i, tags, func(from, to int) float64 { return c.share(i, tags, from, to) })
		}
	})
	return r
}

// shares returns for every token the share of the workers who gave each tag, or
// what is known.
func (c *Crowd) shares() []float64 {
	z := make([]float64, c.tokens()*c.k)
	for i := range c.Tasks {
		for t, tag := range c.truth(i) {
			z[(c.first[i]+t)*c.k+int(tag)] = 1
		}
		if c.truth(i) != nil {
			continue
		}
		votes := c.of(i)
		for n := range votes {
			for t, tag := range votes[n].tags {
				z[(c.first[i]+t)*c.k+int(tag)] += 1 / float64(len(votes))
			}
		}
	}
	return z
}

// share returns the share of the workers whose tags from one token to another
// are those given, and who go on with none of those spans.
func (c *Crowd) share(task int, tags []uint8, from, to int) float64 {
	if c.truth(task) != nil {
		return 1
	}
	same := 0
	votes := c.of(task)
	for i := range votes {
		theirs := votes[i].tags
		if string(theirs[from:to]) == string(tags[from:to]) && (to == len(theirs) || !isWithin(theirs[to])) {
			same++
		}
	}
	return float64(same) / float64(len(votes))
}
