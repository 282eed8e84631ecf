package settle

import (
	"context"
	"strconv"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/merkle"
	"github.com/alaya-network/alaya/core/settle"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	"github.com/alaya-network/alaya/wire"
)

// maxPath bounds a Merkle path: no tree of ours is deeper.
const maxPath = 64

// PostPayouts takes a chunk of a pay vector from anyone.
func (s msgServer) PostPayouts(ctx context.Context, m *settlev1.MsgPostPayouts) (*settlev1.MsgPostPayoutsResponse, error) {
	err := s.post(ctx, m)
	return &settlev1.MsgPostPayoutsResponse{}, kit.Err(Name, err)
}

func (k *Keeper) post(ctx context.Context, m *settlev1.MsgPostPayouts) error {
	entries, path, err := readChunk(m)
	if err != nil {
		return err
	}
	s, err := k.Settlement(ctx, id.RequestID(m.Request), m.Milestone)
	if err != nil {
		return err
	}
	request, err := k.flow.Request(ctx, s.Request)
	if err != nil {
		return err
	}
	s, payouts, err := s.Post(m.Chunk, entries, path, kit.Now(ctx), request.Terms.Windows.Review)
	if err != nil {
		return err
	}
	for _, p := range payouts {
		if err := k.addPayout(ctx, p); err != nil {
			return err
		}
	}
	if err := k.saveSettlement(ctx, s); err != nil {
		return err
	}
	emit(ctx, "posted", s, "chunk", strconv.FormatUint(uint64(m.Chunk), 10), "payouts", strconv.Itoa(len(payouts)))
	if s.State != settle.Review {
		return nil
	}
	emit(ctx, "review", s, "release_at", s.ReleaseAt.String())
	if err := k.posting.Remove(ctx, collections.Join(string(s.Request), s.Milestone)); err != nil {
		return err
	}
	return k.reviews.Push(ctx, s.ReleaseAt, collections.Join3(string(s.Request), s.Milestone, ""))
}

// addPayout keeps a new payout and tells the other stages.
func (k *Keeper) addPayout(ctx context.Context, p settle.Payout) error {
	if has, err := k.payouts.Has(ctx, keyOf(p)); err != nil {
		return err
	} else if has {
		return fault.Exists("settle: payout of %s, request %s, milestone %d stands in two chunks", p.Contributor, p.Request, p.Milestone)
	}
	if err := k.savePayout(ctx, p); err != nil {
		return err
	}
	if err := k.earnings.Set(ctx, collections.Join3(string(p.Contributor), string(p.Request), p.Milestone)); err != nil {
		return err
	}
	return k.flow.Posted(ctx, p)
}

func readChunk(m *settlev1.MsgPostPayouts) ([]settle.Entry, merkle.Proof, error) {
	if len(m.Entries) > settle.ChunkSize || len(m.Path) > maxPath {
		return nil, nil, fault.Limit("settle: chunk of %d payouts with a path of %d hashes: at most %d and %d",
			len(m.Entries), len(m.Path), settle.ChunkSize, maxPath)
	}
	entries := make([]settle.Entry, len(m.Entries))
	for i := range m.Entries {
		e, err := wire.EntryFromProto(&m.Entries[i])
		if err != nil {
			return nil, nil, err
		}
		entries[i] = e
	}
	path := make(merkle.Proof, len(m.Path))
	for i, hash := range m.Path {
		h, err := id.HashFromBytes(hash)
		if err != nil {
			return nil, nil, err
		}
		path[i] = h
	}
	return entries, path, nil
}
