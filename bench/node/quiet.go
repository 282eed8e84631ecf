package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/alaya-network/alaya/bench/load"
	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/station"
)

// lone is how many transactions are sent one after the other to see how long
// each takes.
const lone = 60

// quiet is what a node does that has little or nothing to do.
type quiet struct {
	rest     float64 // share of a core
	p50, p95 time.Duration
}

// watch lets a node rest, and then sends one transaction after the other.
func watch(ctx context.Context, st *station.Station, sender *client.Account, rest time.Duration) (q quiet, err error) {
	began, used := time.Now(), load.CPU()
	select {
	case <-time.After(rest):
	case <-ctx.Done():
		return q, ctx.Err()
	}
	q.rest = (load.CPU() - used).Seconds() / time.Since(began).Seconds()
	latencies := make([]time.Duration, lone)
	for i := range latencies {
		sent := time.Now()
		if _, err := sender.Send(ctx, client.Payments(sender.Address(), []client.Share{{To: sender.Address(), Amount: 1}})); err != nil {
			return q, err
		}
		latencies[i] = time.Since(sent)
		time.Sleep(time.Duration(i*37%200) * time.Millisecond) // at any phase of a block
	}
	slices.Sort(latencies)
	q.p50, q.p95 = latencies[lone/2], latencies[lone*95/100]
	return q, nil
}

// report prints the figures as tables of Markdown.
func report(out io.Writer, loads []load.Load, q quiet) error {
	w := tabwriter.NewWriter(out, 0, 0, 1, ' ', 0)
	fmt.Fprintf(out, "%d cores, Go %s\n\n", runtime.NumCPU(), runtime.Version())
	fmt.Fprintln(w, "|what\tmessages per tx\ttxs\ttx/s\tmessages/s\tCPU ms per message\t")
	fmt.Fprintln(w, "|---\t---\t---\t---\t---\t---\t")
	for _, l := range loads {
		fmt.Fprintf(w, "|%s\t%d\t%d\t%.0f\t%.0f\t%.3f\t\n", l.Name, l.Messages, l.Txs, l.TxRate(), l.MessageRate(), l.CPUPerMessage())
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "\nat rest: %.1f %% of a core; from sending to final: p50 %d ms, p95 %d ms\n",
		q.rest*100, q.p50.Milliseconds(), q.p95.Milliseconds())
	return err
}
