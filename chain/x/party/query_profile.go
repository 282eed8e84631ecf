package party

import (
	"context"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/fault"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	"github.com/alaya-network/alaya/wire"
)

// Profile returns one profile.
func (q queryServer) Profile(ctx context.Context, r *partyv1.QueryProfileRequest) (*partyv1.QueryProfileResponse, error) {
	a, err := q.k.address(r.GetAddress())
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	p, err := q.k.Profile(ctx, a)
	if err == nil && p.IsEmpty() {
		err = fault.NotFound("no profile of %s", a)
	}
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &partyv1.QueryProfileResponse{Profile: *wire.ProfileToProto(p)}, nil
}

// Profiles lists profiles by address.
func (q queryServer) Profiles(ctx context.Context, r *partyv1.QueryProfilesRequest) (*partyv1.QueryProfilesResponse, error) {
	if err := kit.CheckPage(r.GetPagination()); err != nil {
		return nil, kit.Err(Name, err)
	}
	list, page, err := query.CollectionPaginate(ctx, q.k.profiles, r.GetPagination(),
		func(_ string, p partyv1.Profile) (partyv1.Profile, error) { return p, nil })
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &partyv1.QueryProfilesResponse{Profiles: list, Pagination: page}, nil
}
