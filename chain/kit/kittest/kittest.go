// Package kittest gives a keeper test what a keeper needs and no more: stores
// in memory, the SDK's own accounts and bank, and a clock that the test moves.
//
// Words: an Env is one chain's state at one block.
package kittest

import (
	"crypto/sha256"
	"testing"
	"time"

	dbm "github.com/cosmos/cosmos-db"

	corestore "cosmossdk.io/core/store"
	"cosmossdk.io/log/v2"

	cmtproto "github.com/cometbft/cometbft/proto/tendermint/types"

	"github.com/cosmos/cosmos-sdk/codec/address"
	"github.com/cosmos/cosmos-sdk/runtime"
	"github.com/cosmos/cosmos-sdk/store/v2"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	bankkeeper "github.com/cosmos/cosmos-sdk/x/bank/keeper"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
)

// Start is the time of an Env's first block: 2026-01-01 UTC.
const Start id.Time = 1_767_225_600_000

// Env is one chain's state at one block.
type Env struct {
	// Ctx is the context of the block; Advance replaces it.
	Ctx      sdk.Context
	Codec    kit.Codec
	Accounts authkeeper.AccountKeeper
	Bank     bankkeeper.BaseKeeper

	t    testing.TB
	keys map[string]*storetypes.KVStoreKey
}

// mint is the module account that Fund takes new money from.
const mint = "kittest"

// New makes an Env at height 1 and time Start, with an empty store and a
// module account, without permissions, for every module named.
func New(t testing.TB, modules ...string) *Env {
	t.Helper()
	codec := kit.NewCodec()
	authtypes.RegisterInterfaces(codec.Registry)
	banktypes.RegisterInterfaces(codec.Registry)

	names := append([]string{authtypes.StoreKey, banktypes.StoreKey}, modules...)
	e := &Env{Codec: codec, t: t, keys: storetypes.NewKVStoreKeys(names...)}
	e.Ctx = sdk.NewContext(e.stores(names), cmtproto.Header{}, false, log.NewNopLogger())
	e.at(1, Start)

	perms := map[string][]string{mint: {authtypes.Minter}}
	for _, m := range modules {
		perms[m] = nil
	}
	authority := authtypes.NewModuleAddress("gov").String()
	e.Accounts = authkeeper.NewAccountKeeper(codec.Proto, e.Store(authtypes.StoreKey),
		authtypes.ProtoBaseAccount, perms, address.NewBech32Codec(kit.Prefix), kit.Prefix, authority)
	e.Bank = bankkeeper.NewBaseKeeper(codec.Proto, e.Store(banktypes.StoreKey), e.Accounts,
		nil, authority, log.NewNopLogger())
	e.check(e.Accounts.Params.Set(e.Ctx, authtypes.DefaultParams()))
	e.check(e.Bank.SetParams(e.Ctx, banktypes.DefaultParams()))
	return e
}

// Store returns the store of a module that New was given.
func (e *Env) Store(module string) corestore.KVStoreService {
	e.t.Helper()
	key, ok := e.keys[module]
	if !ok {
		e.t.Fatalf("kittest: store %q was not asked for", module)
	}
	return runtime.NewKVStoreService(key)
}

// Now returns the time of the block.
func (e *Env) Now() id.Time { return kit.Now(e.Ctx) }

// Advance goes to the next block, ms milliseconds later.
func (e *Env) Advance(ms int64) { e.at(e.Ctx.BlockHeight()+1, e.Now().Add(ms)) }

// Address returns the address that always belongs to name.
func Address(name string) sdk.AccAddress {
	kit.SetPrefixes()
	sum := sha256.Sum256([]byte(name))
	return sum[:20]
}

// Fund gives an address new money, in ualy.
func (e *Env) Fund(to sdk.AccAddress, ualy int64) {
	e.t.Helper()
	coins := sdk.NewCoins(sdk.NewInt64Coin(kit.Denom, ualy))
	e.check(e.Bank.MintCoins(e.Ctx, mint, coins))
	e.check(e.Bank.SendCoinsFromModuleToAccount(e.Ctx, mint, to, coins))
}

// Balance returns an address's money, in ualy.
func (e *Env) Balance(of sdk.AccAddress) int64 {
	return e.Bank.GetBalance(e.Ctx, of, kit.Denom).Amount.Int64()
}

// ModuleBalance returns the money of a module's account, in ualy.
func (e *Env) ModuleBalance(module string) int64 {
	return e.Balance(e.Accounts.GetModuleAddress(module))
}

func (e *Env) stores(names []string) storetypes.CommitMultiStore {
	db := dbm.NewMemDB()
	stores := store.NewCommitMultiStore(db, log.NewNopLogger())
	for _, name := range names {
		stores.MountStoreWithDB(e.keys[name], storetypes.StoreTypeIAVL, db)
	}
	e.check(stores.LoadLatestVersion())
	return stores
}

// at sets height and time; events start afresh with each block.
func (e *Env) at(height int64, now id.Time) {
	e.Ctx = e.Ctx.WithBlockHeight(height).
		WithBlockTime(time.UnixMilli(int64(now)).UTC()).
		WithEventManager(sdk.NewEventManager())
}

func (e *Env) check(err error) {
	e.t.Helper()
	if err != nil {
		e.t.Fatalf("kittest: %v", err)
	}
}
