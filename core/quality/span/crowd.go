package span

import (
	"fmt"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/strict"
	"github.com/alaya-network/alaya/core/quality/table"
)

// Bounds of a crowd. With K tags, 2 per label and O, MaxCells bounds workers ×
// K³, what BSC keeps, and MaxPosterior tokens × K.
const (
	MaxLabels    = 100
	MaxCells     = 1 << 25
	MaxPosterior = 1 << 27
)

// Crowd holds what workers marked as tags by numbers, in canonical order. It is
// read only.
type Crowd struct {
	Tasks, Workers []string
	// Labels are those in use, sorted.
	Labels []string
	// Repairs counts, by worker, the I tags that had to be taken for B.
	Repairs []int

	salt     [32]byte
	names    []string // of the tags
	k        int      // their number
	votes    []vote   // by task, then worker
	start    []int    // votes of task i are votes[start[i]:start[i+1]]
	first    []int    // tokens of task i are numbered first[i] to first[i+1]-1
	byWorker [][]int32
	cuts     [][]int   // of spans: where the pieces of a task begin, and the end
	gold     [][]uint8 // right tags of the tasks known, nil of others
}

// vote is what one worker marked in one task.
type vote struct {
	worker int32
	task   int32
	tags   []uint8
}

// FromTags returns the crowd that gave tags to tokens. All workers must have
// tagged the same number of tokens of a task, else the error is of kind
// invalid; further errors as Spans, and of kind limit beyond the bounds above.
// The salt keys the breaking of ties.
func FromTags(t *table.Table[[]string], salt [32]byte) (*Crowd, error) {
	c := newCrowd(t.Tasks, t.Workers, salt)
	var marked [][]Span
	for i, task := range t.Tasks {
		votes := t.Votes(i)
		for _, v := range votes {
			spans, repairs, err := Spans(v.Value)
			if err != nil {
				return nil, fmt.Errorf("task %.40q, worker %.40q: %w", task, t.Workers[v.Worker], err)
			}
			if len(v.Value) != len(votes[0].Value) {
				return nil, fault.Invalid("quality: task %.40q: worker %.40q tagged %d tokens, worker %.40q %d: want one number",
					task, t.Workers[v.Worker], len(v.Value), t.Workers[votes[0].Worker], len(votes[0].Value))
			}
			c.Repairs[v.Worker] += repairs
			c.votes = append(c.votes, vote{worker: v.Worker, task: int32(i)})
			marked = append(marked, spans)
		}
		c.end(len(votes[0].Value))
	}
	return c, c.number(marked)
}

// FromSpans returns the crowd that marked spans over the code points of texts.
// A text is cut into pieces wherever anybody's span begins or ends; a piece is
// a token to the methods. Errors as Check, and of kind limit beyond the bounds
// above. The salt keys the breaking of ties.
func FromSpans(t *table.Table[[]Span], salt [32]byte) (*Crowd, error) {
	c := newCrowd(t.Tasks, t.Workers, salt)
	c.cuts = make([][]int, len(t.Tasks))
	var marked [][]Span
	for i, task := range t.Tasks {
		cuts := []int{0}
		for _, v := range t.Votes(i) {
			if err := Check(v.Value, MaxLength); err != nil {
				return nil, fmt.Errorf("task %.40q, worker %.40q: %w", task, t.Workers[v.Worker], err)
			}
			for _, s := range v.Value {
				cuts = append(cuts, s.From, s.To)
			}
		}
		slices.Sort(cuts)
		c.cuts[i] = slices.Compact(cuts)
		for _, v := range t.Votes(i) {
			pieces := make([]Span, len(v.Value))
			for n, s := range v.Value {
				from, _ := slices.BinarySearch(c.cuts[i], s.From)
				to, _ := slices.BinarySearch(c.cuts[i], s.To)
				pieces[n] = Span{from, to, s.Label}
			}
			c.votes = append(c.votes, vote{worker: v.Worker, task: int32(i)})
			marked = append(marked, pieces)
		}
		c.end(len(c.cuts[i]) - 1)
	}
	return c, c.number(marked)
}

func newCrowd(tasks, workers []string, salt [32]byte) *Crowd {
	return &Crowd{
		Tasks: tasks, Workers: workers, Repairs: make([]int, len(workers)), salt: salt,
		start: []int{0}, first: []int{0}, byWorker: make([][]int32, len(workers)),
	}
}

// end closes a task of so many tokens, whose votes are all there.
func (c *Crowd) end(tokens int) {
	c.start = append(c.start, len(c.votes))
	c.first = append(c.first, c.tokens()+tokens)
}

// number gives numbers to labels and tags, when all votes are there.
func (c *Crowd) number(marked [][]Span) error {
	for _, spans := range marked {
		for _, s := range spans {
			at, known := slices.BinarySearch(c.Labels, s.Label)
			if !known {
				c.Labels = slices.Insert(c.Labels, at, s.Label)
			}
			if len(c.Labels) > MaxLabels {
				return fault.Limit("quality: more than %d labels of spans: want at most that", MaxLabels)
			}
		}
	}
	c.names = vocabulary(c.Labels).tags()
	c.k = len(c.names)
	if cells := len(c.Workers) * c.k * c.k * c.k; cells > MaxCells {
		return fault.Limit("quality: %d workers and %d tags: want workers × tags³ at most %d", len(c.Workers), c.k, MaxCells)
	}
	if size := c.tokens() * c.k; size > MaxPosterior {
		return fault.Limit("quality: %d tokens and %d tags: want tokens × tags at most %d", c.tokens(), c.k, MaxPosterior)
	}
	for i := range c.votes {
		v := &c.votes[i]
		v.tags = vocabulary(c.Labels).number(marked[i], c.length(int(v.task)))
		c.byWorker[v.worker] = append(c.byWorker[v.worker], int32(i))
	}
	return nil
}

// Tags returns the names of the tags, O, then B-x and I-x of each label; not to
// be changed.
func (c *Crowd) Tags() []string { return c.names }

func (c *Crowd) tokens() int         { return c.first[len(c.first)-1] }
func (c *Crowd) length(task int) int { return c.first[task+1] - c.first[task] }
func (c *Crowd) of(task int) []vote  { return c.votes[c.start[task]:c.start[task+1]] }

// work estimates the operations of reading all votes once.
func (c *Crowd) work() int {
	n := 0
	for i := range c.votes {
		n += len(c.votes[i].tags)
	}
	return n * c.k
}

// places returns spans over the tokens of a task as spans over its places.
func (c *Crowd) places(task int, spans []Span) []Span {
	if c.cuts == nil {
		return spans
	}
	cuts := c.cuts[task]
	moved := make([]Span, len(spans))
	for i, s := range spans {
		moved[i] = Span{cuts[s.From], cuts[s.To], s.Label}
	}
	return moved
}

// pieces returns spans over the places of a task as spans over its tokens, and
// whether they can be.
func (c *Crowd) pieces(task int, spans []Span) (moved []Span, ok bool) {
	for _, s := range spans {
		if _, known := slices.BinarySearch(c.Labels, s.Label); !known {
			return nil, false
		}
		if c.cuts != nil {
			from, begins := slices.BinarySearch(c.cuts[task], s.From)
			to, ends := slices.BinarySearch(c.cuts[task], s.To)
			if !begins || !ends {
				return nil, false
			}
			s.From, s.To = from, to
		}
		moved = append(moved, s)
	}
	return moved, Check(moved, c.length(task)) == nil
}

// before says whether a tie of a task between two tags goes to a.
func (c *Crowd) before(task, a, b int) bool {
	return strict.TieCompare(c.salt, c.names[a], c.names[b], c.Tasks[task]) < 0
}
