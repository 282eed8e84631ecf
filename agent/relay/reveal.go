package relay

import (
	"context"
	"maps"
	"slices"
	"time"

	sdk "github.com/cosmos/cosmos-sdk/types"

	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/internal/durable"
)

const (
	// revealsPerTx is how many reveals go into one transaction.
	revealsPerTx = 50
	// retry is how often the desk is looked at without any news.
	retry = time.Second
)

// Run reveals what is on the desk until ctx ends: when something is put there,
// and every few seconds.
func (r *Relay) Run(ctx context.Context) error {
	tick := time.NewTicker(retry)
	defer tick.Stop()
	for {
		for round, files := range r.rounds() {
			if err := r.step(ctx, round, files); err != nil && ctx.Err() == nil {
				r.Log.Warn("relay", "request", round.request, "round", round.number, "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-r.fresh:
		case <-tick.C:
		}
	}
}

type roundKey struct {
	request id.RequestID
	number  uint32
}

// rounds are the files of the desk by round.
func (r *Relay) rounds() map[roundKey][]string {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := map[roundKey][]string{}
	for file, w := range r.desk {
		key := roundKey{w.sheet.Request, w.sheet.Round}
		out[key] = append(out[key], file)
	}
	return out
}

// step does what one round asks for: wait, reveal, or give up.
func (r *Relay) step(ctx context.Context, key roundKey, files []string) error {
	round, err := r.Client.Round(ctx, key.request, key.number)
	switch {
	case fault.Is(err, fault.KindNotFound) || err == nil && round.State > work.Revealing:
		return r.dropAll(files)
	case err != nil || round.State < work.Revealing:
		return err
	}
	slices.Sort(files)
	for part := range slices.Chunk(files, revealsPerTx) {
		if err := r.reveal(ctx, part); err != nil {
			return err
		}
	}
	return nil
}

func (r *Relay) dropAll(files []string) error {
	for _, file := range files {
		if err := r.drop(file); err != nil {
			return err
		}
	}
	return nil
}

// reveal opens the commitments that are not yet open, all in one transaction.
// If somebody else opens one of them at the same time, all are tried again at
// the next step.
func (r *Relay) reveal(ctx context.Context, files []string) error {
	msgs := map[string]sdk.Msg{}
	for _, file := range files {
		var o Opening
		if err := durable.Read(file, &o); err != nil {
			return err
		}
		s, err := r.Client.Submission(ctx, o.sheet())
		if err != nil {
			return err
		}
		if s.State != work.SubmissionCommitted {
			if err := r.drop(file); err != nil {
				return err
			}
			continue
		}
		if msgs[file], err = r.message(ctx, o); err != nil {
			return err
		}
	}
	if len(msgs) == 0 {
		return nil
	}
	if _, err := r.Account.Send(ctx, slices.Collect(maps.Values(msgs))...); err != nil {
		return err
	}
	return r.dropAll(slices.Sorted(maps.Keys(msgs)))
}

// message puts content where validators find it and says where.
func (r *Relay) message(ctx context.Context, o Opening) (sdk.Msg, error) {
	content, err := r.Blobs.PutBytes(ctx, o.Content)
	if err != nil {
		return nil, err
	}
	return &workv1.MsgRevealPage{
		Sender: r.Account.Address().String(), Contributor: string(o.Contributor), Request: string(o.Request),
		Round: o.Round, Page: o.Page, Content: string(content), Salt: slices.Clone(o.Salt[:]),
	}, nil
}
