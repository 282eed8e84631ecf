// Package app wires the chain: the SDK's modules, our stages, and what goes on
// between them, each in its own small file.
//
// Words: a stage is a module of ours, named as in the way of data; a keeper
// holds a module's state; the authority, who may change parameters, is the
// account of x/gov.
//
// Invariants:
//  1. Stages meet only here: no module of ours imports another.
//  2. Everything is set before the stores are loaded; after that an App is
//     sealed.
//  3. A panic here is a broken promise of this program, found at start-up.
package app

import (
	"encoding/json"
	"fmt"

	abci "github.com/cometbft/cometbft/abci/types"
	dbm "github.com/cosmos/cosmos-db"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/baseapp"
	pruningtypes "github.com/cosmos/cosmos-sdk/store/v2/pruning/types"
	storetypes "github.com/cosmos/cosmos-sdk/store/v2/types"
	sdk "github.com/cosmos/cosmos-sdk/types"
	"github.com/cosmos/cosmos-sdk/types/module"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/chain/votes"
)

// Name is the application's name.
const Name = "alaya"

// Options are what one node may choose; none of them touches consensus.
type Options struct {
	// Home is where x/upgrade leaves its notes.
	Home string
	// ChainID must be the genesis document's.
	ChainID string
	DB      dbm.DB
	Logger  log.Logger
	// MinGasPrices, such as "0.001ualy", below which this node relays nothing;
	// "" for none, which only a node without strangers can afford.
	MinGasPrices string
	// KeepRecent is how many past heights stay readable; 0 keeps all.
	KeepRecent uint64
	// Oracle is the cache of this node's verifier; nil: it verifies nothing.
	Oracle votes.Oracle
	// Tally overrides, in tests, who counts the votes; nil: the stage quality.
	Tally votes.Tally
}

// App is the chain's state machine.
type App struct {
	*baseapp.BaseApp
	Codec   kit.Codec
	Keepers Keepers
	txs     decoded
	manager *module.Manager
	basics  module.BasicManager
}

// New makes an App and loads the last committed state. The error is the
// database's.
func New(o Options) (*App, error) {
	codec := kit.NewCodec()
	a := &App{Codec: codec, BaseApp: newBase(codec, o)}
	keys := storetypes.NewKVStoreKeys(storeNames()...)
	a.txs = newDecoded(a.BaseApp)
	a.txs.install()
	a.Keepers = newKeepers(a.BaseApp, codec, keys, o.Home)
	a.setModules()
	a.MountKVStores(keys)
	a.setFlow(o)
	a.SetAnteHandler(newAnteHandler(a.Keepers, codec, a.LastBlockHeight))
	if err := a.LoadLatestVersion(); err != nil {
		return nil, fmt.Errorf("app: load state: %w", err)
	}
	return a, nil
}

func newBase(codec kit.Codec, o Options) *baseapp.BaseApp {
	pruning := pruningtypes.NewPruningOptions(pruningtypes.PruningNothing)
	if o.KeepRecent > 0 {
		pruning = pruningtypes.NewCustomPruningOptions(o.KeepRecent, max(10, o.KeepRecent/10))
	}
	base := baseapp.NewBaseApp(Name, o.Logger, o.DB, codec.Tx.TxDecoder(),
		baseapp.SetChainID(o.ChainID),
		baseapp.SetMinGasPrices(o.MinGasPrices),
		baseapp.SetIndexEvents(searchable()),
		baseapp.SetPruning(pruning))
	base.SetInterfaceRegistry(codec.Registry)
	base.SetTxEncoder(codec.Tx.TxEncoder())
	return base
}

// searchable are the attributes of events by which the engine's own index finds
// transactions, as wallets do; every other search is the read model's.
func searchable() []string { return []string{"message.sender", "transfer.recipient"} }

// setModules makes the module manager and puts all services on the routers.
func (a *App) setModules() {
	a.manager = newManager(a)
	a.basics = module.NewBasicManagerFromManager(a.manager, nil)
	a.basics.RegisterInterfaces(a.Codec.Registry)
	a.basics.RegisterLegacyAminoCodec(a.Codec.Amino)
	services := module.NewConfigurator(a.Codec.Proto, a.MsgServiceRouter(), a.GRPCQueryRouter())
	if err := a.manager.RegisterServices(services); err != nil {
		panic(fmt.Errorf("app: services: %w", err))
	}
}

// setFlow sets what happens at genesis and in each block.
func (a *App) setFlow(o Options) {
	handlers := a.votes(o)
	handlers.Install(a.BaseApp)
	a.SetInitChainer(a.initChain)
	a.SetPreBlocker(func(ctx sdk.Context, req *abci.RequestFinalizeBlock) (*sdk.ResponsePreBlock, error) {
		res, err := a.manager.PreBlock(ctx)
		if err == nil {
			handlers.PreBlock(ctx, req)
		}
		return res, err
	})
	a.SetBeginBlocker(a.manager.BeginBlock)
	a.SetEndBlocker(a.manager.EndBlock)
}

func (a *App) votes(o Options) votes.Handlers {
	if o.Oracle == nil {
		o.Oracle = votes.NoOracle{}
	}
	if o.Tally == nil {
		o.Tally = a.Keepers.Stages.Quality
	}
	proposals := baseapp.NewDefaultProposalHandler(a.Mempool(), a.txs)
	return votes.Handlers{
		Oracle:  o.Oracle,
		Tally:   o.Tally,
		Staking: a.Keepers.Staking,
		Prepare: proposals.PrepareProposalHandler(),
		Process: proposals.ProcessProposalHandler(),
	}
}

func (a *App) initChain(ctx sdk.Context, req *abci.RequestInitChain) (*abci.ResponseInitChain, error) {
	var genesis map[string]json.RawMessage
	if err := json.Unmarshal(req.AppStateBytes, &genesis); err != nil {
		return nil, fmt.Errorf("app: genesis: %w", err)
	}
	if err := a.Keepers.Upgrade.SetModuleVersionMap(ctx, a.manager.GetVersionMap()); err != nil {
		return nil, fmt.Errorf("app: genesis: module versions: %w", err)
	}
	return a.manager.InitGenesis(ctx, a.Codec.Proto, genesis)
}
