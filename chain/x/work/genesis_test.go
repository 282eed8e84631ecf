package work_test

import (
	"strings"
	"testing"

	"github.com/alaya-network/alaya/chain/kit/kittest"
	xwork "github.com/alaya-network/alaya/chain/x/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

// busy is the state of a world with leases, commitments and reveals.
func busy(t *testing.T) (*world, *workv1.GenesisState) {
	w := opened(t, 4, 2)
	a, b := w.engage("a", 100), w.engage("b", 100)
	w.commitAll(a)
	w.mustLease(b, 2)
	state, err := w.keeper.ExportGenesis(w.Ctx)
	w.must(err)
	return w, state
}

func TestAGenesisThatBreaksAPromiseIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*workv1.GenesisState)
		says  string
	}{
		"a lease nobody was given a page for":     {func(g *workv1.GenesisState) { g.Had = g.Had[1:] }, "given it false"},
		"a lease that is missing":                 {func(g *workv1.GenesisState) { g.Leases = g.Leases[1:] }, "leased"},
		"a submission that is missing":            {func(g *workv1.GenesisState) { g.Submissions = g.Submissions[1:] }, "committed"},
		"a submission that stands twice":          {func(g *workv1.GenesisState) { g.Submissions = append(g.Submissions, g.Submissions[0]) }, "holds it already true"},
		"a page covered too often":                {func(g *workv1.GenesisState) { g.Pages[0].Covered = 9 }, "covered 9"},
		"a page in another place":                 {func(g *workv1.GenesisState) { g.Pages[0].Place++ }, "place"},
		"a page that is missing":                  {func(g *workv1.GenesisState) { g.Pages = g.Pages[1:] }, "pages"},
		"a round that was never":                  {func(g *workv1.GenesisState) { g.Rounds = nil }, "round"},
		"a plan of a round that has begun":        {func(g *workv1.GenesisState) { g.Plans = []workv1.Plan{{Request: g.Rounds[0].Request, Round: 1}} }, "plan"},
		"an assignment that counts wrong":         {func(g *workv1.GenesisState) { g.Assignments[0].Units++ }, "units"},
		"an assignment that is missing":           {func(g *workv1.GenesisState) { g.Assignments = g.Assignments[1:] }, "without an assignment"},
		"a chain of inputs that has another hash": {func(g *workv1.GenesisState) { g.Progress[0].Inputs = make([]byte, 32); g.Progress[0].Inputs[0] = 1 }, "inputs"},
		"more money reserved than there is":       {func(g *workv1.GenesisState) { g.Progress[0].Reserved = 1 << 50 }, "reserved"},
		"a request id that is none":               {func(g *workv1.GenesisState) { g.Rounds[0].Request = "X" }, "request"},
		"a hash of 31 bytes":                      {func(g *workv1.GenesisState) { g.Rounds[0].Seed = g.Rounds[0].Seed[1:] }, "seed"},
	} {
		t.Run(name, func(t *testing.T) {
			_, state := busy(t)
			c.spoil(state)
			err := xwork.ValidateGenesis(state)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want an error that says %q", err, c.says)
			}
		})
	}
}

func TestAnImportedChainGoesOn(t *testing.T) {
	w, state := busy(t)
	env := kittest.New(t, xwork.Name)
	copied := xwork.NewKeeper(env.Codec.Proto, env.Store(xwork.Name), w.stages)
	w.must(copied.InitGenesis(env.Ctx, state))
	w.Env, w.keeper, w.msg, w.query = env, copied, xwork.NewMsgServer(copied), xwork.NewQueryServer(copied)

	w.Advance(leaseMs * 2)
	w.block(0)
	if a := w.assignment(address("b")); a.Open != 0 || a.Expired != 2 {
		t.Errorf("after import the leases of b ran out: %+v, want 2 expired", a)
	}
	w.finishRound()
	if len(w.stages.judged) != 1 || w.stages.judged[0].round.Submissions != 4 {
		t.Errorf("judged %+v, want once over 4 submissions", w.stages.judged)
	}
	w.sound()
}
