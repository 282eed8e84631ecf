package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/core/oracle"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	"github.com/alaya-network/alaya/wire"
)

func newJobCommand(s *session) *cobra.Command {
	return newGroup(&cobra.Command{
		Use:   "job",
		Short: "What the validators are asked to judge, and their votes",
		Long: `A job fixes what the oracle judges. States: open (validators vote), agreed (more than
two thirds of the power on one digest), done (the verdict is on the chain), abandoned
(no quorum in any attempt: the request is wound up and refunded).`,
		Example: "  alaya job list\n  alaya job show 1f3a5c7e9b2d4f60 1",
	}, newJobList(s), newJobShow(s))
}

func newJobList(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "list",
		Short:   "List the jobs that wait for votes or for their verdict",
		Example: "  alaya job list",
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			res, err := c.Quality().OpenJobs(cmd.Context(), &qualityv1.QueryOpenJobsRequest{})
			if err != nil {
				return err
			}
			jobs, err := convert(res.Jobs, wire.JobFromProto)
			if err != nil {
				return err
			}
			return s.show(res, func(p *page) {
				p.table("request", "round", "attempt", "state", "submissions", "last", "until")
				for _, j := range jobs {
					p.row(j.Request, j.Round, j.Attempt, j.State, j.Submissions, j.Last, j.Deadline)
				}
			})
		},
	}
}

func newJobShow(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "show REQUEST [ROUND]",
		Short:   "Show a job with its votes, of the round in work by default",
		Example: "  alaya job show 1f3a5c7e9b2d4f60 1",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, round, err := s.roundArgs(cmd.Context(), args)
			if err != nil {
				return err
			}
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			res, err := c.Quality().Job(cmd.Context(), &qualityv1.QueryJobRequest{Request: string(name), Round: round})
			if err != nil {
				return err
			}
			j, err := wire.JobFromProto(&res.Job)
			if err != nil {
				return err
			}
			votes, err := convert(res.Votes, wire.VoteFromProto)
			if err != nil {
				return err
			}
			return s.show(res, func(p *page) { p.job(j, votes) })
		},
	}
}

func (p *page) job(j oracle.Job, votes []oracle.Vote) {
	p.field("job", j.Name())
	p.field("state", j.State)
	p.field("until", instant(j.Deadline))
	p.field("inputs", fmt.Sprintf("%d submissions, %s", j.Submissions, j.Inputs))
	p.field("last round", j.Last)
	p.field("digest", hash(j.Digest))
	if j.TotalPower > 0 {
		p.field("power", fmt.Sprintf("%d of %d, %d votes", j.Power, j.TotalPower, j.Votes))
	}
	if len(votes) > 0 {
		p.table("validator", "height", "digest")
	}
	for _, v := range votes {
		p.row(v.Validator, v.Height, v.Digest)
	}
}
