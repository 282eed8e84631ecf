package pairwise

import (
	"slices"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/component"
	"github.com/alaya-network/alaya/core/quality/table"
)

// Choice is one worker's between two items: Winner is Left or Right.
type Choice struct {
	Worker, Left, Right, Winner string
}

// Rules say how choices become a table.
type Rules struct {
	// Salt keys the breaking of ties.
	Salt [32]byte
	// Repeated choices of a worker between two items shown alike: the first
	// counts, or the last. Shown the other way round they are no repetition.
	Keep table.Keep
}

// choice is a Choice by numbers.
type choice struct {
	worker, winner, loser int32
	left                  bool // the left item won
	// win is the place of its outcome in counts of wins by pair and winner.
	win int32
}

// opponent is an item met, and the place of the wins over it; those lost to it
// are at win ^ 1.
type opponent struct {
	item, win int32
}

// Table holds choices in canonical order: names sorted by their bytes and
// numbered, choices sorted by left and right item, then worker. It is read
// only.
type Table struct {
	Items, Workers []string
	// Repeated counts choices dropped as repeated.
	Repeated int

	salt    [32]byte
	choices []choice
	met     [][]opponent // by item, in order of the pairs
	pairs   int
}

// NewTable puts choices in order. It returns an error of kind invalid for an
// empty name, one with a zero byte, two items of one name, and a winner that
// is neither.
func NewTable(choices []Choice, rules Rules) (*Table, error) {
	answers := make([]table.Answer[Choice], len(choices))
	for i, c := range choices {
		if err := c.check(i); err != nil {
			return nil, err
		}
		answers[i] = table.Answer[Choice]{Task: c.Left + "\x00" + c.Right, Worker: c.Worker, Value: c}
	}
	ordered, err := table.New(answers, rules.Keep)
	if err != nil {
		return nil, err
	}
	t := &Table{Workers: ordered.Workers, Repeated: ordered.Repeated, salt: rules.Salt}
	for _, c := range choices {
		t.Items = append(t.Items, c.Left, c.Right)
	}
	slices.Sort(t.Items)
	t.Items = slices.Compact(t.Items)
	t.fill(ordered)
	return t, nil
}

func (c Choice) check(i int) error {
	for _, name := range []string{c.Worker, c.Left, c.Right} {
		if name == "" || strings.Contains(name, "\x00") {
			return fault.Invalid("quality: choice %d: name %.40q: want one that is not empty, without a zero byte", i, name)
		}
	}
	if c.Left == c.Right {
		return fault.Invalid("quality: choice %d: %.40q on both sides: want two items", i, c.Left)
	}
	if c.Winner != c.Left && c.Winner != c.Right {
		return fault.Invalid("quality: choice %d: winner %.40q: want %.40q or %.40q", i, c.Winner, c.Left, c.Right)
	}
	return nil
}

// fill numbers the choices and the pairs of items, by their first choice.
func (t *Table) fill(ordered *table.Table[Choice]) {
	index := make(map[string]int32, len(t.Items))
	for a, item := range t.Items {
		index[item] = int32(a)
	}
	t.met = make([][]opponent, len(t.Items))
	pairs := make(map[[2]int32]int32)
	for i := range ordered.Tasks {
		for _, v := range ordered.Votes(i) {
			left, right := index[v.Value.Left], index[v.Value.Right]
			low, high := min(left, right), max(left, right)
			p, known := pairs[[2]int32{low, high}]
			if !known {
				p = int32(len(pairs))
				pairs[[2]int32{low, high}] = p
				t.met[low] = append(t.met[low], opponent{high, 2 * p})
				t.met[high] = append(t.met[high], opponent{low, 2*p + 1})
			}
			c := choice{worker: v.Worker, winner: left, loser: right, left: v.Value.Winner == v.Value.Left, win: 2 * p}
			if !c.left {
				c.winner, c.loser = right, left
			}
			if c.winner == high {
				c.win++
			}
			t.choices = append(t.choices, c)
		}
	}
	t.pairs = len(pairs)
}

// Len returns the number of choices.
func (t *Table) Len() int { return len(t.choices) }

// parts counts the groups of items connected by choices.
func (t *Table) parts() int {
	forest := component.New(len(t.Items))
	for _, c := range t.choices {
		forest.Join(c.winner, c.loser)
	}
	return len(forest.Groups())
}
