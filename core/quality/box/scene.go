package box

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/quality/strict"
	"github.com/alaya-network/alaya/core/quality/table"
)

// leastOverlap is the IoU below which two drawings are of different things.
const leastOverlap = 0.5

// scene holds the drawings of one task, and which of them may be of one thing.
type scene[S Shape[S]] struct {
	workers  []int32 // who answered, with drawings or without
	invalid  []int   // drawings of each worker that were refused
	drawings []drawn[S]
	near     [][]neighbour // of each drawing, by worker, then distance
}

// drawn is a drawing by numbers.
type drawn[S Shape[S]] struct {
	shape           S
	worker, drawing int32
	tie             uint64 // the lower wins
}

// neighbour is another worker's drawing that overlaps enough.
type neighbour struct {
	at       int32 // in scene.drawings
	distance float64
}

func newScene[S Shape[S]](task string, votes []table.Vote[[]Drawing[S]], salt [32]byte) scene[S] {
	var s scene[S]
	ties := strict.NewRandom(strict.TieKey(salt, task), "drawing")
	for n, v := range votes {
		s.workers, s.invalid = append(s.workers, v.Worker), append(s.invalid, 0)
		for i, d := range v.Value {
			if d.Shape.Check() != nil {
				s.invalid[n]++
				continue
			}
			s.drawings = append(s.drawings, drawn[S]{d.Shape, v.Worker, int32(i), ties.Uint64()})
		}
	}
	s.near = make([][]neighbour, len(s.drawings))
	meet(s.drawings, s.drawings, func(d *drawn[S]) S { return d.shape }, func(a, b int, overlap float64) {
		if s.drawings[a].worker != s.drawings[b].worker && overlap >= leastOverlap {
			s.near[a] = append(s.near[a], neighbour{int32(b), 1 - overlap})
		}
	})
	for a := range s.near {
		slices.SortFunc(s.near[a], func(x, y neighbour) int {
			i, j := &s.drawings[x.at], &s.drawings[y.at]
			return cmp.Or(cmp.Compare(i.worker, j.worker), cmp.Compare(x.distance, y.distance), cmp.Compare(i.tie, j.tie))
		})
	}
	return s
}

// meet calls f with every element of as and bs whose shapes overlap, by a sweep
// along their extents.
func meet[S Shape[S], T any](as, bs []T, shape func(*T) S, f func(a, b int, overlap float64)) {
	type end struct {
		from, to int64
		at       int
		second   bool // of bs
	}
	ends := make([]end, 0, len(as)+len(bs))
	add := func(all []T, second bool) {
		for i := range all {
			from, to := shape(&all[i]).Extent()
			ends = append(ends, end{from, to, i, second})
		}
	}
	add(as, false)
	add(bs, true)
	slices.SortFunc(ends, func(x, y end) int { return cmp.Or(cmp.Compare(x.from, y.from), cmp.Compare(x.at, y.at)) })
	var open [2][]end // those of as and of bs that reach as far as the sweep
	for _, e := range ends {
		mine, others := 0, 1
		if e.second {
			mine, others = 1, 0
		}
		open[others] = slices.DeleteFunc(open[others], func(o end) bool { return o.to < e.from })
		for _, o := range open[others] {
			a, b := e.at, o.at
			if e.second {
				a, b = b, a
			}
			if overlap := shape(&as[a]).IoU(shape(&bs[b])); overlap > 0 {
				f(a, b, overlap)
			}
		}
		open[mine] = append(open[mine], e)
	}
}
