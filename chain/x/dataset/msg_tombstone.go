package dataset

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	datasetv1 "github.com/alaya-network/alaya/gen/alaya/dataset/v1"
)

// msgServer answers the Msg service.
type msgServer struct{ *Keeper }

// NewMsgServer serves the messages of the stage.
func NewMsgServer(k *Keeper) datasetv1.MsgServer { return msgServer{k} }

// Tombstone withdraws a version on its owner's word.
func (s msgServer) Tombstone(ctx context.Context, m *datasetv1.MsgTombstone) (*datasetv1.MsgTombstoneResponse, error) {
	return &datasetv1.MsgTombstoneResponse{}, kit.Err(Name, s.tombstone(ctx, m))
}

func (k *Keeper) tombstone(ctx context.Context, m *datasetv1.MsgTombstone) error {
	if m.Version == 0 {
		return fault.Invalid("dataset: version 0 of dataset %q: name the version to withdraw", m.Dataset)
	}
	d, err := k.Dataset(ctx, id.DatasetID(m.Dataset), m.Version)
	if err != nil {
		return err
	}
	if d, err = d.Tombstone(id.Address(m.Owner), m.Reason); err != nil {
		return err
	}
	if err := k.save(ctx, d); err != nil {
		return err
	}
	emit(ctx, "tombstoned", d)
	return nil
}
