package app

import (
	"slices"

	"cosmossdk.io/core/appmodule"

	"github.com/cosmos/cosmos-sdk/types/module"
	"github.com/cosmos/cosmos-sdk/x/auth"
	authtypes "github.com/cosmos/cosmos-sdk/x/auth/types"
	"github.com/cosmos/cosmos-sdk/x/authz"
	authzmodule "github.com/cosmos/cosmos-sdk/x/authz/module"
	"github.com/cosmos/cosmos-sdk/x/bank"
	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"
	"github.com/cosmos/cosmos-sdk/x/consensus"
	consensustypes "github.com/cosmos/cosmos-sdk/x/consensus/types"
	distr "github.com/cosmos/cosmos-sdk/x/distribution"
	distrtypes "github.com/cosmos/cosmos-sdk/x/distribution/types"
	"github.com/cosmos/cosmos-sdk/x/evidence"
	evidencetypes "github.com/cosmos/cosmos-sdk/x/evidence/types"
	"github.com/cosmos/cosmos-sdk/x/feegrant"
	feegrantmodule "github.com/cosmos/cosmos-sdk/x/feegrant/module"
	"github.com/cosmos/cosmos-sdk/x/genutil"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"
	"github.com/cosmos/cosmos-sdk/x/gov"
	govtypes "github.com/cosmos/cosmos-sdk/x/gov/types"
	"github.com/cosmos/cosmos-sdk/x/slashing"
	slashingtypes "github.com/cosmos/cosmos-sdk/x/slashing/types"
	"github.com/cosmos/cosmos-sdk/x/staking"
	stakingtypes "github.com/cosmos/cosmos-sdk/x/staking/types"
	"github.com/cosmos/cosmos-sdk/x/upgrade"
	upgradetypes "github.com/cosmos/cosmos-sdk/x/upgrade/types"
)

// newManager makes the module manager with every order written out.
func newManager(a *App) *module.Manager {
	m := module.NewManagerFromMap(a.modules())
	stages := stageNames()
	m.SetOrderPreBlockers(upgradetypes.ModuleName, authtypes.ModuleName)
	m.SetOrderBeginBlockers(slices.Concat([]string{
		distrtypes.ModuleName, slashingtypes.ModuleName, evidencetypes.ModuleName,
		stakingtypes.ModuleName, authz.ModuleName,
	}, stages)...)
	// Bank first: it credits what the block's transactions left to be credited.
	m.SetOrderEndBlockers(slices.Concat([]string{
		banktypes.ModuleName, govtypes.ModuleName, stakingtypes.ModuleName, feegrant.ModuleName,
	}, stages)...)
	// Distribution before staking, whose genesis calls its hooks; genutil after
	// staking, whose pools its transactions use.
	genesis := slices.Concat([]string{
		authtypes.ModuleName, banktypes.ModuleName, distrtypes.ModuleName, stakingtypes.ModuleName,
		slashingtypes.ModuleName, govtypes.ModuleName, genutiltypes.ModuleName, evidencetypes.ModuleName,
		feegrant.ModuleName, authz.ModuleName, upgradetypes.ModuleName, consensustypes.ModuleName,
	}, stages)
	m.SetOrderInitGenesis(genesis...)
	m.SetOrderExportGenesis(genesis...)
	return m
}

func (a *App) modules() map[string]appmodule.AppModule {
	all := make(map[string]appmodule.AppModule)
	for _, m := range a.sdkModules() {
		all[m.Name()] = m
	}
	for _, m := range a.Keepers.Stages.modules() {
		all[m.Name()] = m
	}
	return all
}

// sdkModule is what all modules of the SDK have in common.
type sdkModule interface {
	appmodule.AppModule
	Name() string
}

func (a *App) sdkModules() []sdkModule {
	k, cdc, registry := a.Keepers, a.Codec.Proto, a.Codec.Registry
	return []sdkModule{
		genutil.NewAppModule(k.Account, k.Staking, a, a.Codec.Tx),
		auth.NewAppModule(cdc, k.Account, nil, nil),
		bank.NewAppModule(cdc, k.Bank, k.Account, nil),
		staking.NewAppModule(cdc, k.Staking, k.Account, k.Bank, nil),
		watch{slashing.NewAppModule(cdc, k.Slashing, k.Account, k.Bank, k.Staking, nil, registry)},
		distr.NewAppModule(cdc, k.Distribution, k.Account, k.Bank, k.Staking, nil),
		gov.NewAppModule(cdc, k.Gov, k.Account, k.Bank, nil),
		evidence.NewAppModule(*k.Evidence),
		feegrantmodule.NewAppModule(cdc, k.Account, k.Bank, k.FeeGrant, registry),
		authzmodule.NewAppModule(cdc, k.Authz, k.Account, k.Bank, registry),
		upgrade.NewAppModule(k.Upgrade, k.Account.AddressCodec()),
		consensus.NewAppModule(cdc, k.Consensus),
	}
}
