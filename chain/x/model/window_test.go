package model_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/host"
	"github.com/alaya-network/alaya/core/num"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
)

func TestItemsOfAWindowAreLearntTogetherAfterAVote(t *testing.T) {
	w := newWorld(t)
	w.fund("bob", "eve")
	rules := terms(model.Deposit)
	rules.Robust = model.Robust{Window: 20, Trim: num.One / 4}
	m := w.create("ann", rules)
	reference, err := host.New(person("ann"), 1, rules, nil, w.Now())
	w.must(err)
	for round := range 3 {
		list := append(offers(15, round+1), flipped(offers(5, round+20))...)
		w.give("bob", m, list[:8]...)
		w.give("eve", m, list[8:]...)
		now := model.Now{Height: 1, Time: w.Now()}
		for i, o := range list {
			who := "bob"
			if i >= 8 {
				who = "eve"
			}
			_, err := reference.Give(person(who), o, now)
			w.must(err)
		}
		w.sound()
		out, err := reference.Window(now)
		w.must(err)
		w.block(1_000)
		if len(out) != 5 {
			t.Fatalf("the reference left %d out, want 5", len(out))
		}
		for _, n := range out {
			w.must(reference.Trim(n))
			w.inState(m, n, model.Trimmed)
		}
		w.sound()
	}
	same(t, "windows", w.parameters(m), reference.Live)
	w.give("bob", m, offers(3, 50)...)
	w.blocks(2)
	w.inState(m, 63, model.Given)
	w.judge()
	w.inState(m, 63, model.Trained)
	w.judge()
	w.sound()
	if got := w.contributor(m, "bob"); got.Open != 0 {
		t.Errorf("bob has %d open", got.Open)
	}
}

func TestAWithdrawnItemWaitsForNoWindow(t *testing.T) {
	w := newWorld(t)
	rules := terms(model.Points)
	rules.Robust = model.Robust{Window: 4}
	m := w.create("ann", rules)
	w.give("bob", m, offers(3, 1)...)
	w.must(w.withdraw("bob", m, 2))
	w.give("bob", m, offers(1, 2)...)
	w.blocks(2)
	w.inState(m, 4, model.Given)
	w.give("bob", m, offers(1, 3)...)
	w.blocks(1)
	w.inState(m, 4, model.Trained)
	w.sound()
}

func TestARetiredModelLetsGoWhatWaits(t *testing.T) {
	w := newWorld(t)
	w.fund("bob")
	rules := terms(model.Deposit)
	rules.Robust = model.Robust{Window: 20}
	rules.Owner, rules.OwnerUntil = person("ann"), w.Now().Add(model.MaxOwn)
	m := w.create("ann", rules)
	w.give("bob", m, offers(3, 1)...)
	_, err := w.msg.Retire(w.Ctx, &modelv1.MsgRetire{Owner: string(person("ann")), Model: string(m)})
	w.must(err)
	w.judge()
	for n := range uint64(3) {
		w.inState(m, n+1, model.Trimmed)
	}
	if got := w.money("bob"); got != rich {
		t.Errorf("bob has %d, want his deposits back: %d", got, rich)
	}
	w.sound()
}
