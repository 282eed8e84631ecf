package quality

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
)

// queryServer answers the Query service, a file per noun.
type queryServer struct{ *Keeper }

// NewQueryServer serves the queries of the stage.
func NewQueryServer(k *Keeper) qualityv1.QueryServer { return queryServer{k} }

// Params returns the parameters.
func (q queryServer) Params(ctx context.Context, _ *qualityv1.QueryParamsRequest) (*qualityv1.QueryParamsResponse, error) {
	p, err := q.params.Get(ctx)
	return &qualityv1.QueryParamsResponse{Params: p}, kit.Err(Name, err)
}
