package box_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/alaya-network/alaya/core/quality/box"
	"github.com/alaya-network/alaya/core/quality/geometry"
	"github.com/alaya-network/alaya/core/quality/table"
)

type answer = table.Answer[[]box.Drawing[geometry.Box]]

// habit is how a simulated worker draws.
type habit struct {
	miss, invent float64 // shares of the things
	jitter       float64 // of a side
	mislabel     float64
}

var kinds = []string{"bike", "car", "person"}

// crowd is what a simulated crowd drew, and the truth.
type crowd struct {
	answers []answer
	habits  []habit
	truth   map[string][]box.Drawing[geometry.Box]
}

// place returns a random box in a picture of 1000 × 1000.
func place(r *rand.Rand) geometry.Box {
	w, h := 20+r.Int64N(180), 20+r.Int64N(180)
	x, y := r.Int64N(1000-w), r.Int64N(1000-h)
	return geometry.Box{X1: x, Y1: y, X2: x + w, Y2: y + h}
}

// simulate lets so many of some workers draw in each scene; the first half of
// them is careful, the second less and less.
func simulate(seed uint64, scenes, each, workers int) crowd {
	r := rand.New(rand.NewPCG(seed, 3))
	c := crowd{truth: map[string][]box.Drawing[geometry.Box]{}}
	for j := range workers {
		bad := max(0, 2*float64(j)/float64(workers)-1)
		c.habits = append(c.habits, habit{
			miss: 0.03 + 0.5*bad, invent: 0.02 + 0.5*bad, jitter: 0.02 + 0.12*bad, mislabel: 0.02 + 0.6*bad,
		})
	}
	for i := range scenes {
		task := fmt.Sprintf("t%d", i)
		for range r.IntN(9) {
			b := place(r)
			if !slices.ContainsFunc(c.truth[task], func(o box.Drawing[geometry.Box]) bool { return o.Shape.IoU(b) > 0.3 }) {
				c.truth[task] = append(c.truth[task], box.Drawing[geometry.Box]{Shape: b, Label: kinds[r.IntN(3)]})
			}
		}
		for _, j := range r.Perm(workers)[:each] {
			c.answers = append(c.answers, answer{Task: task, Worker: fmt.Sprintf("w%02d", j), Value: c.habits[j].draw(r, c.truth[task])})
		}
	}
	return c
}

// draw returns what a worker of this habit makes of the truth.
func (h habit) draw(r *rand.Rand, truth []box.Drawing[geometry.Box]) []box.Drawing[geometry.Box] {
	var all []box.Drawing[geometry.Box]
	for _, d := range truth {
		if r.Float64() < h.miss {
			continue
		}
		b := &d.Shape
		w, height := float64(b.X2-b.X1), float64(b.Y2-b.Y1)
		for _, edge := range []*int64{&b.X1, &b.X2} {
			*edge += int64(r.NormFloat64() * h.jitter * w)
		}
		for _, edge := range []*int64{&b.Y1, &b.Y2} {
			*edge += int64(r.NormFloat64() * h.jitter * height)
		}
		b.X2, b.Y2 = max(b.X2, b.X1+1), max(b.Y2, b.Y1+1)
		if r.Float64() < h.mislabel {
			d.Label = kinds[r.IntN(3)]
		}
		all = append(all, d)
	}
	for range truth {
		if r.Float64() < h.invent {
			all = append(all, box.Drawing[geometry.Box]{Shape: place(r), Label: kinds[r.IntN(3)]})
		}
	}
	return all
}

func tableOf[S box.Shape[S]](t testing.TB, answers []table.Answer[[]box.Drawing[S]]) *table.Table[[]box.Drawing[S]] {
	t.Helper()
	tab, err := table.New(answers, table.KeepFirst)
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func aggregate[S box.Shape[S]](t testing.TB, tab *table.Table[[]box.Drawing[S]], rules box.Rules) box.Result[S] {
	t.Helper()
	r, err := box.Aggregate(tab, rules)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// shapes returns the things believed in, by scene.
func shapes[S box.Shape[S]](r box.Result[S]) [][]S {
	all := make([][]S, len(r.Clusters))
	for i, clusters := range r.Clusters {
		for _, c := range clusters {
			if c.Presence >= 0.5 {
				all[i] = append(all[i], c.Shape)
			}
		}
	}
	return all
}

// wanted returns the true shapes of the scenes of a table.
func (c crowd) wanted(tab *table.Table[[]box.Drawing[geometry.Box]]) [][]geometry.Box {
	all := make([][]geometry.Box, len(tab.Tasks))
	for i, task := range tab.Tasks {
		for _, d := range c.truth[task] {
			all[i] = append(all[i], d.Shape)
		}
	}
	return all
}

// majority is the baseline: a box that at least half of the workers overlap by
// half stands for them, and is their plain mean.
func majority(tab *table.Table[[]box.Drawing[geometry.Box]]) [][]geometry.Box {
	all := make([][]geometry.Box, len(tab.Tasks))
	for i := range tab.Tasks {
		votes := tab.Votes(i)
		used := map[[2]int]bool{}
		for j, v := range votes {
			for n, d := range v.Value {
				if used[[2]int{j, n}] {
					continue
				}
				var group []geometry.Box
				var members [][2]int
				for k, o := range votes {
					for m, e := range o.Value {
						if at := [2]int{k, m}; !used[at] && e.Shape.IoU(d.Shape) >= 0.5 {
							group, members = append(group, e.Shape), append(members, at)
							break
						}
					}
				}
				if 2*len(group) < len(votes) {
					continue
				}
				weight := make([]float64, len(group))
				for x, at := range members {
					used[at], weight[x] = true, 1
				}
				all[i] = append(all[i], d.Shape.Mean(group, weight))
			}
		}
	}
	return all
}
