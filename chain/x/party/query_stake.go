package party

import (
	"context"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/chain/kit"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
)

// Stakes lists the stakes of an address by request.
func (q queryServer) Stakes(ctx context.Context, r *partyv1.QueryStakesRequest) (*partyv1.QueryStakesResponse, error) {
	a, err := q.k.address(r.GetAddress())
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	if err := kit.CheckPage(r.GetPagination()); err != nil {
		return nil, kit.Err(Name, err)
	}
	stakes, page, err := query.CollectionPaginate(ctx, q.k.stakes, r.GetPagination(),
		func(_ pair, s partyv1.Stake) (partyv1.Stake, error) { return s, nil },
		query.WithCollectionPaginationPairPrefix[string, string](string(a)))
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &partyv1.QueryStakesResponse{Stakes: stakes, Pagination: page}, nil
}
