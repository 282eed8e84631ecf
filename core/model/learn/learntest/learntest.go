// Package learntest holds every family of learners to the law of
// core/model/learn: one contract suite, run by each with its own config.
//
// Words: a trial is a config and a source of items that fit it.
//
// Invariants: those of package learn, by their numbers in the names below.
package learntest

import (
	"math"
	"slices"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/learn"
)

// Item is an input with its label.
type Item struct {
	Input learn.Input
	Label int64
}

// Trial is what a family is tried with.
type Trial struct {
	Config learn.Config
	// Draw makes an item that the config takes, from a number; equal numbers
	// make equal items, and the labels follow from the inputs.
	Draw func(n uint64) Item
	// Least is how many of 100 items it must get right after Items others.
	Least int
	Items uint64
	// Keeps says that Remove of an item restores its scores only, not the
	// state, when others came after it.
	Keeps bool
}

// Draw is a number that follows from another and looks random: SplitMix64.
func Draw(n uint64) uint64 {
	z := n + 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Run runs the whole suite.
func Run(t *testing.T, trial Trial) {
	l, err := learn.New(trial.Config)
	if err != nil {
		t.Fatal(err)
	}
	_, forgets := l.(learn.Forgetter)
	tests := []struct {
		name    string
		applies bool
		test    func(*testing.T, Trial, learn.Learner)
	}{
		{"1: the same items give the same state", true, sameState},
		{"2: a second learner goes on where the first stopped", true, noMemory},
		{"3: scores change nothing, and equals go to the lowest class", true, scoresOnly},
		{"3: classes in another order give scores in that order", trial.Config.Classes > 2, anyOrder},
		{"4: no call touches more cells than its cost", true, costBound},
		{"5: extremes neither panic nor wrap around", true, extremes},
		{"5: one item, learnt for ever, stays learnt", true, forEver},
		{"6: removing an item takes it back", forgets, removes},
		{"it learns", true, learns},
		{"hostile inputs and labels are refused, naming the bound", true, refuses},
	}
	for _, tt := range tests {
		if tt.applies {
			t.Run(tt.name, func(t *testing.T) { tt.test(t, trial, l) })
		}
	}
}

// items returns the n items from a number on.
func (tr Trial) items(from, n uint64) []Item {
	all := make([]Item, n)
	for k := range all {
		all[k] = tr.Draw(from + uint64(k))
	}
	return all
}

// teach returns what a learner knows after some items.
func teach(l learn.Learner, items []Item) *learn.Memory {
	s := &learn.Memory{}
	for _, i := range items {
		l.Update(s, i.Input, i.Label)
	}
	return s
}

func sameState(t *testing.T, tr Trial, l learn.Learner) {
	items := tr.items(0, 200)
	once, twice := teach(l, items), teach(l, items)
	if once.Root() != twice.Root() {
		t.Errorf("roots %s and %s", once.Root(), twice.Root())
	}
	if len(once.Cells()) == 0 {
		t.Error("nothing was learnt")
	}
}

func noMemory(t *testing.T, tr Trial, l learn.Learner) {
	items := tr.items(0, 200)
	s := teach(l, items[:100])
	other, err := learn.New(tr.Config)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range items[100:] {
		other.Update(s, i.Input, i.Label)
	}
	if want := teach(l, items).Root(); s.Root() != want {
		t.Errorf("root %s, want %s", s.Root(), want)
	}
}

func scoresOnly(t *testing.T, tr Trial, l learn.Learner) {
	x := tr.Draw(7).Input
	if class, _ := learn.Predict(l, &learn.Memory{}, x); class != 0 {
		t.Errorf("class %d from nothing, want 0", class)
	}
	s := teach(l, tr.items(0, 100))
	before := s.Root()
	first := l.Scores(s, x)
	if again := l.Scores(s, x); !slices.Equal(first, again) || len(first) != int(tr.Config.Classes) {
		t.Errorf("scores %v, then %v", first, again)
	}
	if s.Root() != before {
		t.Error("scores changed the state")
	}
}

// anyOrder needs more than two classes: of two, one is the default.
func anyOrder(t *testing.T, tr Trial, l learn.Learner) {
	classes := int64(tr.Config.Classes)
	items := tr.items(0, 200)
	turned := slices.Clone(items)
	for k := range turned {
		turned[k].Label = (turned[k].Label + 1) % classes
	}
	s, u := teach(l, items), teach(l, turned)
	for _, i := range tr.items(900, 20) {
		want, got := l.Scores(s, i.Input), l.Scores(u, i.Input)
		for c, score := range want {
			if other := got[(c+1)%len(got)]; other != score {
				t.Fatalf("class %d: score %d, in another order %d", c, score, other)
			}
		}
	}
}

func learns(t *testing.T, tr Trial, l learn.Learner) {
	s := teach(l, tr.items(0, tr.Items))
	right := 0
	for _, i := range tr.items(1_000_000, 100) {
		class, value := learn.Predict(l, s, i.Input)
		switch {
		case tr.Config.Classes > 1 && int64(class) == i.Label:
			right++
		case tr.Config.Classes == 1 && max(value-i.Label, i.Label-value) < 1<<18: // a quarter
			right++
		}
	}
	if right < tr.Least {
		t.Errorf("%d of 100 right, want %d", right, tr.Least)
	}
}

func removes(t *testing.T, tr Trial, l learn.Learner) {
	f := l.(learn.Forgetter)
	items := tr.items(0, 60)
	s := teach(l, items)
	for k, i := range tr.items(500, 20) {
		before := s.Root()
		f.Update(s, i.Input, i.Label)
		f.Remove(s, i.Input, i.Label)
		if s.Root() != before {
			t.Fatalf("item %d: another state after update and remove", k)
		}
	}
	for k := 0; k < len(items); k += 2 {
		f.Remove(s, items[k].Input, items[k].Label)
	}
	var rest []Item
	for k := 1; k < len(items); k += 2 {
		rest = append(rest, items[k])
	}
	without := teach(l, rest)
	if !tr.Keeps && s.Root() != without.Root() {
		t.Error("without every second item: not the state of the others")
	}
	for _, i := range tr.items(900, 20) {
		if got, want := l.Scores(s, i.Input), l.Scores(without, i.Input); !slices.Equal(got, want) {
			t.Fatalf("without every second item: scores %v, want %v", got, want)
		}
	}
}

func refuses(t *testing.T, tr Trial, _ learn.Learner) {
	c := tr.Config
	good := tr.Draw(1).Input
	if err := c.Check(good); err != nil {
		t.Fatalf("a good input: %v", err)
	}
	million := make([]uint32, 1_000_000)
	for k := range million {
		million[k] = uint32(k)
	}
	for _, tt := range []struct {
		name string
		x    learn.Input
	}{
		{"no index", learn.Input{}},
		{"a million indices", learn.Input{Indices: million}},
		{"an index twice", learn.Input{Indices: append(slices.Clone(good.Indices), good.Indices[len(good.Indices)-1])}},
		{"an index out of range", learn.Input{Indices: []uint32{c.Features}}},
		{"the largest index", learn.Input{Indices: []uint32{math.MaxUint32}}},
		{"a value too many", learn.Input{Indices: good.Indices, Values: make([]int64, len(good.Indices)+1)}},
		{"no values for indices", learn.Input{Indices: good.Indices, Values: []int64{}}},
		{"a value beyond MaxValue", learn.Input{Indices: []uint32{0}, Values: []int64{learn.MaxValue + 1}}},
		{"the smallest value", learn.Input{Indices: []uint32{0}, Values: []int64{math.MinInt64}}},
	} {
		if err := c.Check(tt.x); !fault.Is(err, fault.KindInvalid) && !fault.Is(err, fault.KindLimit) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	beyond := int64(c.Classes)
	if c.Classes == 1 {
		beyond = learn.MaxTarget + 1
	}
	for _, label := range []int64{beyond, -learn.MaxTarget - 1, math.MinInt64, math.MaxInt64} {
		if c.CheckLabel(label) == nil {
			t.Errorf("label %d accepted", label)
		}
	}
}
