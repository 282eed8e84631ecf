package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/cometbft/cometbft/abci/example/kvstore"
	cmtcfg "github.com/cometbft/cometbft/config"
	"github.com/cometbft/cometbft/libs/log"
	"github.com/cometbft/cometbft/mempool"
	cmtnode "github.com/cometbft/cometbft/node"
	"github.com/cometbft/cometbft/p2p"
	"github.com/cometbft/cometbft/privval"
	"github.com/cometbft/cometbft/proxy"
	"github.com/cometbft/cometbft/rpc/client/local"
	cmttypes "github.com/cometbft/cometbft/types"

	"github.com/alaya-network/alaya/bench/load"
	"github.com/alaya-network/alaya/chain/node"
)

// txSize is about that of our smallest transaction, in bytes.
const txSize = 250

// benchKVStore drives the engine's own example: consensus, blocks and disk as
// under our chain, with an application that checks and computes next to
// nothing. It is the ceiling.
func benchKVStore(ctx context.Context, home string, txs int) (l load.Load, err error) {
	engine, err := startKVStore(home)
	if err != nil {
		return l, err
	}
	defer func() {
		err = errors.Join(err, engine.Stop())
		engine.Wait()
	}()
	blocks, err := engine.EventBus().Subscribe(ctx, "bench", cmttypes.EventQueryNewBlock, 1000)
	if err != nil {
		return l, err
	}
	raws := make([]cmttypes.Tx, txs)
	for i := range raws {
		raws[i] = fmt.Appendf(nil, "%08d=%0*d", i, txSize-9, i)
	}
	l = load.Load{Name: "CometBFT's key-value store, 250 bytes", Messages: 1, Txs: txs}
	began, used := time.Now(), load.CPU()
	rpc := local.New(engine)
	for _, raw := range raws {
		if err := hand(ctx, rpc, raw); err != nil {
			return l, err
		}
	}
	for taken := 0; taken < txs; {
		select {
		case m := <-blocks.Out():
			taken += len(m.Data().(cmttypes.EventDataNewBlock).Block.Txs)
		case <-ctx.Done():
			return l, ctx.Err()
		}
	}
	l.Wall, l.CPU = time.Since(began), load.CPU()-used
	return l, nil
}

// hand hands a transaction over, and waits while there is no room.
func hand(ctx context.Context, rpc *local.Local, raw cmttypes.Tx) error {
	for {
		res, err := rpc.BroadcastTxSync(ctx, raw)
		var full mempool.ErrMempoolIsFull
		switch {
		case errors.As(err, &full):
			time.Sleep(time.Millisecond)
		case err == nil && res.Code != 0:
			return fmt.Errorf("key-value store: code %d: %s", res.Code, res.Log)
		default:
			return err
		}
	}
}

// startKVStore starts a node of one validator, set as ours are.
func startKVStore(home string) (*cmtnode.Node, error) {
	cfg := cmtcfg.DefaultConfig()
	cfg.SetRoot(home)
	cfg.Consensus.TimeoutCommit = node.DefaultBlockTime
	cfg.RPC.ListenAddress, cfg.P2P.ListenAddress = "", "tcp://127.0.0.1:0"
	cfg.Mempool.Size, cfg.Mempool.CacheSize, cfg.Mempool.MaxTxsBytes = 50_000, 200_000, 256<<20
	for _, dir := range []string{"config", "data"} {
		if err := os.MkdirAll(filepath.Join(home, dir), 0o700); err != nil {
			return nil, err
		}
	}
	signer := privval.LoadOrGenFilePV(cfg.PrivValidatorKeyFile(), cfg.PrivValidatorStateFile())
	genesis := &cmttypes.GenesisDoc{
		ChainID: "kvstore-bench", GenesisTime: time.Now(), ConsensusParams: cmttypes.DefaultConsensusParams(),
		Validators: []cmttypes.GenesisValidator{{PubKey: signer.Key.PubKey, Power: 10}},
	}
	key, err := p2p.LoadOrGenNodeKey(cfg.NodeKeyFile())
	if err != nil {
		return nil, err
	}
	engine, err := cmtnode.NewNode(cfg, signer, key, proxy.NewLocalClientCreator(kvstore.NewInMemoryApplication()),
		func() (*cmttypes.GenesisDoc, error) { return genesis, genesis.ValidateAndComplete() },
		cmtcfg.DefaultDBProvider, cmtnode.DefaultMetricsProvider(cfg.Instrumentation), log.NewNopLogger())
	if err != nil {
		return nil, err
	}
	return engine, engine.Start()
}
