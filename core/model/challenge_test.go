package model_test

import (
	"fmt"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/merkle"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/host"
	"github.com/alaya-network/alaya/core/model/learn"
)

// holdout is a set of items with their tree.
type holdout struct {
	items []model.Item
	tree  *merkle.Tree
}

func newHoldout(n int) holdout {
	var h holdout
	var leaves [][]byte
	for k := range n {
		o := offer(500+k, int64(k%2))
		t := model.Item{Input: o.Input, Label: o.Label, Salt: fmt.Appendf(nil, "a salt of item %4d", k)}
		h.items = append(h.items, t)
		leaves = append(leaves, t.Leaf(model.HoldoutDomain, 0, uint32(k)))
	}
	h.tree = merkle.NewTree(leaves)
	return h
}

func (h holdout) path(t testing.TB, k int) merkle.Proof {
	t.Helper()
	p, err := h.tree.Proof(uint64(k))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// rivals are a champion with a holdout of 10 in slices of 4, and a fork of it
// that learnt more.
func rivals(t testing.TB, set holdout) (champion, fork *host.Host) {
	x := terms(learn.Bayes)
	x.Holdout = model.Holdout{Root: set.tree.Root(), Count: 10, Slice: 4}
	champion = newHost(t, x)
	fork, err := champion.Fork(bob, 1, terms(learn.Bayes), champion.At(0), start)
	if err != nil {
		t.Fatal(err)
	}
	if err := fork.Replay(at(0)); err != nil {
		t.Fatal(err)
	}
	for k := range 20 {
		give(t, fork, bob, offer(k, int64(k%2)), 1)
	}
	return champion, fork
}

func losses(champion, fork *host.Host, t model.Item) [2]int64 {
	of := func(h *host.Host) int64 {
		return h.Model.Terms.Config.Loss(h.Learner.Scores(h.Live, t.Input), t.Label)
	}
	return [2]int64{of(champion), of(fork)}
}

func TestABetterForkTakesTheChampionsPlace(t *testing.T) {
	set := newHoldout(10)
	champion, fork := rivals(t, set)
	m, c, err := champion.Model.Challenge(fork.Model, fixed.One/20, 3_600_000, at(2).Time)
	if err != nil {
		t.Fatal(err)
	}
	for k := range int(c.Items) {
		if _, _, _, err := c.End(m, at(3)); !fault.Is(err, fault.KindState) {
			t.Fatalf("ended after %d items: %v", k, err)
		}
		if c, err = c.Score(m, set.items[k], set.path(t, k), losses(champion, fork, set.items[k]), at(3).Time); err != nil {
			t.Fatal(err)
		}
	}
	c, m, e, err := c.End(m, at(4))
	if err != nil || c.State != model.Promoted || m.State != model.Replaced || m.Successor != fork.Model.ID || e.Kind != model.EntryPromote || m.Root != e.Root {
		t.Errorf("End = %s, %s, successor %q, %s, %v", c.State, m.State, m.Successor, e.Kind, err)
	}
	if err := m.Check(); err != nil {
		t.Error(err)
	}
	if err := c.Check(); err != nil {
		t.Error(err)
	}
}

func TestAForkThatIsNotBetterByTheMarginFails(t *testing.T) {
	set := newHoldout(10)
	champion, fork := rivals(t, set)
	for _, tt := range []struct {
		name   string
		margin int64
		losses [2]int64
		want   model.ChallengeState
	}{
		{"better by more than the margin", 10, [2]int64{111, 100}, model.Promoted},
		{"better by the margin itself", 10, [2]int64{110, 100}, model.Failed},
		{"as good", 0, [2]int64{100, 100}, model.Failed},
		{"worse", 0, [2]int64{100, 101}, model.Failed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, c, err := champion.Model.Challenge(fork.Model, tt.margin, 3_600_000, at(2).Time)
			if err != nil {
				t.Fatal(err)
			}
			for k := range 4 {
				if c, err = c.Score(m, set.items[k], set.path(t, k), tt.losses, at(3).Time); err != nil {
					t.Fatal(err)
				}
			}
			c, m, _, err = c.End(m, at(4))
			if err != nil || c.State != tt.want || (m.State == model.Replaced) != (tt.want == model.Promoted) {
				t.Errorf("End = %s, champion %s, %v, want %s", c.State, m.State, err, tt.want)
			}
		})
	}
}

func TestAHoldoutIsUsedOnceAndSilenceFails(t *testing.T) {
	set := newHoldout(10)
	champion, fork := rivals(t, set)
	m := champion.Model
	for _, want := range []uint32{4, 4, 2} {
		var c model.Challenge
		var err error
		if m, c, err = m.Challenge(fork.Model, 0, 60_000, at(2).Time); err != nil || c.Items != want {
			t.Fatalf("a slice of %d, %v, want %d", c.Items, err, want)
		}
		late := at(63)
		if _, err := c.Score(m, set.items[c.Number], set.path(t, int(c.Number)), [2]int64{}, late.Time); !fault.Is(err, fault.KindState) {
			t.Errorf("scored after the deadline: %v", err)
		}
		if c, _, _, err = c.End(m, late); err != nil || c.State != model.Failed {
			t.Errorf("End = %s, %v", c.State, err)
		}
	}
	if _, _, err := m.Challenge(fork.Model, 0, 60_000, at(2).Time); !fault.Is(err, fault.KindState) {
		t.Errorf("a challenge without holdout: %v", err)
	}
}

func TestAChallengeRefuses(t *testing.T) {
	set := newHoldout(10)
	champion, fork := rivals(t, set)
	m, c, err := champion.Model.Challenge(fork.Model, 0, 60_000, at(2).Time)
	if err != nil {
		t.Fatal(err)
	}
	flipped, short := set.items[0], set.items[0]
	flipped.Label = 1
	short.Salt = short.Salt[:model.MinSalt-1]
	for _, tt := range []struct {
		name string
		item model.Item
		path int
	}{{"another label", flipped, 0}, {"an item out of turn", set.items[1], 1}, {"a short salt", short, 0}} {
		if _, err := c.Score(m, tt.item, set.path(t, tt.path), [2]int64{}, at(3).Time); err == nil {
			t.Errorf("%s was scored", tt.name)
		}
	}
	stranger := newHost(t, terms(learn.Bayes))
	if _, _, err := m.Challenge(stranger.Model, 0, 60_000, at(2).Time); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("a model that is no fork challenges: %v", err)
	}
	young, err := champion.Fork(bob, 9, terms(learn.Bayes), champion.At(0), start)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := m.Challenge(young.Model, 0, 60_000, at(2).Time); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("a fork that is not complete challenges: %v", err)
	}
	if _, _, err := m.Challenge(fork.Model, -1, 60_000, at(2).Time); !fault.Is(err, fault.KindLimit) {
		t.Errorf("a negative margin: %v", err)
	}
}
