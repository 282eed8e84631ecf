package verifier

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	sdk "github.com/cosmos/cosmos-sdk/types"

	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/merkle"
	"github.com/alaya-network/alaya/core/settle"
	"github.com/alaya-network/alaya/wire"
)

const (
	// chunksPerTx is how many chunks of a pay vector go into one transaction.
	chunksPerTx = 8
	// maxVector bounds the blob of a pay vector, in bytes.
	maxVector = 1 << 30
)

// payAll brings what is missing of the pay vectors that verdicts promised,
// whoever brought the verdicts.
func (v *Verifier) payAll(ctx context.Context) error {
	if v.Account == nil {
		return nil
	}
	res, err := v.Client.Settle().Posting(ctx, &settlev1.QueryPostingRequest{})
	if err != nil {
		return err
	}
	for i := range res.Settlements {
		s, err := wire.SettlementFromProto(&res.Settlements[i])
		if err != nil {
			return err
		}
		if err := v.pay(ctx, s); err != nil {
			v.Log.Warn("pay vector", "request", s.Request, "milestone", s.Milestone, "error", err)
		}
	}
	return nil
}

// pay brings the chunks of a vector that are not on the chain.
func (v *Verifier) pay(ctx context.Context, s settle.Settlement) error {
	if err := v.wait(ctx); err != nil {
		return err
	}
	res, err := v.Client.Settle().Settlement(ctx, &settlev1.QuerySettlementRequest{Request: string(s.Request), Milestone: s.Milestone})
	if err != nil {
		return err
	}
	if s, err = wire.SettlementFromProto(&res.Settlement); err != nil || s.State != settle.Posting {
		return err
	}
	entries, err := v.vector(ctx, s)
	if err != nil {
		return err
	}
	msgs, err := v.chunks(s, entries)
	if err != nil {
		return err
	}
	for part := range slices.Chunk(msgs, chunksPerTx) {
		if _, err := v.Account.Send(ctx, part...); err != nil && !already(err) {
			return err
		}
	}
	return nil
}

// vector reads the pay vector of a settlement.
func (v *Verifier) vector(ctx context.Context, s settle.Settlement) ([]settle.Entry, error) {
	res, err := v.Client.Quality().Verdict(ctx, &qualityv1.QueryVerdictRequest{Request: string(s.Request), Round: s.Round})
	if err != nil {
		return nil, err
	}
	text, err := v.Library.Read(ctx, id.CID(res.Verdict.PayoutsContent), maxVector)
	if err != nil {
		return nil, err
	}
	return parseEntries(text)
}

// chunks are the messages that carry what is missing of a vector, with their
// Merkle paths.
func (v *Verifier) chunks(s settle.Settlement, entries []settle.Entry) ([]sdk.Msg, error) {
	tree := merkle.NewTree(settle.Chunks(entries))
	index := uint32(0)
	var msgs []sdk.Msg
	for part := range slices.Chunk(entries, settle.ChunkSize) {
		if _, posted := slices.BinarySearch(s.Chunks, index); !posted {
			path, err := tree.Proof(uint64(index))
			if err != nil {
				return nil, err
			}
			msgs = append(msgs, v.chunk(s, chunk{index, part, path}))
		}
		index++
	}
	return msgs, nil
}

// chunk is a piece of a pay vector with its Merkle path.
type chunk struct {
	index   uint32
	entries []settle.Entry
	path    merkle.Proof
}

func (v *Verifier) chunk(s settle.Settlement, c chunk) *settlev1.MsgPostPayouts {
	m := &settlev1.MsgPostPayouts{Sender: v.Account.Address().String(), Request: string(s.Request), Milestone: s.Milestone, Chunk: c.index}
	for _, h := range c.path {
		m.Path = append(m.Path, bytes.Clone(h[:]))
	}
	for _, e := range c.entries {
		m.Entries = append(m.Entries, *wire.EntryToProto(e))
	}
	return m
}

func parseEntries(text []byte) ([]settle.Entry, error) {
	var entries []settle.Entry
	for line := range bytes.Lines(text) {
		var e settle.Entry
		if err := json.Unmarshal(line, &e); err != nil {
			return nil, fault.Invalid("verifier: pay vector: %w", err)
		}
		entries = append(entries, e)
	}
	return entries, nil
}
