package party

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	"github.com/alaya-network/alaya/wire"
)

// UpdateParams replaces the parameters; governance only.
func (s msgServer) UpdateParams(ctx context.Context, m *partyv1.MsgUpdateParams) (*partyv1.MsgUpdateParamsResponse, error) {
	return &partyv1.MsgUpdateParamsResponse{}, kit.Err(Name, s.updateParams(ctx, m))
}

func (s msgServer) updateParams(ctx context.Context, m *partyv1.MsgUpdateParams) error {
	if m.Authority != s.k.authority {
		return fault.Forbidden("parameters are set by %s, not by %.90s", s.k.authority, m.Authority)
	}
	params, err := wire.PartyParamsFromProto(&m.Params)
	if err != nil {
		return err
	}
	kit.Emit(ctx, Name, "params")
	return s.k.params.Set(ctx, *wire.PartyParamsToProto(params))
}
