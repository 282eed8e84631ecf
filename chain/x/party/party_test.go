package party_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/cosmos/cosmos-sdk/codec/address"
	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/chain/kit/kittest"
	x "github.com/alaya-network/alaya/chain/x/party"
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/escrow/memory"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/party"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	"github.com/alaya-network/alaya/wire"
)

const (
	request   id.RequestID = "00112233445566aa"
	week                   = int64(7 * 24 * 60 * 60 * 1000)
	authority              = "alaya1governance"
)

// ledger stands for escrow.
type ledger struct{ *memory.Holder }

func (l ledger) Carry(_ context.Context, t []escrow.Transfer) error { return escrow.Carry(l.Holder, t) }

func (l ledger) Balance(_ context.Context, a escrow.Account) (num.Amount, error) {
	return l.Holder.Balance(a)
}

// chain is the party module on an escrow in memory.
type chain struct {
	*kittest.Env
	t     testing.TB
	k     *x.Keeper
	msg   partyv1.MsgServer
	query partyv1.QueryServer
	money *memory.Holder
}

func newChain(t testing.TB) *chain {
	c := chainOn(t, memory.NewHolder())
	genesis := c.k.Genesis()
	c.must(genesis.Init(c.Ctx, genesis.Default()))
	return c
}

// chainOn makes an empty module on an escrow that exists already.
func chainOn(t testing.TB, money *memory.Holder) *chain {
	env := kittest.New(t, x.Name)
	k := x.NewKeeper(env.Codec.Proto, env.Store(x.Name), ledger{money}, address.NewBech32Codec(kit.Prefix), authority)
	return &chain{Env: env, t: t, k: k, msg: x.NewMsgServer(k), query: x.NewQueryServer(k), money: money}
}

func (c *chain) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// holds checks the invariants of the module and of the money.
func (c *chain) holds() {
	c.t.Helper()
	c.must(c.k.Invariants(c.Ctx))
	c.must(c.money.Check())
}

// pass ends the block and begins one that is ms later.
func (c *chain) pass(ms int64) {
	c.t.Helper()
	c.Advance(ms)
	c.must(c.k.EndBlock(c.Ctx))
	c.holds()
}

func addressOf(name string) id.Address { return id.Address(kittest.Address(name).String()) }

// lock stakes money for an engagement, as the market would.
func (c *chain) lock(name string, amount num.Amount) {
	c.t.Helper()
	owner := addressOf(name)
	c.money.Fund(owner, amount)
	stake, moves := party.Lock(request, owner, amount)
	c.must(escrow.Carry(c.money, moves))
	c.must(c.k.SaveStake(c.Ctx, stake))
	c.holds()
}

// slash strikes an owner and carries out what it costs, as the flow would.
func (c *chain) slash(name string, relabel num.Amount) error {
	moves, err := c.k.Slash(c.Ctx, request, addressOf(name), relabel, "worthless")
	if err != nil {
		return err
	}
	c.must(escrow.Carry(c.money, moves))
	c.holds()
	return nil
}

func wantError(t testing.TB, err error, kind fault.Kind, says string) {
	t.Helper()
	if err == nil || fault.KindOf(err) != kind || !strings.Contains(err.Error(), says) {
		t.Errorf("got %v (%s), want kind %s saying %q", err, fault.KindOf(err), kind, says)
	}
}

func (c *chain) setProfile(by string, p party.Profile) error {
	_, err := c.msg.SetProfile(c.Ctx, &partyv1.MsgSetProfile{Address: by, Profile: *wire.ProfileToProto(p)})
	return err
}

func TestAProfileIsWrittenReplacedAndRemoved(t *testing.T) {
	c := newChain(t)
	alice := addressOf("alice")
	ask := func() (partyv1.Profile, error) {
		reply, err := c.query.Profile(c.Ctx, &partyv1.QueryProfileRequest{Address: string(alice)})
		return reply.GetProfile(), err
	}
	if _, err := ask(); status.Code(err) != codes.NotFound {
		t.Errorf("before: %v, want not found", err)
	}
	for _, name := range []string{"Alice", "Alice of Graz"} {
		c.must(c.setProfile(string(alice), party.Profile{Name: name, Languages: []string{"de"}}))
		if got, err := ask(); err != nil || got.Name != name || got.Address != string(alice) {
			t.Errorf("profile %+v, %v; want %q of %s", got, err, name, alice)
		}
	}
	c.must(c.setProfile(string(alice), party.Profile{Address: "alaya1somebodyelse"}))
	if _, err := ask(); status.Code(err) != codes.NotFound {
		t.Errorf("removed: %v, want not found", err)
	}
	if p, err := c.k.Profile(c.Ctx, alice); err != nil || !p.IsEmpty() || p.Address != alice {
		t.Errorf("the keeper says %+v, %v; want an empty profile of %s", p, err, alice)
	}
}

func TestProfilesAreRefused(t *testing.T) {
	c := newChain(t)
	alice := string(addressOf("alice"))
	wantError(t, c.setProfile("alaya1x", party.Profile{Name: "X"}), fault.KindInvalid, "alaya1x")
	wantError(t, c.setProfile(alice, party.Profile{Roles: []string{"king"}}), fault.KindInvalid, "king")
	wantError(t, c.setProfile(alice, party.Profile{Metadata: "x"}), fault.KindInvalid, "metadata")
	wantError(t, c.setProfile(alice, party.Profile{Contact: strings.Repeat("x", 257)}), fault.KindLimit, "contact")
}

func TestOnlyGovernanceSetsParameters(t *testing.T) {
	c := newChain(t)
	set := func(by string, p party.Params) error {
		_, err := c.msg.UpdateParams(c.Ctx, &partyv1.MsgUpdateParams{Authority: by, Params: *wire.PartyParamsToProto(p)})
		return err
	}
	next := party.Params{Unbonding: 5, HalfLife: party.MinHalfLife}
	wantError(t, set(string(addressOf("alice")), next), fault.KindForbidden, authority)
	wantError(t, set(authority, party.Params{Unbonding: -1}), fault.KindLimit, "unbonding")
	if p, err := c.k.Params(c.Ctx); err != nil || p != party.DefaultParams() {
		t.Errorf("parameters %+v, %v; want the default", p, err)
	}
	c.must(set(authority, next))
	if reply, err := c.query.Params(c.Ctx, &partyv1.QueryParamsRequest{}); err != nil || reply.Params.UnbondingMs != 5 {
		t.Errorf("parameters %+v, %v; want %+v", reply, err, next)
	}
}

func TestStandingGrowsByVerdictsAndPay(t *testing.T) {
	c := newChain(t)
	alice := addressOf("alice")
	before, err := c.k.Score(c.Ctx, alice, "vision")
	c.must(err)
	c.must(c.k.Observe(c.Ctx, alice, "vision", 40_000_000, 2_000_000))
	c.must(c.k.Earned(c.Ctx, alice, "vision", 12*num.ALY))
	c.must(c.k.Earned(c.Ctx, alice, "sound", 3))
	after, err := c.k.Score(c.Ctx, alice, "vision")
	c.must(err)
	if after <= before {
		t.Errorf("score %s, then %s", before, after)
	}
	if other, err := c.k.Score(c.Ctx, alice, "sound"); err != nil || other != before {
		t.Errorf("in another skill %s, %v; want %s", other, err, before)
	}
	reply, err := c.query.Standing(c.Ctx, &partyv1.QueryStandingRequest{Address: string(alice)})
	c.must(err)
	if len(reply.Ratings) != 2 || reply.Ratings[1].Standing.Skill != "vision" || reply.Ratings[1].Standing.Settled != int64(12*num.ALY) ||
		reply.Ratings[1].Score != uint32(after) || reply.Ratings[1].Level != string(party.Expert) && reply.Ratings[1].Level != string(party.Practised) {
		t.Errorf("ratings %+v", reply.Ratings)
	}
	c.Advance(90 * 24 * 60 * 60 * 1000)
	if aged, err := c.k.Score(c.Ctx, alice, "vision"); err != nil || aged >= after {
		t.Errorf("a half-life later %s, %v; want below %s", aged, err, after)
	}
	c.holds()
}

func TestConductIsCounted(t *testing.T) {
	c := newChain(t)
	bob := addressOf("bob")
	c.must(c.k.CountContest(c.Ctx, bob))
	c.must(c.k.CountContest(c.Ctx, bob))
	c.must(c.k.CountOverturned(c.Ctx, bob))
	reply, err := c.query.Standing(c.Ctx, &partyv1.QueryStandingRequest{Address: string(bob)})
	want := partyv1.Conduct{Address: string(bob), Contests: 2, Overturned: 1}
	if err != nil || reply.Conduct != want {
		t.Errorf("conduct %+v, %v; want %+v", reply.GetConduct(), err, want)
	}
}

func TestAStakeUnbondsAndReturns(t *testing.T) {
	c := newChain(t)
	c.lock("alice", 500)
	c.must(c.k.Unbond(c.Ctx, request, addressOf("alice")))
	c.must(c.k.Unbond(c.Ctx, request, addressOf("alice"))) // once is enough
	c.pass(week - 1)
	if got := c.money.Wallet(addressOf("alice")); got != 0 {
		t.Errorf("before its time %d came back", got)
	}
	c.pass(1)
	c.pass(week)
	s, err := c.k.Stake(c.Ctx, request, addressOf("alice"))
	if got := c.money.Wallet(addressOf("alice")); err != nil || got != 500 || s.State != party.StakeReturned {
		t.Errorf("%d came back, %s, %v; want 500 once", got, s.State, err)
	}
	wantError(t, c.k.Unbond(c.Ctx, request, addressOf("bob")), fault.KindNotFound, string(request))
}

func TestEachStrikeCostsMore(t *testing.T) {
	c := newChain(t)
	c.lock("alice", 1000)
	alice := addressOf("alice")
	for _, tt := range []struct {
		name         string
		budget, pool num.Amount
		state        party.StakeState
	}{
		{"a warning", 0, 0, party.StakeLocked},
		{"a quarter", 100, 150, party.StakeLocked},
		{"the rest", 200, 800, party.StakeSlashed},
	} {
		c.must(c.slash("alice", 100))
		budget, _ := c.money.Balance(escrow.Budget(request))
		s, err := c.k.Stake(c.Ctx, request, alice)
		if err != nil || s.State != tt.state || budget != tt.budget || c.money.Pool() != tt.pool {
			t.Errorf("%s: %s, budget %d, pool %d (%v); want %s, %d, %d", tt.name, s.State, budget, c.money.Pool(), err, tt.state, tt.budget, tt.pool)
		}
	}
	wantError(t, c.slash("alice", 0), fault.KindState, "slashed cannot be slashed")
	if conduct, err := c.k.Conduct(c.Ctx, alice); err != nil || conduct.Strikes != 3 {
		t.Errorf("%d strikes, %v; want 3", conduct.Strikes, err)
	}
	c.must(c.k.Unbond(c.Ctx, request, alice)) // nothing is left to unbond
	c.pass(2 * week)
	if got := c.money.Wallet(alice); got != 0 {
		t.Errorf("%d of a stake slashed whole came back", got)
	}
}

func TestStakesReturnInBoundedNumbers(t *testing.T) {
	const crowd = x.MaxReturns + 30
	c := newChain(t)
	for i := range crowd {
		owner := addressOf(fmt.Sprint("worker ", i))
		c.money.Fund(owner, 10)
		stake, moves := party.Lock(request, owner, 10)
		c.must(escrow.Carry(c.money, moves))
		c.must(c.k.SaveStake(c.Ctx, stake))
		c.must(c.k.Unbond(c.Ctx, request, owner))
	}
	c.holds()
	for _, left := range []num.Amount{30 * 10, 0} {
		c.pass(week)
		if got := c.money.Inside(); got != left {
			t.Errorf("escrow holds %d, want %d", got, left)
		}
	}
}

func TestProfilesAndStakesAreListed(t *testing.T) {
	c := newChain(t)
	names := []string{"alice", "bob", "carol"}
	for _, name := range names {
		c.must(c.setProfile(string(addressOf(name)), party.Profile{Name: name}))
		c.lock(name, 5)
	}
	var listed []string
	page := &query.PageRequest{Limit: 2}
	for page.Key = nil; ; {
		reply, err := c.query.Profiles(c.Ctx, &partyv1.QueryProfilesRequest{Pagination: page})
		c.must(err)
		for _, p := range reply.Profiles {
			listed = append(listed, p.Name)
		}
		if page.Key = reply.Pagination.NextKey; len(page.Key) == 0 {
			break
		}
	}
	slices.Sort(listed)
	if !slices.Equal(listed, names) {
		t.Errorf("listed %v, want %v", listed, names)
	}
	stakes, err := c.query.Stakes(c.Ctx, &partyv1.QueryStakesRequest{Address: string(addressOf("bob"))})
	if err != nil || len(stakes.Stakes) != 1 || stakes.Stakes[0].Owner != string(addressOf("bob")) {
		t.Errorf("stakes of bob: %+v, %v", stakes, err)
	}
	long := &query.PageRequest{Limit: kit.MaxPage + 1}
	for name, err := range map[string]error{
		"profiles":  second(c.query.Profiles(c.Ctx, &partyv1.QueryProfilesRequest{Pagination: long})),
		"standings": second(c.query.Standing(c.Ctx, &partyv1.QueryStandingRequest{Address: string(addressOf("bob")), Pagination: long})),
		"stakes":    second(c.query.Stakes(c.Ctx, &partyv1.QueryStakesRequest{Address: string(addressOf("bob")), Pagination: long})),
	} {
		if status.Code(err) != codes.ResourceExhausted {
			t.Errorf("too long a page of %s: %v", name, err)
		}
	}
	if _, err := c.query.Stakes(c.Ctx, &partyv1.QueryStakesRequest{Address: "x"}); status.Code(err) != codes.InvalidArgument {
		t.Errorf("stakes of nobody: %v", err)
	}
}

func second[T any](_ T, err error) error { return err }

func TestGenesisKeepsEverything(t *testing.T) {
	old := newChain(t)
	old.must(old.setProfile(string(addressOf("alice")), party.Profile{Name: "Alice", Skills: []string{"vision"}}))
	old.must(old.k.Observe(old.Ctx, addressOf("alice"), "vision", 5, 6))
	old.lock("alice", 500)
	old.lock("bob", 600)
	old.must(old.slash("bob", 0))
	old.must(old.k.Unbond(old.Ctx, request, addressOf("alice")))
	text := x.NewModule(old.k).ExportGenesis(old.Ctx, old.Codec.Proto)

	c := chainOn(t, old.money)
	m := x.NewModule(c.k)
	c.must(m.ValidateGenesis(c.Codec.Proto, nil, text))
	m.InitGenesis(c.Ctx, c.Codec.Proto, text)
	c.holds()
	if again := m.ExportGenesis(c.Ctx, c.Codec.Proto); string(again) != string(text) {
		t.Errorf("exported again, the state differs:\n%s\n%s", text, again)
	}
	c.pass(week)
	if got := c.money.Wallet(addressOf("alice")); got != 500 {
		t.Errorf("%d of the unbonding stake came back, want 500", got)
	}
}

func TestGenesisRefusesWhatDoesNotHold(t *testing.T) {
	c := newChain(t)
	alice := string(addressOf("alice"))
	stake := partyv1.Stake{Request: string(request), Owner: alice, Amount: 5, State: partyv1.StakeState_STAKE_STATE_LOCKED}
	for name, change := range map[string]func(*partyv1.GenesisState){
		"parameters out of bounds":       func(g *partyv1.GenesisState) { g.Params.HalfLifeMs = 0 },
		"a profile of nobody":            func(g *partyv1.GenesisState) { g.Profiles = []partyv1.Profile{{Name: "x"}} },
		"a profile twice":                func(g *partyv1.GenesisState) { g.Profiles = []partyv1.Profile{{Address: alice}, {Address: alice}} },
		"a standing below zero":          func(g *partyv1.GenesisState) { g.Standings = []partyv1.Standing{{Address: alice, Right: -1}} },
		"conduct of nobody":              func(g *partyv1.GenesisState) { g.Conducts = []partyv1.Conduct{{}} },
		"a stake twice":                  func(g *partyv1.GenesisState) { g.Stakes = []partyv1.Stake{stake, stake} },
		"a stake slashed beyond its sum": func(g *partyv1.GenesisState) { s := stake; s.Slashed = 6; g.Stakes = []partyv1.Stake{s} },
	} {
		t.Run(name, func(t *testing.T) {
			genesis := c.k.Genesis()
			g := genesis.Default()
			change(g)
			err := genesis.Validate(g)
			if err == nil {
				ctx, _ := c.Ctx.CacheContext()
				err = genesis.Init(ctx, g)
			}
			if err == nil {
				t.Error("taken")
			}
		})
	}
}

func TestAMissingStakeIsNoticed(t *testing.T) {
	c := newChain(t)
	c.lock("alice", 5)
	c.must(c.money.SetBalance(escrow.Stake(request, addressOf("alice")), 4))
	wantError(t, c.k.Invariants(c.Ctx), fault.KindInternal, "escrow holds 4ualy, want 5ualy")
}
