package model_test

import (
	"testing"

	xmodel "github.com/alaya-network/alaya/chain/x/model"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/merkle"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/bounty"
	"github.com/alaya-network/alaya/core/num"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// fair is a market with what its parties keep to themselves.
type fair struct {
	*world
	model  id.ModelID
	number uint64
	slices [][]model.Item
	tree   *merkle.Tree
}

const (
	bountyPaid = 1_000_000
	bond       = 50_000
	stake      = 20_000
	phase      = 100_000
	perSlice   = 30
)

// newFair opens a market of eight slices on a new model.
func newFair(t *testing.T) *fair {
	f := &fair{world: newWorld(t)}
	f.fund("prov", "good", "bad", "copy", "late", "fine")
	f.model = f.create("ann", terms(model.Bounty))
	var leaves [][]byte
	for s := range uint32(8) {
		var slice []model.Item
		for n := range uint32(perSlice) {
			o := offer(int64(n%2), int(5_000+100*s+n))
			item := model.Item{Input: o.Input, Label: o.Label, Salt: []byte("salt of sixteen bytes and more")}
			slice = append(slice, item)
			leaves = append(leaves, bounty.Leaf(item, s, n))
		}
		f.slices = append(f.slices, slice)
	}
	f.tree = merkle.NewTree(leaves)
	now := f.Now()
	rules := bounty.Terms{
		Root: f.tree.Root(), Measure: bounty.CrossEntropy, Cap: 4 * one, Bounty: bountyPaid, Bond: bond, Stake: stake, Batches: 10,
		SampleBy: now.Add(phase), JoinBy: now.Add(2 * phase), OpenBy: now.Add(3 * phase), RevealBy: now.Add(4 * phase),
	}
	for range f.slices {
		rules.Slices = append(rules.Slices, perSlice)
	}
	res, err := f.msg.OpenMarket(f.Ctx, &modelv1.MsgOpenMarket{Provider: string(person("prov")), Model: string(f.model), Terms: wire.MarketTermsToProto(rules)})
	f.must(err)
	f.number = res.Market
	return f
}

func (f *fair) market() bounty.Market {
	f.t.Helper()
	m, err := f.keeper.Market(f.Ctx, f.model, f.number)
	f.must(err)
	return m
}

// stands fails the test unless the market is in that state.
func (f *fair) stands(want bounty.State) {
	f.t.Helper()
	if m := f.market(); m.State != want {
		f.t.Fatalf("the market is %s, want %s", m.State, want)
	}
}

// reveal brings the next n test items.
func (f *fair) reveal(n int) error {
	m := f.market()
	var items []modelv1.ProvenItem
	for range n {
		slice, number, leaf := m.Next()
		path, err := f.tree.Proof(uint64(leaf))
		f.must(err)
		item := modelv1.ProvenItem{Item: wire.ItemToProto(f.slices[slice][number])}
		for _, h := range path {
			item.Path = append(item.Path, h[:])
		}
		items = append(items, item)
		m.Revealed++
	}
	_, err := f.msg.RevealTest(f.Ctx, &modelv1.MsgRevealTest{Sender: string(person("relay")), Model: string(f.model), Market: f.number, Items: items})
	return err
}

func (f *fair) join(who string, list []model.Offer) uint32 {
	f.t.Helper()
	commitment := bounty.Commitment(f.model, f.number, person(who), list, [32]byte{1})
	res, err := f.msg.JoinMarket(f.Ctx, &modelv1.MsgJoinMarket{
		Author: string(person(who)), Model: string(f.model), Market: f.number, Commitment: commitment[:], Stake: stake,
	})
	f.must(err)
	return res.Batch
}

func (f *fair) openBatch(number uint32, list []model.Offer) error {
	salt := [32]byte{1}
	_, err := f.msg.OpenBatch(f.Ctx, &modelv1.MsgOpenBatch{
		Sender: string(person("relay")), Model: string(f.model), Market: f.number, Batch: number, Offers: protos(list), Salt: salt[:],
	})
	return err
}

func flipped(list []model.Offer) []model.Offer {
	for i := range list {
		list[i].Label = 1 - list[i].Label
	}
	return list
}

// toScoring plays the market up to its scoring: good and fine help, bad lies,
// late never opens.
func toScoring(t *testing.T) *fair {
	f := newFair(t)
	f.blocks(3)
	f.stands(bounty.Sampling)
	f.must(f.reveal(perSlice))
	f.stands(bounty.Joining)
	batches := map[string][]model.Offer{"good": offers(30, 1), "bad": flipped(offers(30, 2)), "late": offers(5, 3), "fine": offers(30, 4)}
	numbers := map[string]uint32{}
	for _, who := range []string{"good", "bad", "late", "fine"} {
		numbers[who] = f.join(who, batches[who])
	}
	f.sound()
	f.block(2 * phase)
	f.block(1)
	f.stands(bounty.Opening)
	for _, who := range []string{"good", "bad", "fine"} {
		f.must(f.openBatch(numbers[who], batches[who]))
	}
	f.refused(f.openBatch(numbers["late"], batches["good"]), fault.KindInvalid)
	f.sound()
	f.block(phase)
	f.block(1)
	f.stands(bounty.Revealing)
	f.refused(f.openBatch(numbers["late"], batches["late"]), fault.KindState)
	f.sound()
	for range 7 {
		f.must(f.reveal(perSlice))
	}
	f.sound()
	for range 6 {
		if f.market().State == bounty.Scoring {
			return f
		}
		f.block(1_000)
	}
	f.stands(bounty.Scoring)
	return f
}

func TestAMarketPaysForImprovementWithinItsBounty(t *testing.T) {
	f := toScoring(t)
	for range 60 {
		if f.market().State == bounty.Done {
			break
		}
		f.block(1_000)
		f.sound()
	}
	f.stands(bounty.Done)
	m := f.market()
	if m.Held != 0 || m.Score.Paid <= 0 || m.Score.Paid > bountyPaid {
		t.Errorf("paid %d of %d, %s held", m.Score.Paid, bountyPaid, m.Held)
	}
	if good, fine := f.money("good"), f.money("fine"); good+fine <= 2*rich {
		t.Errorf("good has %d, fine %d: want more than %d together", good, fine, 2*rich)
	}
	if bad, late := f.money("bad"), f.money("late"); bad >= rich || late != rich-stake {
		t.Errorf("bad has %d, late %d: want less than %d, and %d", bad, late, rich, rich-stake)
	}
	if got := f.model.String(); f.keeperModel(got).Entries == 0 {
		t.Error("the model has learnt nothing")
	}
	sum := f.money("pool")
	for _, who := range []string{"prov", "good", "bad", "copy", "late", "fine"} {
		sum += f.money(who)
	}
	if sum != 6*rich || f.ModuleBalance(holder) != 0 {
		t.Errorf("people have %d, the ledger %d: want %d and 0", sum, f.ModuleBalance(holder), 6*rich)
	}
	if got := f.contributor(f.model, "good"); got.Confirmed != 30 {
		t.Errorf("good has %d confirmed, want 30", got.Confirmed)
	}
}

func (f *fair) keeperModel(m string) model.Model { return f.world.model(id.ModelID(m)) }

func TestAMarketEndsWhoeverIsSilent(t *testing.T) {
	t.Run("the provider hides the sample", func(t *testing.T) {
		f := newFair(t)
		f.blocks(3)
		f.block(phase)
		f.blocks(2)
		f.stands(bounty.Void)
		if got := f.money("prov"); got != rich-bond {
			t.Errorf("the provider has %d, want all but the bond", got)
		}
		f.sound()
	})
	t.Run("nobody joins", func(t *testing.T) {
		f := newFair(t)
		f.blocks(3)
		f.must(f.reveal(perSlice))
		f.block(2 * phase)
		f.blocks(2)
		f.stands(bounty.Void)
		if got := f.money("prov"); got != rich {
			t.Errorf("the provider has %d, want all", got)
		}
		f.sound()
	})
	t.Run("the provider hides the test set", func(t *testing.T) {
		f := newFair(t)
		f.blocks(3)
		f.must(f.reveal(perSlice))
		batch := offers(3, 1)
		number := f.join("good", batch)
		f.block(2 * phase)
		f.block(1)
		f.must(f.openBatch(number, batch))
		f.block(phase)
		f.block(phase)
		f.blocks(3)
		f.stands(bounty.Failed)
		if got := f.money("good"); got != rich+bountyPaid+bond {
			t.Errorf("who was there has %d, want bounty and bond on top of %d", got, rich)
		}
		f.sound()
	})
}

func TestACopierEarnsNothingInAMarket(t *testing.T) {
	f := toScoring(t)
	f.blocks(60)
	f.stands(bounty.Done)
	second := &fair{world: f.world, model: f.model, slices: f.slices, tree: f.tree}
	rules := f.market().Terms
	now := f.Now()
	rules.SampleBy, rules.JoinBy, rules.OpenBy, rules.RevealBy = now.Add(phase), now.Add(2*phase), now.Add(3*phase), now.Add(4*phase)
	res, err := f.msg.OpenMarket(f.Ctx, &modelv1.MsgOpenMarket{Provider: string(person("prov")), Model: string(f.model), Terms: wire.MarketTermsToProto(rules)})
	f.must(err)
	second.number = res.Market
	second.blocks(3)
	f.must(second.reveal(perSlice))
	copied := offers(30, 1) // good's
	number := second.join("copy", copied)
	f.block(2 * phase)
	f.block(1)
	f.must(second.openBatch(number, copied))
	f.block(phase)
	f.block(1)
	for range 7 {
		f.must(second.reveal(perSlice))
	}
	f.blocks(20)
	second.stands(bounty.Done)
	if got := f.money("copy"); got != rich {
		t.Errorf("the copier has %d, want %d", got, rich)
	}
	f.sound()
}

func TestAMarketKilledInItsRewardsPaysTheSame(t *testing.T) {
	whole, killed := toScoring(t), toScoring(t)
	w := killed.world
	for range 60 {
		whole.block(1_000)
		g, err := w.keeper.ExportGenesis(w.Ctx)
		w.must(err)
		next := newWorld(t)
		next.takeOver(w, g)
		w = next
		w.block(1_000)
	}
	whole.stands(bounty.Done)
	(&fair{world: w, model: killed.model, number: killed.number}).stands(bounty.Done)
	for _, who := range []string{"prov", "good", "bad", "late", "fine", "pool"} {
		if a, b := whole.money(who), w.money(who); a != b {
			t.Errorf("%s has %d, after restarts %d", who, a, b)
		}
	}
	if a, b := whole.world.model(whole.model), w.model(killed.model); a.Root != b.Root {
		t.Errorf("root %s, after restarts %s", a.Root, b.Root)
	}
	w.sound()
}

// takeOver makes a new chain of an exported state, with the same money in the
// same hands at the same height.
func (w *world) takeOver(from *world, g *modelv1.GenesisState) {
	w.t.Helper()
	w.Ctx = w.Ctx.WithBlockHeader(from.Ctx.BlockHeader())
	for _, who := range []string{"prov", "good", "bad", "copy", "late", "fine", "pool", "ann", "bob", "cat", "dan", "eve"} {
		if ualy := from.money(who); ualy > 0 {
			w.Fund(sdkAddress(who), ualy)
		}
	}
	if ualy := from.ModuleBalance(holder); ualy > 0 {
		w.Fund(sdkAddress("mover"), ualy)
		w.must(w.Bank.SendCoinsFromAccountToModule(w.Ctx, sdkAddress("mover"), holder, coins(num.Amount(ualy))))
	}
	w.must(from.flow.copyTo(from.Ctx, w.flow, w.Ctx))
	w.must(xmodel.ValidateGenesis(g))
	w.must(w.keeper.InitGenesis(w.Ctx, g))
	w.must(w.keeper.Invariants(w.Ctx))
}
