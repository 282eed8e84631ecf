package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/agent/welcome"
	"github.com/alaya-network/alaya/chain/node"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/gateway"
	"github.com/alaya-network/alaya/station"
)

// upFlags are the flags of up.
type upFlags struct {
	fresh, verbose   bool
	sample           bool
	feeGrants        amountFlag
	rpc, p2p, http   string
	index            string
	peers, blobPeers []string
	blockTime        time.Duration
	minGasPrices     string
}

func newUpCommand(s *session) *cobra.Command {
	var f upFlags
	cmd := &cobra.Command{
		Use:   "up",
		Short: "Run one node with everything on this machine",
		Long: `Starts a node: chain, blob store, verifier and gateway, in one process and under one
home folder, which it makes when it is not there. It prints where to reach it and which
keys have money, and runs until it is interrupted. All listeners are on loopback.`,
		Example: `  alaya up
  alaya up --sample
  alaya up --home /tmp/alaya --fresh
  alaya up --http 127.0.0.1:0 --rpc ""`,
		RunE: func(cmd *cobra.Command, _ []string) error { return s.up(cmd.Context(), f) },
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.fresh, "fresh", false, "begin a new chain: what the home folder holds of an old one is deleted")
	flags.BoolVar(&f.sample, "sample", false, "fill the market with a small world to try things in; on loopback only")
	flags.StringVar(&f.http, "http", gateway.DefaultAddress, "where the gateway listens, host:port; port 0 for any")
	flags.StringVar(&f.rpc, "rpc", "tcp://127.0.0.1:26657", `where the node answers, tcp://host:port; "" for nowhere`)
	flags.StringVar(&f.p2p, "p2p", "", "where peers connect, tcp://host:port (default any port of loopback)")
	flags.StringVar(&f.index, "index", "", "where the read model is, postgres://… or a file (default index/chain.db in the home folder)")
	flags.StringSliceVar(&f.peers, "peer", nil, "a node to stay connected with, id@host:port; may be repeated")
	flags.StringSliceVar(&f.blobPeers, "blob-peer", nil, "a gateway to fetch blobs from, http://host:port; may be repeated")
	flags.DurationVar(&f.blockTime, "block-time", node.DefaultBlockTime, "pause between blocks")
	flags.StringVar(&f.minGasPrices, "min-gas-prices", "", "what a transaction must pay to be relayed, such as 0.001ualy")
	flags.Var(&f.feeGrants, "fee-grants", "what the operator pays of newcomers' fees at most, in all (default 1000aly while the gateway listens on loopback, else nothing)")
	flags.BoolVar(&f.verbose, "verbose", false, "log what the parts do")
	return cmd
}

func (s *session) up(ctx context.Context, f upFlags) error {
	home := s.flags.home
	if f.fresh {
		if err := s.clear(home); err != nil {
			return err
		}
	}
	if !node.Exists(home) {
		s.say("Making a new chain in %s", home)
		if err := createLocal(home); err != nil {
			return err
		}
	}
	level := slog.LevelWarn
	if f.verbose {
		level = slog.LevelInfo
	}
	log := slog.New(slog.NewTextHandler(s.notes, &slog.HandlerOptions{Level: level}))
	c := station.Config{
		Home: home, BlockTime: f.blockTime, RPC: f.rpc, P2P: f.p2p, HTTP: f.http, Index: f.index,
		Version: buildVersion(), Local: f.sample, Peers: f.peers, BlobPeers: f.blobPeers,
		Metrics: true, MinGasPrices: f.minGasPrices, Welcome: f.welcome(), Log: log,
	}
	var err error
	if f.sample {
		if c.Samples, err = s.samples(f); err != nil {
			return err
		}
	}
	st, err := startLocal(ctx, c)
	if err != nil {
		if st != nil {
			err = errors.Join(err, st.Stop())
		}
		return advise(err, "is another node running in this home or on these ports? See --home, --rpc and --http")
	}
	if err := s.greet(st, home); err != nil {
		return errors.Join(err, st.Stop())
	}
	if f.sample {
		err = s.live(ctx, st, log)
	}
	<-ctx.Done()
	s.say("Stopping")
	return errors.Join(err, st.Stop())
}

// live lets the sample world live until ctx ends.
func (s *session) live(ctx context.Context, st *station.Station, log *slog.Logger) error {
	w, err := s.newSample(st, log)
	if err == nil {
		err = w.run(ctx)
	}
	if err != nil && ctx.Err() == nil {
		s.say("The sample world ended: %s", err)
		return err
	}
	return nil
}

// welcome is what the operator pays for newcomers.
func (f upFlags) welcome() *welcome.Terms {
	budget := num.Amount(f.feeGrants)
	if budget == 0 && f.onLoopback() {
		budget = 1_000 * num.ALY
	}
	if budget == 0 {
		return nil
	}
	return &welcome.Terms{Budget: budget}
}

// onLoopback says whether only this machine reaches the gateway.
func (f upFlags) onLoopback() bool {
	host, _, err := net.SplitHostPort(f.http)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// clear deletes what `alaya up` keeps in a home, and nothing else there.
func (s *session) clear(home string) error {
	parts := []string{
		"config", "data", "blobs", "index", "relay", "welcome", "uploads",
		phrasesFile, sampleFile, "keyring-" + keyringTest,
	}
	for _, part := range parts {
		if err := os.RemoveAll(s.path(part)); err != nil {
			return fault.Internal("clear %s: %w", home, err)
		}
	}
	return nil
}

// upView is what up prints when the node is ready.
type upView struct {
	Chain    string   `json:"chain"`
	Home     string   `json:"home"`
	Node     string   `json:"node"`
	Gateway  string   `json:"gateway"`
	Peer     string   `json:"peer"`
	Accounts []upUser `json:"accounts"`
}

type upUser struct {
	Name    string `json:"name"`
	Address string `json:"address"`
	Balance string `json:"balance"`
}

func (s *session) greet(st *station.Station, home string) error {
	v := upView{Chain: st.Client.ChainID(), Home: home, Node: st.Node.RPC(), Gateway: st.URL, Peer: st.Node.Peer()}
	var err error
	if v.Accounts, err = users(st, home, founders(1)); err != nil {
		return err
	}
	return s.show(v, func(p *page) {
		p.line("Alaya is up. Interrupt to stop.")
		if v.Gateway != "" {
			p.line("Open %s in a browser.", v.Gateway)
		}
		p.field("chain", v.Chain)
		p.field("home", v.Home)
		p.field("node", v.Node)
		p.field("gateway", v.Gateway)
		p.field("peer", v.Peer)
		p.line("")
		showUsers(p, v.Accounts)
		p.line("Try: alaya request example > campaign.yaml, or docs/guides/first-campaign.md")
	})
}

// users are the founders with what they have now.
func users(st *station.Station, keys string, founders []founder) ([]upUser, error) {
	var all []upUser
	for _, f := range founders {
		account, err := localAccount(st, keys, f.name)
		if err != nil {
			return nil, err
		}
		balance, err := st.Client.Balance(context.Background(), account.Address())
		if err != nil {
			return nil, err
		}
		all = append(all, upUser{Name: f.name, Address: account.Address().String(), Balance: balance.String()})
	}
	return all, nil
}

func showUsers(p *page, all []upUser) {
	p.table("key", "address", "balance")
	for _, a := range all {
		p.row(a.Name, a.Address, a.Balance)
	}
	p.line("")
}
