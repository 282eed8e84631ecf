package main

import (
	"context"
	"fmt"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/alaya-network/alaya/client"
)

// load is one kind of transaction at saturation.
type load struct {
	name     string
	messages int // in one transaction
	txs      int
	wall     time.Duration
	cpu      time.Duration
}

func (l load) txRate() float64      { return float64(l.txs) / l.wall.Seconds() }
func (l load) messageRate() float64 { return l.txRate() * float64(l.messages) }

// cpuPerMessage is in milliseconds.
func (l load) cpuPerMessage() float64 {
	return float64(l.cpu.Microseconds()) / 1000 / float64(l.txs*l.messages)
}

// drive hands over signed transactions, the accounts side by side, each
// account's in order, and returns when all are in blocks.
func drive(ctx context.Context, c *client.Client, l load, accounts [][][]byte) (load, error) {
	began, used := time.Now(), cpu()
	g, ctx := errgroup.WithContext(ctx)
	for _, raws := range accounts {
		l.txs += len(raws)
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
		return l, fmt.Errorf("%s: %w", l.name, err)
	}
	l.wall, l.cpu = time.Since(began), cpu()-used
	return l, nil
}

// cpu is what this process has used so far.
func cpu() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
