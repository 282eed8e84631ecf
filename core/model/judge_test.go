package model_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/host"
	"github.com/alaya-network/alaya/core/model/learn"
)

// taught is a host that was given n good items by ann.
func taught(t testing.TB, family string, n int) *host.Host {
	h := newHost(t, terms(family))
	for k := range n {
		give(t, h, ann, offer(k, int64(k%2)), 0)
	}
	return h
}

func TestAnItemHasNoSayInItsOwnVerdict(t *testing.T) {
	for _, family := range []string{learn.Bayes, learn.Complement, learn.Centroid, learn.Neighbours, learn.Logistic, learn.Perceptron} {
		t.Run(family, func(t *testing.T) {
			h := taught(t, family, 20)
			lie := offer(100, 1)
			lie.Label = 0
			c := give(t, h, bob, lie, 1)
			before := h.Live.Root()
			v, err := h.Judge(c.Number, at(1).Time.Add(wait))
			if err != nil || v != model.Disagrees {
				t.Errorf("verdict on a flipped item %s, %v, want disagrees", v, err)
			}
			if h.Live.Root() != before {
				t.Errorf("judging changed the model")
			}
		})
	}
}

// D7: with DCAI, right after one's own update the model usually agrees.
func TestAnAuthorCannotTrainTheModelIntoAgreeing(t *testing.T) {
	h := newHost(t, terms(learn.Bayes))
	c := give(t, h, bob, offer(1, 1), 0)
	if class, _ := learn.Predict(h.Learner, h.Live, c.Offer.Input); class != 1 {
		t.Fatalf("the model learnt the item and answers %d", class)
	}
	v, err := h.Judge(c.Number, at(0).Time.Add(wait))
	if err != nil || v != model.Undecided {
		t.Errorf("verdict of a model that knows only the item itself: %s, %v, want undecided", v, err)
	}
}

func TestAVerdictComesAtItsTimeAndOnce(t *testing.T) {
	h := taught(t, learn.Bayes, 20)
	c := give(t, h, bob, offer(100, 1), 1)
	due := at(1).Time.Add(wait)
	if c.Deadline != due {
		t.Fatalf("verdict at %s, want %s", c.Deadline, due)
	}
	if _, err := h.Judge(c.Number, due-1); !fault.Is(err, fault.KindState) {
		t.Errorf("a verdict before its time: %v", err)
	}
	v, err := h.Judge(c.Number, due)
	if err != nil || v != model.Agrees {
		t.Fatalf("verdict %s, %v", v, err)
	}
	if err := h.Settle(c.Number, v); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Judge(c.Number, due); !fault.Is(err, fault.KindState) {
		t.Errorf("a second verdict: %v", err)
	}
	if err := h.Settle(c.Number, model.Disagrees); !fault.Is(err, fault.KindState) {
		t.Errorf("a second settlement: %v", err)
	}
	if w := h.Contributor(bob); w.Confirmed != 1 || w.Open != 0 {
		t.Errorf("bob has %d confirmed, %d open", w.Confirmed, w.Open)
	}
	check(t, h)
}

func TestANearVerdictIsUndecided(t *testing.T) {
	h := taught(t, learn.Bayes, 20)
	c := give(t, h, bob, offer(100, 1), 1)
	_, margin := learn.Predict(h.Learner, h.Live, c.Offer.Input)
	for _, tt := range []struct {
		name   string
		margin int64
		want   model.Verdict
	}{{"far", 1, model.Agrees}, {"near", 2 * margin, model.Undecided}} {
		h.Model.Terms.Incentive.Margin = tt.margin
		if v, err := h.Judge(c.Number, c.Deadline); err != nil || v != tt.want {
			t.Errorf("%s: %s, %v, want %s", tt.name, v, err, tt.want)
		}
	}
}

func TestARegressionAgreesWithinTheMargin(t *testing.T) {
	x := terms(learn.Linear)
	x.Config.Classes = 1
	x.Incentive.Margin = fixed.One / 2
	h := newHost(t, x)
	for range 30 {
		give(t, h, ann, model.Offer{Input: learn.Input{Indices: []uint32{1}}, Label: 2 * fixed.One}, 0)
	}
	for _, tt := range []struct {
		name  string
		offer model.Offer
		want  model.Verdict
	}{
		{"a new item near the truth", model.Offer{Input: learn.Input{Indices: []uint32{1, 2}}, Label: 2 * fixed.One}, model.Agrees},
		{"a copy", model.Offer{Input: learn.Input{Indices: []uint32{1}}, Label: 2 * fixed.One}, model.Undecided},
		{"a value far off", model.Offer{Input: learn.Input{Indices: []uint32{1}}, Label: 9 * fixed.One}, model.Disagrees},
	} {
		c := give(t, h, bob, tt.offer, 1)
		if v, err := h.Judge(c.Number, c.Deadline); err != nil || v != tt.want {
			t.Errorf("%s: %s, %v, want %s", tt.name, v, err, tt.want)
		}
	}
}

// D8: the same data from another address, or a second later, earns nothing.
func TestACopyIsNeverConfirmed(t *testing.T) {
	h := taught(t, learn.Bayes, 20)
	longer := func(k int, add ...uint32) model.Offer {
		o := offer(k, int64(k/100%2))
		for i := range uint32(30) {
			o.Input.Indices = append(o.Input.Indices, 3_100+uint32(k)+i)
		}
		o.Input.Indices = append(o.Input.Indices, add...)
		return o
	}
	for k := range 4 { // as long as the others, so that length says nothing
		give(t, h, ann, longer(10*k), 1)
	}
	first := give(t, h, ann, longer(100), 1)
	tests := []struct {
		name  string
		who   id.Address
		offer model.Offer
		want  model.Verdict
	}{
		{"the very item from another address", bob, longer(100), model.Undecided},
		{"the very item from its author", ann, longer(100), model.Undecided},
		{"the item with a word more", bob, longer(100, 4_000), model.Undecided},
		{"another item", bob, longer(300), model.Agrees},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := give(t, h, tt.who, tt.offer, 2)
			v, err := h.Judge(c.Number, c.Deadline)
			if err != nil || v != tt.want || (c.CopyOf == first.Number) != (tt.want == model.Undecided) {
				t.Errorf("copy of %d: %s, %v, want %s", c.CopyOf, v, err, tt.want)
			}
		})
	}
	lie := longer(100)
	lie.Label = 0
	c := give(t, h, bob, lie, 3)
	if v, err := h.Judge(c.Number, c.Deadline); err != nil || v != model.Disagrees {
		t.Errorf("a copy with a wrong label: %s, %v, want disagrees", v, err)
	}
	check(t, h)
}

func TestAnItemThatARollbackTookOutIsJudgedByTheRest(t *testing.T) {
	h := newHost(t, owned(learn.Bayes))
	for k := range 20 {
		give(t, h, ann, offer(k, int64(k%2)), 0)
	}
	c := give(t, h, bob, offer(100, 1), 1)
	want := h.Live.Root()
	judge := func(when string) {
		t.Helper()
		if v, err := h.Judge(c.Number, c.Deadline); err != nil || v != model.Agrees || h.Live.Root() != want {
			t.Errorf("%s: %s, %v", when, v, err)
		}
	}
	judge("before the rollback")
	if err := h.Rollback(ann, c.Entry-1, at(2)); err != nil {
		t.Fatal(err)
	}
	judge("rolled back, but still in the live generation")
	if err := h.Rebuild(); err != nil {
		t.Fatal(err)
	}
	if err := h.Replay(at(3)); err != nil {
		t.Fatal(err)
	}
	if h.Live.Root() == want {
		t.Fatal("the replay changed nothing")
	}
	want = h.Live.Root()
	judge("after the replay")
}
