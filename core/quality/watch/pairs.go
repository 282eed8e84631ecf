package watch

import (
	"math"
	"slices"

	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// maxPeers bounds the votes of one task that are paired; of a larger task the
// first count, in worker order. maxPairs bounds the pairs looked at; the first
// met count.
const (
	maxPeers = 64
	maxPairs = 1 << 22
)

// Pair says how often two workers agreed on tasks both answered.
type Pair struct {
	A, B   int32 // worker numbers, A below B
	Shared int32
	Agreed int32
	Z      int64 // agreement beyond independence given the truth, in ppm of a standard deviation
}

// Pairs tests all pairs of workers who share at least ten tasks: given the
// truth, honest workers err independently, so two of them agree about as often
// as their confusion matrices say; copiers and rings agree more. Blind to a
// ring that outvotes the honest: then gold must speak first.
//
//	e_i = Σ_l conf_p[y_i,l]·conf_q[y_i,l];  Z = (A - Σe_i) / √(Σe_i(1-e_i))
func Pairs(t *label.Table, r label.Result) []Pair {
	confusion := confusions(t, r)
	keys, index := sharedPairs(t)
	pairs := make([]Pair, len(keys))
	expect, variance := make([]float64, len(keys)), make([]float64, len(keys))
	k := t.K()
	eachPair(t, func(task int, p, q label.Vote) {
		at, ok := index[key(p, q)]
		if !ok {
			return
		}
		pair := &pairs[at]
		pair.A, pair.B = p.Worker, q.Worker
		pair.Shared++
		if p.Label == q.Label {
			pair.Agreed++
		}
		row := int(r.Labels[task]) * k
		cp, cq := confusion[int(p.Worker)*k*k+row:][:k], confusion[int(q.Worker)*k*k+row:][:k]
		var e float64
		for l := range cp {
			e += float64(cp[l] * cq[l])
		}
		expect[at] += e
		variance[at] += float64(e * (1 - e))
	})
	for at := range pairs {
		z := (float64(pairs[at].Agreed) - expect[at]) / math.Sqrt(variance[at]+1e-9)
		pairs[at].Z = int64(strict.Ppm(z))
	}
	return pairs
}

// confusions returns each worker's share of labels given per true class,
// smoothed by half an answer: worker, class, label.
func confusions(t *label.Table, r label.Result) []float64 {
	k := t.K()
	c := make([]float64, len(t.Workers)*k*k)
	for x := range c {
		c[x] = 0.5
	}
	for i := range t.Tasks {
		row := r.Row(i)
		for _, v := range t.Votes(i) {
			for class, z := range row {
				c[(int(v.Worker)*k+class)*k+int(v.Label)] += z
			}
		}
	}
	for x := 0; x < len(c); x += k {
		var sum float64
		for _, n := range c[x : x+k] {
			sum += n
		}
		for l := range k {
			c[x+l] /= sum
		}
	}
	return c
}

// sharedPairs returns the pairs who share enough tasks, in order, and where
// each stands.
func sharedPairs(t *label.Table) (keys []uint64, index map[uint64]int32) {
	shared := make(map[uint64]int32)
	eachPair(t, func(_ int, p, q label.Vote) {
		k := key(p, q)
		n, met := shared[k]
		if !met && len(shared) == maxPairs {
			return
		}
		shared[k] = n + 1
		if n+1 == minAnswers {
			keys = append(keys, k)
		}
	})
	slices.Sort(keys)
	index = make(map[uint64]int32, len(keys))
	for i, k := range keys {
		index[k] = int32(i)
	}
	return keys, index
}

func key(p, q label.Vote) uint64 {
	return uint64(p.Worker)<<32 | uint64(q.Worker)
}

// eachPair calls f for every two votes of every task, in order.
func eachPair(t *label.Table, f func(task int, p, q label.Vote)) {
	for i := range t.Tasks {
		votes := t.Votes(i)
		votes = votes[:min(len(votes), maxPeers)]
		for a, p := range votes {
			for _, q := range votes[a+1:] {
				f(i, p, q)
			}
		}
	}
}

// Rings reports each worker's closest peer, where their Z exceeds 5, and the
// rings such pairs join into.
func Rings(t *label.Table, pairs []Pair) []Finding {
	closest := make(map[int32]Pair)
	ring := newForest(len(t.Workers))
	for _, p := range pairs {
		if p.Z <= zLimit {
			continue
		}
		ring.join(p.A, p.B)
		for _, j := range []int32{p.A, p.B} {
			if best, ok := closest[j]; !ok || p.Z > best.Z {
				closest[j] = p
			}
		}
	}
	var findings []Finding
	for j := range int32(len(t.Workers)) {
		p, ok := closest[j]
		if !ok {
			continue
		}
		peer := p.A + p.B - j
		root := ring.root(j)
		findings = append(findings,
			Finding{t.Workers[j], KindPair, t.Workers[peer], p.Z, zLimit},
			Finding{t.Workers[j], KindRing, t.Workers[root], int64(ring.size[root]), 1})
	}
	return findings
}

// forest joins workers into rings; the root of a ring is its lowest member.
type forest struct {
	parent, size []int32
}

func newForest(n int) forest {
	f := forest{make([]int32, n), make([]int32, n)}
	for j := range f.parent {
		f.parent[j], f.size[j] = int32(j), 1
	}
	return f
}

func (f forest) root(j int32) int32 {
	for f.parent[j] != j {
		f.parent[j] = f.parent[f.parent[j]]
		j = f.parent[j]
	}
	return j
}

func (f forest) join(a, b int32) {
	a, b = f.root(a), f.root(b)
	if a == b {
		return
	}
	low, high := min(a, b), max(a, b)
	f.parent[high] = low
	f.size[low] += f.size[high]
}
