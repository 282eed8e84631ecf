package watch

import (
	"math"
	"slices"

	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Habits reports workers whose labels vary less than three standard deviations
// below the mean worker's, and workers with a favourite label: one they give
// far more often (by a binomial Z) than all workers together do to tasks of the
// same true classes, and to most of the tasks where another was to be expected.
func Habits(t *label.Table, r label.Result) []Finding {
	c := newConfusions(t, r.Labels)
	pooled := c.pooled()
	entropies := make([]float64, len(t.Workers))
	var seen spread
	var findings []Finding
	for j := range t.Workers {
		given := c.given(int32(j))
		if given.n < minAnswers {
			continue
		}
		entropies[j] = given.entropy()
		seen.add(entropies[j])
		l, z, expect := c.favourite(int32(j), given, pooled)
		if own := given.counts[l]; z > zLimit && own-expect > given.n-own {
			findings = append(findings, Finding{
				Worker: t.Workers[j], Kind: KindMonotony, Value: z, Limit: zLimit,
				Label: t.Labels[given.labels[l]], Count: own, Of: given.n, Expect: expect,
			})
		}
	}
	if seen.n < 3 {
		return findings
	}
	limit := seen.mean() - float64(3*seen.deviation())
	for j, e := range entropies {
		if given := c.given(int32(j)); given.n >= minAnswers && e < limit {
			findings = append(findings, Finding{
				Worker: t.Workers[j], Kind: KindEntropy,
				Value: int64(strict.Ppm(e)), Limit: int64(strict.Ppm(limit)), Of: given.n,
			})
		}
	}
	return findings
}

// spread gathers the mean and standard deviation of numbers.
type spread struct {
	n, sum, squares float64
}

func (s *spread) add(x float64) {
	s.n++
	s.sum += x
	s.squares += float64(x * x)
}

func (s *spread) mean() float64 { return s.sum / s.n }

func (s *spread) deviation() float64 {
	mean := s.mean()
	return math.Sqrt(max(0, s.squares/s.n-float64(mean*mean)))
}

// given counts the labels of one worker.
type given struct {
	labels []int32 // those he gave, ascending
	counts []int64
	n      int64
}

func (c confusions) given(worker int32) given {
	var g given
	for _, x := range c.of(worker) {
		l := x.code % int32(c.k)
		at, met := slices.BinarySearch(g.labels, l)
		if !met {
			g.labels, g.counts = slices.Insert(g.labels, at, l), slices.Insert(g.counts, at, 0)
		}
		g.counts[at] += int64(x.count)
		g.n += int64(x.count)
	}
	return g
}

// entropy returns -Σ f·ln f over the shares of the labels.
func (g given) entropy() float64 {
	var h float64
	for _, c := range g.counts {
		f := float64(c) / float64(g.n)
		h -= float64(f * strict.Log(f))
	}
	return h
}

// pooled returns the share of each label in all answers to tasks of a class:
// class, label.
func (c confusions) pooled() []float64 {
	p := make([]float64, c.k*c.k)
	for _, x := range c.cells {
		p[x.code] += float64(x.count)
	}
	for y := range c.k {
		row := p[y*c.k:][:c.k]
		var sum float64
		for _, n := range row {
			sum += n
		}
		for l := range row {
			row[l] /= max(1, sum)
		}
	}
	return p
}

// favourite returns which of a worker's labels lies furthest above what all
// workers would give to his tasks, by how much, in ppm of a standard deviation,
// and the count expected.
func (c confusions) favourite(worker int32, g given, pooled []float64) (best int, z, expect int64) {
	classes := c.classes(worker)
	top := math.Inf(-1)
	for i, l := range g.labels {
		var usual, variance float64
		for _, y := range classes {
			p := pooled[int(y.code)*c.k+int(l)]
			usual += float64(float64(y.count) * p)
			variance += float64(float64(float64(y.count)*p) * (1 - p))
		}
		x := (float64(g.counts[i]) - usual) / math.Sqrt(variance+1e-9)
		if x > top {
			best, top, expect = i, x, int64(math.Floor(usual+0.5))
		}
	}
	return best, int64(strict.Ppm(min(top, 1000))), expect
}

// classes counts a worker's tasks of each true class; the code is the class.
func (c confusions) classes(worker int32) []cell {
	var of []cell
	for _, x := range c.of(worker) {
		y := x.code / int32(c.k)
		if len(of) == 0 || of[len(of)-1].code != y {
			of = append(of, cell{code: y})
		}
		of[len(of)-1].count += x.count
	}
	return of
}
