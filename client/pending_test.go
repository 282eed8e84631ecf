package client_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
)

// What a node says to a transaction that is sent again.
const wrongSequence = 32

func TestATransactionThatTheNodeForgot(t *testing.T) {
	tests := []struct {
		name   string
		answer func(attempt int) (code uint32, log string) // to what is sent again
		kind   fault.Kind
	}{
		{"is sent again", func(int) (uint32, string) { return 0, "" }, fault.KindNone},
		{"is sent again until those before it are", func(attempt int) (uint32, string) {
			if attempt < 4 {
				return wrongSequence, "account sequence mismatch, expected 3, got 5: incorrect account sequence"
			}
			return 0, ""
		}, fault.KindNone},
		{"and whose place was taken never comes", func(int) (uint32, string) {
			return wrongSequence, "account sequence mismatch, expected 6, got 5: incorrect account sequence"
		}, fault.KindState},
		{"and that can no longer be paid never comes", func(int) (uint32, string) { return 5, "spendable balance is smaller" }, fault.KindFunds},
		{"and whose refusal nobody understands never comes", func(int) (uint32, string) {
			return wrongSequence, "no numbers"
		}, fault.KindState},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFlaky(3)
				c, err := client.Dial(t.Context(), client.Config{RPC: f})
				if err != nil {
					t.Fatal(err)
				}
				defer c.Close()
				p, err := c.Broadcast(t.Context(), []byte("mine"))
				if err != nil {
					t.Fatal(err)
				}
				f.restart(tt.answer)
				blocks := time.NewTicker(time.Second)
				done := make(chan struct{})
				go func() {
					for {
						select {
						case <-blocks.C:
							f.grow(false)
						case <-done:
							return
						}
					}
				}()
				r, err := p.Wait(patient(t))
				close(done)
				if !fault.Is(err, tt.kind) {
					t.Errorf("Wait = %+v, %v, want kind %s", r, err, tt.kind)
				}
				if err == nil && r.Hash != p.Hash() {
					t.Errorf("Wait = %+v, want transaction %s", r, p.Hash())
				}
			})
		})
	}
}
