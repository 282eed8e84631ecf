package model_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"testing"

	corestore "cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/codec/address"
	sdk "github.com/cosmos/cosmos-sdk/types"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/chain/kit/kittest"
	xmodel "github.com/alaya-network/alaya/chain/x/model"
	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/num"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// Terms of every test's models, unless it says otherwise.
const (
	features = 1_000
	wait     = 60_000
	price    = 1_000
	rich     = 10_000_000
)

// promises stands for the stage that holds money: a ledger in a store of its
// own, so that it follows the branches of the state.
type promises struct {
	env       *kittest.Env
	store     corestore.KVStoreService
	published []dataset.Dataset
}

const holder = "escrow"

func (p *promises) Carry(ctx context.Context, t []escrow.Transfer) error {
	return escrow.Carry(books{p, ctx}, t)
}

func (p *promises) Balance(ctx context.Context, a escrow.Account) (num.Amount, error) {
	return books{p, ctx}.Balance(a)
}

func (p *promises) Publish(_ context.Context, d dataset.Dataset) error {
	p.published = append(p.published, d)
	return nil
}

type books struct {
	*promises
	ctx context.Context
}

func (b books) Balance(a escrow.Account) (num.Amount, error) {
	value, err := b.store.OpenKVStore(b.ctx).Get([]byte(a))
	if err != nil || value == nil {
		return 0, err
	}
	return num.Amount(binary.BigEndian.Uint64(value)), nil
}

func (b books) SetBalance(a escrow.Account, amount num.Amount) error {
	if amount == 0 {
		return b.store.OpenKVStore(b.ctx).Delete([]byte(a))
	}
	return b.store.OpenKVStore(b.ctx).Set([]byte(a), binary.BigEndian.AppendUint64(nil, uint64(amount)))
}

func (b books) Collect(from id.Address, amount num.Amount) error {
	sender, err := sdk.AccAddressFromBech32(string(from))
	if err != nil {
		return err
	}
	return b.env.Bank.SendCoinsFromAccountToModule(b.ctx, sender, holder, coins(amount))
}

func (b books) Pay(to id.Address, amount num.Amount) error {
	recipient, err := sdk.AccAddressFromBech32(string(to))
	if err != nil {
		return err
	}
	return b.env.Bank.SendCoinsFromModuleToAccount(b.ctx, holder, recipient, coins(amount))
}

// Donate pays to the address that stands for the community pool.
func (b books) Donate(amount num.Amount) error { return b.Pay(person("pool"), amount) }

func coins(amount num.Amount) sdk.Coins {
	return sdk.NewCoins(sdk.NewInt64Coin(kit.Denom, int64(amount)))
}

// world is a chain of models alone.
type world struct {
	*kittest.Env
	t      testing.TB
	keeper *xmodel.Keeper
	msg    modelv1.MsgServer
	query  modelv1.QueryServer
	flow   *promises
}

func newWorld(t testing.TB) *world {
	env := kittest.New(t, xmodel.Name, holder)
	flow := &promises{env: env, store: env.Store(holder)}
	keeper := xmodel.NewKeeper(env.Codec.Proto, env.Store(xmodel.Name), flow, address.Bech32Codec{Bech32Prefix: kit.Prefix})
	return &world{
		Env: env, t: t, keeper: keeper, msg: xmodel.NewMsgServer(keeper), query: xmodel.NewQueryServer(keeper), flow: flow,
	}
}

func person(name string) id.Address { return id.Address(kittest.Address(name).String()) }

// fund makes people rich.
func (w *world) fund(names ...string) {
	for _, name := range names {
		w.Fund(kittest.Address(name), rich)
	}
}

// money is what a person has.
func (w *world) money(name string) int64 { return w.Balance(kittest.Address(name)) }

// terms are those of a naive Bayes model of two classes.
func terms(kind model.Kind) model.Terms {
	t := model.Terms{
		Name: "test", Config: learn.Config{Family: learn.Bayes, Classes: 2, Features: features},
		Encoder: model.Encoder{Inline: []byte(`{"kind":"none"}`)}, Licence: "CC0-1.0",
		Incentive: model.Incentive{Kind: kind, Wait: wait},
	}
	switch kind {
	case model.Deposit:
		t.Incentive.Deposit = model.DepositTerms{Start: price, Floor: 10, Target: 1_000, Window: 3_600_000, Bond: num.One / 2, Share: num.One / 4}
	case model.Bounty:
		t.Incentive.Wait = 0
	case model.Points:
	}
	return t
}

func (w *world) create(creator string, t model.Terms) id.ModelID {
	w.t.Helper()
	res, err := w.msg.CreateModel(w.Ctx, &modelv1.MsgCreateModel{Creator: string(person(creator)), Terms: wire.ModelTermsToProto(t)})
	w.must(err)
	return id.ModelID(res.Id)
}

// offer is an item of a class: ten features, most of which only that class has.
func offer(class int64, seed int) model.Offer {
	x := learn.Input{}
	for i := range uint32(10) {
		index := i*90 + uint32(class)*40 + uint32(seed*7+int(i)*seed)%38
		x.Indices = append(x.Indices, index)
	}
	return model.Offer{Input: x, Label: class}
}

// offers are n items whose labels are right.
func offers(n, seed int) []model.Offer {
	var list []model.Offer
	for i := range n {
		list = append(list, offer(int64(i%2), seed*1_000+i))
	}
	return list
}

func protos(list []model.Offer) []modelv1.Offer {
	var all []modelv1.Offer
	for _, o := range list {
		all = append(all, wire.ModelOfferToProto(o))
	}
	return all
}

func (w *world) contribute(author string, m id.ModelID, list ...model.Offer) (*modelv1.MsgContributeResponse, error) {
	return w.msg.Contribute(w.Ctx, &modelv1.MsgContribute{Author: string(person(author)), Model: string(m), Offers: protos(list)})
}

func (w *world) give(author string, m id.ModelID, list ...model.Offer) uint64 {
	w.t.Helper()
	res, err := w.contribute(author, m, list...)
	w.must(err)
	return res.First
}

func (w *world) model(m id.ModelID) model.Model {
	w.t.Helper()
	found, err := w.keeper.Model(w.Ctx, m)
	w.must(err)
	return found
}

func (w *world) item(m id.ModelID, number uint64) model.Contribution {
	w.t.Helper()
	c, err := w.keeper.Contribution(w.Ctx, m, number)
	w.must(err)
	return c
}

func (w *world) contributor(m id.ModelID, name string) model.Contributor {
	w.t.Helper()
	c, err := w.keeper.Contributor(w.Ctx, m, person(name))
	w.must(err)
	return c
}

// inState fails the test unless a contribution is in that state.
func (w *world) inState(m id.ModelID, number uint64, want model.ContributionState) {
	w.t.Helper()
	if c := w.item(m, number); c.State != want {
		w.t.Errorf("contribution %d is %s, want %s", number, c.State, want)
	}
}

// parameters are the live ones of a model.
func (w *world) parameters(m id.ModelID) []modelv1.Cell {
	w.t.Helper()
	res, err := w.query.Parameters(w.Ctx, &modelv1.QueryParametersRequest{Model: string(m), Pagination: page(1_000)})
	w.must(err)
	return res.Cells
}

// block ends this block and goes to the next, ms milliseconds later.
func (w *world) block(ms int64) {
	w.t.Helper()
	w.must(w.keeper.EndBlock(w.Ctx))
	for _, e := range w.Ctx.EventManager().Events() {
		if e.Type == kit.EventDeadlineFailed {
			w.t.Fatalf("a deadline failed: %v", e)
		}
	}
	w.Advance(ms)
	header := w.Ctx.BlockHeader()
	header.AppHash = fmt.Appendf(nil, "state after block %d", w.Ctx.BlockHeight()-1)
	w.Ctx = w.Ctx.WithBlockHeader(header)
}

// blocks lets n blocks pass.
func (w *world) blocks(n int) {
	w.t.Helper()
	for range n {
		w.block(1_000)
	}
}

// judge lets the verdicts of all that was given so far come.
func (w *world) judge() {
	w.t.Helper()
	w.block(wait + 1)
	w.block(1)
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// refused fails the test unless err is of the kind.
func (w *world) refused(err error, want fault.Kind) {
	w.t.Helper()
	if got := fault.KindOf(err); got != want {
		w.t.Errorf("got %s (%v), want %s", got, err, want)
	}
}

// sound fails the test unless all invariants hold, and no money is lost: what
// people and the ledger hold is what was funded.
func (w *world) sound() {
	w.t.Helper()
	w.must(w.keeper.Invariants(w.Ctx))
}

const one = fixed.One

func sdkAddress(name string) sdk.AccAddress { return kittest.Address(name) }

// copyTo copies all accounts to another ledger.
func (p *promises) copyTo(ctx context.Context, to *promises, toCtx context.Context) error {
	it, err := p.store.OpenKVStore(ctx).Iterator(nil, nil)
	if err != nil {
		return err
	}
	defer it.Close()
	for ; it.Valid(); it.Next() {
		if err := to.store.OpenKVStore(toCtx).Set(it.Key(), it.Value()); err != nil {
			return err
		}
	}
	return nil
}
