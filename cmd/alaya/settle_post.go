package main

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/merkle"
	"github.com/alaya-network/alaya/core/settle"
	"github.com/alaya-network/alaya/core/work"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	"github.com/alaya-network/alaya/wire"
)

func newSettlePost(s *session) *cobra.Command {
	return &cobra.Command{
		Use:   "post REQUEST [MILESTONE]",
		Short: "Bring the pay vector of a final verdict to the chain",
		Long: `Bring what is missing of a pay vector, chunk by chunk, each proved against the verdict. A
validator does that by itself; anyone may, if none does.`,
		Example: "  alaya settle post 1f3a5c7e9b2d4f60 --from alice",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, milestone, err := milestoneArgs(args)
			if err != nil {
				return err
			}
			return s.postPayouts(cmd.Context(), name, milestone)
		},
	}
}

func (s *session) postPayouts(ctx context.Context, name id.RequestID, milestone uint32) error {
	account, err := s.signer(ctx)
	if err != nil {
		return err
	}
	c, err := s.chain(ctx)
	if err != nil {
		return err
	}
	res, err := c.Settle().Settlement(ctx, &settlev1.QuerySettlementRequest{Request: string(name), Milestone: milestone})
	if err != nil {
		return err
	}
	v, err := wire.SettlementFromProto(&res.Settlement)
	if err != nil {
		return err
	}
	entries, err := s.payVector(ctx, v)
	if err != nil {
		return err
	}
	messages, err := chunksOf(v, entries, account.Address())
	if err != nil {
		return err
	}
	if len(messages) == 0 {
		return fault.State("settlement of request %s, milestone %d is %s: all %d payouts are posted", name, milestone, v.State, v.Payouts)
	}
	progress := s.bar("payouts", int64(len(messages)))
	defer progress.done()
	var last client.Result
	for _, m := range messages {
		if last, err = account.Send(ctx, m); err != nil {
			return err
		}
		progress.add(1)
	}
	return s.receipt(last, "", fmt.Sprintf("posted %d chunks of %d payouts", len(messages), v.Payouts))
}

// payVector reads the pay vector behind a settlement.
func (s *session) payVector(ctx context.Context, v settle.Settlement) ([]settle.Entry, error) {
	c, err := s.chain(ctx)
	if err != nil {
		return nil, err
	}
	blobs, err := s.blobs()
	if err != nil {
		return nil, err
	}
	res, err := c.Quality().Verdict(ctx, &qualityv1.QueryVerdictRequest{Request: string(v.Request), Round: v.Round})
	if err != nil {
		return nil, err
	}
	text, err := blobs.GetBytes(ctx, id.CID(res.Verdict.PayoutsContent), maxBlob)
	if err != nil {
		return nil, err
	}
	lines, err := work.Lines(text)
	if err != nil {
		return nil, err
	}
	entries := make([]settle.Entry, len(lines))
	for i, line := range lines {
		if err := work.DecodeLine(line, &entries[i]); err != nil {
			return nil, fault.Invalid("pay vector %s line %d: %w", res.Verdict.PayoutsContent, i+1, err)
		}
	}
	if got := settle.Root(entries); got != v.Root {
		return nil, fault.Invalid("pay vector %s has root %s, the verdict says %s", res.Verdict.PayoutsContent, got, v.Root)
	}
	return entries, nil
}

// chunksOf makes the messages for the chunks that are not posted yet.
func chunksOf(v settle.Settlement, entries []settle.Entry, sender id.Address) ([]*settlev1.MsgPostPayouts, error) {
	tree := merkle.NewTree(settle.Chunks(entries))
	var messages []*settlev1.MsgPostPayouts
	index := uint32(0)
	for part := range slices.Chunk(entries, settle.ChunkSize) {
		if !slices.Contains(v.Chunks, index) {
			path, err := tree.Proof(uint64(index))
			if err != nil {
				return nil, err
			}
			m := &settlev1.MsgPostPayouts{Sender: string(sender), Request: string(v.Request), Milestone: v.Milestone, Chunk: index}
			for _, h := range path {
				m.Path = append(m.Path, bytes.Clone(h[:]))
			}
			for _, e := range part {
				m.Entries = append(m.Entries, *wire.EntryToProto(e))
			}
			messages = append(messages, m)
		}
		index++
	}
	return messages, nil
}
