package work

import (
	"context"

	"cosmossdk.io/collections"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
	"github.com/alaya-network/alaya/wire"
)

// Leases lists the open leases of a contributor, of one request if given.
func (q queryServer) Leases(ctx context.Context, r *workv1.QueryLeasesRequest) (*workv1.QueryLeasesResponse, error) {
	of := collections.QuadPrefix[string, string, uint32, uint32](r.Contributor)
	if r.Request != "" {
		of = collections.QuadSuperPrefix[string, string, uint32, uint32](r.Contributor, r.Request)
	}
	leases, page, err := list(ctx, q.leases, r.Pagination, of)
	return &workv1.QueryLeasesResponse{Leases: leases, Pagination: page}, err
}

// Submissions lists the submissions of a round.
func (q queryServer) Submissions(ctx context.Context, r *workv1.QuerySubmissionsRequest) (*workv1.QuerySubmissionsResponse, error) {
	submissions, page, err := list(ctx, q.submissions, r.Pagination, collections.QuadSuperPrefix[string, uint32, uint32, string](r.Request, r.Round))
	return &workv1.QuerySubmissionsResponse{Submissions: submissions, Pagination: page}, err
}

// Assignment returns what a contributor has in hand on a request.
func (q queryServer) Assignment(ctx context.Context, r *workv1.QueryAssignmentRequest) (*workv1.QueryAssignmentResponse, error) {
	a, err := q.Keeper.Assignment(ctx, id.RequestID(r.Request), id.Address(r.Contributor))
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	return &workv1.QueryAssignmentResponse{Assignment: *wire.AssignmentToProto(a)}, nil
}
