package settle_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/cosmos/cosmos-sdk/codec/address"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/chain/kit/kittest"
	"github.com/alaya-network/alaya/chain/x/settle"
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/merkle"
	"github.com/alaya-network/alaya/core/num"
	core "github.com/alaya-network/alaya/core/settle"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	"github.com/alaya-network/alaya/wire"
)

const (
	budget     num.Amount = 100_000_000
	fees       num.Amount = 2_000_000 // 2 % of it
	reviewMs              = 60_000
	contestMs             = 90_000
	evidence              = "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq"
	poolName              = "the community pool"
	governance            = "alaya1gov"
)

// stages stands for the other stages: it knows one request and notes what it
// was told.
type stages struct {
	request market.Request
	told    []string
	refuse  id.Address // whose release fails
}

func (s *stages) Request(_ context.Context, r id.RequestID) (market.Request, error) {
	if r != s.request.ID {
		return market.Request{}, fault.NotFound("market: no request %s", r)
	}
	return s.request, nil
}

func (s *stages) note(what string) error {
	s.told = append(s.told, what)
	return nil
}

func (s *stages) Posted(_ context.Context, p core.Payout) error {
	return s.note("posted " + string(p.Contributor))
}

func (s *stages) Released(_ context.Context, p core.Payout) error {
	if p.Contributor == s.refuse {
		return errors.New("refused")
	}
	return s.note("released " + string(p.Contributor))
}

func (s *stages) Contested(_ context.Context, c core.Contest) error {
	return s.note("contested " + string(c.Contributor))
}

func (s *stages) ContestEnded(_ context.Context, c core.Contest, overturned bool) error {
	return s.note(fmt.Sprintf("ended %s, overturned %t", c.Contributor, overturned))
}

func (s *stages) Done(_ context.Context, d core.Settlement) error {
	return s.note(fmt.Sprintf("done %d", d.Milestone))
}

// pool is a community pool: an account of its own.
type pool struct{ env *kittest.Env }

func (p pool) FundCommunityPool(ctx context.Context, amount sdk.Coins, from sdk.AccAddress) error {
	return p.env.Bank.SendCoins(ctx, from, kittest.Address(poolName), amount)
}

// fixture is the keeper on real balances, with a funded request.
type fixture struct {
	*kittest.Env
	t       testing.TB
	keeper  *settle.Keeper
	msgs    settlev1.MsgServer
	queries settlev1.QueryServer
	flow    *stages
}

func newKeeper(t testing.TB) *fixture {
	env := kittest.New(t, settle.Name)
	requester := id.Address(kittest.Address("requester").String())
	flow := &stages{request: market.Request{
		ID: id.NewRequestID(requester, 1), Requester: requester, Fee: 200,
		Terms: market.Terms{Budget: budget, Windows: market.Windows{Review: reviewMs, Contest: contestMs}},
	}}
	money := settle.Money{Bank: env.Bank, Pool: pool{env}, Addresses: address.NewBech32Codec(kit.Prefix)}
	k := settle.NewKeeper(env.Codec.Proto, env.Store(settle.Name), flow, money, governance)
	return &fixture{Env: env, t: t, keeper: k, flow: flow, msgs: settle.NewMsgServer(k), queries: settle.NewQueryServer(k)}
}

func newFixture(t testing.TB) *fixture {
	f := newKeeper(t)
	f.must(f.keeper.InitGenesis(f.Ctx, settle.DefaultGenesis()))
	f.Fund(kittest.Address("requester"), int64(budget+fees))
	wallet, r := escrow.Wallet(f.flow.request.Requester), f.flow.request.ID
	f.must(f.keeper.Carry(f.Ctx, []escrow.Transfer{
		{From: wallet, To: escrow.Budget(r), Amount: budget, Why: "budget"},
		{From: wallet, To: escrow.Fees(r), Amount: fees, Why: "network fee"},
	}))
	f.check()
	return f
}

func (f *fixture) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

// check holds every invariant, the module account's money among them.
func (f *fixture) check() {
	f.t.Helper()
	f.must(f.keeper.Invariants(f.Ctx))
}

// block ends the block and begins the next, ms later.
func (f *fixture) block(ms int64) {
	f.t.Helper()
	f.must(f.keeper.EndBlock(f.Ctx))
	f.check()
	f.Advance(ms)
}

// worker is the address of contributor i; it sorts by number no more than
// any address does.
func worker(i int) id.Address {
	return id.Address(kittest.Address(fmt.Sprint("worker ", i)).String())
}

// vector pays contributor i (i+1) × 100 ualy.
func vector(n int) (entries []core.Entry, total num.Amount) {
	for i := range n {
		e := core.Entry{Contributor: worker(i), Answers: 10, Right: 9_000_000, Wrong: 1_000_000, Skill: 900_000, Factor: num.One, Amount: num.Amount(i+1) * 100}
		entries = append(entries, e)
		total += e.Amount
	}
	slices.SortFunc(entries, func(a, b core.Entry) int { return compare(a.Contributor, b.Contributor) })
	return entries, total
}

func compare(a, b id.Address) int {
	if a < b {
		return -1
	}
	return 1
}

// open opens the settlement of a vector for a milestone.
func (f *fixture) open(milestone uint32, entries []core.Entry, total num.Amount) {
	f.t.Helper()
	f.must(f.keeper.Open(f.Ctx, core.Award{
		Request: f.flow.request.ID, Milestone: milestone, Round: 1, Root: core.Root(entries),
		Payouts: uint32(len(entries)), Total: total, Holds: true, Due: num.One,
	}))
	f.check()
}

// chunks makes the messages that post a vector.
func (f *fixture) chunks(milestone uint32, entries []core.Entry) []*settlev1.MsgPostPayouts {
	f.t.Helper()
	tree := merkle.NewTree(core.Chunks(entries))
	var msgs []*settlev1.MsgPostPayouts
	for part := range slices.Chunk(entries, core.ChunkSize) {
		m := &settlev1.MsgPostPayouts{
			Sender: kittest.Address("anyone").String(), Request: string(f.flow.request.ID), Milestone: milestone, Chunk: uint32(len(msgs)),
		}
		for _, e := range part {
			m.Entries = append(m.Entries, *wire.EntryToProto(e))
		}
		path, err := tree.Proof(uint64(m.Chunk))
		f.must(err)
		for _, h := range path {
			m.Path = append(m.Path, h[:])
		}
		msgs = append(msgs, m)
	}
	return msgs
}

// post opens and posts a vector of n for milestone 0.
func (f *fixture) post(n int) {
	f.t.Helper()
	entries, total := vector(n)
	f.open(0, entries, total)
	for _, m := range f.chunks(0, entries) {
		_, err := f.msgs.PostPayouts(f.Ctx, m)
		f.must(err)
		f.check()
	}
}

func (f *fixture) contest(who id.Address) {
	f.t.Helper()
	_, err := f.msgs.Contest(f.Ctx, &settlev1.MsgContest{
		Requester: string(f.flow.request.Requester), Request: string(f.flow.request.ID), Contributor: string(who), Reason: "spam", Evidence: evidence,
	})
	f.must(err)
	f.check()
}

func (f *fixture) withdraw(who id.Address) {
	f.t.Helper()
	_, err := f.msgs.WithdrawContest(f.Ctx, &settlev1.MsgWithdrawContest{
		Requester: string(f.flow.request.Requester), Request: string(f.flow.request.ID), Contributor: string(who),
	})
	f.must(err)
	f.check()
}

// wants compares what contributor i has.
func (f *fixture) wants(i int, ualy int64) {
	f.t.Helper()
	if got := f.Balance(kittest.Address(fmt.Sprint("worker ", i))); got != ualy {
		f.t.Errorf("worker %d has %d ualy, want %d", i, got, ualy)
	}
}

func (f *fixture) state(milestone uint32) core.State {
	f.t.Helper()
	s, err := f.keeper.Settlement(f.Ctx, f.flow.request.ID, milestone)
	f.must(err)
	return s.State
}

// count counts what the other stages were told, by its first word.
func (f *fixture) count(word string) int {
	n := 0
	for _, told := range f.flow.told {
		if len(told) > len(word) && told[:len(word)] == word {
			n++
		}
	}
	return n
}
