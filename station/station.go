// Package station is one whole node in one process: chain, blobs, verifier and
// gateway, with the keys of those who run it. It is what `alaya up` starts, and
// what tests and benchmarks start many of.
//
// Words: a home holds all of a station: config/ and data/ (the chain), blobs/,
// index/ (the read model), keys; a founder is an account with money at genesis.
//
// Invariants:
//  1. Nothing outside its home is written.
//  2. A home left by a killed process starts again and loses nothing that was
//     acknowledged.
//  3. Listeners are on loopback unless the configuration says otherwise.
package station

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"cosmossdk.io/log/v2"

	"github.com/alaya-network/alaya/agent/verifier"
	"github.com/alaya-network/alaya/agent/welcome"
	"github.com/alaya-network/alaya/chain/node"
	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/gateway"
	"github.com/alaya-network/alaya/index"
	"github.com/alaya-network/alaya/plane"
	"github.com/alaya-network/alaya/plane/fetch"
	"github.com/alaya-network/alaya/plane/flatfs"
	"github.com/alaya-network/alaya/plane/intake"
	"github.com/alaya-network/alaya/portal"
)

// Config says how a station runs.
type Config struct {
	Home string
	// Operator signs what the verifier brings; nil: it brings nothing.
	Operator client.Key
	// BlockTime and RestTime are node.Options'.
	BlockTime, RestTime time.Duration
	// RPC and P2P are where the chain listens, "tcp://host:port"; "": RPC is
	// off, P2P on any port of loopback.
	RPC, P2P string
	// HTTP is where the gateway listens, "host:port"; "": no gateway.
	HTTP string
	// Index is where the gateway's read model is, "postgres://…" or a file; "":
	// index/chain.db under Home.
	Index string
	// Version is the program's, for those who ask the gateway; Local says that
	// the chain has sample accounts.
	Version string
	Local   bool
	// Samples are accounts that the gateway shows to everybody.
	Samples []gateway.Sample
	// Peers are other nodes, "id@host:port"; BlobPeers their gateways.
	Peers, BlobPeers []string
	// Welcome says what the operator pays of newcomers' fees; nil: nothing.
	Welcome *welcome.Terms
	// Patience is how long the verifier lets others bring a verdict first.
	Patience time.Duration
	// Blobs are the settings of the store; the zero value: plane.Defaults.
	Blobs plane.Options
	// Metrics puts the engine's metrics into the process's registry; only one
	// station of a process may.
	Metrics bool
	// MinGasPrices below which nothing is relayed, such as "0.001ualy".
	MinGasPrices string
	Log          *slog.Logger
	// ChainLog takes the engine's log; nil: silence.
	ChainLog log.Logger
}

// Station is a running node.
type Station struct {
	Node     *node.Node
	Client   *client.Client
	Store    *plane.Store
	Library  *Library
	Verifier *verifier.Verifier
	// URL is the gateway's, "" if there is none.
	URL string

	driver  *flatfs.Driver
	index   *index.Index
	stop    context.CancelFunc
	running sync.WaitGroup
}

// Start starts a station from a home that has a chain.
func Start(ctx context.Context, c Config) (*Station, error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	s := &Station{}
	if err := s.start(ctx, c); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

func (s *Station) start(ctx context.Context, c Config) error {
	if err := s.openStore(c); err != nil {
		return err
	}
	oracle := &lateOracle{}
	var err error
	s.Node, err = node.Start(node.Options{
		Home: c.Home, BlockTime: c.BlockTime, RestTime: c.RestTime, RPC: c.RPC, P2P: c.P2P, Peers: c.Peers,
		Metrics: c.Metrics, MinGasPrices: c.MinGasPrices, Oracle: oracle, Logger: c.ChainLog,
	})
	if err != nil {
		return err
	}
	// Other validators may start later: until then there is no first block.
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	s.stop = stop
	if s.Client, err = client.Dial(ctx, client.Config{RPC: s.Node.Client(), GasPrice: c.MinGasPrices}); err != nil {
		return err
	}
	var operator *client.Account
	if c.Operator != nil {
		if operator, err = s.Client.Account(c.Operator); err != nil {
			return err
		}
	}
	s.Verifier = verifier.New(verifier.Config{Client: s.Client, Library: s.Library, Account: operator, Patience: c.Patience, Log: c.Log})
	oracle.set(s.Verifier)
	s.run(running, c.Log, "verifier", s.Verifier.Run)
	return s.serve(running, c, operator)
}

// run lets a loop run until Stop.
func (s *Station) run(ctx context.Context, log *slog.Logger, name string, loop func(context.Context) error) {
	s.running.Add(1)
	go func() {
		defer s.running.Done()
		if err := loop(ctx); err != nil && ctx.Err() == nil {
			log.Error(name+" ended", "error", err)
		}
	}()
}

// serve opens the gateway, if one is wanted, with what the operator does for
// its visitors.
func (s *Station) serve(ctx context.Context, c Config, operator *client.Account) error {
	if c.HTTP == "" {
		return nil
	}
	if err := s.openIndex(ctx, c); err != nil {
		return err
	}
	files, err := intake.New(intake.Options{Folder: filepath.Join(c.Home, "uploads"), Store: s.Store, Visitor: gateway.Visitor, Log: c.Log})
	if err != nil {
		return err
	}
	s.run(ctx, c.Log, "intake", files.Run)
	config := gateway.Config{
		Client: s.Client, Store: s.Store, Index: s.index, Version: c.Version, Local: c.Local,
		Metrics: prometheus.DefaultGatherer, Portal: portal.Files(), Uploads: files.Handler(), Samples: c.Samples, Log: c.Log,
	}
	if operator != nil {
		if err := s.host(ctx, c, operator, &config); err != nil {
			return err
		}
	}
	g, err := gateway.New(config)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.HTTP)
	if err != nil {
		return err
	}
	s.URL = "http://" + listener.Addr().String()
	s.run(ctx, c.Log, "gateway", func(ctx context.Context) error { return g.Serve(ctx, listener) })
	return nil
}

// openIndex opens the read model and lets it follow the chain.
func (s *Station) openIndex(ctx context.Context, c Config) error {
	if c.Index == "" {
		c.Index = filepath.Join(c.Home, "index", "chain.db")
		if err := os.MkdirAll(filepath.Dir(c.Index), 0o700); err != nil {
			return err
		}
	}
	var err error
	if s.index, err = index.Open(ctx, c.Index); err != nil {
		return err
	}
	s.run(ctx, c.Log, "index", index.NewWriter(s.index, s.Client, s.Store, c.Log).Run)
	return nil
}

func (s *Station) openStore(c Config) error {
	var err error
	if s.driver, err = flatfs.Open(filepath.Join(c.Home, "blobs")); err != nil {
		return err
	}
	if c.Blobs.MaxSize == 0 {
		c.Blobs = plane.Defaults()
	}
	if s.Store, err = plane.New(s.driver, c.Blobs); err != nil {
		return err
	}
	s.Library = &Library{store: s.Store}
	if len(c.BlobPeers) > 0 {
		s.Library.fetcher, err = fetch.New(s.Store, c.BlobPeers, fetch.Defaults())
	}
	return err
}

// Stop stops everything that runs; it may be called once.
func (s *Station) Stop() error {
	if s.stop != nil {
		s.stop()
	}
	s.running.Wait()
	if s.Client != nil {
		s.Client.Close()
	}
	var faults []error
	if s.index != nil {
		faults = append(faults, s.index.Close())
	}
	if s.Node != nil {
		faults = append(faults, s.Node.Stop())
	}
	if s.driver != nil {
		faults = append(faults, s.driver.Close())
	}
	return errors.Join(faults...)
}
