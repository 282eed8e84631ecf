package verifier

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"time"

	sdk "github.com/cosmos/cosmos-sdk/types"

	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/merkle"
	"github.com/alaya-network/alaya/core/oracle"
	"github.com/alaya-network/alaya/core/settle"
	"github.com/alaya-network/alaya/wire"
)

// chunksPerTx is how many chunks of a pay vector go into one transaction.
const chunksPerTx = 8

// bring puts an agreed verdict on the chain and, if it is final, its pay
// vector. Somebody else having done so is no error.
func (v *Verifier) bring(ctx context.Context, job oracle.Job, verdict oracle.Verdict) error {
	if v.Account == nil {
		return nil
	}
	if err := v.wait(ctx); err != nil {
		return err
	}
	now, err := v.Client.Job(ctx, job.Request, job.Round)
	if err != nil || now.State != oracle.JobAgreed || now.Attempt != job.Attempt {
		return err
	}
	d, err := v.Client.Request(ctx, job.Request)
	if err != nil {
		return err
	}
	sender := v.Account.Address().String()
	msgs := []sdk.Msg{&qualityv1.MsgPublishVerdict{Sender: sender, Verdict: *wire.VerdictToProto(verdict)}}
	if verdict.Final && verdict.Payouts > 0 {
		chunks, err := v.chunks(ctx, verdict, d.Milestone)
		if err != nil {
			return err
		}
		msgs = append(msgs, chunks...)
	}
	for part := range slices.Chunk(msgs, chunksPerTx) {
		if _, err := v.Account.Send(ctx, part...); err != nil && !already(err) {
			return err
		}
	}
	return nil
}

// wait lets others go first, when there are others.
func (v *Verifier) wait(ctx context.Context) error {
	if v.Patience == 0 {
		return nil
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(v.Patience):
		return nil
	}
}

func already(err error) bool {
	return fault.Is(err, fault.KindState) || fault.Is(err, fault.KindExists)
}

// chunks are the messages that carry the pay vector, with their Merkle paths.
func (v *Verifier) chunks(ctx context.Context, verdict oracle.Verdict, milestone uint32) ([]sdk.Msg, error) {
	text, err := v.Library.Read(ctx, verdict.PayoutsContent)
	if err != nil {
		return nil, err
	}
	entries, err := parseEntries(text)
	if err != nil {
		return nil, err
	}
	tree := merkle.NewTree(settle.Chunks(entries))
	var msgs []sdk.Msg
	for part := range slices.Chunk(entries, settle.ChunkSize) {
		index := uint32(len(msgs))
		path, err := tree.Proof(uint64(index))
		if err != nil {
			return nil, err
		}
		m := &settlev1.MsgPostPayouts{Sender: v.Account.Address().String(), Request: string(verdict.Request), Milestone: milestone, Chunk: index}
		for _, h := range path {
			m.Path = append(m.Path, bytes.Clone(h[:]))
		}
		for _, e := range part {
			m.Entries = append(m.Entries, *wire.EntryToProto(e))
		}
		msgs = append(msgs, m)
	}
	return msgs, nil
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
