package bounty_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/bounty"
	"github.com/alaya-network/alaya/core/model/simulate"
	"github.com/alaya-network/alaya/core/num"
)

func two() []entry {
	data := simulate.Synthetic(3, 20)
	return []entry{{who: "alaya1ann", offers: data[:10], stake: 3_000}, {who: "alaya1bob", offers: data[10:], stake: 1_000}}
}

// D15: with DCAI stakes stay locked for ever when the test set is not revealed.
func TestAProviderWhoHidesTheTestSetPaysTheContributors(t *testing.T) {
	f := newFair(t, simulate.Synthetic(99, 32), nil)
	f.fund("alaya1ann")
	f.fund("alaya1bob")
	f.sample(1)
	f.join(two())
	f.to(30_001)
	f.advance()
	f.reveal(5) // some is not enough
	f.to(40_000)
	if _, _, err := f.m.Advance(f.now.Time); !fault.Is(err, fault.KindState) {
		t.Errorf("ended at the deadline itself: %v", err)
	}
	f.to(40_001)
	if path, err := f.tree.Proof(0); err == nil {
		if _, err := f.m.Reveal(f.h.Model, f.items[0], path, f.now); !fault.Is(err, fault.KindState) {
			t.Errorf("revealed after the deadline: %v", err)
		}
	}
	f.advance()
	f.release()
	pot := int64(f.m.Terms.Bounty + f.m.Terms.Bond)
	if f.m.State != bounty.Failed || f.gain("alaya1ann") != pot*3/4 || f.gain("alaya1bob") != pot/4 || f.gain(provider) != -pot {
		t.Errorf("%s: ann %d, bob %d, provider %d of a pot of %d", f.m.State, f.gain("alaya1ann"), f.gain("alaya1bob"), f.gain(provider), pot)
	}
	if want := num.Amount(pot - pot*3/4 - pot/4); f.holder.Pool() != want || f.m.Held != 0 {
		t.Errorf("pool %d, want %d; held %s", f.holder.Pool(), want, f.m.Held)
	}
}

func TestEverySilenceEndsByADeadline(t *testing.T) {
	bond := int64(10_007)
	tests := []struct {
		name     string
		play     func(f *fair)
		state    bounty.State
		provider int64
		ann      int64
	}{
		{"the sample stays hidden", func(f *fair) {
			f.draw(1)
			f.to(10_001)
			f.advance()
		}, bounty.Void, -bond, 0},
		{"nobody joins", func(f *fair) {
			f.sample(1)
			f.to(20_001)
			f.advance()
		}, bounty.Void, 0, 0},
		{"nobody opens", func(f *fair) {
			f.sample(1)
			e := two()[:1]
			e[0].silent = true
			f.join(e)
			f.to(30_001)
			f.advance()
			f.release()
		}, bounty.Void, 0, -3_000},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := newFair(t, simulate.Synthetic(99, 32), nil)
			f.fund("alaya1ann")
			tt.play(f)
			if f.m.State != tt.state || f.gain(provider) != tt.provider || f.gain("alaya1ann") != tt.ann || f.m.Held != 0 {
				t.Errorf("%s: provider %d, ann %d, held %s", f.m.State, f.gain(provider), f.gain("alaya1ann"), f.m.Held)
			}
		})
	}
}

// D16 and D18: with DCAI a dropped item's balance is added to a deposit, and a
// report deletes the wrong balance: money is paid twice.
func TestABatchIsSettledOnce(t *testing.T) {
	f := newFair(t, simulate.Synthetic(99, 32), nil)
	entries := append(two(), entry{who: "alaya1cyd", offers: simulate.Synthetic(4, 3), stake: 500, silent: true})
	run(t, f, entries, [2]byte{1, 2}, 10)
	for _, b := range f.batches {
		if _, _, _, err := f.m.Release(b); !fault.Is(err, fault.KindState) {
			t.Errorf("batch %d, %s, was released again: %v", b.Number, b.State, err)
		}
	}
	if f.gain("alaya1cyd") != -500 {
		t.Errorf("a batch never opened gained %d", f.gain("alaya1cyd"))
	}
	if _, _, err := f.m.Advance(f.now.Time.Add(1_000_000)); !fault.Is(err, fault.KindState) {
		t.Errorf("a market that is done went on: %v", err)
	}
}

func TestJoiningAndOpeningRefuse(t *testing.T) {
	f := newFair(t, simulate.Synthetic(99, 32), nil)
	f.fund("alaya1ann")
	e := two()[0]
	c := bounty.Commitment(f.m.Model, f.m.Number, e.who, e.offers, e.salt())
	if _, _, _, err := f.m.Join(e.who, c, e.stake, f.now.Time); !fault.Is(err, fault.KindState) {
		t.Errorf("joined before the sample is known: %v", err)
	}
	f.sample(1)
	if _, _, _, err := f.m.Join(e.who, c, 9, f.now.Time); !fault.Is(err, fault.KindLimit) {
		t.Errorf("joined with too small a stake: %v", err)
	}
	if _, _, _, err := f.m.Join(e.who, c, e.stake, f.m.Terms.JoinBy+1); !fault.Is(err, fault.KindState) {
		t.Errorf("joined too late: %v", err)
	}
	e.silent = true
	f.join([]entry{e})
	refuse := func(name string, offers []model.Offer, salt [32]byte, now id.Time, kind fault.Kind) {
		if _, _, err := f.m.OpenBatch(f.h.Model, f.batches[0], offers, salt, f.h.Copied, now); !fault.Is(err, kind) {
			t.Errorf("%s: %v, want kind %s", name, err, kind)
		}
	}
	refuse("another salt", e.offers, [32]byte{9}, f.now.Time, fault.KindInvalid)
	refuse("other items", flipped(e.offers), e.salt(), f.now.Time, fault.KindInvalid)
	refuse("fewer items", e.offers[1:], e.salt(), f.now.Time, fault.KindInvalid)
	refuse("no items", nil, e.salt(), f.now.Time, fault.KindLimit)
	refuse("too many items", make([]model.Offer, bounty.MaxOffers+1), e.salt(), f.now.Time, fault.KindLimit)
	refuse("too late", e.offers, e.salt(), f.m.Terms.OpenBy+1, fault.KindState)
}

func TestTermsRefuse(t *testing.T) {
	f := newFair(t, simulate.Synthetic(99, 32), nil)
	for name, spoil := range map[string]func(*bounty.Terms){
		"too few slices":    func(x *bounty.Terms) { x.Slices = x.Slices[:7] },
		"an empty slice":    func(x *bounty.Terms) { x.Slices = []uint32{1, 1, 1, 1, 1, 1, 1, 0} },
		"a large test set":  func(x *bounty.Terms) { x.Slices = []uint32{1, 1, 1, 1, 1, 1, 1, bounty.MaxItems} },
		"no root":           func(x *bounty.Terms) { x.Root = id.Hash{} },
		"no measure":        func(x *bounty.Terms) { x.Measure = 0 },
		"no cap":            func(x *bounty.Terms) { x.Cap = 0 },
		"no bounty":         func(x *bounty.Terms) { x.Bounty = 0 },
		"no bond":           func(x *bounty.Terms) { x.Bond = 0 },
		"too much money":    func(x *bounty.Terms) { x.Bounty = bounty.MaxMoney + 1 },
		"no batches":        func(x *bounty.Terms) { x.Batches = 0 },
		"too many batches":  func(x *bounty.Terms) { x.Batches = bounty.MaxBatches + 1 },
		"a past deadline":   func(x *bounty.Terms) { x.SampleBy = start },
		"deadlines crossed": func(x *bounty.Terms) { x.OpenBy = x.JoinBy },
		"a far deadline":    func(x *bounty.Terms) { x.RevealBy = x.OpenBy.Add(model.MaxWait + 1) },
	} {
		x := f.m.Terms
		spoil(&x)
		_, _, err := bounty.Open(f.h.Model, bounty.Market{}, provider, x, model.Now{Time: start})
		if !fault.Is(err, fault.KindLimit) {
			t.Errorf("%s: %v, want kind limit", name, err)
		}
	}
	if _, _, err := bounty.Open(f.h.Model, f.m, provider, f.m.Terms, model.Now{Time: start}); !fault.Is(err, fault.KindState) {
		t.Errorf("a second market beside the first: %v", err)
	}
}

func TestTheTestSetIsRevealedInOrderAndAsCommitted(t *testing.T) {
	f := newFair(t, simulate.Synthetic(99, 32), nil)
	f.draw(1)
	_, _, leaf := f.m.Next()
	path, err := f.tree.Proof(uint64(leaf))
	if err != nil {
		t.Fatal(err)
	}
	lie := f.items[leaf]
	lie.Label = 1 - lie.Label
	for name, item := range map[string]model.Item{"another label": lie, "another item": f.items[(leaf+1)%32]} {
		if _, err := f.m.Reveal(f.h.Model, item, path, f.now); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: %v, want kind invalid", name, err)
		}
	}
}

func TestNoPathLosesAUnit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := newFair(t, simulate.Synthetic(99, 24), simulate.Synthetic(7, 5))
		for _, who := range []id.Address{"alaya1w0", "alaya1w1", "alaya1w2", "alaya1w3"} {
			f.fund(who)
		}
		stop := rapid.SampledFrom([]string{"before the draw", "within the sample", "within the test set", "never"}).Draw(t, "the provider falls silent")
		if stop != "before the draw" {
			f.draw(rapid.Byte().Draw(t, "block"))
		}
		switch stop {
		case "before the draw", "within the sample":
			if f.m.Drawn {
				f.reveal(rapid.IntRange(0, int(f.m.Terms.Slices[f.m.Sample])-1).Draw(t, "shown"))
			}
			f.to(10_001)
			f.advance()
		default:
			f.reveal(int(f.m.Terms.Slices[f.m.Sample]))
			f.join(drawEntries(t))
			f.to(30_001)
			if f.m.State == bounty.Opening {
				f.advance()
			}
		}
		if f.m.State == bounty.Revealing {
			left := len(f.items) - len(f.shown)
			if stop == "never" {
				f.reveal(left)
				f.draw(1)
				f.score(7)
			} else {
				f.reveal(rapid.IntRange(0, left-1).Draw(t, "shown"))
				f.to(40_001)
				f.advance()
			}
		}
		f.release()
		f.check()
		if !f.m.State.Over() || f.m.Held != 0 || f.holder.Inside() != 0 {
			t.Fatalf("%s, %s held", f.m.State, f.m.Held)
		}
	})
}
