// Package load starts a node, drives it with signed transactions until it can
// take no more, and counts what that costs.
//
// Transactions are signed before the clock starts and handed over without
// sockets where the client has none, so that the figures are the node's.
package load

import (
	"context"
	"fmt"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/alaya-network/alaya/client"
)

// Load is one kind of transaction at saturation.
type Load struct {
	Name     string
	Messages int // in one transaction
	Txs      int
	Wall     time.Duration
	CPU      time.Duration
}

// TxRate is in transactions per second.
func (l Load) TxRate() float64 { return float64(l.Txs) / l.Wall.Seconds() }

// MessageRate is in messages per second.
func (l Load) MessageRate() float64 { return l.TxRate() * float64(l.Messages) }

// CPUPerMessage is in milliseconds.
func (l Load) CPUPerMessage() float64 {
	return float64(l.CPU.Microseconds()) / 1000 / float64(l.Txs*l.Messages)
}

// Drive hands over signed transactions, the accounts side by side, each
// account's in order, and returns when all are in blocks.
func Drive(ctx context.Context, c *client.Client, l Load, accounts [][][]byte) (Load, error) {
	began, used := time.Now(), CPU()
	g, ctx := errgroup.WithContext(ctx)
	for _, raws := range accounts {
		l.Txs += len(raws)
		g.Go(func() error {
			var all []*client.Pending
			for _, raw := range raws {
				p, err := c.Broadcast(ctx, raw)
				if err != nil {
					return err
				}
				all = append(all, p)
			}
			for _, p := range all {
				if _, err := p.Wait(ctx); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return l, fmt.Errorf("%s: %w", l.Name, err)
	}
	l.Wall, l.CPU = time.Since(began), CPU()-used
	return l, nil
}

// CPU is what this process has used so far.
func CPU() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
