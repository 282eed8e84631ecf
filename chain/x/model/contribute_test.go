package model_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/host"
	"github.com/alaya-network/alaya/core/model/learn"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

func page(limit uint64) *query.PageRequest { return &query.PageRequest{Limit: limit} }

func TestTheChainLearnsWhatAHostLearns(t *testing.T) {
	for _, family := range []string{learn.Bayes, learn.Arow, learn.Logistic, learn.Centroid, learn.Average, learn.Neighbours} {
		w := newWorld(t)
		rules := terms(model.Points)
		rules.Config.Family = family
		m := w.create("ann", rules)
		reference, err := host.New(person("ann"), 1, rules, nil, w.Now())
		w.must(err)
		for round := range 4 {
			batch := offers(20, round)
			w.give("bob", m, batch...)
			for _, o := range batch {
				_, err := reference.Give(person("bob"), o, model.Now{Height: id.Height(w.Ctx.BlockHeight()), Time: w.Now()})
				w.must(err)
			}
			w.block(1_000)
		}
		if got := w.model(m); got.Root != reference.Model.Root || got.Entries != 80 {
			t.Errorf("%s: root %s after %d entries, want %s", family, got.Root, got.Entries, reference.Model.Root)
		}
		same(t, family, w.parameters(m), reference.Live)
		w.sound()
	}
}

// same fails the test unless the chain has the reference's parameters.
func same(t *testing.T, name string, got []modelv1.Cell, reference *learn.Memory) {
	t.Helper()
	want := reference.Cells()
	if len(got) != len(want) {
		t.Fatalf("%s: %d parameters, want %d", name, len(got), len(want))
	}
	for i, c := range got {
		e := want[i]
		if at := (learn.Cell{Table: uint8(c.Table), Class: c.Class, Index: c.Index}); at != e.Cell || c.Value != e.Value {
			t.Fatalf("%s: parameter %d is %v, want %v", name, i, c, e)
		}
	}
}

func TestAHostileContributionCostsItsSenderOnlyAndNamesTheBound(t *testing.T) {
	w := newWorld(t)
	w.fund("bob")
	m := w.create("ann", terms(model.Deposit))
	before := w.model(m)
	million := make([]uint32, 1_000_000)
	for i := range million {
		million[i] = uint32(i)
	}
	good := offer(0, 1)
	with := func(change func(*model.Offer)) []model.Offer {
		bad := good
		change(&bad)
		return []model.Offer{offer(1, 2), bad}
	}
	tests := []struct {
		name   string
		offers []model.Offer
		kind   fault.Kind
		says   string
	}{
		{"a million indices", with(func(o *model.Offer) { o.Input.Indices = million }), fault.KindLimit, "1 to 1024"},
		{"an index twice", with(func(o *model.Offer) { o.Input.Indices = []uint32{4, 4} }), fault.KindInvalid, "strictly ascending"},
		{"an index out of range", with(func(o *model.Offer) { o.Input.Indices = []uint32{features} }), fault.KindLimit, "0 to 999"},
		{"an index of 2^32-1", with(func(o *model.Offer) { o.Input.Indices = []uint32{1<<32 - 1} }), fault.KindLimit, "0 to 999"},
		{"nothing", with(func(o *model.Offer) { o.Input.Indices = nil }), fault.KindLimit, "1 to 1024"},
		{"values for a family that counts", with(func(o *model.Offer) { o.Input.Values = make([]int64, 10) }), fault.KindInvalid, "takes no values"},
		{"label 2 of two classes", with(func(o *model.Offer) { o.Label = 2 }), fault.KindInvalid, "0 to 1"},
		{"label -1", with(func(o *model.Offer) { o.Label = -1 }), fault.KindInvalid, "0 to 1"},
		{"a consent of 129 bytes", with(func(o *model.Offer) { o.Consent = strings.Repeat("x", 129) }), fault.KindLimit, "0 to 128"},
		{"a content that is no content id", with(func(o *model.Offer) { o.Content = "nonsense" }), fault.KindInvalid, "content"},
		{"no items", nil, fault.KindLimit, "1 to 256"},
		{"257 items", offers(257, 1), fault.KindLimit, "1 to 256"},
	}
	for _, tt := range tests {
		_, err := w.contribute("bob", m, tt.offers...)
		if fault.KindOf(err) != tt.kind || !strings.Contains(fmt.Sprint(err), tt.says) {
			t.Errorf("%s: %v, want kind %s and %q", tt.name, err, tt.kind, tt.says)
		}
	}
	if got := w.model(m); got.Root != before.Root || got.Contributions != 0 || w.money("bob") != rich {
		t.Errorf("root %s, %d contributions, bob has %d: want nothing changed", got.Root, got.Contributions, w.money("bob"))
	}
	w.sound()
}

func TestADepositIsNeverMoreThanOffered(t *testing.T) {
	w := newWorld(t)
	w.fund("bob")
	m := w.create("ann", terms(model.Deposit))
	_, err := w.msg.Contribute(w.Ctx, &modelv1.MsgContribute{
		Author: string(person("bob")), Model: string(m), Offers: protos(offers(3, 1)), MaxDeposit: 3*price - 1,
	})
	w.refused(err, fault.KindFunds)
	_, err = w.contribute("poor", m, offers(1, 1)...)
	if err == nil {
		t.Error("who has nothing paid a deposit")
	}
}

func TestCommittedItemsAreLearntWhenRevealed(t *testing.T) {
	w := newWorld(t)
	w.fund("bob")
	rules := terms(model.Deposit)
	rules.CommitWindow = 10_000
	m := w.create("ann", rules)
	_, err := w.contribute("bob", m, offer(0, 1))
	w.refused(err, fault.KindForbidden)

	list := offers(3, 1)
	salt := [32]byte{7}
	var commitments [][]byte
	for _, o := range list {
		hash := o.Commitment(m, person("bob"), salt)
		commitments = append(commitments, hash[:])
	}
	_, err = w.msg.Commit(w.Ctx, &modelv1.MsgCommit{Author: string(person("bob")), Model: string(m), Commitments: commitments})
	w.must(err)
	w.sound()
	reveal := func(number uint64, o model.Offer, salt []byte) error {
		_, err := w.msg.Reveal(w.Ctx, &modelv1.MsgReveal{Sender: string(person("eve")), Model: string(m), Openings: []modelv1.Opening{
			{Number: number, Offer: wire.ModelOfferToProto(o), Salt: salt},
		}})
		return err
	}
	w.refused(reveal(1, list[1], salt[:]), fault.KindInvalid)
	w.refused(reveal(1, list[0], bytes.Repeat([]byte{8}, 32)), fault.KindInvalid)
	w.refused(reveal(1, list[0], []byte{7}), fault.KindInvalid)
	w.must(reveal(2, list[1], salt[:]))
	w.must(reveal(1, list[0], salt[:]))
	w.refused(reveal(1, list[0], salt[:]), fault.KindState)
	w.inState(m, 1, model.Trained)
	w.sound()

	w.block(10_001)
	w.block(1)
	w.inState(m, 3, model.Lapsed)
	w.refused(reveal(3, list[2], salt[:]), fault.KindState)
	if got := w.money("pool"); got != price {
		t.Errorf("the pool got %d for the lapsed item, want %d", got, price)
	}
	w.judge()
	w.sound()
}

func TestAModelStartsFromItsSeed(t *testing.T) {
	w := newWorld(t)
	var trained learn.Memory
	rules := terms(model.Points)
	l, err := learn.New(rules.Config)
	w.must(err)
	for _, o := range offers(50, 3) {
		l.Update(&trained, o.Input, o.Label)
	}
	seed := learn.EncodeCells(trained.Cells())
	rules.Seed = id.RawCID(seed)
	create := func(seed []byte) (id.ModelID, error) {
		res, err := w.msg.CreateModel(w.Ctx, &modelv1.MsgCreateModel{Creator: string(person("ann")), Terms: wire.ModelTermsToProto(rules), Seed: seed})
		if err != nil {
			return "", err
		}
		return id.ModelID(res.Id), nil
	}
	_, err = create(nil)
	w.refused(err, fault.KindInvalid)
	_, err = create(append(bytes.Clone(seed), 0))
	w.refused(err, fault.KindInvalid)
	m, err := create(seed)
	w.must(err)
	same(t, "seeded", w.parameters(m), &trained)
	again, err := create(nil)
	w.must(err)
	same(t, "seeded by what is known", w.parameters(again), &trained)
	w.sound()
}
