package party

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	"github.com/alaya-network/alaya/wire"
)

// Params returns the parameters.
func (q queryServer) Params(ctx context.Context, _ *partyv1.QueryParamsRequest) (*partyv1.QueryParamsResponse, error) {
	params, err := q.k.Params(ctx)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &partyv1.QueryParamsResponse{Params: *wire.PartyParamsToProto(params)}, nil
}
