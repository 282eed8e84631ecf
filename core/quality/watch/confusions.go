package watch

import (
	"slices"

	"github.com/alaya-network/alaya/core/quality/label"
)

// confusions count, for each worker, the labels given per true class; cells
// without an answer are left out.
type confusions struct {
	k     int
	start []int32 // of worker j are cells[start[j]:start[j+1]], by code
	cells []cell
}

// cell counts a worker's answers of one label to tasks of one class; its code
// is class·K + label.
type cell struct {
	code, count int32
}

func newConfusions(t *label.Table, truth []int32) confusions {
	c := confusions{k: t.K(), start: make([]int32, len(t.Workers)+1)}
	codes, first := make([]int32, t.Len()), make([]int32, len(t.Workers)+1)
	for i := range t.Tasks {
		for _, v := range t.Votes(i) {
			first[v.Worker+1]++
		}
	}
	for j := range t.Workers {
		first[j+1] += first[j]
	}
	next := slices.Clone(first)
	for i := range t.Tasks {
		for _, v := range t.Votes(i) {
			codes[next[v.Worker]] = truth[i]*int32(c.k) + v.Label
			next[v.Worker]++
		}
	}
	for j := range t.Workers {
		own := codes[first[j]:first[j+1]]
		slices.Sort(own)
		for i, code := range own {
			if i == 0 || code != own[i-1] {
				c.cells = append(c.cells, cell{code: code})
			}
			c.cells[len(c.cells)-1].count++
		}
		c.start[j+1] = int32(len(c.cells))
	}
	return c
}

// of returns a worker's cells.
func (c confusions) of(worker int32) []cell {
	return c.cells[c.start[worker]:c.start[worker+1]]
}

// row is one worker's answers to tasks of one true class; half an answer is
// added to every label.
type row struct {
	cells []cell
	base  int32 // code of label 0
	n     float64
	half  float64 // of the labels
}

func (c confusions) row(worker, class int32) row {
	r := row{base: class * int32(c.k), half: float64(c.k) / 2}
	own := c.of(worker)
	byCode := func(x cell, code int32) int { return int(x.code) - int(code) }
	from, _ := slices.BinarySearchFunc(own, r.base, byCode)
	to := from
	for to < len(own) && own[to].code < r.base+int32(c.k) {
		r.n += float64(own[to].count)
		to++
	}
	r.cells = own[from:to]
	return r
}

// share returns the probability of a label.
func (r row) share(l int32) float64 {
	count := 0.5
	for _, c := range r.cells {
		if c.code == r.base+l {
			count += float64(c.count)
		}
	}
	return count / (r.n + r.half)
}

// agreement returns the probability that answers of two rows, independent of
// each other, are one label: over the labels, (c+½)(d+½) sums to Σcd + (Σc+Σd)/2
// + K/4.
func (r row) agreement(s row) float64 {
	both := 0.0
	for a, b := r.cells, s.cells; len(a) > 0 && len(b) > 0; {
		la, lb := a[0].code-r.base, b[0].code-s.base
		if la == lb {
			both += float64(float64(a[0].count) * float64(b[0].count))
		}
		if la <= lb {
			a = a[1:]
		}
		if lb <= la {
			b = b[1:]
		}
	}
	return (both + (r.n+s.n)/2 + r.half/2) / float64((r.n+r.half)*(s.n+s.half))
}
