package scenarios_test

import (
	"testing"

	"github.com/alaya-network/alaya/client/learner"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// record is a model as the chain has it.
func (f *fair) record(m id.ModelID) model.Model {
	f.t.Helper()
	found, _, err := learner.Record(f.ctx, f.Client, m)
	if err != nil {
		f.t.Fatal(err)
	}
	return found
}

// duel is a champion with a sealed holdout, and a fork of it.
type duel struct {
	*fair
	holdout  learner.Holdout
	champion id.ModelID
}

const duelSlice = 20

// newDuel makes a champion that has learnt good items and some lies, whose
// creator committed to a holdout of two slices.
func newDuel(t *testing.T) *duel {
	d := &duel{fair: newFair(t, open(t, nil), model.Points, 60_000)}
	var lines []learner.Line
	for i := range 2 * duelSlice {
		lines = append(lines, fairItem(i%4, 10+i))
	}
	d.holdout = learner.SealHoldout(lines, func() []byte { return []byte("salt of sixteen bytes and more") })
	terms := model.Terms{
		Name: "duel", Config: learn.Config{Family: learn.Bayes, Classes: 4, Features: 1 << 12}, Encoder: model.Encoder{Inline: []byte(`{"kind":"hashed","bits":12}`)},
		Licence: "CC0-1.0", Incentive: model.Incentive{Kind: model.Points, Wait: 60_000},
		Holdout: model.Holdout{Root: d.holdout.Root(), Count: uint32(len(lines)), Slice: duelSlice},
	}
	var made modelv1.MsgCreateModelResponse
	d.send(d.treasury, &modelv1.MsgCreateModel{Creator: d.treasury.Address().String(), Terms: wire.ModelTermsToProto(terms)}, &made)
	d.champion, d.model = id.ModelID(made.Id), id.ModelID(made.Id)
	d.teach(0, d.items(8, 0))
	d.teach(1, d.items(24, 1)) // lies
	return d
}

// items are some items, whose labels are wrong by so many.
func (d *duel) items(n, wrong int) (offers []model.Offer) {
	for i := range n {
		line := fairItem(i%4, 30+i)
		offers = append(offers, model.Offer{Input: line.Input, Label: (line.Label + int64(wrong)) % 4})
	}
	return offers
}

// fork begins a model after an entry of the champion's, and waits until it
// stands.
func (d *duel) fork(after uint64) id.ModelID {
	d.t.Helper()
	terms := d.record(d.champion).Terms
	terms.Name, terms.Holdout = "duel, without the lies", model.Holdout{}
	var made modelv1.MsgForkModelResponse
	d.send(d.seller[2], &modelv1.MsgForkModel{
		Creator: d.seller[2].Address().String(), Terms: wire.ModelTermsToProto(terms), At: modelv1.Version{Model: string(d.champion), Entry: after},
	}, &made)
	fork := id.ModelID(made.Id)
	d.until(d.t, "the fork", func() (bool, error) { return !d.record(fork).Replaying(), nil })
	return fork
}

// challenge opens a challenge by a fork.
func (d *duel) challenge(fork id.ModelID) (uint32, error) {
	result, err := d.seller[2].Send(d.ctx, &modelv1.MsgChallenge{
		Sender: d.seller[2].Address().String(), Champion: string(d.champion), Challenger: string(fork), Margin: fixed.One / 10, Within: 600_000,
	})
	if err != nil {
		return 0, err
	}
	var opened modelv1.MsgChallengeResponse
	return opened.Number, result.Response(0, &opened)
}

// score reveals items of the holdout for a challenge.
func (d *duel) score(number uint32, items []learner.Revealed) (model.Challenge, error) {
	msg := &modelv1.MsgScoreChallenge{Sender: d.treasury.Address().String(), Champion: string(d.champion), Number: number}
	for _, r := range items {
		item := modelv1.ProvenItem{Item: wire.ItemToProto(r.Item)}
		for _, h := range r.Path {
			item.Path = append(item.Path, h[:])
		}
		msg.Items = append(msg.Items, item)
	}
	result, err := d.treasury.Send(d.ctx, msg)
	if err != nil {
		return model.Challenge{}, err
	}
	var reply modelv1.MsgScoreChallengeResponse
	if err := result.Response(0, &reply); err != nil {
		return model.Challenge{}, err
	}
	return wire.ModelChallengeFromProto(&reply.Challenge)
}

func (d *duel) slice(first uint32) []learner.Revealed {
	d.t.Helper()
	items, err := d.holdout.Slice(first, duelSlice)
	if err != nil {
		d.t.Fatal(err)
	}
	return items
}

func TestAForkThatDoesBetterOnASealedHoldoutTakesTheChampionsPlace(t *testing.T) {
	d := newDuel(t)
	same, better := d.fork(d.record(d.champion).Entries), d.fork(8)

	// one that is no better fails, and the holdout's first slice is spent
	number, err := d.challenge(same)
	if err != nil || number != 0 {
		t.Fatalf("challenge %d: %v", number, err)
	}
	forged := d.slice(0)
	forged[0].Item.Label = (forged[0].Item.Label + 1) % 4
	if _, err := d.score(0, forged[:1]); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("an item that is not of the holdout: %v", err)
	}
	if c, err := d.score(0, d.slice(0)); err != nil || c.State != model.Failed || c.Losses[0] != c.Losses[1] {
		t.Fatalf("a fork that says the same: %+v, %v", c, err)
	}
	if m := d.record(d.champion); m.State != model.Live || m.Successor != "" {
		t.Fatalf("the champion is %s, its successor %q", m.State, m.Successor)
	}

	// one that is without the lies wins on the second, revealed in two parts
	if number, err = d.challenge(better); err != nil || number != duelSlice {
		t.Fatalf("challenge %d: %v", number, err)
	}
	if _, err := d.score(number, d.slice(0)[:1]); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("an item of the slice before: %v", err)
	}
	rest := d.slice(duelSlice)
	if c, err := d.score(number, rest[:7]); err != nil || c.State != model.Scoring || c.Scored != 7 {
		t.Fatalf("seven items: %+v, %v", c, err)
	}
	c, err := d.score(number, rest[7:])
	if err != nil || c.State != model.Promoted || c.Losses[1] >= c.Losses[0] {
		t.Fatalf("all items: %+v, %v", c, err)
	}
	m := d.record(d.champion)
	if m.State != model.Replaced || m.Successor != better {
		t.Errorf("the champion is %s, its successor %q, want %s", m.State, m.Successor, better)
	}
	res, err := d.Client.Model().Entries(d.ctx, &modelv1.QueryEntriesRequest{Model: string(d.champion)})
	if err != nil {
		t.Fatal(err)
	}
	if last := res.Entries[len(res.Entries)-1]; last.Other != string(better) {
		t.Errorf("the log ends with %+v", last)
	}

	// the champion learns no more, its successor does; no holdout is left
	if _, err := d.seller[0].Send(d.ctx, &modelv1.MsgContribute{
		Author: d.seller[0].Address().String(), Model: string(d.champion), Offers: []modelv1.Offer{wire.ModelOfferToProto(d.items(1, 0)[0])},
	}); !fault.Is(err, fault.KindState) {
		t.Errorf("the champion that was replaced learns: %v", err)
	}
	d.model = better
	d.teach(0, d.items(2, 0))
	d.sound(t)
}
