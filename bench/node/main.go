// Command node measures what one node takes: transactions and messages of
// work per second, what each costs in CPU, how long one waits until it is
// final, and what rest costs; and CometBFT's own key-value store beside it, on
// the same machine in the same run.
//
// Contributors' transactions are signed before the clock starts and handed
// over without sockets, so that the figures are the node's. All are checked to
// have taken effect, and the chain's invariants to hold.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/pprof"
	"time"

	"github.com/alaya-network/alaya/agent/replay"
	"github.com/alaya-network/alaya/bench/load"
	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/plane"
	"github.com/alaya-network/alaya/plane/memory"
	"github.com/alaya-network/alaya/station"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	size := sizes{}
	flag.IntVar(&size.contributors, "contributors", 200, "contributors, each with a key of his own")
	flag.IntVar(&size.pages, "pages", 2000, "pages of the request")
	flag.StringVar(&size.profile, "cpuprofile", "", "write a profile of our node under load to this file")
	flag.DurationVar(&size.rest, "rest", 30*time.Second, "how long to watch the node at rest")
	flag.Parse()
	if err := run(ctx, size); err != nil {
		fmt.Fprintln(os.Stderr, "node:", err)
		os.Exit(1)
	}
}

// sizes of the run.
type sizes struct {
	contributors, pages int
	rest                time.Duration
	profile             string
}

func run(ctx context.Context, size sizes) (err error) {
	home, err := os.MkdirTemp("", "alaya-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(home) }()
	var loads []load.Load
	quiet, err := bench(ctx, filepath.Join(home, "alaya"), size, &loads)
	if err != nil {
		return err
	}
	peer, err := benchKVStore(ctx, filepath.Join(home, "kvstore"), 40_000)
	if err != nil {
		return err
	}
	return report(os.Stdout, append(loads, peer), quiet)
}

// bench measures our node.
func bench(ctx context.Context, home string, size sizes, loads *[]load.Load) (q quiet, err error) {
	st, requester, err := load.Start(ctx, home)
	if err != nil {
		return q, err
	}
	defer func() { err = errors.Join(err, st.Stop()) }()
	if q, err = watch(ctx, st, requester, size.rest); err != nil {
		return q, err
	}
	town, err := settle(ctx, st, requester, size)
	if err != nil {
		return q, err
	}
	stop, err := profile(size.profile)
	if err != nil {
		return q, err
	}
	defer stop()
	for _, step := range []func(context.Context) ([]load.Load, error){town.transfers, town.commits, town.reveals} {
		some, err := step(ctx)
		if err != nil {
			return q, err
		}
		*loads = append(*loads, some...)
	}
	return q, st.Node.App().Invariants()
}

// settle posts a request of one-item pages and engages the contributors, each
// for as many pages as the loads will need.
func settle(ctx context.Context, st *station.Station, requester *client.Account, size sizes) (*town, error) {
	store, err := plane.New(memory.New(), plane.Defaults())
	if err != nil {
		return nil, err
	}
	crowd := replay.Synthetic{Items: size.pages, Page: 1, Contributors: size.contributors, Labels: 2, Each: perContributor, Seed: "bench"}
	script := replay.Script{Layout: crowd.Layout(), Labels: crowd.LabelSet(), Crowd: crowd}
	options := replay.Defaults()
	answers := uint32(perContributor*size.contributors/size.pages + 1)
	options.Redundancy = market.Redundancy{Min: answers, Max: answers, Step: 1, Target: 990_000}
	options.Spend = num.One
	cast, err := script.Begin(ctx, replay.Stage{
		Client: st.Client, Blobs: store, Requester: requester, Tell: func(replay.Progress) {},
	}, options)
	if err != nil {
		return nil, err
	}
	return &town{client: st.Client, requester: requester, cast: cast}, nil
}

// profile writes where the CPU's time goes to a file, if it has a name.
func profile(file string) (stop func(), err error) {
	if file == "" {
		return func() {}, nil
	}
	f, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return func() {
		pprof.StopCPUProfile()
		_ = f.Close()
	}, nil
}
