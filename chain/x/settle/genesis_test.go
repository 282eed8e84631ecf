package settle_test

import (
	"testing"

	"github.com/cosmos/gogoproto/proto"

	"github.com/alaya-network/alaya/chain/x/settle"
	core "github.com/alaya-network/alaya/core/settle"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
)

// midway is a chain with one settlement partly paid, partly contested, and one
// that still waits for its vector.
func midway(t testing.TB) *fixture {
	f := newFixture(t)
	f.post(250)
	f.contest(worker(3))
	entries, total := vector(2)
	f.open(1, entries, total)
	f.Advance(reviewMs)
	f.block(1) // 200 are paid or looked at
	return f
}

func TestGenesisGoesRoundAndTheMoneyGoesOn(t *testing.T) {
	old := midway(t)
	state, err := old.keeper.ExportGenesis(old.Ctx)
	old.must(err)
	if len(state.Contests) != 1 || len(state.Settlements) != 2 || len(state.Payouts) != 250 {
		t.Fatalf("exported %d contests, %d settlements, %d payouts", len(state.Contests), len(state.Settlements), len(state.Payouts))
	}

	f := newKeeper(t)
	f.flow.request = old.flow.request
	f.Fund(f.Accounts.GetModuleAddress(settle.Name), old.ModuleBalance(settle.Name))
	f.Advance(int64(old.Now() - f.Now()))
	cdc := f.Codec.Proto
	module := settle.NewModule(f.keeper)
	raw := cdc.MustMarshalJSON(state)
	module.InitGenesis(f.Ctx, cdc, raw)
	if again := module.ExportGenesis(f.Ctx, cdc); string(again) != string(raw) {
		t.Errorf("exported again:\n%s\nwant\n%s", again, raw)
	}
	f.check()

	before := old.count("released")
	f.block(contestMs)
	f.block(1)
	if paid := before + f.count("released"); paid != 250 || f.state(0) != core.Done {
		t.Errorf("%d paid before and after, settlement %s; want 250, done", paid, f.state(0))
	}
	f.wants(3, 400)
}

func TestGenesisThatDoesNotHangTogetherIsRefused(t *testing.T) {
	if err := settle.ValidateGenesis(settle.DefaultGenesis()); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		damage func(*settlev1.GenesisState)
	}{
		{"a fee out of bounds", func(g *settlev1.GenesisState) { g.Params.FeeBps = 9_999 }},
		{"an account twice", func(g *settlev1.GenesisState) { g.Balances = append(g.Balances, g.Balances[0]) }},
		{"an account outside the ledger", func(g *settlev1.GenesisState) { g.Balances[0].Account = "wallet/alaya1x" }},
		{"an empty account", func(g *settlev1.GenesisState) { g.Balances[0].Amount = 0 }},
		{"pending money nobody is owed", func(g *settlev1.GenesisState) { g.Balances[2].Amount++ }},
		{"pending money of an unknown request", func(g *settlev1.GenesisState) { g.Balances[0].Account = "pending/0000000000000000" }},
		{"owed money that is not there", func(g *settlev1.GenesisState) { g.Balances = g.Balances[:2] }},
		{"a settlement twice", func(g *settlev1.GenesisState) { g.Settlements = append(g.Settlements, g.Settlements[0]) }},
		{"a settlement that fails its check", func(g *settlev1.GenesisState) { g.Settlements[0].PostedTotal-- }},
		{"a settlement that is none", func(g *settlev1.GenesisState) { g.Settlements[0].PayoutsRoot = nil }},
		{"a payout less", func(g *settlev1.GenesisState) { g.Payouts = g.Payouts[1:] }},
		{"a payout twice", func(g *settlev1.GenesisState) { g.Payouts = append(g.Payouts, g.Payouts[0]) }},
		{"a payout without a settlement", func(g *settlev1.GenesisState) { g.Payouts[0].Milestone = 7 }},
		{"a payout that fails its check", func(g *settlev1.GenesisState) { g.Payouts[0].Entry.Worthless = true }},
		{"a released payout set back", func(g *settlev1.GenesisState) { g.Payouts[0].State = settlev1.PayoutState_PAYOUT_STATE_PENDING }},
		{"a contested payout without a contest", func(g *settlev1.GenesisState) { g.Contests = nil }},
		{"a contest of nobody's payout", func(g *settlev1.GenesisState) {
			extra := g.Contests[0]
			extra.Milestone = 1
			g.Contests = append(g.Contests, extra)
		}},
		{"a contest that is none", func(g *settlev1.GenesisState) { g.Contests[0].Evidence = "" }},
	}
	f := midway(t)
	good, err := f.keeper.ExportGenesis(f.Ctx)
	f.must(err)
	f.must(settle.ValidateGenesis(good))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := proto.Clone(good).(*settlev1.GenesisState)
			tt.damage(g)
			if err := settle.ValidateGenesis(g); err == nil {
				t.Error("accepted")
			}
		})
	}
}

func TestAGenesisWithoutItsMoneyIsRefused(t *testing.T) {
	old := midway(t)
	g, err := old.keeper.ExportGenesis(old.Ctx)
	old.must(err)
	f := newKeeper(t)
	if err := f.keeper.InitGenesis(f.Ctx, g); err == nil {
		t.Error("a ledger without money in the module account was accepted")
	}
}
