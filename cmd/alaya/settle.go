package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/settle"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	"github.com/alaya-network/alaya/wire"
)

func newSettleCommand(s *session) *cobra.Command {
	return newGroup(&cobra.Command{
		Use:   "settle",
		Short: "The money: escrow, payouts, contests",
		Long: `A final verdict becomes payouts. They are pending until the review ends, then released;
the requester may contest one, with a reason and evidence, which freezes it until the
contest is withdrawn or its deadline ends it in the contributor's favour.`,
		Example: `  alaya settle show 1f3a5c7e9b2d4f60
  alaya settle earnings alice
  alaya settle contest 1f3a5c7e9b2d4f60 bob --reason spam --evidence why.md --from requester`,
	}, newSettleShow(s), newSettlePayouts(s), newSettleEarnings(s), newSettleBalances(s), newSettleContests(s),
		newSettleContest(s), newSettleWithdraw(s), newSettlePost(s))
}

// milestoneArgs reads REQUEST [MILESTONE]; the first milestone by default.
func milestoneArgs(args []string) (id.RequestID, uint32, error) {
	name, err := id.ParseRequestID(args[0])
	if err != nil {
		return "", 0, err
	}
	milestone, err := numberOr("milestone", args, 1, 0)
	return name, milestone, err
}

func newSettleShow(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "show REQUEST [MILESTONE]",
		Short:   "Show the settlement of a milestone, the first (0) by default",
		Example: "  alaya settle show 1f3a5c7e9b2d4f60",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, milestone, err := milestoneArgs(args)
			if err != nil {
				return err
			}
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			res, err := c.Settle().Settlement(cmd.Context(), &settlev1.QuerySettlementRequest{Request: string(name), Milestone: milestone})
			if err != nil {
				return err
			}
			v, err := wire.SettlementFromProto(&res.Settlement)
			if err != nil {
				return err
			}
			return s.show(&res.Settlement, func(p *page) { p.settlement(v) })
		},
	}
}

func (p *page) settlement(v settle.Settlement) {
	p.field("request", v.Request)
	p.field("milestone", v.Milestone)
	p.field("round", v.Round)
	p.field("state", v.State)
	p.field("clause holds", v.Holds)
	p.field("price due", ratio(v.Due))
	p.field("payouts", fmt.Sprintf("%d, %d posted, %d not yet released", v.Payouts, v.Posted, v.Open))
	p.field("pay", v.Total)
	p.field("released", v.Released)
	p.field("network fee", fmt.Sprintf("%d basis points on top", v.Fee))
	p.field("review until", instant(v.ReleaseAt))
	p.field("payouts root", hash(v.Root))
}

func newSettlePayouts(s *session) *cobra.Command {
	var l list
	cmd := &cobra.Command{
		Use:     "payouts REQUEST [MILESTONE]",
		Short:   "List the payouts of a milestone, the first (0) by default",
		Example: "  alaya settle payouts 1f3a5c7e9b2d4f60",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, milestone, err := milestoneArgs(args)
			if err != nil {
				return err
			}
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			found, payouts, err := collect(s, l, func(page *query.PageRequest) ([]settlev1.Payout, *query.PageResponse, error) {
				res, err := c.Settle().Payouts(cmd.Context(), &settlev1.QueryPayoutsRequest{Request: string(name), Milestone: milestone, Pagination: page})
				if err != nil {
					return nil, nil, err
				}
				return res.Payouts, res.Pagination, nil
			}, wire.PayoutFromProto)
			if err != nil {
				return err
			}
			return s.show(&settlev1.QueryPayoutsResponse{Payouts: found}, func(p *page) {
				p.table("contributor", "state", "pay", "answers", "skill", "factor", "note")
				for _, pay := range payouts {
					p.row(pay.Contributor, pay.State, pay.Amount, pay.Answers, ratio(pay.Skill), ratio(pay.Factor), worth(pay))
				}
			})
		},
	}
	l.bind(cmd)
	return cmd
}

func worth(p settle.Payout) string {
	if p.Worthless {
		return "worthless"
	}
	return ""
}

func newSettleEarnings(s *session) *cobra.Command {
	var l list
	cmd := &cobra.Command{
		Use:     "earnings [CONTRIBUTOR]",
		Short:   "List the payouts of a contributor, --from's by default",
		Example: "  alaya settle earnings alice",
		RunE: func(cmd *cobra.Command, args []string) error {
			who, err := s.addressOr(args, 0)
			if err != nil {
				return err
			}
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			found, payouts, err := collect(s, l, func(page *query.PageRequest) ([]settlev1.Payout, *query.PageResponse, error) {
				res, err := c.Settle().Earnings(cmd.Context(), &settlev1.QueryEarningsRequest{Contributor: string(who), Pagination: page})
				if err != nil {
					return nil, nil, err
				}
				return res.Payouts, res.Pagination, nil
			}, wire.PayoutFromProto)
			if err != nil {
				return err
			}
			return s.show(&settlev1.QueryEarningsResponse{Payouts: found}, func(p *page) {
				p.table("request", "milestone", "state", "pay", "answers", "skill", "note")
				for _, pay := range payouts {
					p.row(pay.Request, pay.Milestone, pay.State, pay.Amount, pay.Answers, ratio(pay.Skill), worth(pay))
				}
			})
		},
	}
	l.bind(cmd)
	return cmd
}

func newSettleBalances(s *session) *cobra.Command {
	var l list
	cmd := &cobra.Command{
		Use:     "balances [REQUEST]",
		Short:   "List what escrow holds, for one request or for all",
		Example: "  alaya settle balances 1f3a5c7e9b2d4f60",
		RunE: func(cmd *cobra.Command, args []string) error {
			var name id.RequestID
			var err error
			if len(args) > 0 {
				if name, err = id.ParseRequestID(args[0]); err != nil {
					return err
				}
			}
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			found, err := gather(s, l, func(page *query.PageRequest) ([]settlev1.Balance, *query.PageResponse, error) {
				res, err := c.Settle().Balances(cmd.Context(), &settlev1.QueryBalancesRequest{Request: string(name), Pagination: page})
				if err != nil {
					return nil, nil, err
				}
				return res.Balances, res.Pagination, nil
			})
			if err != nil {
				return err
			}
			return s.show(&settlev1.QueryBalancesResponse{Balances: found}, func(p *page) { p.balances(found) })
		},
	}
	l.bind(cmd)
	return cmd
}

func (p *page) balances(found []settlev1.Balance) {
	p.table("account", "holds")
	for _, b := range found {
		p.row(b.Account, num.Amount(b.Amount))
	}
}
