package node

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"net"
	"strconv"
	"strings"
	"time"

	cmtcfg "github.com/cometbft/cometbft/config"

	"cosmossdk.io/log/v2"

	"github.com/alaya-network/alaya/chain/votes"
)

const (
	// DefaultBlockTime is the pause between a block and the next while there is
	// something to do: the most of a transaction's latency.
	DefaultBlockTime = 200 * time.Millisecond
	// DefaultRestTime is the pause while a chain of one validator has nothing
	// to do: how coarse its clock is, and the inverse of what rest costs. A
	// transaction ends it at once.
	DefaultRestTime = time.Second
)

// anyPort asks the system for a free port on loopback.
const anyPort = "tcp://127.0.0.1:0"

// Options are what one node may choose.
type Options struct {
	// Home is the folder that Create filled.
	Home string
	// BlockTime is the pause after a block; 0: DefaultBlockTime.
	BlockTime time.Duration
	// RestTime is the pause while nothing happens; 0: DefaultRestTime.
	RestTime time.Duration
	// RPC is where CometBFT's RPC server listens, "tcp://host:port", port 0
	// for any; "": no server.
	RPC string
	// P2P is where peers connect, "tcp://host:port"; "": any port on loopback.
	P2P string
	// Peers are the nodes to stay connected with, "id@host:port".
	Peers []string
	// Metrics puts CometBFT's metrics into the process's Prometheus registry;
	// only one node of a process may.
	Metrics bool
	// MinGasPrices and KeepRecent are app.Options'.
	MinGasPrices string
	KeepRecent   uint64
	// Oracle is the cache of this node's verifier; nil: it verifies nothing.
	Oracle votes.Oracle
	// Tally overrides, in tests, who counts the votes.
	Tally votes.Tally
	// Logger; nil: silence.
	Logger log.Logger
}

// comet returns CometBFT's configuration.
func (o Options) comet() (*cmtcfg.Config, error) {
	cfg := homeConfig(o.Home)
	if err := o.listen(cfg); err != nil {
		return nil, fmt.Errorf("node: %w", err)
	}
	cfg.P2P.PersistentPeers = strings.Join(o.Peers, ",")
	cfg.P2P.PexReactor = false
	cfg.P2P.AllowDuplicateIP = true
	cfg.P2P.AddrBookStrict = false

	cfg.Consensus.TimeoutCommit = cmp.Or(o.BlockTime, DefaultBlockTime)
	cfg.Consensus.CreateEmptyBlocks = false
	cfg.Consensus.CreateEmptyBlocksInterval = cmp.Or(o.RestTime, DefaultRestTime)
	cfg.Consensus.TimeoutPropose = time.Second

	// A page of work comes in bursts: room for thousands of waiting
	// transactions, and a block's worth in one.
	cfg.Mempool.Size = 50_000
	cfg.Mempool.CacheSize = 200_000
	cfg.Mempool.MaxTxsBytes = 256 << 20

	cfg.Instrumentation.Prometheus = o.Metrics
	cfg.Instrumentation.PrometheusListenAddr = ""
	return cfg, cfg.ValidateBasic()
}

func (o Options) listen(cfg *cmtcfg.Config) (err error) {
	if o.P2P == "" {
		o.P2P = anyPort
	}
	if cfg.P2P.ListenAddress, err = settlePort(o.P2P); err != nil {
		return err
	}
	cfg.RPC.ListenAddress = ""
	if o.RPC != "" {
		cfg.RPC.ListenAddress, err = settlePort(o.RPC)
	}
	return err
}

// settlePort replaces port 0 by one that is free now, and not of those that
// systems give to connections (32768 and up on Linux, 49152 on others): such a
// one might be gone before the node listens.
func settlePort(address string) (string, error) {
	host, found := strings.CutSuffix(strings.TrimPrefix(address, "tcp://"), ":0")
	if !found {
		return address, nil
	}
	const first, count, tries = 20_000, 12_000, 100
	var err error
	for range tries {
		var listener net.Listener
		listener, err = net.Listen("tcp", net.JoinHostPort(host, strconv.Itoa(first+rand.IntN(count))))
		if err == nil {
			return "tcp://" + listener.Addr().String(), listener.Close()
		}
	}
	return "", fmt.Errorf("listen on %s: %w", address, err)
}

func homeConfig(home string) *cmtcfg.Config {
	cfg := cmtcfg.DefaultConfig()
	cfg.SetRoot(home)
	return cfg
}
