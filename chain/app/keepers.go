package app

import (
	"cosmossdk.io/core/store"

	"github.com/cosmos/cosmos-sdk/baseapp"
	"github.com/cosmos/cosmos-sdk/codec/address"
	"github.com/cosmos/cosmos-sdk/runtime"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	authkeeper "github.com/cosmos/cosmos-sdk/x/auth/keeper"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	authzkeeper "github.com/cosmos/cosmos-sdk/x/authz/keeper"
	bankkeeper "github.com/cosmos/cosmos-sdk/x/bank/keeper"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	consensuskeeper "github.com/cosmos/cosmos-sdk/x/consensus/keeper"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	distrkeeper "github.com/cosmos/cosmos-sdk/x/distribution/keeper"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	evidencekeeper "github.com/cosmos/cosmos-sdk/x/evidence/keeper"
	evidencetypes "github.com/cosmos/cosmos-sdk/x/evidence/types"
	"github.com/cosmos/cosmos-sdk/x/feegrant"
	feegrantkeeper "github.com/cosmos/cosmos-sdk/x/feegrant/keeper"
	govkeeper "github.com/cosmos/cosmos-sdk/x/gov/keeper"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	slashingkeeper "github.com/cosmos/cosmos-sdk/x/slashing/keeper"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	stakingkeeper "github.com/cosmos/cosmos-sdk/x/staking/keeper"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	upgradekeeper "github.com/cosmos/cosmos-sdk/x/upgrade/keeper"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"

	"github.com/alaya-network/alaya/chain/kit"
)

// Keepers hold the state of all modules.
type Keepers struct {
	Consensus    consensuskeeper.Keeper
	Account      authkeeper.AccountKeeper
	Bank         bankkeeper.BaseKeeper
	Staking      *stakingkeeper.Keeper
	Slashing     slashingkeeper.Keeper
	Distribution distrkeeper.Keeper
	Gov          *govkeeper.Keeper
	Evidence     *evidencekeeper.Keeper
	FeeGrant     feegrantkeeper.Keeper
	Authz        authzkeeper.Keeper
	Upgrade      *upgradekeeper.Keeper

	Stages *Stages
}

// builder is what every keeper is made of.
type builder struct {
	base      *baseapp.BaseApp
	codec     kit.Codec
	keys      map[string]*storetypes.KVStoreKey
	addresses address.Bech32Codec
	authority string
	home      string
}

func (b builder) store(name string) store.KVStoreService {
	return runtime.NewKVStoreService(b.keys[name])
}

// newKeepers makes the keepers, each after those it depends on.
func newKeepers(base *baseapp.BaseApp, codec kit.Codec, keys map[string]*storetypes.KVStoreKey, home string) Keepers {
	b := builder{
		base: base, codec: codec, keys: keys, home: home,
		addresses: address.Bech32Codec{Bech32Prefix: kit.Prefix},
		authority: authtypes.NewModuleAddress(govtypes.ModuleName).String(),
	}
	var k Keepers
	b.money(&k)
	b.validators(&k)
	b.governance(&k)
	k.Stages = newStages(b, k)
	return k
}

// money makes the keepers of parameters, accounts and coins.
func (b builder) money(k *Keepers) {
	cdc := b.codec.Proto
	k.Consensus = consensuskeeper.NewKeeper(cdc, b.store(consensustypes.StoreKey), b.authority, runtime.EventService{})
	b.base.SetParamStore(k.Consensus.ParamsStore)
	k.Account = authkeeper.NewAccountKeeper(cdc, b.store(authtypes.StoreKey), authtypes.ProtoBaseAccount,
		accounts(), b.addresses, kit.Prefix, b.authority, authkeeper.WithUnorderedTransactions(true))
	k.Bank = bankkeeper.NewBaseKeeper(cdc, b.store(banktypes.StoreKey), k.Account, blocked(), b.authority, b.base.Logger())
	k.FeeGrant = feegrantkeeper.NewKeeper(cdc, b.store(feegrant.StoreKey), k.Account).SetBankKeeper(k.Bank)
}

// validators makes the keepers of those who run the chain.
func (b builder) validators(k *Keepers) {
	cdc := b.codec.Proto
	k.Staking = stakingkeeper.NewKeeper(cdc, steady{b.store(stakingtypes.StoreKey)}, k.Account, k.Bank, b.authority,
		address.NewBech32Codec(kit.Prefix+"valoper"), address.NewBech32Codec(kit.Prefix+"valcons"))
	k.Distribution = distrkeeper.NewKeeper(cdc, steady{b.store(distrtypes.StoreKey)}, k.Account, k.Bank, k.Staking,
		authtypes.FeeCollectorName, b.authority)
	k.Slashing = slashingkeeper.NewKeeper(cdc, b.codec.Amino, b.store(slashingtypes.StoreKey), k.Staking, b.authority)
	k.Staking.SetHooks(stakingtypes.NewMultiStakingHooks(k.Distribution.Hooks(), k.Slashing.Hooks()))
	k.Evidence = evidencekeeper.NewKeeper(cdc, b.store(evidencetypes.StoreKey), k.Staking, k.Slashing,
		b.addresses, runtime.ProvideCometInfoService())
}

// governance makes the keepers that act for others.
func (b builder) governance(k *Keepers) {
	cdc := b.codec.Proto
	k.Gov = govkeeper.NewKeeper(cdc, b.store(govtypes.StoreKey), k.Account, k.Bank, k.Distribution,
		b.base.MsgServiceRouter(), govtypes.DefaultConfig(), b.authority,
		govkeeper.NewDefaultCalculateVoteResultsAndVotingPower(k.Staking))
	k.Authz = authzkeeper.NewKeeper(b.store(authzkeeper.StoreKey), cdc, b.base.MsgServiceRouter(), k.Account).SetBankKeeper(k.Bank)
	k.Upgrade = upgradekeeper.NewKeeper(nil, b.store(upgradetypes.StoreKey), cdc, b.home, b.base, b.authority)
}
