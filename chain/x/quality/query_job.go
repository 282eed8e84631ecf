package quality

import (
	"context"

	"github.com/alaya-network/alaya/chain/kit"
	"github.com/alaya-network/alaya/core/id"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	"github.com/alaya-network/alaya/wire"
)

// OpenJobs lists the jobs that wait for votes or for their verdict: those that
// validators vote on first.
func (q queryServer) OpenJobs(ctx context.Context, _ *qualityv1.QueryOpenJobsRequest) (*qualityv1.QueryOpenJobsResponse, error) {
	jobs, err := q.waiting(ctx)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	reply := &qualityv1.QueryOpenJobsResponse{}
	for _, j := range jobs {
		reply.Jobs = append(reply.Jobs, *wire.JobToProto(j))
	}
	return reply, nil
}

// Job returns the job of a round with the votes on its attempt.
func (q queryServer) Job(ctx context.Context, r *qualityv1.QueryJobRequest) (*qualityv1.QueryJobResponse, error) {
	job, err := q.Keeper.Job(ctx, id.RequestID(r.Request), r.Round)
	if err != nil {
		return nil, kit.Err(Name, err)
	}
	votes, err := q.votesOn(ctx, job)
	return &qualityv1.QueryJobResponse{Job: *wire.JobToProto(job), Votes: votes}, kit.Err(Name, err)
}
