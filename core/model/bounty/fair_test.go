package bounty_test

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/escrow/memory"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/merkle"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/bounty"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/host"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/model/simulate"
	"github.com/alaya-network/alaya/core/num"
)

const (
	start    id.Time    = 1_800_000_000_000
	provider id.Address = "alaya1provider"
	rich                = 10_000_000
)

type fatal interface{ Fatal(...any) }

// entry is a batch that somebody wants to enter.
type entry struct {
	who    id.Address
	offers []model.Offer
	stake  num.Amount
	silent bool // never opened
}

func (e entry) salt() [32]byte { return [32]byte{1, byte(len(e.offers))} }

// fair is a market with all that belongs to it.
type fair struct {
	t       fatal
	h       *host.Host
	m       bounty.Market
	batches []bounty.Batch
	items   []model.Item // of the test set, slice by slice
	shown   []model.Item // as revealed
	tree    *merkle.Tree
	holder  *memory.Holder
	now     model.Now
}

func terms() model.Terms {
	return model.Terms{
		Name: "reviews", Licence: "CC0-1.0", Encoder: model.Encoder{Inline: []byte("{}")},
		Config:    learn.Config{Family: learn.Bayes, Classes: 2, Features: simulate.SyntheticFeatures},
		Incentive: model.Incentive{Kind: model.Bounty},
	}
}

// offerTerms are a market's, over slices of so many items.
func offerTerms(root id.Hash, slices []uint32) bounty.Terms {
	return bounty.Terms{
		Root: root, Slices: slices, Measure: bounty.Mistakes, Cap: fixed.One,
		Bounty: 100_003, Bond: 10_007, Stake: 10, Batches: 40,
		SampleBy: start.Add(10_000), JoinBy: start.Add(20_000), OpenBy: start.Add(30_000), RevealBy: start.Add(40_000),
	}
}

// newFair opens a market whose test set are these items, on a model that knows
// those.
func newFair(t fatal, test, known []model.Offer) *fair {
	h, err := host.New(provider, 1, terms(), nil, start)
	f := &fair{t: t, h: h, holder: memory.NewHolder(), now: model.Now{Height: 100, Time: start}}
	f.ok(err)
	for _, o := range known {
		f.train(provider, o, model.Undecided)
	}
	sizes := make([]uint32, bounty.MinSlices)
	var leaves [][]byte
	for k, o := range test {
		slice := k * len(sizes) / len(test)
		item := model.Item{Input: o.Input, Label: o.Label, Salt: fmt.Appendf(nil, "salt of item %5d", k)}
		f.items = append(f.items, item)
		leaves = append(leaves, bounty.Leaf(item, uint32(slice), sizes[slice]))
		sizes[slice]++
	}
	f.tree = merkle.NewTree(leaves)
	f.fund(provider)
	m, moves, err := bounty.Open(h.Model, bounty.Market{}, provider, offerTerms(f.tree.Root(), sizes), f.now)
	f.ok(err)
	f.m = m
	f.carry(moves)
	return f
}

func (f *fair) ok(err error) {
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *fair) fund(who id.Address) { f.holder.Fund(who, rich) }

func (f *fair) carry(moves []escrow.Transfer) {
	f.ok(escrow.Carry(f.holder, moves))
	f.check()
}

func (f *fair) check() {
	f.ok(f.holder.Check())
	f.ok(f.m.Check())
	held, err := f.holder.Balance(f.m.Account())
	f.ok(err)
	if held != f.m.Held {
		f.t.Fatal("the account holds", held, "the market says", f.m.Held)
	}
	for _, b := range f.batches {
		f.ok(b.Check())
	}
}

// train lets the model learn an item that a market kept.
func (f *fair) train(who id.Address, o model.Offer, v model.Verdict) {
	c, err := f.h.Give(who, o, f.now)
	f.ok(err)
	f.ok(f.h.Settle(c.Number, v))
}

// to goes on to a time, in ms since the start.
func (f *fair) to(ms int64) {
	f.now.Time = start.Add(ms)
	f.now.Height = 100 + id.Height(ms/1_000)
}

// draw makes the draw that is due.
func (f *fair) draw(block byte) {
	f.now.Height = max(f.now.Height, f.m.Height)
	var opened []uint32
	for _, b := range f.batches {
		if b.State == bounty.Opened {
			opened = append(opened, b.Number)
		}
	}
	m, err := f.m.Draw(id.Hash{block}, opened, f.now)
	f.ok(err)
	f.m = m
}

// reveal shows the next n test items.
func (f *fair) reveal(n int) {
	for range n {
		_, _, leaf := f.m.Next()
		path, err := f.tree.Proof(uint64(leaf))
		f.ok(err)
		m, err := f.m.Reveal(f.h.Model, f.items[leaf], path, f.now)
		f.ok(err)
		f.m = m
		f.shown = append(f.shown, f.items[leaf])
		f.check()
	}
}

// sample draws and reveals the sample.
func (f *fair) sample(block byte) {
	f.draw(block)
	f.reveal(int(f.m.Terms.Slices[f.m.Sample]))
}

func (f *fair) advance() {
	m, moves, err := f.m.Advance(f.now.Time)
	f.ok(err)
	f.m = m
	f.carry(moves)
}

// join enters batches and opens those that are not silent.
func (f *fair) join(entries []entry) {
	for _, e := range entries {
		c := bounty.Commitment(f.m.Model, f.m.Number, e.who, e.offers, e.salt())
		m, b, moves, err := f.m.Join(e.who, c, e.stake, f.now.Time)
		f.ok(err)
		f.m = m
		f.batches = append(f.batches, b)
		f.carry(moves)
	}
	f.to(20_001)
	f.advance()
	for k, e := range entries {
		if f.m.State != bounty.Opening || e.silent {
			continue
		}
		m, b, err := f.m.OpenBatch(f.h.Model, f.batches[k], e.offers, e.salt(), f.h.Copied, f.now.Time)
		f.ok(err)
		f.m, f.batches[k] = m, b
	}
	f.check()
}

// show ends the opening and reveals the rest of the test set.
func (f *fair) show() {
	f.to(30_001)
	if f.m.State == bounty.Opening {
		f.advance()
	}
	if f.m.State == bounty.Revealing {
		f.reveal(len(f.items) - len(f.shown))
	}
}

// score does the whole scoring, with so many predictions per step.
func (f *fair) score(budget uint32) {
	for f.m.State == bounty.Scoring {
		f.step(budget)
	}
}

func (f *fair) step(budget uint32) {
	var b bounty.Batch
	if n := f.m.Current(); n > 0 {
		b = f.batches[n-1]
	}
	on := bounty.Learn{Config: f.h.Model.Terms.Config, Learner: f.h.Learner, Live: f.h.Live}
	test := func(n uint32) (model.Item, error) { return f.shown[n], nil }
	m, b, moves, err := f.m.Step(on, b, test, budget)
	f.ok(err)
	f.m = m
	if b.Number > 0 {
		f.batches[b.Number-1] = b
	}
	f.carry(moves)
	if b.State == bounty.Kept {
		v := model.Undecided
		if b.Pay > 0 {
			v = model.Agrees
		}
		for _, o := range b.Offers {
			f.train(b.Author, o, v)
		}
	}
}

// release settles the batches that were not scored.
func (f *fair) release() {
	for k, b := range f.batches {
		if b.State != bounty.Committed && b.State != bounty.Opened {
			continue
		}
		m, b, moves, err := f.m.Release(b)
		f.ok(err)
		f.m, f.batches[k] = m, b
		f.carry(moves)
	}
}

// run plays a market whose provider does all in time.
func run(t fatal, f *fair, entries []entry, blocks [2]byte, budget uint32) {
	var who []id.Address
	for _, e := range entries {
		who = append(who, e.who)
	}
	slices.Sort(who)
	for _, w := range slices.Compact(who) {
		f.fund(w)
	}
	f.sample(blocks[0])
	f.join(entries)
	f.show()
	if f.m.State == bounty.Drawing {
		f.draw(blocks[1])
		f.score(budget)
	}
	f.release()
	if f.m.Held != 0 || f.holder.Inside() != 0 {
		t.Fatal("a market that is over holds", f.m.Held)
	}
}

// gain is what somebody has more than he began with.
func (f *fair) gain(who id.Address) int64 { return int64(f.holder.Wallet(who)) - rich }

// byNumber returns batches in the order they were entered.
func (f *fair) byNumber() []bounty.Batch {
	return slices.SortedFunc(slices.Values(f.batches), func(a, b bounty.Batch) int { return cmp.Compare(a.Number, b.Number) })
}
