package app

import (
	"maps"
	"slices"

	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	authzkeeper "github.com/cosmos/cosmos-sdk/x/authz/keeper"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	evidencetypes "github.com/cosmos/cosmos-sdk/x/evidence/types"
	"github.com/cosmos/cosmos-sdk/x/feegrant"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"
)

// storeNames lists the stores, one for each module that keeps state.
func storeNames() []string {
	return append([]string{
		authtypes.StoreKey,
		banktypes.StoreKey,
		stakingtypes.StoreKey,
		slashingtypes.StoreKey,
		distrtypes.StoreKey,
		govtypes.StoreKey,
		evidencetypes.StoreKey,
		feegrant.StoreKey,
		authzkeeper.StoreKey,
		upgradetypes.StoreKey,
		consensustypes.StoreKey,
	}, stageNames()...)
}

// accounts lists the module accounts and what each may do with money.
func accounts() map[string][]string {
	perms := map[string][]string{
		authtypes.FeeCollectorName:     nil,
		distrtypes.ModuleName:          nil,
		stakingtypes.BondedPoolName:    {authtypes.Burner, authtypes.Staking},
		stakingtypes.NotBondedPoolName: {authtypes.Burner, authtypes.Staking},
		govtypes.ModuleName:            {authtypes.Burner},
	}
	for _, name := range stageNames() {
		perms[name] = nil
	}
	return perms
}

// blocked lists the addresses nobody may send money to: every module account
// but that of governance. A balance there equals the promises against it.
func blocked() map[string]bool {
	addresses := make(map[string]bool)
	for _, name := range slices.Sorted(maps.Keys(accounts())) {
		if name != govtypes.ModuleName {
			addresses[authtypes.NewModuleAddress(name).String()] = true
		}
	}
	return addresses
}
