package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/alaya-network/alaya/chain/node"
	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/station"
)

// localnetFlags are the flags of localnet.
type localnetFlags struct {
	nodes, port int
	blockTime   time.Duration
	verbose     bool
}

// ports is how many each node takes: for peers, for clients, for the gateway.
const ports = 3

func newLocalnetCommand(s *session) *cobra.Command {
	f := localnetFlags{}
	cmd := &cobra.Command{
		Use:   "localnet",
		Short: "Run a network of several validators on this machine",
		Long: `Starts several nodes that do not share anything but the chain: each has its own validator,
verifier, blob store and gateway, under HOME/node1, HOME/node2 and so on, and they meet
over loopback. More than two thirds of them must run for the chain to move. The keys are
in HOME. It runs until it is interrupted, and goes on where it stopped.`,
		Example: `  alaya localnet --home /tmp/net
  alaya localnet --home /tmp/net -n 7 --port 30000`,
		RunE: func(cmd *cobra.Command, _ []string) error { return s.localnet(cmd.Context(), f) },
	}
	flags := cmd.Flags()
	flags.IntVarP(&f.nodes, "nodes", "n", 4, "validators, 1 to 16")
	flags.IntVar(&f.port, "port", 26700, "the first of three ports a node: for peers, for clients, for the gateway")
	flags.DurationVar(&f.blockTime, "block-time", node.DefaultBlockTime, "pause between blocks")
	flags.BoolVar(&f.verbose, "verbose", false, "log what the parts do")
	return cmd
}

func (f localnetFlags) check() error {
	if f.nodes < 1 || f.nodes > 16 {
		return fault.Invalid("%d nodes: want 1 to 16", f.nodes)
	}
	if last := f.port + ports*f.nodes - 1; f.port < 1024 || last > 65535 {
		return fault.Invalid("ports %d to %d: want 1024 to 65535", f.port, last)
	}
	return nil
}

// address is where node i, from 0, listens for one of its three purposes.
func (f localnetFlags) address(i, purpose int) string {
	return fmt.Sprintf("127.0.0.1:%d", f.port+ports*i+purpose)
}

func (s *session) localnet(ctx context.Context, f localnetFlags) (err error) {
	if err := f.check(); err != nil {
		return err
	}
	home := s.flags.home
	homes := make([]string, f.nodes)
	for i := range homes {
		homes[i] = filepath.Join(home, fmt.Sprintf("node%d", i+1))
	}
	if !node.Exists(homes[0]) {
		s.say("Making a new chain of %d validators in %s", f.nodes, home)
		if err := createNetwork(home, homes...); err != nil {
			return err
		}
	}
	stations := make([]*station.Station, len(homes))
	defer func() {
		for _, st := range stations {
			if st != nil {
				err = errors.Join(err, st.Stop())
			}
		}
	}()
	together, starting := errgroup.WithContext(ctx) // a node is up when the chain is, which takes most of them
	for i := range homes {
		together.Go(func() (err error) {
			if stations[i], err = s.startOf(starting, f, homes, i); err != nil {
				return err
			}
			return takesPart(starting, stations[i])
		})
	}
	if err := together.Wait(); err != nil {
		return advise(err, "is another network running in this home or on these ports? See --home and --port")
	}
	if err := s.greetNetwork(stations, home); err != nil {
		return err
	}
	<-ctx.Done()
	s.say("Stopping")
	return nil
}

// startOf starts node i of the network.
func (s *session) startOf(ctx context.Context, f localnetFlags, homes []string, i int) (*station.Station, error) {
	level := slog.LevelWarn
	if f.verbose {
		level = slog.LevelInfo
	}
	c := station.Config{
		Home: homes[i], BlockTime: f.blockTime, Patience: time.Duration(i) * time.Second,
		P2P: "tcp://" + f.address(i, 0), RPC: "tcp://" + f.address(i, 1), HTTP: f.address(i, 2),
		Log: slog.New(slog.NewTextHandler(s.notes, &slog.HandlerOptions{Level: level})).With("node", i+1),
	}
	for j := range homes {
		if j == i {
			continue
		}
		peer, err := node.PeerOf(homes[j], "tcp://"+f.address(j, 0))
		if err != nil {
			return nil, err
		}
		c.Peers = append(c.Peers, peer)
		c.BlobPeers = append(c.BlobPeers, "http://"+f.address(j, 2))
	}
	ring, err := client.OpenTestKeyring(s.flags.home)
	if err != nil {
		return nil, err
	}
	if c.Operator, err = ring.Key(operatorName(i)); err != nil {
		return nil, err
	}
	return station.Start(ctx, c)
}

// takesPart returns when a node has all blocks there are, and takes
// transactions.
func takesPart(ctx context.Context, st *station.Station) error {
	for {
		status, err := st.Node.Client().Status(ctx)
		if err != nil {
			return fault.Internal("status: %w", err)
		}
		if !status.SyncInfo.CatchingUp {
			return nil
		}
		if err := st.Client.WaitHeight(ctx, st.Client.Height()+1); err != nil {
			return err
		}
	}
}

// localnetView is what localnet prints when the chain moves.
type localnetView struct {
	Chain    string         `json:"chain"`
	Home     string         `json:"home"`
	Nodes    []localnetNode `json:"nodes"`
	Accounts []upUser       `json:"accounts"`
}

type localnetNode struct {
	Node    string `json:"node"`
	Gateway string `json:"gateway"`
	Peer    string `json:"peer"`
}

func (s *session) greetNetwork(stations []*station.Station, home string) (err error) {
	v := localnetView{Chain: stations[0].Client.ChainID(), Home: home}
	for _, st := range stations {
		v.Nodes = append(v.Nodes, localnetNode{Node: st.Node.RPC(), Gateway: st.URL, Peer: st.Node.Peer()})
	}
	if v.Accounts, err = users(stations[0], home, founders(len(stations))); err != nil {
		return err
	}
	return s.show(v, func(p *page) {
		p.line("A network of %d validators is up. Interrupt to stop.", len(stations))
		p.field("chain", v.Chain)
		p.field("home", v.Home)
		p.line("")
		p.table("node", "gateway", "peer")
		for _, n := range v.Nodes {
			p.row(n.Node, n.Gateway, n.Peer)
		}
		p.line("")
		showUsers(p, v.Accounts)
	})
}
