package main

import (
	"strings"

	"github.com/cosmos/gogoproto/proto"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/settle"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	"github.com/alaya-network/alaya/wire"
)

func newSettleContest(s *session) *cobra.Command {
	var milestone uint32
	var evidence string
	reason := choice{of: settle.Reasons()}
	cmd := &cobra.Command{
		Use:   "contest REQUEST CONTRIBUTOR",
		Short: "Freeze a pending payout within the review, as the requester",
		Long: `Freeze a pending payout, with a reason and a file of evidence. Every contest, and every
one that ends against you, shows on your standing.`,
		Example: "  alaya settle contest 1f3a5c7e9b2d4f60 bob --reason spam --evidence why.md --from requester",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, who, err := s.payoutArgs(args)
			if err != nil {
				return err
			}
			kept, err := s.putFile(cmd.Context(), evidence)
			if err != nil {
				return err
			}
			return s.do(cmd.Context(), func(me string) proto.Message {
				return &settlev1.MsgContest{
					Requester: me, Request: string(name), Milestone: milestone, Contributor: string(who),
					Reason: reason.value, Evidence: string(kept),
				}
			}, "contested the payout of %s", who)
		},
	}
	cmd.Flags().Uint32Var(&milestone, "milestone", 0, "milestone of the payout, from 0")
	cmd.Flags().Var(&reason, "reason", strings.Join(reason.of, ", "))
	cmd.Flags().StringVar(&evidence, "evidence", "", "file that shows what is wrong")
	require(cmd, "reason", "evidence")
	return cmd
}

// payoutArgs reads REQUEST CONTRIBUTOR.
func (s *session) payoutArgs(args []string) (id.RequestID, id.Address, error) {
	name, err := id.ParseRequestID(args[0])
	if err != nil {
		return "", "", err
	}
	who, err := s.address(args[1])
	return name, who, err
}

func newSettleWithdraw(s *session) *cobra.Command {
	var milestone uint32
	cmd := &cobra.Command{
		Use:     "withdraw REQUEST CONTRIBUTOR",
		Short:   "Withdraw a contest and let the payout go",
		Example: "  alaya settle withdraw 1f3a5c7e9b2d4f60 bob --from requester",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, who, err := s.payoutArgs(args)
			if err != nil {
				return err
			}
			return s.do(cmd.Context(), func(me string) proto.Message {
				return &settlev1.MsgWithdrawContest{Requester: me, Request: string(name), Milestone: milestone, Contributor: string(who)}
			}, "withdrew the contest of %s's payout", who)
		},
	}
	cmd.Flags().Uint32Var(&milestone, "milestone", 0, "milestone of the payout, from 0")
	return cmd
}

func newSettleContests(s *session) *cobra.Command {
	var l list
	cmd := &cobra.Command{
		Use:     "contests REQUEST [MILESTONE]",
		Short:   "List the contests of a milestone, the first (0) by default",
		Example: "  alaya settle contests 1f3a5c7e9b2d4f60",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, milestone, err := milestoneArgs(args)
			if err != nil {
				return err
			}
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			found, contests, err := collect(s, l, func(page *query.PageRequest) ([]settlev1.Contest, *query.PageResponse, error) {
				res, err := c.Settle().Contests(cmd.Context(), &settlev1.QueryContestsRequest{Request: string(name), Milestone: milestone, Pagination: page})
				if err != nil {
					return nil, nil, err
				}
				return res.Contests, res.Pagination, nil
			}, wire.ContestFromProto)
			if err != nil {
				return err
			}
			return s.show(&settlev1.QueryContestsResponse{Contests: found}, func(p *page) {
				p.table("contributor", "reason", "opened", "until", "evidence")
				for _, v := range contests {
					p.row(v.Contributor, v.Reason, v.Opened, v.Deadline, v.Evidence)
				}
			})
		},
	}
	l.bind(cmd)
	return cmd
}
