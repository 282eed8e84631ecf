package mask

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/strict"
	"github.com/alaya-network/alaya/core/quality/table"
)

// MaxTaskRuns bounds the runs of all masks of one task, times the workers who
// painted them, counted in 64s.
const MaxTaskRuns = 1 << 23

// Method infers masks. It must be pure, give the same bits everywhere, and may
// be called concurrently.
type Method interface {
	// Name is the word by which New finds the method.
	Name() string
	// Aggregate finds the mask of every task. It returns an error of kind
	// invalid for masks of one task that differ in size, of kind limit beyond
	// MaxTaskRuns.
	Aggregate(t *table.Table[Mask]) (Result, error)
}

// task is the masks of one task, and who painted them.
type task struct {
	*pieces
	workers []int32
}

// New returns the method of a name, with the constants of version 1:
//
//	majority  what at least half of the workers painted; the baseline
//	weighted  the same by weight, from each worker's overlap with the others
//	em        pixels and each worker's accuracy in turn; the default
func New(name string) (Method, error) {
	for _, m := range []Method{Majority{}, Weighted{Iterations: 5}, EM{Iterations: 10}} {
		if m.Name() == name {
			return m, nil
		}
	}
	return nil, fault.Invalid("quality: method %.40q: want majority, weighted or em", name)
}

// Result is what a method believes.
type Result struct {
	// Masks holds the mask of each task.
	Masks []Mask
	// Confidence is, by task, the overlap to be expected of the mask with the
	// right one: the pixels in it that are right, over those right or in it. It
	// takes pixels to err independently, and so is too high where they do not.
	Confidence []float64
	// Workers is by position in Table.Workers.
	Workers []Worker
}

// Worker is how one worker's masks compare with the result.
type Worker struct {
	Masks int
	// Overlap is the mean IoU with the result.
	Overlap float64
}

// aggregate does what all methods have in common. What infer returns for each
// task is the probability, or what stands for one, that each piece is inside;
// 0.5 is.
func aggregate(t *table.Table[Mask], infer func(workers int, tasks []task) [][]float64) (Result, error) {
	if err := check(t); err != nil {
		return Result{}, err
	}
	tasks := make([]task, len(t.Tasks))
	each(tasks, func(i int) {
		tasks[i].pieces = newPieces(t.Votes(i))
		for _, v := range t.Votes(i) {
			tasks[i].workers = append(tasks[i].workers, v.Worker)
		}
	})
	inside := infer(len(t.Workers), tasks)
	r := Result{make([]Mask, len(tasks)), make([]float64, len(tasks)), make([]Worker, len(t.Workers))}
	each(tasks, func(i int) {
		r.Masks[i] = tasks[i].mask(func(x int) bool { return inside[i][x] >= 0.5 })
		r.Confidence[i] = tasks[i].expected(inside[i])
	})
	for i := range tasks {
		for n, j := range tasks[i].workers {
			r.Workers[j].Masks++
			r.Workers[j].Overlap += tasks[i].masks[n].IoU(r.Masks[i])
		}
	}
	for j := range r.Workers {
		r.Workers[j].Overlap /= float64(r.Workers[j].Masks)
	}
	return r, nil
}

func check(t *table.Table[Mask]) error {
	for i, name := range t.Tasks {
		votes := t.Votes(i)
		height, width := votes[0].Value.Size()
		runs := 0
		for _, v := range votes {
			if h, w := v.Value.Size(); h != height || w != width || h == 0 {
				return fault.Invalid("quality: task %.40q: worker %.40q painted %d × %d pixels, worker %.40q %d × %d: want one picture",
					name, t.Workers[v.Worker], h, w, t.Workers[votes[0].Worker], height, width)
			}
			runs += len(v.Value.runs)
		}
		if size := runs * ((len(votes) + 63) / 64); size > MaxTaskRuns {
			return fault.Limit("quality: task %.40q: %d runs of %d workers: want at most %d", name, runs, len(votes), MaxTaskRuns)
		}
	}
	return nil
}

// each calls f for every task, several at a time.
func each(tasks []task, f func(i int)) {
	strict.EachShard(len(tasks), 1024*len(tasks), func(from, to int) {
		for i := from; i < to; i++ {
			f(i)
		}
	})
}

// expected returns the overlap to be expected of the mask that some
// probabilities make.
func (p *pieces) expected(inside []float64) float64 {
	var right, either float64
	for i, q := range inside {
		n := float64(p.pixels(i))
		if q >= 0.5 {
			right += float64(n * q)
			either += n
		} else {
			either += float64(n * q)
		}
	}
	if either == 0 {
		return 1
	}
	return right / either
}
