package client

import (
	"cmp"
	"context"
	"slices"

	"github.com/cosmos/cosmos-sdk/types/query"

	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/oracle"
	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/wire"
)

// pageSize is how many records one query of a list asks for: the most that the
// chain gives.
const pageSize = 1000

// Dossier collects all that the chain knows about the job of a round: what
// oracle.Judge needs beside the blobs. It does not change once the round has
// left revealing and gold, whatever block it is read at.
func (c *Client) Dossier(ctx context.Context, request id.RequestID, round uint32) (oracle.Dossier, error) {
	var d oracle.Dossier
	var err error
	if d.Job, err = c.Job(ctx, request, round); err != nil {
		return d, err
	}
	if d.Request, err = c.Request(ctx, request); err != nil {
		return d, err
	}
	if d.Rounds, err = c.Rounds(ctx, request, round); err != nil {
		return d, err
	}
	if d.Engagements, err = c.Engagements(ctx, request); err != nil {
		return d, err
	}
	for n := range round {
		revealed, err := c.Submissions(ctx, request, n+1)
		if err != nil {
			return d, err
		}
		d.Submissions = append(d.Submissions, slices.DeleteFunc(revealed, notRevealed)...)
	}
	slices.SortFunc(d.Submissions, func(a, b work.Submission) int { return cmp.Compare(a.Ordinal, b.Ordinal) })
	return d, nil
}

func notRevealed(s work.Submission) bool { return s.State != work.SubmissionRevealed }

// Job returns the job of a round.
func (c *Client) Job(ctx context.Context, request id.RequestID, round uint32) (oracle.Job, error) {
	res, err := c.Quality().Job(ctx, &qualityv1.QueryJobRequest{Request: string(request), Round: round})
	if err != nil {
		return oracle.Job{}, err
	}
	return wire.JobFromProto(&res.Job)
}

// Request returns a request.
func (c *Client) Request(ctx context.Context, request id.RequestID) (market.Request, error) {
	res, err := c.Market().Request(ctx, &marketv1.QueryRequestRequest{Id: string(request)})
	if err != nil {
		return market.Request{}, err
	}
	return wire.RequestFromProto(&res.Request)
}

// Rounds returns the rounds of a request, 1 to last.
func (c *Client) Rounds(ctx context.Context, request id.RequestID, last uint32) ([]work.Round, error) {
	rounds := make([]work.Round, last)
	for i := range rounds {
		res, err := c.Work().Round(ctx, &workv1.QueryRoundRequest{Request: string(request), Number: uint32(i + 1)})
		if err != nil {
			return nil, err
		}
		if rounds[i], err = wire.RoundFromProto(&res.Round); err != nil {
			return nil, err
		}
	}
	return rounds, nil
}

// Engagements returns all engagements of a request, by contributor.
func (c *Client) Engagements(ctx context.Context, request id.RequestID) ([]market.Engagement, error) {
	all, err := List(func(page *PageRequest) ([]market.Engagement, *PageResponse, error) {
		res, err := c.Market().Engagements(ctx, &marketv1.QueryEngagementsRequest{Request: string(request), Pagination: page})
		if err != nil {
			return nil, nil, err
		}
		some, err := convert(res.Engagements, wire.EngagementFromProto)
		return some, res.Pagination, err
	})
	slices.SortFunc(all, func(a, b market.Engagement) int { return cmp.Compare(a.Contributor, b.Contributor) })
	return all, err
}

// Submissions returns all submissions of a round.
func (c *Client) Submissions(ctx context.Context, request id.RequestID, round uint32) ([]work.Submission, error) {
	return List(func(page *PageRequest) ([]work.Submission, *PageResponse, error) {
		res, err := c.Work().Submissions(ctx, &workv1.QuerySubmissionsRequest{Request: string(request), Round: round, Pagination: page})
		if err != nil {
			return nil, nil, err
		}
		some, err := convert(res.Submissions, wire.SubmissionFromProto)
		return some, res.Pagination, err
	})
}

// Verdicts returns the verdicts of a request.
func (c *Client) Verdicts(ctx context.Context, request id.RequestID) ([]oracle.Verdict, error) {
	return List(func(page *PageRequest) ([]oracle.Verdict, *PageResponse, error) {
		res, err := c.Quality().Verdicts(ctx, &qualityv1.QueryVerdictsRequest{Request: string(request), Pagination: page})
		if err != nil {
			return nil, nil, err
		}
		some, err := convert(res.Verdicts, wire.VerdictFromProto)
		return some, res.Pagination, err
	})
}

// Leases returns the open leases of a contributor on a request.
func (c *Client) Leases(ctx context.Context, who id.Address, request id.RequestID) ([]work.Lease, error) {
	return List(func(page *PageRequest) ([]work.Lease, *PageResponse, error) {
		res, err := c.Work().Leases(ctx, &workv1.QueryLeasesRequest{Contributor: string(who), Request: string(request), Pagination: page})
		if err != nil {
			return nil, nil, err
		}
		some, err := convert(res.Leases, wire.LeaseFromProto)
		return some, res.Pagination, err
	})
}

// Which part of a list a query asks for, and where the next one begins.
type (
	PageRequest  = query.PageRequest
	PageResponse = query.PageResponse
)

// List asks for page after page until the chain has no more.
func List[T any](ask func(*PageRequest) ([]T, *PageResponse, error)) ([]T, error) {
	var all []T
	page := &PageRequest{Limit: pageSize}
	for {
		some, next, err := ask(page)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
		if next == nil || len(next.NextKey) == 0 {
			return all, nil
		}
		page = &PageRequest{Key: next.NextKey, Limit: pageSize}
	}
}

// convert turns generated messages into core's types.
func convert[P, T any](messages []P, from func(*P) (T, error)) ([]T, error) {
	out := make([]T, len(messages))
	for i := range messages {
		var err error
		if out[i], err = from(&messages[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}
