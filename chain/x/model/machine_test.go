package model_test

import (
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	xmodel "github.com/alaya-network/alaya/chain/x/model"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
)

// TestNoStoryOfDepositsLosesMoney plays random stories on a model with
// deposits: all invariants hold, and no unit of money appears or is lost.
func TestNoStoryOfDepositsLosesMoney(t *testing.T) {
	names := []string{"bob", "cat", "dan", "eve"}
	rapid.Check(t, func(r *rapid.T) {
		w := newWorld(t)
		w.fund(names...)
		rules := terms(model.Deposit)
		rules.Config.Family = rapid.SampledFrom([]string{"nb", "arow"}).Draw(r, "family")
		rules.Owner, rules.OwnerUntil = person("ann"), w.Now().Add(model.MaxOwn)
		m := w.create("ann", rules)
		seed := 0
		who := func() string { return rapid.SampledFrom(names).Draw(r, "who") }
		number := func() uint64 { return rapid.Uint64Range(0, w.model(m).Contributions+1).Draw(r, "number") }
		try := func(do func() error) {
			ctx, write := w.Ctx.CacheContext()
			before := w.Ctx
			w.Ctx = ctx
			err := do()
			w.Ctx = before
			if err == nil {
				write()
			}
		}
		r.Repeat(map[string]func(*rapid.T){
			"contribute": func(r *rapid.T) {
				seed++
				list := offers(rapid.IntRange(1, 6).Draw(r, "items"), seed)
				if rapid.Bool().Draw(r, "lies") {
					flipped(list)
				}
				try(func() error { _, err := w.contribute(who(), m, list...); return err })
			},
			"copy": func(*rapid.T) {
				try(func() error {
					c, err := w.keeper.Contribution(w.Ctx, m, number())
					if err != nil {
						return err
					}
					_, err = w.contribute(who(), m, c.Offer)
					return err
				})
			},
			"report": func(*rapid.T) { try(func() error { return w.report(who(), m, number()) }) },
			"claim": func(*rapid.T) {
				try(func() error {
					_, err := w.msg.Claim(w.Ctx, &modelv1.MsgClaim{Contributor: string(person(who())), Model: string(m)})
					return err
				})
			},
			"withdraw": func(*rapid.T) {
				try(func() error {
					n := number()
					_, err := w.msg.Withdraw(w.Ctx, &modelv1.MsgWithdraw{Author: string(person(who())), Model: string(m), Numbers: []uint64{n}})
					return err
				})
			},
			"rollback": func(*rapid.T) {
				try(func() error {
					_, err := w.msg.Rollback(w.Ctx, &modelv1.MsgRollback{Owner: string(person("ann")), Model: string(m), To: number()})
					return err
				})
			},
			"rebuild": func(*rapid.T) {
				try(func() error {
					_, err := w.msg.Rebuild(w.Ctx, &modelv1.MsgRebuild{Sender: string(person(who())), Model: string(m)})
					return err
				})
			},
			"wait": func(r *rapid.T) {
				w.block(rapid.SampledFrom([]int64{1_000, wait, 5 * wait}).Draw(r, "ms"))
			},
			"": func(r *rapid.T) {
				if err := w.keeper.Invariants(w.Ctx); err != nil {
					r.Fatal(err)
				}
				sum := w.money("pool") + w.ModuleBalance(holder)
				for _, name := range names {
					sum += w.money(name)
				}
				if want := int64(len(names)) * rich; sum != want {
					r.Fatalf("people, pool and ledger have %d, want %d", sum, want)
				}
			},
		})
	})
}

// TestGenesisGoesRound exports a state with something of everything, imports it
// and exports it again.
func TestGenesisGoesRound(t *testing.T) {
	f := toScoring(t)
	f.fund("bob", "cat", "dan", "eve")
	rules := terms(model.Deposit)
	rules.Owner, rules.OwnerUntil = person("ann"), f.Now().Add(model.MaxOwn)
	m := f.create("ann", rules)
	f.give("bob", m, offers(12, 1)...)
	f.judge()
	f.give("cat", m, offers(3, 2)...)
	f.must(f.report("bob", m, 13))
	_, err := f.msg.Rollback(f.Ctx, &modelv1.MsgRollback{Owner: string(person("ann")), Model: string(m), To: 5})
	f.must(err)
	voted := f.create("ann", terms(model.Points))
	f.give("bob", voted, offers(4, 1)...)
	f.judge()
	f.give("dan", voted, offers(1, 7)...)
	_, err = f.msg.Vote(f.Ctx, &modelv1.MsgVote{Voter: string(person("bob")), Model: string(voted), Number: 5, Verdict: modelv1.Verdict_VERDICT_AGREES})
	f.must(err)
	g, err := f.keeper.ExportGenesis(f.Ctx)
	f.must(err)
	next := newWorld(t)
	next.takeOver(f.world, g)
	again, err := next.keeper.ExportGenesis(next.Ctx)
	f.must(err)
	if !reflect.DeepEqual(again, g) {
		t.Errorf("exported\n%.2000s\nwant\n%.2000s", fmt.Sprint(again), fmt.Sprint(g))
	}
}

func TestGenesisThatDoesNotHangTogetherIsRefused(t *testing.T) {
	f := toScoring(t)
	f.fund("bob")
	m := f.create("ann", terms(model.Deposit))
	f.give("bob", m, offers(12, 1)...)
	at := func(g *modelv1.GenesisState) *modelv1.Model {
		for i := range g.Models {
			if id.ModelID(g.Models[i].Id) == m {
				return &g.Models[i]
			}
		}
		return nil
	}
	tests := map[string]func(*modelv1.GenesisState){
		"another root":          func(g *modelv1.GenesisState) { at(g).Root = make([]byte, 32) },
		"an entry less":         func(g *modelv1.GenesisState) { g.Entries = g.Entries[1:] },
		"a model twice":         func(g *modelv1.GenesisState) { g.Models = append(g.Models, g.Models[0]) },
		"a deposit more":        func(g *modelv1.GenesisState) { g.Purses[0].Open++ },
		"a reward more":         func(g *modelv1.GenesisState) { g.Purses[0].Owed++ },
		"no purse":              func(g *modelv1.GenesisState) { g.Purses = nil },
		"a contribution less":   func(g *modelv1.GenesisState) { g.Contributions = g.Contributions[1:] },
		"a contributor less":    func(g *modelv1.GenesisState) { g.Contributors = g.Contributors[1:] },
		"a batch less":          func(g *modelv1.GenesisState) { g.Batches = g.Batches[1:] },
		"a market holding less": func(g *modelv1.GenesisState) { g.Markets[0].Held = 0 },
		"a chunk of nonsense":   func(g *modelv1.GenesisState) { g.Chunks[0].Value = []byte{0} },
		"a chunk of nobody":     func(g *modelv1.GenesisState) { g.Chunks[0].Key = []byte("key") },
		"another log":           func(g *modelv1.GenesisState) { g.Entries[0].Contribution++ },
		"terms without a name":  func(g *modelv1.GenesisState) { at(g).Terms.Incentive.Kind = 0 },
	}
	for name, change := range tests {
		g, err := f.keeper.ExportGenesis(f.Ctx)
		f.must(err)
		f.must(xmodel.ValidateGenesis(g))
		change(g)
		if err := xmodel.ValidateGenesis(g); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
