package agree

import (
	"slices"
	"strconv"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/label"
)

// Ratings are what raters gave to units. Class c stands at position[c], for
// measures that know distances; positions ascend with the classes.
type Ratings struct {
	units    int
	votes    func(unit int) []label.Vote
	class    []int32 // of each label number; nil where they are the same
	position []float64
}

// Labels returns the votes of a table; the order of the labels is that of
// their bytes, and their distances are those of their numbers.
func Labels(t *label.Table) Ratings {
	r := Ratings{units: len(t.Tasks), votes: t.Votes, position: make([]float64, t.K())}
	for c := range r.position {
		r.position[c] = float64(c)
	}
	return r
}

// Ordered returns the votes of a table whose labels have an order, from least
// to most; neighbours are one apart. It returns an error of kind invalid when
// the order does not name every label of the table once.
func Ordered(t *label.Table, order []string) (Ratings, error) {
	r := Labels(t)
	r.class = make([]int32, t.K())
	seen := make([]bool, t.K())
	r.position = make([]float64, len(order))
	for c, name := range order {
		r.position[c] = float64(c)
		l, known := slices.BinarySearch(t.Labels, name)
		if !known {
			continue // nobody gave it
		}
		if seen[l] {
			return Ratings{}, fault.Invalid("quality: order names label %.40q twice", name)
		}
		seen[l], r.class[l] = true, int32(c)
	}
	if l := slices.Index(seen, false); l >= 0 {
		return Ratings{}, fault.Invalid("quality: order of %d labels leaves out %.40q", len(order), t.Labels[l])
	}
	return r, nil
}

// Numeric returns the votes of a table whose labels are decimal numbers. It
// returns an error of kind invalid that names the first label that is none.
func Numeric(t *label.Table) (Ratings, error) {
	values := make([]float64, t.K())
	for l, name := range t.Labels {
		v, err := strconv.ParseFloat(name, 64)
		if err != nil || !finite(v) {
			return Ratings{}, fault.Invalid("quality: label %.40q: want a decimal number", name)
		}
		values[l] = v
	}
	r := Labels(t)
	r.class, r.position = classes(values)
	return r, nil
}

// Numbers returns the numbers given to each unit; rater j of a unit is who
// gave its j-th number. It returns an error of kind invalid for a number that
// is not finite. Memory: 24 B per number.
func Numbers(units [][]float64) (Ratings, error) {
	var values []float64
	start := make([]int, len(units)+1)
	for i, unit := range units {
		for j, v := range unit {
			if !finite(v) {
				return Ratings{}, fault.Invalid("quality: unit %d, number %d is %v: want a finite one", i, j, v)
			}
		}
		values = append(values, unit...)
		start[i+1] = len(values)
	}
	class, position := classes(values)
	votes := make([]label.Vote, len(values))
	for i := range units {
		for at := start[i]; at < start[i+1]; at++ {
			votes[at] = label.Vote{Worker: int32(at - start[i]), Label: class[at]}
		}
	}
	return Ratings{
		units:    len(units),
		votes:    func(unit int) []label.Vote { return votes[start[unit]:start[unit+1]] },
		position: position,
	}, nil
}

func finite(v float64) bool { return v-v == 0 }

// classes numbers equal values alike, in ascending order.
func classes(values []float64) (class []int32, position []float64) {
	position = slices.Clone(values)
	slices.Sort(position)
	position = slices.Compact(position)
	class = make([]int32, len(values))
	for i, v := range values {
		c, _ := slices.BinarySearch(position, v)
		class[i] = int32(c)
	}
	return class, position
}

// of returns the class of a vote.
func (r Ratings) of(v label.Vote) int32 {
	if r.class == nil {
		return v.Label
	}
	return r.class[v.Label]
}

// k returns the number of classes.
func (r Ratings) k() int { return len(r.position) }

// centred returns the positions less their middle: sums of squares stay small.
func (r Ratings) centred() []float64 {
	p := slices.Clone(r.position)
	if len(p) == 0 {
		return p
	}
	middle := float64(p[0]/2) + p[len(p)-1]/2
	for c := range p {
		p[c] -= middle
	}
	return p
}

// tally counts the units of two ratings and more.
type tally struct {
	units, n int64   // units, and their ratings
	total    []int64 // ratings of each class
	// Ordered pairs of a unit's m ratings that differ, divided by m - 1 and by
	// m·(m - 1), summed over the units.
	perRater, perPair float64
}

func (r Ratings) tally(weight []int32) tally {
	t := tally{total: make([]int64, r.k())}
	counts := make([]int64, r.k())
	for i := range r.units {
		votes, w := r.votes(i), times(weight, i)
		if len(votes) < 2 || w == 0 {
			continue
		}
		m := int64(len(votes))
		differ := m * m
		for _, v := range votes {
			c := r.of(v)
			differ -= 2*counts[c] + 1 // (c+1)² - c²
			counts[c]++
			t.total[c] += w
		}
		for _, v := range votes {
			counts[r.of(v)] = 0
		}
		t.units += w
		t.n += w * m
		t.perRater += float64(w*differ) / float64(m-1)
		t.perPair += float64(w*differ) / float64(m*(m-1))
	}
	return t
}
