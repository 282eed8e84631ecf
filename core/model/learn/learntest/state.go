package learntest

import (
	"math"
	"testing"

	"github.com/alaya-network/alaya/core/model/learn"
)

// counter is a State that counts the cells it is asked for.
type counter struct {
	learn.State
	touched map[learn.Cell]bool
}

func (c *counter) Get(at learn.Cell) int64 {
	c.touched[at] = true
	return c.State.Get(at)
}

func (c *counter) Set(at learn.Cell, v int64) {
	c.touched[at] = true
	c.State.Set(at, v)
}

func costBound(t *testing.T, tr Trial, l learn.Learner) {
	s := &learn.Memory{}
	calls := map[string]func(learn.State, Item){
		"scores": func(s learn.State, i Item) { l.Scores(s, i.Input) },
		"update": func(s learn.State, i Item) { l.Update(s, i.Input, i.Label) },
	}
	if f, ok := l.(learn.Forgetter); ok {
		calls["remove"] = func(s learn.State, i Item) { f.Remove(s, i.Input, i.Label) }
	}
	for k, i := range tr.items(0, 300) {
		for _, name := range []string{"scores", "update", "remove", "update"} {
			call, ok := calls[name]
			if !ok {
				continue
			}
			c := counter{s, map[learn.Cell]bool{}}
			call(&c, i)
			if got, most := uint64(len(s.Cells())), l.Size(); k%50 == 0 && got > most {
				t.Fatalf("item %d: %d cells, size %d", k, got, most)
			}
			if got, most := uint64(len(c.touched)), l.Cost(i.Input); got > most {
				t.Fatalf("item %d: %s touches %d cells, cost %d", k, name, got, most)
			}
		}
	}
}

// wild is a State full of numbers that no learner would write.
type wild struct {
	learn.Memory
	seed uint64
	set  map[learn.Cell]bool
}

func (w *wild) Get(at learn.Cell) int64 {
	if w.set[at] {
		return w.Memory.Get(at)
	}
	n := Draw(w.seed ^ Draw(uint64(at.Table)<<56^uint64(at.Class)<<28^uint64(at.Index)))
	switch n % 8 {
	case 0:
		return math.MaxInt64
	case 1:
		return math.MinInt64
	case 2:
		return 0
	case 3:
		return -1
	case 4:
		return int64(n >> 8)
	case 5:
		return -int64(n >> 8)
	default:
		return int64(n >> 8 % 1024)
	}
}

func (w *wild) Set(at learn.Cell, v int64) {
	w.set[at] = true
	w.Memory.Set(at, v)
}

func extremes(t *testing.T, tr Trial, l learn.Learner) {
	for seed := range uint64(200) {
		s := &wild{seed: seed, set: map[learn.Cell]bool{}}
		for _, i := range tr.items(seed, 4) {
			i.Input = stretched(i.Input)
			l.Update(s, i.Input, i.Label)
			if f, ok := l.(learn.Forgetter); ok {
				f.Remove(s, i.Input, i.Label)
			}
			scores := l.Scores(s, i.Input)
			if loss := tr.Config.Loss(scores, i.Label); loss < 0 || loss > learn.MaxLoss {
				t.Fatalf("loss %d of %v", loss, scores)
			}
		}
	}
}

// stretched returns an input with the largest values it may have.
func stretched(x learn.Input) learn.Input {
	if x.Values == nil {
		return x
	}
	big := learn.Input{Indices: x.Indices, Values: make([]int64, len(x.Values))}
	for k, v := range x.Values {
		big.Values[k] = learn.MaxValue
		if v < 0 {
			big.Values[k] = -learn.MaxValue
		}
	}
	return big
}

func forEver(t *testing.T, tr Trial, l learn.Learner) {
	i := tr.Draw(3)
	s := teach(l, tr.items(0, 60))
	for k := range 3000 {
		l.Update(s, i.Input, i.Label)
		class, value := learn.Predict(l, s, i.Input)
		if k < 100 {
			continue
		}
		if tr.Config.Classes == 1 {
			if off := max(value-i.Label, i.Label-value); off > 1<<18 {
				t.Fatalf("after %d times: %d, want %d", k+1, value, i.Label)
			}
		} else if int64(class) != i.Label {
			t.Fatalf("after %d times: class %d, want %d", k+1, class, i.Label)
		}
	}
}
