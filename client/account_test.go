package client_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	banktypes "github.com/cosmos/cosmos-sdk/x/bank/types"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
)

func TestSend(t *testing.T) {
	anna, bert := seeded("anna"), seeded("bert")
	n := startNode(t, anna)
	for name, cfg := range map[string]client.Config{
		"in process":    {RPC: n.Client()},
		"over a socket": {Node: n.RPC()},
		"for a price":   {RPC: n.Client(), GasPrice: "0.001ualy"},
	} {
		t.Run(name, func(t *testing.T) {
			c := dial(t, cfg)
			from, to := account(t, c, anna), account(t, c, bert)
			before, mine := balance(t, c, to), balance(t, c, from)
			pay := client.Payment(from.Address(), to.Address(), 7)
			result, err := from.Send(patient(t), pay, pay)
			if err != nil {
				t.Fatal(err)
			}
			if got := balance(t, c, to); got != before+14 {
				t.Errorf("balance right after Send = %d, want %d", got, before+14)
			}
			fee := mine - 14 - balance(t, c, from)
			if priced := cfg.GasPrice != ""; (fee > 0) != priced {
				t.Errorf("fee = %d at gas price %q", fee, cfg.GasPrice)
			}
			if result.Height < 1 || result.GasUsed == 0 || len(result.Hash) != 64 {
				t.Errorf("result = %+v, want height, gas and hash", result)
			}
			if err := result.Response(1, &banktypes.MsgSendResponse{}); err != nil {
				t.Errorf("response 1: %v", err)
			}
			if err := result.Response(2, &banktypes.MsgSendResponse{}); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("response 2 of 2: %v, want kind invalid", err)
			}
			if err := result.Response(0, &banktypes.MsgMultiSendResponse{}); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("response of another type: %v, want kind invalid", err)
			}
		})
	}
}

func TestRefusalsHaveTheirKind(t *testing.T) {
	anna, bert := seeded("anna"), seeded("bert")
	c := dial(t, client.Config{RPC: startNode(t, anna, bert).Client()})
	rich, poor := account(t, c, anna), account(t, c, seeded("poor"))

	_, err := rich.Send(patient(t), client.Payment(rich.Address(), poor.Address(), 2*purse))
	var refusal *client.TxError
	if !fault.Is(err, fault.KindFunds) || !errors.As(err, &refusal) || refusal.Height == 0 {
		t.Errorf("payment beyond the purse: %v, want kind funds from a block", err)
	}
	_, err = poor.Send(patient(t), client.Payment(poor.Address(), rich.Address(), 1))
	if !fault.Is(err, fault.KindFunds) {
		t.Errorf("payment from an account without money: %v, want kind funds", err)
	}
	other := account(t, c, bert)
	_, err = rich.Send(patient(t), client.Payment(other.Address(), rich.Address(), 1))
	if !fault.Is(err, fault.KindForbidden) {
		t.Errorf("payment from another's purse: %v, want kind forbidden", err)
	}
	if _, err = rich.Send(patient(t)); !fault.Is(err, fault.KindLimit) {
		t.Errorf("transaction of nothing: %v, want kind limit", err)
	}
	if _, err = c.Broadcast(patient(t), []byte("garbage")); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("transaction of garbage: %v, want kind invalid", err)
	}
	if _, err = rich.Send(patient(t), client.Payment(rich.Address(), poor.Address(), 1)); err != nil {
		t.Errorf("payment after all that: %v", err)
	}
}

func TestManyInFlight(t *testing.T) {
	t.Run("for free", func(t *testing.T) { manyInFlight(t, "", 50) })
	t.Run("for a price, each simulated while blocks are made", func(t *testing.T) { manyInFlight(t, "0.001ualy", 20) })
}

func manyInFlight(t *testing.T, price string, each int) {
	t.Helper()
	const accounts = 8
	var keys []client.Key
	for i := range accounts {
		keys = append(keys, seeded(string(rune('a'+i))))
	}
	c := dial(t, client.Config{RPC: startNode(t, keys...).Client(), GasPrice: price})
	to := account(t, c, seeded("sink"))
	ctx := patient(t)
	var wg sync.WaitGroup
	for _, k := range keys {
		from := account(t, c, k)
		wg.Go(func() {
			var pending []*client.Pending
			for range each {
				p, err := from.Broadcast(ctx, client.Payment(from.Address(), to.Address(), 1))
				if err != nil {
					t.Errorf("Broadcast: %v", err)
					return
				}
				pending = append(pending, p)
			}
			for _, p := range pending {
				if _, err := p.Wait(ctx); err != nil {
					t.Errorf("Wait: %v", err)
				}
			}
		})
	}
	wg.Wait()
	if got := balance(t, c, to); got != num.Amount(accounts*each) {
		t.Errorf("received %d, want %d", got, accounts*each)
	}
}

// Two Accounts of one key don't know of each other, as two processes.
func TestASequenceUsedElsewhereIsFoundAgain(t *testing.T) {
	anna := seeded("anna")
	c := dial(t, client.Config{RPC: startNode(t, anna).Client()})
	one, two := account(t, c, anna), account(t, c, anna)
	to := account(t, c, seeded("sink"))
	for i, from := range []*client.Account{one, two, two, two, one, two, one} {
		if _, err := from.Send(patient(t), client.Payment(from.Address(), to.Address(), 1)); err != nil {
			t.Fatalf("payment %d: %v", i, err)
		}
	}
	if got := balance(t, c, to); got != 7 {
		t.Errorf("received %d, want 7", got)
	}
}

func TestPayments(t *testing.T) {
	anna := seeded("anna")
	c := dial(t, client.Config{RPC: startNode(t, anna).Client()})
	from := account(t, c, anna)
	var shares []client.Share
	for i := range 20 {
		shares = append(shares, client.Share{
			To: account(t, c, seeded(string(rune('A'+i)))).Address(), Amount: num.Amount(i + 1),
		})
	}
	if _, err := from.Send(patient(t), client.Payments(from.Address(), shares)); err != nil {
		t.Fatal(err)
	}
	for _, s := range shares {
		if got, err := c.Balance(t.Context(), s.To); err != nil || got != s.Amount {
			t.Errorf("balance = %d, %v, want %d", got, err, s.Amount)
		}
	}
}

func TestWaitingEndsWithContextAndClient(t *testing.T) {
	anna := seeded("anna")
	c := dial(t, client.Config{RPC: startNode(t, anna).Client()})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := c.WaitHeight(ctx, 1_000_000); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("WaitHeight: %v, want deadline exceeded", err)
	}
	done := make(chan error)
	go func() { done <- c.WaitHeight(t.Context(), 1_000_000) }()
	c.Close()
	if err := <-done; !fault.Is(err, fault.KindState) {
		t.Errorf("WaitHeight of a closed client: %v, want kind state", err)
	}
}

func TestDialRefuses(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	for name, cfg := range map[string]client.Config{
		"a node that is not there": {Node: "tcp://127.0.0.1:1"},
		"no address":               {Node: "::"},
		"a price without denom":    {Node: "tcp://127.0.0.1:1", GasPrice: "3"},
	} {
		if c, err := client.Dial(ctx, cfg); err == nil {
			c.Close()
			t.Errorf("Dial to %s: no error", name)
		}
	}
}
