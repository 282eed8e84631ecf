package model_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/learn"
)

func TestTheRootIsTheChainOverTheLog(t *testing.T) {
	one, two := newHost(t, terms(learn.Bayes)), newHost(t, terms(learn.Bayes))
	for k := range 5 {
		give(t, one, bob, offer(k, int64(k%2)), int64(k))
		give(t, two, bob, offer(k, int64(k%2)), int64(k))
	}
	if one.Model.Root != two.Model.Root || one.Live.Root() != two.Live.Root() {
		t.Errorf("the same story gave roots %s and %s", one.Model.Root, two.Model.Root)
	}
	give(t, two, bob, offer(9, 1), 9)
	if one.Model.Root == two.Model.Root {
		t.Errorf("different stories share the root %s", one.Model.Root)
	}
	check(t, one)
	check(t, two)
	if other, err := model.Create(ann, 2, terms(learn.Bayes), start); err != nil || other.Root == newHost(t, terms(learn.Bayes)).Model.Root {
		t.Errorf("two models of one creator share the first root (%v)", err)
	}
}

func TestEntriesOfDifferentFactsHaveDifferentRoots(t *testing.T) {
	base := model.Entry{Number: 1, Kind: model.EntryTrain, Contribution: 1, Height: 1, At: 1}
	seen := map[id.Hash]model.Entry{}
	for _, change := range []func(*model.Entry){
		func(*model.Entry) {}, func(e *model.Entry) { e.Number = 2 }, func(e *model.Entry) { e.Kind = model.EntryRemove },
		func(e *model.Entry) { e.Contribution = 2 }, func(e *model.Entry) { e.Item[0] = 1 }, func(e *model.Entry) { e.To = 1 },
		func(e *model.Entry) { e.Generation = 1 }, func(e *model.Entry) { e.Other = "x" }, func(e *model.Entry) { e.Height = 2 },
		func(e *model.Entry) { e.At = 2 },
	} {
		e := base
		change(&e)
		root := e.Chain(id.Hash{})
		if twin, ok := seen[root]; ok {
			t.Errorf("%+v and %+v share the root %s", e, twin, root)
		}
		seen[root] = e
	}
}

func TestNobodyOwnsAModelUnlessItWasChosen(t *testing.T) {
	free, own := newHost(t, terms(learn.Bayes)), newHost(t, owned(learn.Bayes))
	tests := []struct {
		name string
		host *model.Model
		by   id.Address
		now  id.Time
		ok   bool
	}{
		{"the creator of a free model", &free.Model, ann, start, false},
		{"nobody", &free.Model, "", start, false},
		{"the owner", &own.Model, ann, start, true},
		{"the owner, a moment before the end", &own.Model, ann, own.Model.Terms.OwnerUntil - 1, true},
		{"the owner at the end", &own.Model, ann, own.Model.Terms.OwnerUntil, false},
		{"another", &own.Model, bob, start, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, err := tt.host.Retire(tt.by, tt.now)
			if (err == nil) != tt.ok || (m.State == model.Retired) != tt.ok {
				t.Errorf("Retire = %s, %v, want success %t", m.State, err, tt.ok)
			}
			if !tt.ok && !fault.Is(err, fault.KindForbidden) {
				t.Errorf("Retire = %v, want kind forbidden", err)
			}
		})
	}
}

func TestARetiredModelTakesNothingMore(t *testing.T) {
	h := newHost(t, owned(learn.Bayes))
	give(t, h, bob, offer(1, 1), 1)
	var err error
	if h.Model, err = h.Model.Retire(ann, start); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Give(bob, offer(2, 1), at(2)); !fault.Is(err, fault.KindState) {
		t.Errorf("Give = %v, want kind state", err)
	}
	if err := h.Withdraw(bob, 1, at(3)); err != nil {
		t.Errorf("consent may always be withdrawn: %v", err)
	}
	check(t, h)
}

func TestACommitmentBindsAndIsOpenedInTime(t *testing.T) {
	x := terms(learn.Bayes)
	x.CommitWindow = 10_000
	o, salt := offer(1, 1), [32]byte{7}
	tests := []struct {
		name    string
		offer   model.Offer
		salt    [32]byte
		seconds int64
		kind    fault.Kind
	}{
		{"in time", o, salt, 10, fault.KindNone},
		{"too late", o, salt, 11, fault.KindState},
		{"another item", offer(2, 1), salt, 5, fault.KindInvalid},
		{"another label", model.Offer{Input: o.Input, Label: 0}, salt, 5, fault.KindInvalid},
		{"another consent", model.Offer{Input: o.Input, Label: 1, Consent: "none"}, salt, 5, fault.KindInvalid},
		{"another salt", o, [32]byte{8}, 5, fault.KindInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := newHost(t, x)
			if _, err := h.Give(bob, o, at(0)); !fault.Is(err, fault.KindForbidden) {
				t.Errorf("an open contribution: %v, want kind forbidden", err)
			}
			c, err := h.Commit(bob, o.Commitment(h.Model.ID, bob, salt), at(0))
			if err != nil {
				t.Fatal(err)
			}
			_, err = h.Reveal(c.Number, tt.offer, tt.salt, at(tt.seconds))
			if fault.KindOf(err) != tt.kind {
				t.Errorf("Reveal = %v, want kind %s", err, tt.kind)
			}
			check(t, h)
		})
	}
}

func TestACopiedCommitmentCannotBeOpenedByTheCopier(t *testing.T) {
	x := terms(learn.Bayes)
	x.CommitWindow = 10_000
	h := newHost(t, x)
	o, salt := offer(1, 1), [32]byte{7}
	first, err := h.Commit(ann, o.Commitment(h.Model.ID, ann, salt), at(0))
	if err != nil {
		t.Fatal(err)
	}
	copied, err := h.Commit(bob, first.Commitment, at(1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Reveal(first.Number, o, salt, at(2)); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Reveal(copied.Number, o, salt, at(3)); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("the copier opened ann's commitment: %v", err)
	}
	c, err := h.Item(copied.Number)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := c.Lapse(h.Contributor(bob), at(11).Time); !fault.Is(err, fault.KindState) {
		t.Errorf("lapsed before its deadline: %v", err)
	}
	c, who, err := c.Lapse(h.Contributor(bob), at(12).Time)
	if err != nil || c.State != model.Lapsed || who.Lapsed != 1 || who.Open != 0 || who.Check() != nil {
		t.Errorf("Lapse = %s, %+v, %v", c.State, who, err)
	}
}
