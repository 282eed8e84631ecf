package overlap

import (
	"cmp"
	"container/heap"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Budget is what a plan may spend.
type Budget struct {
	// Answers to buy, at most.
	Answers int
	// Load bounds the answers asked of one worker; 0 asks as many as there are.
	Load int
	// Workers are the ones at hand; none stands for all who answered before.
	Workers []string
}

// Ask is an answer to buy.
type Ask struct {
	Task string
	// Worker is whom to ask, empty where nobody known is left.
	Worker string
	// Gain is what the answer is expected to add to the probability that the
	// label is right.
	Gain num.Ppm
}

// Plan returns the answers to buy next, the most gainful first: of tasks that
// lack answers to the least, then of the open ones. A task is asked of the
// worker whose answer tells most, among those with load to spare; of two equal
// the first by name. Errors are those of Rule.Validate, and of kind invalid for
// a negative budget.
func (b *Belief) Plan(r Rule, budget Budget) ([]Ask, error) {
	if err := r.Validate(); err != nil {
		return nil, err
	}
	if budget.Answers < 0 || budget.Load < 0 {
		return nil, fault.Invalid("quality: budget of %d answers, load %d: want neither below 0", budget.Answers, budget.Load)
	}
	r = r.Guarded(b.gold.Len())
	q := b.queue(r)
	desk := newDesk(b, budget)
	var asks []Ask
	for len(asks) < budget.Answers && q.Len() > 0 {
		w := &q.wants[0]
		worker := desk.assign(w.task)
		asks = append(asks, Ask{Task: b.Table.Tasks[w.task], Worker: worker, Gain: strict.Ppm(w.rate)})
		w.planned++
		if !b.value(w, r) {
			heap.Pop(q)
		} else {
			heap.Fix(q, 0)
		}
	}
	return asks, nil
}

// want is a task that wants answers.
type want struct {
	task, planned int
	lacks         bool // answers to the rule's least
	rate          float64
}

// value sets what the next answer is worth, and says whether it is wanted.
func (b *Belief) value(w *want, r Rule) bool {
	have := len(b.Table.Votes(w.task))
	room := r.Max - have - w.planned
	if room <= 0 {
		return false
	}
	w.lacks = have+w.planned < r.Min
	w.rate = b.rate(w.task, w.planned, room)
	return w.lacks || w.rate > 0 || w.planned == 0
}

// queue returns the open tasks.
func (b *Belief) queue(r Rule) *queue {
	q := &queue{names: b.Table.Tasks}
	for i, task := range b.Table.Tasks {
		if r.State(task, len(b.Table.Votes(i)), b.Posterior(i)) != Open {
			continue
		}
		if w := (want{task: i}); b.value(&w, r) {
			q.wants = append(q.wants, w)
		}
	}
	heap.Init(q)
	return q
}

// queue is a heap of wants, the most gainful first, then the least planned,
// then by name.
type queue struct {
	names []string
	wants []want
}

func (q *queue) Len() int      { return len(q.wants) }
func (q *queue) Swap(i, j int) { q.wants[i], q.wants[j] = q.wants[j], q.wants[i] }
func (q *queue) Push(w any)    { q.wants = append(q.wants, w.(want)) }
func (q *queue) Pop() any {
	last := len(q.wants) - 1
	w := q.wants[last]
	q.wants = q.wants[:last]
	return w
}

func (q *queue) Less(i, j int) bool {
	a, b := q.wants[i], q.wants[j]
	if a.lacks != b.lacks {
		return a.lacks
	}
	return cmp.Or(cmp.Compare(b.rate, a.rate), cmp.Compare(a.planned, b.planned), cmp.Compare(a.task, b.task)) < 0
}

// desk gives work to workers.
type desk struct {
	belief *Belief
	load   int
	free   []int           // workers with load to spare, the most skilled first
	given  map[int]int     // answers asked, by worker
	asked  map[int][]int32 // workers asked, by task
}

// atHand bounds the free workers that one task chooses among.
const atHand = 64

func newDesk(b *Belief, budget Budget) *desk {
	d := &desk{belief: b, load: budget.Load, given: map[int]int{}, asked: map[int][]int32{}}
	for j, name := range b.Table.Workers {
		if len(budget.Workers) == 0 || slices.Contains(budget.Workers, name) {
			d.free = append(d.free, j)
		}
	}
	slices.SortStableFunc(d.free, func(x, y int) int { return cmp.Compare(b.Skill(y), b.Skill(x)) })
	return d
}

// assign gives a task to the free worker whose answer tells most, and returns
// his name, empty for nobody.
func (d *desk) assign(task int) string {
	q := d.belief.ask(task)
	best, top, looked := -1, 0.0, 0
	for at, j := range d.free {
		if looked == atHand {
			break
		}
		if d.answered(task, j) {
			continue
		}
		looked++
		if info := q.information(j); best < 0 || info > top {
			best, top = at, info
		}
	}
	if best < 0 {
		return ""
	}
	j := d.free[best]
	d.asked[task] = append(d.asked[task], int32(j))
	if d.given[j]++; d.given[j] == d.load {
		d.free = slices.Delete(d.free, best, best+1)
	}
	return d.belief.Table.Workers[j]
}

func (d *desk) answered(task, worker int) bool {
	return slices.Contains(d.asked[task], int32(worker)) ||
		slices.ContainsFunc(d.belief.Table.Votes(task), func(v label.Vote) bool { return int(v.Worker) == worker })
}

// Point is one place of a cost and accuracy curve.
type Point struct {
	// Answers bought so far, and the share of labels expected to be right then.
	Answers  int
	Expected num.Ppm
}

// Curve returns what a plan of asks is expected to come to, answer by answer,
// from where the belief stands.
func (b *Belief) Curve(asks []Ask) []Point {
	n := num.Ppm(max(1, len(b.Table.Tasks)))
	right := num.Ppm(0)
	for i := range b.Table.Tasks {
		right += b.expected(i)
	}
	curve := []Point{{b.Table.Len(), right / n}}
	for x, a := range asks {
		right += a.Gain
		curve = append(curve, Point{b.Table.Len() + x + 1, min(num.One, right/n)})
	}
	return curve
}

// expected returns the probability that a task's label is right, in view of
// what answers cannot mend.
func (b *Belief) expected(task int) num.Ppm {
	if b.gold.At(task) != label.None {
		return num.One
	}
	return strict.Ppm(b.Calibration.Believe(b.row(task)[b.Result.Labels[task]], b.k))
}
