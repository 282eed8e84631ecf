package main

import (
	"context"
	"fmt"

	"github.com/cosmos/gogoproto/proto"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/id"
)

// receipt is what became of a transaction.
type receipt struct {
	Done    string         `json:"done"`
	ID      string         `json:"id,omitempty"` // of what was made
	Hash    string         `json:"hash"`
	Height  id.Height      `json:"height"`
	Time    string         `json:"time"`
	GasUsed int64          `json:"gas_used"`
	Events  []client.Event `json:"events"`
}

// do signs one message with the key of --from, waits for its block and shows
// the receipt. message gets the signer's address.
func (s *session) do(ctx context.Context, message func(me string) proto.Message, done string, args ...any) error {
	account, err := s.signer(ctx)
	if err != nil {
		return err
	}
	result, err := account.Send(ctx, message(account.Address().String()))
	if err != nil {
		return err
	}
	return s.receipt(result, "", fmt.Sprintf(done, args...))
}

// receipt shows what became of a transaction; made is the id of what it made,
// or "".
func (s *session) receipt(r client.Result, made, done string) error {
	view := receipt{
		Done: done, ID: made, Hash: r.Hash, Height: r.Height, Time: r.Time.String(), GasUsed: r.GasUsed, Events: r.Events,
	}
	return s.show(view, func(p *page) {
		if p.quiet {
			name := made
			if name == "" {
				name = r.Hash
			}
			p.row(name)
			return
		}
		p.line("%s", done)
		p.field("block", fmt.Sprintf("%s at %s", r.Height, r.Time))
		p.field("transaction", r.Hash)
	})
}
