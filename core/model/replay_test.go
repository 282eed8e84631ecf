package model_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/host"
	"github.com/alaya-network/alaya/core/model/learn"
)

// act is what an entry of the log did, as a naive reader of the story sees it.
type act struct {
	item uint64 // trained
	back int    // rollback to so many acts, -1: none
}

// story is a host beside a list of what happened to it.
type story struct {
	h         *host.Host
	acts      []act
	offers    []model.Offer
	withdrawn map[uint64]bool
	seconds   int64
}

// effect returns the items in force after the first n acts, in their order.
func (s *story) effect(n int) []uint64 {
	if n == 0 {
		return nil
	}
	a := s.acts[n-1]
	if a.back >= 0 {
		return s.effect(a.back)
	}
	if a.item == 0 {
		return s.effect(n - 1)
	}
	return append(s.effect(n-1), a.item)
}

// want is the root of parameters that learnt what is in force.
func (s *story) want(t fatal) id.Hash {
	var all []model.Offer
	for _, n := range s.effect(len(s.acts)) {
		if !s.withdrawn[n] {
			all = append(all, s.offers[n-1])
		}
	}
	return root(t, s.h.Model.Terms.Config, all...)
}

func (s *story) now() model.Now {
	s.seconds++
	return at(s.seconds)
}

func (s *story) give(t *rapid.T) {
	o := offer(len(s.offers), rapid.Int64Range(0, 1).Draw(t, "label"))
	c, err := s.h.Give(bob, o, s.now())
	if err != nil {
		t.Fatal(err)
	}
	s.offers = append(s.offers, o)
	s.acts = append(s.acts, act{item: c.Number, back: -1})
}

func (s *story) withdraw(t *rapid.T) {
	if len(s.offers) == 0 {
		t.Skip("nothing given")
	}
	n := rapid.Uint64Range(1, uint64(len(s.offers))).Draw(t, "item")
	err := s.h.Withdraw(bob, n, s.now())
	if (err == nil) == s.withdrawn[n] {
		t.Fatalf("withdraw %d: %v, was withdrawn %t", n, err, s.withdrawn[n])
	}
	if err == nil {
		s.withdrawn[n] = true
		s.acts = append(s.acts, act{back: -1})
	}
}

func (s *story) rollback(t *rapid.T) {
	if len(s.acts) == 0 {
		t.Skip("nothing happened")
	}
	to := rapid.IntRange(0, len(s.acts)-1).Draw(t, "to")
	if err := s.h.Rollback(ann, uint64(to), s.now()); err != nil {
		t.Fatal(err)
	}
	s.acts = append(s.acts, act{back: to})
}

func (s *story) rebuild(t *rapid.T) {
	replaying := s.h.Model.Replaying()
	stale := s.h.Model.Stale(s.h.Model.Withdrawn)
	if err := s.h.Rebuild(); (err == nil) != (stale && !replaying) {
		t.Fatalf("rebuild: %v, stale %t, replaying %t", err, stale, replaying)
	}
}

func (s *story) step(t *rapid.T) {
	if !s.h.Model.Replaying() {
		t.Skip("no replay")
	}
	done, err := s.h.Step(rapid.Uint64Range(1, 60).Draw(t, "budget"), s.now())
	if err != nil {
		t.Fatal(err)
	}
	if done {
		s.acts = append(s.acts, act{back: -1})
	}
}

func (s *story) check(t *rapid.T) {
	if err := s.h.Check(); err != nil {
		t.Fatal(err)
	}
}

// finish replays until nothing has to leave, and compares the parameters.
func (s *story) finish(t *rapid.T) {
	for s.h.Model.Replaying() || s.h.Model.Stale(s.h.Model.Withdrawn) {
		if !s.h.Model.Replaying() {
			s.rebuild(t)
		}
		if err := s.h.Replay(s.now()); err != nil {
			t.Fatal(err)
		}
		s.acts = append(s.acts, act{back: -1})
	}
	if got, want := s.h.Live.Root(), s.want(t); got != want {
		t.Fatalf("parameters %s after %+v without %v, want %s", got, s.acts, s.withdrawn, want)
	}
	if got := int(s.h.Model.Updates); got != len(s.kept()) {
		t.Fatalf("%d updates, want %d", got, len(s.kept()))
	}
	s.check(t)
}

func (s *story) kept() []uint64 {
	var kept []uint64
	for _, n := range s.effect(len(s.acts)) {
		if !s.withdrawn[n] {
			kept = append(kept, n)
		}
	}
	return kept
}

func TestAReplayGivesTheModelOfWhatIsInForce(t *testing.T) {
	for _, family := range []string{learn.Bayes, learn.Perceptron} {
		t.Run(family, func(t *testing.T) {
			rapid.Check(t, func(r *rapid.T) {
				s := &story{h: newHost(t, owned(family)), withdrawn: map[uint64]bool{}}
				r.Repeat(map[string]func(*rapid.T){
					"give": s.give, "give again": s.give, "withdraw": s.withdraw, "rollback": s.rollback,
					"rebuild": s.rebuild, "step": s.step, "": s.check,
				})
				s.finish(r)
			})
		})
	}
}

func TestAFamilyThatForgetsDoesSoAtOnce(t *testing.T) {
	h := newHost(t, terms(learn.Bayes))
	for k := range 6 {
		give(t, h, bob, offer(k, int64(k%2)), int64(k))
	}
	if err := h.Withdraw(bob, 3, at(9)); err != nil {
		t.Fatal(err)
	}
	want := root(t, h.Model.Terms.Config, offer(0, 0), offer(1, 1), offer(3, 1), offer(4, 0), offer(5, 1))
	if h.Live.Root() != want || h.Model.Stale(h.Model.Withdrawn) {
		t.Errorf("parameters %s, stale %t; want %s", h.Live.Root(), h.Model.Stale(h.Model.Withdrawn), want)
	}
	c, err := h.Item(3)
	if err != nil || len(c.Offer.Input.Indices) != 0 || c.State != model.Withdrawn {
		t.Errorf("the withdrawn item is kept: %+v, %v", c, err)
	}
	if err := h.Withdraw(ann, 1, at(9)); !fault.Is(err, fault.KindForbidden) {
		t.Errorf("ann withdrew bob's item: %v", err)
	}
	check(t, h)
}

func TestAReplayStopsAtItsBudgetAndGoesOn(t *testing.T) {
	h := newHost(t, terms(learn.Perceptron))
	for k := range 50 {
		give(t, h, bob, offer(k, int64(k%2)), int64(k))
	}
	if err := h.Withdraw(bob, 1, at(60)); err != nil {
		t.Fatal(err)
	}
	if err := h.Rebuild(); err != nil {
		t.Fatal(err)
	}
	steps := 0
	for done := false; !done; steps++ {
		before := h.Model.Replay.Next
		var err error
		if done, err = h.Step(1, at(61)); err != nil {
			t.Fatal(err)
		}
		if !done && h.Model.Replay.Next != before+1 {
			t.Fatalf("one step went from entry %d to %d", before, h.Model.Replay.Next)
		}
	}
	if steps < 50 || h.Model.Updates != 49 || h.Model.Generation != 1 {
		t.Errorf("%d steps, %d updates, generation %d; want 52, 49, 1", steps, h.Model.Updates, h.Model.Generation)
	}
	check(t, h)
}

func TestRollbacksAreTheOwnersAndBounded(t *testing.T) {
	h := newHost(t, owned(learn.Bayes))
	give(t, h, bob, offer(1, 1), 1)
	if err := h.Rollback(bob, 0, at(2)); !fault.Is(err, fault.KindForbidden) {
		t.Errorf("bob rolled ann's model back: %v", err)
	}
	if err := h.Rollback(ann, 1, at(2)); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("rollback to the present: %v", err)
	}
	for range model.MaxCuts {
		if err := h.Rollback(ann, 0, at(2)); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.Rollback(ann, 0, at(3)); !fault.Is(err, fault.KindLimit) {
		t.Errorf("rollback %d: %v, want kind limit", model.MaxCuts+1, err)
	}
	check(t, h)
}

func TestAForkStartsAsTheOtherWasAtItsVersion(t *testing.T) {
	for _, family := range []string{learn.Bayes, learn.Perceptron} {
		h := newHost(t, owned(family))
		for k := range 4 {
			give(t, h, bob, offer(k, int64(k%2)), int64(k))
		}
		at2 := h.At(2)
		if err := h.Rollback(ann, 1, at(8)); err != nil {
			t.Fatal(err)
		}
		fork, err := h.Fork(bob, 1, terms(family), at2, at(9).Time)
		if err != nil {
			t.Fatal(err)
		}
		if err := fork.Replay(at(10)); err != nil {
			t.Fatal(err)
		}
		give(t, fork, bob, offer(7, 1), 11)
		second, err := fork.Fork(bob, 2, terms(family), fork.Model.Version(), at(12).Time)
		if err != nil {
			t.Fatal(err)
		}
		give(t, fork, bob, offer(8, 1), 13) // after the version: not in the second fork
		if err := second.Replay(at(14)); err != nil {
			t.Fatal(err)
		}
		want := root(t, h.Model.Terms.Config, offer(0, 0), offer(1, 1), offer(7, 1))
		if second.Live.Root() != want || second.Model.Updates != 0 {
			t.Errorf("%s: fork of the fork has parameters %s after %d updates, want %s", family, second.Live.Root(), second.Model.Updates, want)
		}
		if !second.Model.DescendsFrom(h.Model.ID) || h.Model.DescendsFrom(second.Model.ID) {
			t.Errorf("%s: lineage %+v", family, second.Model.Lineage)
		}
		if err := h.Withdraw(bob, 1, at(15)); err != nil {
			t.Fatal(err)
		}
		if err := second.Rebuild(); err != nil {
			t.Fatalf("%s: an item of the lineage was withdrawn, but: %v", family, err)
		}
		if err := second.Replay(at(16)); err != nil {
			t.Fatal(err)
		}
		if want := root(t, h.Model.Terms.Config, offer(1, 1), offer(7, 1)); second.Live.Root() != want {
			t.Errorf("%s: the fork still holds what was withdrawn from its lineage", family)
		}
		check(t, h)
		check(t, fork)
		check(t, second)
	}
}

func TestAForkKeepsWhatTheModelIsMadeOf(t *testing.T) {
	h := newHost(t, terms(learn.Bayes))
	give(t, h, bob, offer(1, 1), 1)
	tests := []struct {
		name string
		at   model.Version
		with func(*model.Terms)
		ok   bool
	}{
		{"as it is", h.At(1), func(*model.Terms) {}, true},
		{"as created", h.At(0), func(*model.Terms) {}, true},
		{"another name and owner", h.At(1), func(x *model.Terms) { x.Name, x.Owner, x.OwnerUntil = "mine", bob, start.Add(9_000) }, true},
		{"another family", h.At(1), func(x *model.Terms) { x.Config.Family = learn.Complement }, false},
		{"another encoder", h.At(1), func(x *model.Terms) { x.Encoder.Inline = []byte("{}") }, false},
		{"another licence", h.At(1), func(x *model.Terms) { x.Licence = "none" }, false},
		{"an entry that does not exist", model.Version{Model: h.Model.ID, Entry: 2, Root: h.Model.Root}, func(*model.Terms) {}, false},
		{"another root", model.Version{Model: h.Model.ID, Entry: 1, Root: id.Hash{1}}, func(*model.Terms) {}, false},
		{"another model", model.Version{Model: "1111111111111111", Entry: 1, Root: h.Model.Root}, func(*model.Terms) {}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			x := terms(learn.Bayes)
			tt.with(&x)
			if _, err := h.Fork(bob, 1, x, tt.at, start); (err == nil) != tt.ok {
				t.Errorf("Fork = %v, want success %t", err, tt.ok)
			}
		})
	}
}
