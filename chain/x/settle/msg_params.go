package settle

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	"github.com/alaya-network/alaya/wire"
)

// UpdateParams replaces the parameters on governance's word. A request keeps
// the fee it was posted with.
func (s msgServer) UpdateParams(ctx context.Context, m *settlev1.MsgUpdateParams) (*settlev1.MsgUpdateParamsResponse, error) {
	return &settlev1.MsgUpdateParamsResponse{}, kit.Err(Name, s.updateParams(ctx, m))
}

func (k *Keeper) updateParams(ctx context.Context, m *settlev1.MsgUpdateParams) error {
	if m.Authority != k.authority {
		return fault.Forbidden("settle: parameters are set by %s, not by %s", k.authority, m.Authority)
	}
	p, err := wire.SettleParamsFromProto(&m.Params)
	if err != nil {
		return err
	}
	if err := k.params.Set(ctx, *wire.SettleParamsToProto(p)); err != nil {
		return err
	}
	kit.Emit(ctx, Name, "params", kit.AttributeParty, m.Authority)
	return nil
}
