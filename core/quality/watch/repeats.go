package watch

import (
	"math"
	"slices"

	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// rare is the probability of a run that chance no longer explains.
const rare = 1e-6

// Given is an answer in the order of a worker's work, by numbers.
type Given struct {
	Task, Label int32
}

// InOrder returns what each worker of t gave, in the order of answers. Names
// that t does not know are left out, repeated answers are not.
func InOrder(t *label.Table, answers []label.Answer) [][]Given {
	given := make([][]Given, len(t.Workers))
	for _, a := range answers {
		i, asked := slices.BinarySearch(t.Tasks, a.Task)
		j, known := slices.BinarySearch(t.Workers, a.Worker)
		l, allowed := slices.BinarySearch(t.Labels, a.Label)
		if asked && known && allowed {
			given[j] = append(given[j], Given{int32(i), int32(l)})
		}
	}
	return given
}

// Repeats reports workers whose answers depend on the answer before: they
// repeat a label far too often or too rarely (a pattern such as abababab), or
// without a break for longer than chance explains. It is the test of Pairs, of
// a worker with himself: given the truth, an honest answer does not depend on
// the last, in whatever order the tasks came. given is that of InOrder;
// workers with fewer than twenty answers are passed over.
//
//	e_n = Σ_l conf[y_n,l]·conf[y_n+1,l];  Z = (repeats - Σe_n) / √(Σe_n(1-e_n))
func Repeats(t *label.Table, r label.Result, given [][]Given) []Finding {
	c := newConfusions(t, r.Labels)
	var findings []Finding
	for j, work := range given {
		if len(work) < 2*minAnswers {
			continue
		}
		repeats, expect, z := c.repeats(int32(j), work, r.Labels)
		n := int64(len(work))
		if z > zLimit || z < -zLimit {
			findings = append(findings, Finding{
				Worker: t.Workers[j], Kind: KindRuns, Value: z, Limit: zLimit, Count: repeats, Of: n - 1, Expect: expect,
			})
		}
		run := longest(work)
		if limit := c.explained(int32(j), len(work), run, r.Labels); len(run) > limit {
			findings = append(findings, Finding{
				Worker: t.Workers[j], Kind: KindRepeat, Value: int64(len(run)), Limit: int64(limit),
				Label: t.Labels[run[0].Label], Of: n,
			})
		}
	}
	return findings
}

// repeats counts answers like the one before, those to expect, and how far
// apart these are, in ppm of a standard deviation.
func (c confusions) repeats(worker int32, work []Given, truth []int32) (repeats, expect, z int64) {
	var sum, variance float64
	for n, g := range work[1:] {
		if g.Label == work[n].Label {
			repeats++
		}
		e := c.row(worker, truth[g.Task]).agreement(c.row(worker, truth[work[n].Task]))
		sum += e
		variance += float64(e * (1 - e))
	}
	z = int64(strict.Ppm((float64(repeats) - sum) / math.Sqrt(variance+1e-9)))
	return repeats, whole(int64(strict.Ppm(sum))), z
}

// longest returns the longest run of one label, the first of equals.
func longest(work []Given) []Given {
	from, to, start := 0, 0, 0
	for n, g := range work {
		if g.Label != work[start].Label {
			start = n
		}
		if n+1-start > to-from {
			from, to = start, n+1
		}
	}
	return work[from:to]
}

// explained returns how much of a run, from its start, is not rare. It could
// have begun at any of the answers.
func (c confusions) explained(worker int32, answers int, run []Given, truth []int32) int {
	p := float64(answers)
	for n, g := range run {
		p = float64(p * c.row(worker, truth[g.Task]).share(g.Label))
		if p < rare {
			return n
		}
	}
	return len(run)
}
