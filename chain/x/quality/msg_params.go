package quality

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/oracle"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
)

// UpdateParams replaces the parameters. Jobs that wait keep their deadline.
func (s msgServer) UpdateParams(ctx context.Context, m *qualityv1.MsgUpdateParams) (*qualityv1.MsgUpdateParamsResponse, error) {
	return &qualityv1.MsgUpdateParamsResponse{}, kit.Err(Name, s.setParams(ctx, m))
}

func (k *Keeper) setParams(ctx context.Context, m *qualityv1.MsgUpdateParams) error {
	if m.Authority != k.authority {
		return fault.Forbidden("quality: parameters belong to %s, not to %s", k.authority, m.Authority)
	}
	if err := oracle.CheckJobMs(m.Params.JobMs); err != nil {
		return err
	}
	return k.params.Set(ctx, m.Params)
}
