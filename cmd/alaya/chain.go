package main

import (
	"context"
	"encoding/hex"
	"strconv"
	"time"

	"github.com/cosmos/gogoproto/proto"
	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

func newChainCommand(s *session) *cobra.Command {
	return newGroup(&cobra.Command{
		Use:     "chain",
		Short:   "The node, money and transactions",
		Example: "  alaya chain status\n  alaya chain balance alice\n  alaya chain send bob 5aly --from alice",
	}, newChainStatus(s), newChainBalance(s), newChainSend(s), newChainTx(s), newChainParams(s))
}

func newChainStatus(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "status",
		Short:   "Show the chain's id, height and time, and the node's build",
		Example: "  alaya chain status",
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			status, err := c.RPC().Status(cmd.Context())
			if err != nil {
				return fault.Internal("status of %s: %w", s.flags.node, err)
			}
			view := struct {
				Chain      string `json:"chain"`
				Node       string `json:"node"`
				Name       string `json:"name"`
				Height     int64  `json:"height"`
				Time       string `json:"time"`
				AppHash    string `json:"app_hash"`
				CatchingUp bool   `json:"catching_up"`
			}{
				status.NodeInfo.Network, s.flags.node, status.NodeInfo.Moniker,
				status.SyncInfo.LatestBlockHeight, status.SyncInfo.LatestBlockTime.UTC().Format(time.RFC3339Nano),
				status.SyncInfo.LatestAppHash.String(), status.SyncInfo.CatchingUp,
			}
			return s.show(view, func(p *page) {
				p.field("chain", view.Chain)
				p.field("node", view.Node)
				p.field("name", view.Name)
				p.field("height", view.Height)
				p.field("time", view.Time)
				p.field("app hash", view.AppHash)
				p.field("catching up", view.CatchingUp)
			})
		},
	}
}

func newChainBalance(s *session) *cobra.Command {
	return &cobra.Command{
		Use:   "balance [ADDRESS]",
		Short: "Show the money of an address or key, --from's by default",
		Example: `  alaya chain balance alice
  alaya chain balance alaya1qyqszqgpqyqszqgpqyqszqgpqyqszqgpjnp7du`,
		ValidArgsFunction: completeKeys(s),
		RunE: func(cmd *cobra.Command, args []string) error {
			who, err := s.addressOr(args, 0)
			if err != nil {
				return err
			}
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			amount, err := c.Balance(cmd.Context(), who)
			if err != nil {
				return err
			}
			view := struct {
				Address id.Address `json:"address"`
				Ualy    num.Amount `json:"ualy"`
			}{who, amount}
			return s.show(view, func(p *page) {
				p.field("address", who)
				p.field("balance", amount)
				if p.quiet {
					p.row(amount)
				}
			})
		},
	}
}

func newChainSend(s *session) *cobra.Command {
	return &cobra.Command{
		Use:               "send TO AMOUNT",
		Short:             "Send money to an address or key",
		Example:           "  alaya chain send bob 5aly --from alice",
		ValidArgsFunction: completeKeys(s),
		RunE: func(cmd *cobra.Command, args []string) error {
			to, err := s.address(args[0])
			if err != nil {
				return err
			}
			amount, err := num.ParseAmount(args[1])
			if err != nil {
				return err
			}
			return s.do(cmd.Context(), func(me string) proto.Message {
				return client.Payment(id.Address(me), to, amount)
			}, "sent %s to %s", amount, to)
		},
	}
}

func newChainTx(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "tx HASH",
		Short:   "Show what became of a transaction",
		Example: "  alaya chain tx 5B9C0A6F2E…",
		RunE: func(cmd *cobra.Command, args []string) error {
			hash, err := hex.DecodeString(args[0])
			if err != nil || len(hash) != id.HashSize {
				return fault.Invalid("transaction %q: want %d hex characters", args[0], 2*id.HashSize)
			}
			return s.showTx(cmd.Context(), hash)
		},
	}
}

func (s *session) showTx(ctx context.Context, hash []byte) error {
	c, err := s.chain(ctx)
	if err != nil {
		return err
	}
	tx, err := c.RPC().Tx(ctx, hash, false)
	if err != nil {
		return advise(fault.NotFound("transaction %X: %w", hash, err), "the node may have dropped old blocks; is the hash whole?")
	}
	block, err := c.Block(ctx, id.Height(tx.Height))
	if err != nil {
		return err
	}
	view := struct {
		Hash    string         `json:"hash"`
		Height  int64          `json:"height"`
		Time    string         `json:"time"`
		Code    uint32         `json:"code"`
		Log     string         `json:"log,omitempty"`
		GasUsed int64          `json:"gas_used"`
		Bytes   int            `json:"bytes"`
		Events  []client.Event `json:"events"`
	}{tx.Hash.String(), tx.Height, block.Time.String(), tx.TxResult.Code, tx.TxResult.Log, tx.TxResult.GasUsed, len(tx.Tx), nil}
	for _, e := range block.Events {
		if e.Tx == view.Hash {
			view.Events = append(view.Events, e)
		}
	}
	return s.show(view, func(p *page) {
		outcome := "done"
		if view.Code != 0 {
			outcome = "failed, code " + strconv.Itoa(int(view.Code))
		}
		p.field("transaction", view.Hash)
		p.field("outcome", outcome)
		p.field("why", view.Log)
		p.field("block", strconv.FormatInt(view.Height, 10)+" at "+view.Time)
		p.field("gas used", view.GasUsed)
		p.field("bytes", view.Bytes)
		for _, e := range view.Events {
			p.field(e.Stage+" "+e.Action, attributes(e))
		}
	})
}
