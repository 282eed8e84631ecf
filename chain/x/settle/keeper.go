// Package settle keeps escrow and turns final verdicts into money: the chain's
// side of core/escrow and core/settle.
//
// Words: the ledger is the list of escrow accounts, all of whose money lies in
// the module account "settle"; a deadline is either that of a settlement, whose
// review ends, or that of a payout, which may be paid or whose contest ends.
//
// Invariants, held by Invariants after every transaction:
//  1. The module account holds exactly the sum of the ledger.
//  2. The pending account of a request holds what its settlements still owe.
//  3. Sums and counts of a settlement are those of its payouts.
//  4. A contest exists exactly for the contested payouts.
//  5. The posting index lists exactly the settlements in that state.
//
// Payouts are released payout by payout, each in its own branch of the state:
// one that cannot be paid comes back later and holds up no other.
package settle

import (
	"context"
	"errors"
	"fmt"

	"cosmossdk.io/collections"
	"cosmossdk.io/core/address"
	corestore "cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/codec"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/settle"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	"github.com/alaya-network/alaya/wire"
)

// Name is the module's name, that of its store and of its module account.
const Name = "settle"

// Money is what the ledger stands on.
type Money struct {
	Bank      Bank
	Pool      Pool
	Addresses address.Codec
}

type (
	// milestoneKey is request and milestone.
	milestoneKey = collections.Pair[string, uint32]
	// payoutKey is request, milestone and contributor.
	payoutKey = collections.Triple[string, uint32, string]
	// earningKey is contributor, request and milestone.
	earningKey = collections.Triple[string, string, uint32]
)

// Keeper keeps escrow, settlements, payouts and contests.
type Keeper struct {
	flow      Flow
	money     Money
	account   sdk.AccAddress // the module account
	authority string         // who may change parameters

	params      collections.Item[settlev1.Params]
	balances    collections.Map[collections.Pair[string, string], int64] // request, account
	settlements collections.Map[milestoneKey, settlev1.Settlement]
	posting     collections.KeySet[milestoneKey] // settlements whose vector is not complete
	payouts     collections.Map[payoutKey, settlev1.Payout]
	earnings    collections.KeySet[earningKey]
	contests    collections.Map[payoutKey, settlev1.Contest]
	// reviews holds settlements by the end of their review; the third part of
	// the key is the last contributor who was looked at.
	reviews kit.Queue[payoutKey]
	// due holds payouts to be paid, and contested ones by the contest's end.
	due kit.Queue[payoutKey]
}

// NewKeeper makes the keeper. The flow may be filled later; authority is the
// address that sets parameters.
func NewKeeper(cdc codec.BinaryCodec, store corestore.KVStoreService, flow Flow, money Money, authority string) *Keeper {
	sb := collections.NewSchemaBuilder(store)
	milestones := collections.PairKeyCodec(collections.StringKey, collections.Uint32Key)
	perPayout := collections.TripleKeyCodec(collections.StringKey, collections.Uint32Key, collections.StringKey)
	perEarner := collections.TripleKeyCodec(collections.StringKey, collections.StringKey, collections.Uint32Key)
	k := &Keeper{
		flow: flow, money: money, account: authtypes.NewModuleAddress(Name), authority: authority,
		params: collections.NewItem(sb, collections.NewPrefix(1), "params", codec.CollValue[settlev1.Params](cdc)),
		balances: collections.NewMap(sb, collections.NewPrefix(2), "balances",
			collections.PairKeyCodec(collections.StringKey, collections.StringKey), collections.Int64Value),
		settlements: collections.NewMap(sb, collections.NewPrefix(3), "settlements", milestones, codec.CollValue[settlev1.Settlement](cdc)),
		posting:     collections.NewKeySet(sb, collections.NewPrefix(9), "posting", milestones),
		payouts:     collections.NewMap(sb, collections.NewPrefix(4), "payouts", perPayout, codec.CollValue[settlev1.Payout](cdc)),
		earnings:    collections.NewKeySet(sb, collections.NewPrefix(5), "earnings", perEarner),
		contests:    collections.NewMap(sb, collections.NewPrefix(6), "contests", perPayout, codec.CollValue[settlev1.Contest](cdc)),
		reviews:     kit.NewQueue(sb, collections.NewPrefix(7), "reviews", perPayout),
		due:         kit.NewQueue(sb, collections.NewPrefix(8), "due", perPayout),
	}
	if _, err := sb.Build(); err != nil {
		panic(fmt.Errorf("settle: schema: %w", err))
	}
	return k
}

// Params returns the parameters.
func (k *Keeper) Params(ctx context.Context) (settle.Params, error) {
	p, err := k.params.Get(ctx)
	if err != nil {
		return settle.Params{}, fmt.Errorf("params: %w", err)
	}
	return wire.SettleParamsFromProto(&p)
}

// Settlement returns the settlement of a milestone.
func (k *Keeper) Settlement(ctx context.Context, r id.RequestID, milestone uint32) (settle.Settlement, error) {
	s, err := k.settlements.Get(ctx, collections.Join(string(r), milestone))
	if errors.Is(err, collections.ErrNotFound) {
		return settle.Settlement{}, fault.NotFound("settle: no settlement of request %s, milestone %d", r, milestone)
	}
	if err != nil {
		return settle.Settlement{}, err
	}
	return wire.SettlementFromProto(&s)
}

// Payout returns what a contributor gets for a milestone.
func (k *Keeper) Payout(ctx context.Context, r id.RequestID, milestone uint32, c id.Address) (settle.Payout, error) {
	p, err := k.payouts.Get(ctx, collections.Join3(string(r), milestone, string(c)))
	if errors.Is(err, collections.ErrNotFound) {
		return settle.Payout{}, fault.NotFound("settle: no payout of %s for request %s, milestone %d", c, r, milestone)
	}
	if err != nil {
		return settle.Payout{}, err
	}
	return wire.PayoutFromProto(&p)
}

// Undone counts the settlements of a request that are not done.
func (k *Keeper) Undone(ctx context.Context, r id.RequestID) (int, error) {
	undone := 0
	err := k.settlements.Walk(ctx, collections.NewPrefixedPairRange[string, uint32](string(r)),
		func(_ milestoneKey, s settlev1.Settlement) (bool, error) {
			if settle.State(s.State) != settle.Done {
				undone++
			}
			return false, nil
		})
	return undone, err
}

// load returns a payout with its settlement.
func (k *Keeper) load(ctx context.Context, r string, milestone uint32, c string) (settle.Settlement, settle.Payout, error) {
	s, err := k.Settlement(ctx, id.RequestID(r), milestone)
	if err != nil {
		return s, settle.Payout{}, err
	}
	p, err := k.Payout(ctx, s.Request, milestone, id.Address(c))
	return s, p, err
}

// contest returns the contest of a contested payout.
func (k *Keeper) contest(ctx context.Context, key payoutKey) (settle.Contest, error) {
	c, err := k.contests.Get(ctx, key)
	if err != nil {
		return settle.Contest{}, fmt.Errorf("contest of %s, request %s, milestone %d: %w", key.K3(), key.K1(), key.K2(), err)
	}
	return wire.ContestFromProto(&c)
}

func (k *Keeper) saveSettlement(ctx context.Context, s settle.Settlement) error {
	return k.settlements.Set(ctx, collections.Join(string(s.Request), s.Milestone), *wire.SettlementToProto(s))
}

func (k *Keeper) savePayout(ctx context.Context, p settle.Payout) error {
	return k.payouts.Set(ctx, keyOf(p), *wire.PayoutToProto(p))
}

func keyOf(p settle.Payout) payoutKey {
	return collections.Join3(string(p.Request), p.Milestone, string(p.Contributor))
}
