package model

import (
	"context"
	"strconv"

	"github.com/alaya-network/alaya/chain/kit"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

// ForkModel makes a model that starts as another was.
func (s msgServer) ForkModel(ctx context.Context, m *modelv1.MsgForkModel) (*modelv1.MsgForkModelResponse, error) {
	res, err := s.fork(ctx, m)
	return res, kit.Err(Name, err)
}

func (s msgServer) fork(ctx context.Context, m *modelv1.MsgForkModel) (*modelv1.MsgForkModelResponse, error) {
	creator, terms, err := s.maker(m.Creator, &m.Terms)
	if err != nil {
		return nil, err
	}
	at, err := wire.ModelVersionFromProto(&m.At)
	if err != nil {
		return nil, err
	}
	parent, err := s.k.Model(ctx, at.Model)
	if err != nil {
		return nil, err
	}
	found, err := s.k.versionAt(ctx, parent, at.Entry)
	if err != nil {
		return nil, err
	}
	if at.Root.IsZero() {
		at = found
	}
	if at != found {
		return nil, wrongRoot(at, found)
	}
	sum, err := s.k.withdrawn(ctx, parent)
	if err != nil {
		return nil, err
	}
	nonce, err := s.k.nextNonce(ctx, creator)
	if err != nil {
		return nil, err
	}
	made, err := parent.Fork(creator, nonce, terms, at, sum, kit.Now(ctx))
	if err != nil {
		return nil, err
	}
	return &modelv1.MsgForkModelResponse{Id: string(made.ID)}, s.k.add(ctx, made)
}

// Retire ends what a model takes.
func (s msgServer) Retire(ctx context.Context, m *modelv1.MsgRetire) (*modelv1.MsgRetireResponse, error) {
	return &modelv1.MsgRetireResponse{}, kit.Err(Name, s.retire(ctx, m))
}

func (s msgServer) retire(ctx context.Context, m *modelv1.MsgRetire) error {
	owner, d, err := s.on(ctx, m.Owner, m.Model)
	if err != nil {
		return err
	}
	if d.model, err = d.model.Retire(owner, d.now.Time); err != nil {
		return err
	}
	d.emit("retired", kit.AttributeParty, string(owner))
	return d.save()
}

// Rollback goes back to an earlier entry, and begins to make it true unless a
// replay is under way.
func (s msgServer) Rollback(ctx context.Context, m *modelv1.MsgRollback) (*modelv1.MsgRollbackResponse, error) {
	entry, err := s.rollback(ctx, m)
	return &modelv1.MsgRollbackResponse{Entry: entry}, kit.Err(Name, err)
}

func (s msgServer) rollback(ctx context.Context, m *modelv1.MsgRollback) (uint64, error) {
	owner, d, err := s.on(ctx, m.Owner, m.Model)
	if err != nil {
		return 0, err
	}
	after, e, err := d.model.Rollback(owner, m.To, d.now)
	if err != nil {
		return 0, err
	}
	d.model = after
	if err := d.note(e); err != nil {
		return 0, err
	}
	d.emit("rolled_back", kit.AttributeParty, string(owner), "to", strconv.FormatUint(m.To, 10))
	if !after.Replaying() {
		if err := d.rebuild(); err != nil {
			return 0, err
		}
	}
	return e.Number, d.save()
}

// Rebuild begins a replay that is due; anyone may send it.
func (s msgServer) Rebuild(ctx context.Context, m *modelv1.MsgRebuild) (*modelv1.MsgRebuildResponse, error) {
	generation, err := s.startRebuild(ctx, m)
	return &modelv1.MsgRebuildResponse{Generation: generation}, kit.Err(Name, err)
}

func (s msgServer) startRebuild(ctx context.Context, m *modelv1.MsgRebuild) (uint32, error) {
	_, d, err := s.on(ctx, m.Sender, m.Model)
	if err != nil {
		return 0, err
	}
	if err := d.rebuild(); err != nil {
		return 0, err
	}
	return d.model.Replay.Generation, d.save()
}

// rebuild begins a replay.
func (d *desk) rebuild() error {
	sum, err := d.k.withdrawn(d.ctx, d.model)
	if err != nil {
		return err
	}
	if d.model, err = d.model.Rebuild(sum); err != nil {
		return err
	}
	d.emit("rebuilding", "generation", strconv.FormatUint(uint64(d.model.Replay.Generation), 10))
	return d.k.beginReplay(d.ctx, d.model)
}
