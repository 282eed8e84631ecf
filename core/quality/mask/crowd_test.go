package mask_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/alaya-network/alaya/core/quality/mask"
	"github.com/alaya-network/alaya/core/quality/table"
)

type answer = table.Answer[mask.Mask]

const side = 64

// blob is a thing seen from above: an outline around a centre.
type blob struct {
	x, y, size float64
	bumps      [4]float64
}

func newBlob(r *rand.Rand) blob {
	b := blob{x: 20 + 24*r.Float64(), y: 20 + 24*r.Float64(), size: 8 + 10*r.Float64()}
	for i := range b.bumps {
		b.bumps[i] = 0.25 * r.NormFloat64() / float64(i+1)
	}
	return b
}

func (b blob) holds(x, y int) bool {
	dx, dy := float64(x)-b.x, float64(y)-b.y
	if math.Hypot(dx, dy) > 3*b.size {
		return false
	}
	angle, reach := math.Atan2(dy, dx), b.size
	for i, bump := range b.bumps {
		reach += b.size * bump * math.Sin(float64(i+1)*angle+bump)
	}
	return math.Hypot(dx, dy) <= reach
}

// crowd is what a simulated crowd painted, and the truth.
type crowd struct {
	answers []answer
	truth   map[string]mask.Mask
}

// simulate lets so many of some workers paint the thing of each task. The
// first half of them is careful; of the others one in three paints beside it,
// one in three a crude box, one in three too little or too much.
func simulate(t testing.TB, seed uint64, tasks, each, workers int) crowd {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 4))
	c := crowd{truth: map[string]mask.Mask{}}
	paint := func(inside func(x, y int) bool) mask.Mask {
		m, err := mask.Paint(side, side, inside)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for i := range tasks {
		task, thing := fmt.Sprintf("t%d", i), newBlob(r)
		c.truth[task] = paint(thing.holds)
		for _, j := range r.Perm(workers)[:each] {
			drawn := thing
			drawn.x, drawn.y = drawn.x+r.NormFloat64()/2, drawn.y+r.NormFloat64()/2
			drawn.size *= 1 + 0.06*r.NormFloat64()
			for n := range drawn.bumps {
				drawn.bumps[n] += 0.04 * r.NormFloat64()
			}
			inside := drawn.holds
			if j >= workers/2 {
				switch j % 3 {
				case 0:
					drawn.x, drawn.y = drawn.x+6*r.NormFloat64(), drawn.y+6*r.NormFloat64()
					inside = drawn.holds
				case 1:
					inside = func(x, y int) bool {
						return math.Abs(float64(x)-drawn.x) < 1.1*drawn.size && math.Abs(float64(y)-drawn.y) < 1.1*drawn.size
					}
				case 2:
					drawn.size *= 0.6 + 0.9*r.Float64()
					inside = drawn.holds
				}
			}
			c.answers = append(c.answers, answer{Task: task, Worker: fmt.Sprintf("w%02d", j), Value: paint(inside)})
		}
	}
	return c
}

func (c crowd) table(t testing.TB) *table.Table[mask.Mask] {
	t.Helper()
	tab, err := table.New(c.answers, table.KeepFirst)
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func aggregate(t testing.TB, tab *table.Table[mask.Mask], m mask.Method) mask.Result {
	t.Helper()
	r, err := m.Aggregate(tab)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// overlap returns the mean IoU of a result with the truth.
func (c crowd) overlap(tab *table.Table[mask.Mask], r mask.Result) float64 {
	var sum float64
	for i, task := range tab.Tasks {
		sum += r.Masks[i].IoU(c.truth[task])
	}
	return sum / float64(len(tab.Tasks))
}
