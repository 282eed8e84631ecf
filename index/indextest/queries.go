package indextest

import (
	"context"
	"maps"
	"slices"
	"strings"

	"google.golang.org/grpc"

	datasetv1 "github.com/alaya-network/alaya/gen/alaya/dataset/v1"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"

	"github.com/alaya-network/alaya/core/fault"
)

// The stages' queries, as far as this chain has what they ask for.
type (
	partyQueries struct {
		partyv1.QueryClient
		w *World
	}
	marketQueries struct {
		marketv1.QueryClient
		w *World
	}
	workQueries struct {
		workv1.QueryClient
		w *World
	}
	qualityQueries struct {
		qualityv1.QueryClient
		w *World
	}
	settleQueries struct {
		settlev1.QueryClient
		w *World
	}
)

// Party implements index.Chain.
func (w *World) Party() partyv1.QueryClient { return partyQueries{w: w} }

// Market implements index.Chain.
func (w *World) Market() marketv1.QueryClient { return marketQueries{w: w} }

// Work implements index.Chain.
func (w *World) Work() workv1.QueryClient { return workQueries{w: w} }

// Quality implements index.Chain.
func (w *World) Quality() qualityv1.QueryClient { return qualityQueries{w: w} }

// Settle implements index.Chain.
func (w *World) Settle() settlev1.QueryClient { return settleQueries{w: w} }

// Dataset implements index.Chain; this chain makes none.
func (w *World) Dataset() datasetv1.QueryClient { return noDatasets{} }

// Model implements index.Chain; this chain has none.
func (w *World) Model() modelv1.QueryClient { return noModels{} }

type (
	noDatasets struct{ datasetv1.QueryClient }
	noModels   struct{ modelv1.QueryClient }
)

// Datasets implements datasetv1.QueryClient.
func (noDatasets) Datasets(context.Context, *datasetv1.QueryDatasetsRequest, ...grpc.CallOption) (*datasetv1.QueryDatasetsResponse, error) {
	return &datasetv1.QueryDatasetsResponse{}, nil
}

// Models implements modelv1.QueryClient.
func (noModels) Models(context.Context, *modelv1.QueryModelsRequest, ...grpc.CallOption) (*modelv1.QueryModelsResponse, error) {
	return &modelv1.QueryModelsResponse{}, nil
}

// sorted returns the values of a map by key, of the keys that begin with a
// prefix.
func sorted[T any](in map[string]*T, prefix string) (list []T) {
	for _, key := range slices.Sorted(maps.Keys(in)) {
		if strings.HasPrefix(key, prefix) {
			list = append(list, *in[key])
		}
	}
	return list
}

// Requests implements marketv1.QueryClient.
func (q marketQueries) Requests(context.Context, *marketv1.QueryRequestsRequest, ...grpc.CallOption) (*marketv1.QueryRequestsResponse, error) {
	return &marketv1.QueryRequestsResponse{Requests: sorted(q.w.requests, "")}, nil
}

// Bids implements marketv1.QueryClient.
func (q marketQueries) Bids(_ context.Context, r *marketv1.QueryBidsRequest, _ ...grpc.CallOption) (*marketv1.QueryBidsResponse, error) {
	return &marketv1.QueryBidsResponse{Bids: sorted(q.w.bids, r.Request+"/")}, nil
}

// Profiles implements partyv1.QueryClient; nobody has one.
func (q partyQueries) Profiles(context.Context, *partyv1.QueryProfilesRequest, ...grpc.CallOption) (*partyv1.QueryProfilesResponse, error) {
	return &partyv1.QueryProfilesResponse{}, nil
}

// find returns a copy of a value, or an error of kind not found.
func find[T any](in map[string]*T, key string) (T, error) {
	if v, ok := in[key]; ok {
		return *v, nil
	}
	var none T
	return none, fault.NotFound("indextest: %s: not there", key)
}

// Request implements marketv1.QueryClient.
func (q marketQueries) Request(_ context.Context, r *marketv1.QueryRequestRequest, _ ...grpc.CallOption) (*marketv1.QueryRequestResponse, error) {
	v, err := find(q.w.requests, r.Id)
	return &marketv1.QueryRequestResponse{Request: v}, err
}

// Bid implements marketv1.QueryClient.
func (q marketQueries) Bid(_ context.Context, r *marketv1.QueryBidRequest, _ ...grpc.CallOption) (*marketv1.QueryBidResponse, error) {
	v, err := find(q.w.bids, r.Request+"/"+r.Bidder)
	return &marketv1.QueryBidResponse{Bid: v}, err
}

// Engagement implements marketv1.QueryClient.
func (q marketQueries) Engagement(_ context.Context, r *marketv1.QueryEngagementRequest, _ ...grpc.CallOption) (*marketv1.QueryEngagementResponse, error) {
	v, err := find(q.w.engagements, r.Request+"/"+r.Contributor)
	return &marketv1.QueryEngagementResponse{Engagement: v}, err
}

// Assignment implements workv1.QueryClient.
func (q workQueries) Assignment(_ context.Context, r *workv1.QueryAssignmentRequest, _ ...grpc.CallOption) (*workv1.QueryAssignmentResponse, error) {
	e, err := find(q.w.engagements, r.Request+"/"+r.Contributor)
	return &workv1.QueryAssignmentResponse{Assignment: workv1.Assignment{Request: r.Request, Contributor: r.Contributor, Units: e.Units}}, err
}

// Progress implements workv1.QueryClient.
func (q workQueries) Progress(_ context.Context, r *workv1.QueryProgressRequest, _ ...grpc.CallOption) (*workv1.QueryProgressResponse, error) {
	return &workv1.QueryProgressResponse{Progress: workv1.Progress{Request: r.Request, Round: 1, Answers: q.w.answers[r.Request]}}, nil
}

// Round implements workv1.QueryClient.
func (q workQueries) Round(_ context.Context, r *workv1.QueryRoundRequest, _ ...grpc.CallOption) (*workv1.QueryRoundResponse, error) {
	v, err := find(q.w.rounds, r.Request)
	return &workv1.QueryRoundResponse{Round: v}, err
}

// Pages implements workv1.QueryClient.
func (q workQueries) Pages(_ context.Context, r *workv1.QueryPagesRequest, _ ...grpc.CallOption) (*workv1.QueryPagesResponse, error) {
	request, err := find(q.w.requests, r.Request)
	reply := &workv1.QueryPagesResponse{}
	for i, n := range request.Terms.Manifest.Pages {
		reply.Pages = append(reply.Pages, workv1.Page{Request: r.Request, Round: r.Round, Number: uint32(i), Items: n})
	}
	return reply, err
}

// Job implements qualityv1.QueryClient.
func (q qualityQueries) Job(_ context.Context, r *qualityv1.QueryJobRequest, _ ...grpc.CallOption) (*qualityv1.QueryJobResponse, error) {
	v, err := find(q.w.jobs, r.Request)
	return &qualityv1.QueryJobResponse{Job: v}, err
}

// Verdict implements qualityv1.QueryClient.
func (q qualityQueries) Verdict(_ context.Context, r *qualityv1.QueryVerdictRequest, _ ...grpc.CallOption) (*qualityv1.QueryVerdictResponse, error) {
	v, err := find(q.w.verdicts, r.Request)
	return &qualityv1.QueryVerdictResponse{Verdict: v}, err
}

// Settlement implements settlev1.QueryClient.
func (q settleQueries) Settlement(_ context.Context, r *settlev1.QuerySettlementRequest, _ ...grpc.CallOption) (*settlev1.QuerySettlementResponse, error) {
	v, err := find(q.w.settlements, r.Request)
	return &settlev1.QuerySettlementResponse{Settlement: v}, err
}

// Payouts implements settlev1.QueryClient.
func (q settleQueries) Payouts(_ context.Context, r *settlev1.QueryPayoutsRequest, _ ...grpc.CallOption) (*settlev1.QueryPayoutsResponse, error) {
	return &settlev1.QueryPayoutsResponse{Payouts: append([]settlev1.Payout(nil), q.w.payouts[r.Request]...)}, nil
}

// Profile implements partyv1.QueryClient.
func (q partyQueries) Profile(_ context.Context, r *partyv1.QueryProfileRequest, _ ...grpc.CallOption) (*partyv1.QueryProfileResponse, error) {
	return nil, fault.NotFound("indextest: %s has no profile", r.Address)
}

// Standing implements partyv1.QueryClient.
func (q partyQueries) Standing(_ context.Context, r *partyv1.QueryStandingRequest, _ ...grpc.CallOption) (*partyv1.QueryStandingResponse, error) {
	reply := &partyv1.QueryStandingResponse{Conduct: partyv1.Conduct{Address: r.Address}}
	if right := q.w.right[r.Address]; right > 0 {
		reply.Ratings = []partyv1.Rating{{Standing: partyv1.Standing{
			Address: r.Address, Skill: "label", Right: right, Wrong: right / 9, Updated: start, Settled: q.w.settled[r.Address],
		}}}
	}
	return reply, nil
}

// Stakes implements partyv1.QueryClient.
func (q partyQueries) Stakes(context.Context, *partyv1.QueryStakesRequest, ...grpc.CallOption) (*partyv1.QueryStakesResponse, error) {
	return &partyv1.QueryStakesResponse{}, nil
}
