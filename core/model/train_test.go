package model_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
)

func TestAWindowClosesWhenItIsFullOrItsTimeIsOver(t *testing.T) {
	x := terms(learn.Bayes)
	x.Robust = model.Robust{Window: 4, Trim: 250_000}
	h := newHost(t, x)
	for k := range 3 {
		if c := give(t, h, bob, offer(k, int64(k%2)), 1); c.State != model.Given {
			t.Fatalf("item %d of a window of 4 is %s", k, c.State)
		}
	}
	if out, err := h.Window(at(2)); err != nil || len(out) != 0 || h.Model.Updates != 0 {
		t.Errorf("an open window trained %d, left out %v, %v", h.Model.Updates, out, err)
	}
	give(t, h, bob, offer(3, 1), 3)
	out, err := h.Window(at(4))
	if err != nil || len(out) != 1 || h.Model.Updates != 3 {
		t.Fatalf("a full window trained %d, left out %v, %v", h.Model.Updates, out, err)
	}
	if err := h.Trim(out[0]); err != nil {
		t.Fatal(err)
	}
	c := give(t, h, bob, offer(9, 1), 5)
	if _, err := h.Window(at(5 + wait/1_000)); err != nil || h.Model.Updates != 4 {
		t.Errorf("at its deadline a window trained %d in all, %v", h.Model.Updates, err)
	}
	if c, err = h.Item(c.Number); err != nil || c.Deadline != at(5+wait/1_000).Time.Add(wait) {
		t.Errorf("the verdict is due at %s, %v: want a wait after the training", c.Deadline, err)
	}
	if w := h.Contributor(bob); w.Neutral != 1 || w.Open != 4 {
		t.Errorf("%+v", w)
	}
	check(t, h)
}

func TestALongInputMovesTheModelNoFurtherThanTheNorm(t *testing.T) {
	x := terms(learn.Perceptron)
	x.Robust.Norm = fixed.One
	h := newHost(t, x)
	give(t, h, bob, model.Offer{Input: learn.Input{Indices: []uint32{1, 2}, Values: []int64{600 * fixed.One, 800 * fixed.One}}, Label: 1}, 1)
	for _, e := range h.Live.Cells() {
		if e.Value > fixed.One {
			t.Errorf("cell %v moved to %d by an input of norm 1", e.Cell, e.Value)
		}
	}
	if err := h.Withdraw(bob, 1, at(2)); err != nil {
		t.Fatal(err)
	}
	if err := h.Rebuild(); err != nil {
		t.Fatal(err)
	}
	if err := h.Replay(at(3)); err != nil || len(h.Live.Cells()) != 0 {
		t.Errorf("after the replay %v, %v", h.Live.Cells(), err)
	}
	x.Config.Family = learn.Bayes
	if _, err := model.Create(ann, 1, x, start); err == nil {
		t.Error("a norm on a family that counts features was taken")
	}
}
