package bounty_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/bounty"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/model/simulate"
	"github.com/alaya-network/alaya/core/num"
)

// flipped returns items with the other label.
func flipped(all []model.Offer) []model.Offer {
	all = slices.Clone(all)
	for k := range all {
		all[k].Label = 1 - all[k].Label
	}
	return all
}

func TestAMarketMovesAlongItsTable(t *testing.T) {
	may := map[bounty.State][]bounty.State{
		bounty.Sampling: {bounty.Joining, bounty.Void}, bounty.Joining: {bounty.Opening, bounty.Void},
		bounty.Opening: {bounty.Revealing, bounty.Void}, bounty.Revealing: {bounty.Drawing, bounty.Failed},
		bounty.Drawing: {bounty.Scoring}, bounty.Scoring: {bounty.Done},
	}
	for from := bounty.State(0); from <= bounty.Void+1; from++ {
		for to := bounty.State(0); to <= bounty.Void+1; to++ {
			if got, want := from.CanMove(to), slices.Contains(may[from], to); got != want {
				t.Errorf("%s to %s: %t, want %t", from, to, got, want)
			}
		}
		if from > 0 && from <= bounty.Void && from.Over() != (len(may[from]) == 0) {
			t.Errorf("%s: over %t", from, from.Over())
		}
	}
}

func TestABatchMovesAlongItsTable(t *testing.T) {
	may := map[bounty.BatchState][]bounty.BatchState{
		bounty.Committed: {bounty.Opened, bounty.Forfeited}, bounty.Opened: {bounty.Kept, bounty.Undone, bounty.Returned},
	}
	for from := bounty.BatchState(0); from <= bounty.Forfeited+1; from++ {
		for to := bounty.BatchState(0); to <= bounty.Forfeited+1; to++ {
			if got, want := from.CanMove(to), slices.Contains(may[from], to); got != want {
				t.Errorf("%s to %s: %t, want %t", from, to, got, want)
			}
		}
	}
}

// drawEntries makes up who enters what.
func drawEntries(t *rapid.T) []entry {
	var all []entry
	for k := range rapid.IntRange(0, 6).Draw(t, "batches") {
		offers := simulate.Synthetic(rapid.Uint64Range(0, 50).Draw(t, "data"), rapid.IntRange(1, 12).Draw(t, "items"))
		if rapid.IntRange(0, 2).Draw(t, "lies") == 0 {
			offers = flipped(offers)
		}
		all = append(all, entry{
			who: id.Address(fmt.Sprintf("alaya1w%d", rapid.IntRange(0, 3).Draw(t, "who"))), offers: offers,
			stake: num.Amount(rapid.Int64Range(10, 5_000).Draw(t, fmt.Sprint("stake ", k))), silent: rapid.IntRange(0, 4).Draw(t, "silent") == 0,
		})
	}
	return all
}

func TestNoMarketPaysMoreThanItsBountyNorLosesAUnit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := newFair(t, simulate.Synthetic(99, 32), simulate.Synthetic(7, rapid.IntRange(0, 30).Draw(t, "known")))
		f.m.Terms.Measure = rapid.SampledFrom([]bounty.Measure{bounty.CrossEntropy, bounty.Mistakes}).Draw(t, "measure")
		if f.m.Terms.Measure == bounty.CrossEntropy {
			f.m.Terms.Cap = 4 * fixed.One
		}
		run(t, f, drawEntries(t), [2]byte{rapid.Byte().Draw(t, "sample"), rapid.Byte().Draw(t, "order")}, rapid.Uint32Range(1, 99).Draw(t, "budget"))
		sum := int64(0)
		for _, b := range f.batches {
			sum += b.Pay
		}
		if sum != f.m.Score.Paid || sum > int64(f.m.Terms.Bounty) {
			t.Fatalf("pay of all batches %d, of the last loss %d, bounty %s", sum, f.m.Score.Paid, f.m.Terms.Bounty)
		}
		if gain := f.gain(provider); gain > 0 {
			t.Fatalf("the provider gained %d", gain)
		}
		if err := f.h.Check(); err != nil {
			t.Fatal(err)
		}
	})
}

func TestPayIsTheLossTakenAway(t *testing.T) {
	train := simulate.Synthetic(3, 120)
	f := newFair(t, simulate.Synthetic(99, 200), train[:4])
	entries := []entry{
		{who: "alaya1good", offers: train[4:60], stake: 1_000},
		{who: "alaya1bad", offers: flipped(train[60:120]), stake: 60_000},
	}
	run(t, f, entries, [2]byte{1, 2}, 50)
	good, bad := f.batches[0], f.batches[1]
	if good.State != bounty.Kept || good.Pay <= 0 || f.gain("alaya1good") != good.Pay {
		t.Errorf("true items: %s, pay %d, gain %d", good.State, good.Pay, f.gain("alaya1good"))
	}
	if bad.State != bounty.Kept || bad.Pay >= 0 || f.gain("alaya1bad") != bad.Pay {
		t.Errorf("flipped items with a large stake: %s, pay %d, gain %d", bad.State, bad.Pay, f.gain("alaya1bad"))
	}
}

func TestDamageThatTheStakeDoesNotCoverIsUndone(t *testing.T) {
	train := simulate.Synthetic(3, 120)
	f := newFair(t, simulate.Synthetic(99, 200), train[:60])
	before := f.h.Live.Root()
	run(t, f, []entry{{who: "alaya1bad", offers: flipped(train[60:120]), stake: 10}}, [2]byte{1, 2}, 50)
	if b := f.batches[0]; b.State != bounty.Undone || f.gain("alaya1bad") != -10 || f.holder.Pool() != 10 {
		t.Errorf("batch %s, gain %d, pool %s", b.State, f.gain("alaya1bad"), f.holder.Pool())
	}
	if f.h.Live.Root() != before || f.gain(provider) != 0 {
		t.Errorf("the damage stayed, or the provider gained %d", f.gain(provider))
	}
}

func TestSplittingAContributorChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := drawEntries(t)
		blocks := [2]byte{rapid.Byte().Draw(t, "sample"), rapid.Byte().Draw(t, "order")}
		play := func(entries []entry) []int64 {
			f := newFair(t, simulate.Synthetic(99, 32), simulate.Synthetic(7, 10))
			run(t, f, entries, blocks, 99)
			var pays []int64
			for _, b := range f.byNumber() {
				pays = append(pays, b.Pay)
			}
			return pays
		}
		one := play(entries)
		for k := range entries {
			entries[k].who = id.Address(fmt.Sprintf("alaya1sybil%d", k))
		}
		if many := play(entries); !slices.Equal(one, many) {
			t.Fatalf("pay %v under own names, %v under many", one, many)
		}
	})
}

// D17: DCAI's market learns again in every restart.
func TestAMarketStoppedAtAnyCursorPaysTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := drawEntries(t)
		play := func(budget func() uint32) (*fair, []bounty.Batch) {
			f := newFair(t, simulate.Synthetic(99, 24), simulate.Synthetic(7, 10))
			for _, who := range []id.Address{"alaya1w0", "alaya1w1", "alaya1w2", "alaya1w3"} {
				f.fund(who)
			}
			f.sample(1)
			f.join(entries)
			f.show()
			if f.m.State == bounty.Drawing {
				f.draw(2)
			}
			for f.m.State == bounty.Scoring {
				m, held := f.m, f.holder.Clone()
				f.step(budget())
				if f.m.State == bounty.Scoring && f.m.Score.Place == m.Score.Place { // killed before it was saved: once more
					f.m, f.holder = m, held
					f.step(budget())
				}
			}
			f.release()
			return f, f.byNumber()
		}
		once, want := play(func() uint32 { return 1_000 })
		often, got := play(func() uint32 { return rapid.Uint32Range(1, 9).Draw(t, "budget") })
		if !slices.EqualFunc(want, got, func(a, b bounty.Batch) bool { return a.Pay == b.Pay && a.State == b.State }) {
			t.Fatalf("at once %+v, with stops %+v", want, got)
		}
		if once.h.Live.Root() != often.h.Live.Root() || once.gain(provider) != often.gain(provider) {
			t.Fatalf("another model or another bill: %d, %d", once.gain(provider), often.gain(provider))
		}
	})
}

func TestCopiersAndNoiseDoNotProfit(t *testing.T) {
	const seeds = 200
	var copier, noise, honest int64
	for seed := range uint64(seeds) {
		train := simulate.Synthetic(1_000+seed, 60)
		mixed := simulate.Synthetic(5_000+seed, 16)
		for k := range mixed {
			mixed[k].Label = int64((seed + uint64(k*k)/3) % 2)
		}
		f := newFair(t, simulate.Synthetic(9_000+seed, 64), train[:20])
		run(t, f, []entry{
			{who: "alaya1honest", offers: train[20:60], stake: 20_000},
			{who: "alaya1copier", offers: train[:16], stake: 20_000},
			{who: "alaya1noise", offers: mixed, stake: 20_000},
		}, [2]byte{byte(seed), byte(3 * seed)}, 1_000)
		honest += f.gain("alaya1honest")
		copier += f.gain("alaya1copier")
		noise += f.gain("alaya1noise")
	}
	t.Logf("mean gain over %d seeds, of a bounty of 100003: honest %d, copier %d, noise %d", seeds, honest/seeds, copier/seeds, noise/seeds)
	if copier > 0 || noise > 0 || honest <= 0 {
		t.Errorf("gains over %d seeds: honest %d, copier %d, noise %d", seeds, honest, copier, noise)
	}
}

// D13: the label of a test item must not follow from its leaf.
func TestLeavesHideLabelsBehindASalt(t *testing.T) {
	o := simulate.Synthetic(1, 1)[0]
	item := model.Item{Input: o.Input, Label: 0, Salt: make([]byte, model.MinSalt)}
	leaf := bounty.Leaf(item, 0, 0)
	for k, change := range []func(*model.Item){
		func(i *model.Item) { i.Label = 1 }, func(i *model.Item) { i.Salt = append([]byte{1}, i.Salt[1:]...) },
	} {
		other := item
		change(&other)
		if slices.Equal(leaf, bounty.Leaf(other, 0, 0)) {
			t.Errorf("change %d does not show in the leaf", k)
		}
	}
	if slices.Equal(leaf, bounty.Leaf(item, 1, 0)) || slices.Equal(leaf, bounty.Leaf(item, 0, 1)) {
		t.Error("a leaf fits two places")
	}
	item.Salt = item.Salt[1:]
	if err := item.Check(learn.Config{Family: learn.Bayes, Classes: 2, Features: simulate.SyntheticFeatures}); !fault.Is(err, fault.KindLimit) {
		t.Errorf("a short salt: %v, want kind limit", err)
	}
}

// D14: DCAI's provider may draw again until the slice suits him.
func TestTheSampleIsDrawnOnceByALaterBlock(t *testing.T) {
	f := newFair(t, simulate.Synthetic(99, 32), nil)
	if _, err := f.m.Draw(id.Hash{1}, nil, f.now); !fault.Is(err, fault.KindState) {
		t.Errorf("drawn by the block of the commitment: %v", err)
	}
	f.draw(1)
	if _, err := f.m.Draw(id.Hash{2}, nil, f.now); !fault.Is(err, fault.KindState) {
		t.Errorf("drawn twice: %v", err)
	}
	seen := map[uint32]bool{}
	for block := range byte(100) {
		g := newFair(t, simulate.Synthetic(99, 32), nil)
		g.draw(block)
		seen[g.m.Sample] = true
	}
	if len(seen) != bounty.MinSlices {
		t.Errorf("100 blocks drew %d of %d slices", len(seen), bounty.MinSlices)
	}
}

func TestTheSampleIsNeverScored(t *testing.T) {
	f := newFair(t, simulate.Synthetic(99, 33), nil)
	f.sample(1)
	items, first := f.m.Scored()
	if first != f.m.Terms.Slices[f.m.Sample] || items+first != 33 || f.m.State != bounty.Joining {
		t.Errorf("%d items from %d on, sample of %d, %s", items, first, f.m.Terms.Slices[f.m.Sample], f.m.State)
	}
}
