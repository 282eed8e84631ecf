package client_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/alaya-network/alaya/chain/app"
	"github.com/alaya-network/alaya/chain/node"
	"github.com/alaya-network/alaya/client"
)

// BenchmarkSend measures payments of one message each, from broadcast to
// block, many accounts at once: go test -run=- -bench=Send -benchtime=5000x
func BenchmarkSend(b *testing.B) {
	const accounts, inFlight = 64, 32
	keys := make([]client.Key, accounts)
	chain := node.Chain{ID: "alaya-bench"}
	for i := range keys {
		keys[i] = seeded(fmt.Sprint("payer", i))
		chain.Balances = append(chain.Balances, app.Balance{Address: addressOf(keys[i]), Ualy: purse})
	}
	home := b.TempDir()
	if err := node.Create(chain, home); err != nil {
		b.Fatal(err)
	}
	n, err := node.Start(node.Options{Home: home})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = n.Stop() }()
	c, err := client.Dial(b.Context(), client.Config{RPC: n.Client()})
	if err != nil {
		b.Fatal(err)
	}
	defer c.Close()
	b.ResetTimer()
	var wg sync.WaitGroup
	for i, k := range keys {
		count := b.N / accounts
		if i < b.N%accounts {
			count++
		}
		wg.Go(func() {
			if err := pay(b.Context(), c, k, count, inFlight); err != nil {
				b.Error(err)
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "tx/s")
}

// pay sends count payments, so many in flight.
func pay(ctx context.Context, c *client.Client, k client.Key, count, inFlight int) error {
	from, err := c.Account(k)
	if err != nil {
		return err
	}
	var pending []*client.Pending
	for range count {
		if len(pending) == inFlight {
			if _, err := pending[0].Wait(ctx); err != nil {
				return err
			}
			pending = pending[1:]
		}
		p, err := from.Broadcast(ctx, client.Payment(from.Address(), from.Address(), 1))
		if err != nil {
			return err
		}
		pending = append(pending, p)
	}
	for _, p := range pending {
		if _, err := p.Wait(ctx); err != nil {
			return err
		}
	}
	return nil
}
