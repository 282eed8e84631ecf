// Package node runs one CometBFT node with our app inside this process, from a
// home folder.
//
// Words: a home is a folder with config/ (genesis, keys) and data/ (blocks,
// state); a cluster is several nodes of one chain, as in tests and localnets.
//
// Invariants:
//  1. A node holds no state outside its home and its Options: several run in
//     one process.
//  2. Listeners are on loopback unless Options say otherwise.
//  3. A home left by a killed process starts again; nothing committed is lost.
package node

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	cmtcfg "github.com/cometbft/cometbft/config"
	cmtnode "github.com/cometbft/cometbft/node"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/privval"
	"github.com/cometbft/cometbft/proxy"
	"github.com/cometbft/cometbft/rpc/client/local"
	cmttypes "github.com/cometbft/cometbft/types"
	dbm "github.com/cosmos/cosmos-db"

	"cosmossdk.io/log/v2"

	"github.com/cosmos/cosmos-sdk/client"
	"github.com/cosmos/cosmos-sdk/server"
	cmtlog "github.com/cosmos/cosmos-sdk/server/log"
	genutiltypes "github.com/cosmos/cosmos-sdk/x/genutil/types"

	"github.com/alaya-network/alaya/chain/app"
)

// Node is a running node.
type Node struct {
	app    *app.App
	comet  *cmtnode.Node
	client *local.Local
	dbs    *databases
}

// Start starts a node from a home that Create made. Queries and transactions
// work from the first block on: WaitHeight(ctx, 1).
func Start(o Options) (*Node, error) {
	if o.Logger == nil {
		o.Logger = log.NewNopLogger()
	}
	cfg, err := o.comet()
	if err != nil {
		return nil, err
	}
	n := &Node{dbs: &databases{}}
	if err := n.start(o, cfg); err != nil {
		return nil, errors.Join(fmt.Errorf("node: start %s: %w", o.Home, err), n.Stop())
	}
	return n, nil
}

func (n *Node) start(o Options, cfg *cmtcfg.Config) error {
	genesis, err := genutiltypes.AppGenesisFromFile(cfg.GenesisFile())
	if err != nil {
		return err
	}
	if n.app, err = newApp(o, genesis.ChainID); err != nil {
		return err
	}
	key, err := p2p.LoadOrGenNodeKey(cfg.NodeKeyFile())
	if err != nil {
		return err
	}
	n.comet, err = cmtnode.NewNode(cfg,
		privval.LoadOrGenFilePV(cfg.PrivValidatorKeyFile(), cfg.PrivValidatorStateFile()),
		key,
		proxy.NewLocalClientCreator(server.NewCometABCIWrapper(n.app)),
		genesis.ToGenesisDoc,
		n.dbs.open,
		cmtnode.DefaultMetricsProvider(cfg.Instrumentation),
		cmtlog.CometLoggerWrapper{Logger: o.Logger})
	if err != nil {
		return err
	}
	n.client = local.New(n.comet)
	n.app.RegisterNodeServices(n.ClientContext())
	return n.comet.Start()
}

func newApp(o Options, chainID string) (*app.App, error) {
	db, err := dbm.NewDB("application", dbm.GoLevelDBBackend, filepath.Join(o.Home, "data"))
	if err != nil {
		return nil, err
	}
	a, err := app.New(app.Options{
		Home: o.Home, ChainID: chainID, DB: db, Logger: o.Logger,
		MinGasPrices: o.MinGasPrices, KeepRecent: o.KeepRecent,
		Oracle: o.Oracle, Tally: o.Tally,
	})
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return a, nil
}

// App returns the state machine, for its codec and keepers.
func (n *Node) App() *app.App { return n.app }

// Client returns an RPC client without sockets.
func (n *Node) Client() *local.Local { return n.client }

// ChainID returns the chain's id.
func (n *Node) ChainID() string { return n.comet.GenesisDoc().ChainID }

// RPC returns the address of the RPC server, "tcp://host:port", or "" if off.
func (n *Node) RPC() string { return n.comet.Config().RPC.ListenAddress }

// Height returns the height of the last block that is executed and committed.
func (n *Node) Height() int64 {
	info, err := n.client.ABCIInfo(context.Background())
	if err != nil {
		return 0
	}
	return info.Response.LastBlockHeight
}

// Peers returns the number of connected peers.
func (n *Node) Peers() int { return n.comet.Switch().Peers().Size() }

// ClientContext returns the SDK's client context over Client: a connection for
// generated query clients and gateway routes, and what signing needs.
func (n *Node) ClientContext() client.Context {
	return client.Context{}.
		WithClient(n.client).
		WithChainID(n.ChainID()).
		WithCodec(n.app.Codec.Proto).
		WithInterfaceRegistry(n.app.Codec.Registry).
		WithTxConfig(n.app.Codec.Tx).
		WithLegacyAmino(n.app.Codec.Amino)
}

// WaitHeight returns once Height has reached the given one.
func (n *Node) WaitHeight(ctx context.Context, height int64) error {
	subscriber := fmt.Sprintf("wait-%p-%d", &ctx, height)
	blocks, err := n.comet.EventBus().Subscribe(ctx, subscriber, cmttypes.EventQueryNewBlockHeader, 16)
	if err != nil {
		return fmt.Errorf("node: wait for height %d: %w", height, err)
	}
	defer func() { _ = n.comet.EventBus().UnsubscribeAll(context.WithoutCancel(ctx), subscriber) }()
	for n.Height() < height {
		select {
		case <-blocks.Out():
		case <-blocks.Canceled():
			return fmt.Errorf("node: wait for height %d: %w", height, blocks.Err())
		case <-ctx.Done():
			return fmt.Errorf("node: wait for height %d, now %d: %w", height, n.Height(), ctx.Err())
		}
	}
	return nil
}

// Stop stops the node and closes its databases. It may be called once, also
// on a node that did not start.
func (n *Node) Stop() error {
	var errs []error
	if n.comet != nil && n.comet.IsRunning() {
		errs = append(errs, n.comet.Stop())
		n.comet.Wait()
	}
	if n.app != nil {
		errs = append(errs, n.app.Close())
	}
	return errors.Join(append(errs, n.dbs.close())...)
}
