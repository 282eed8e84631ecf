package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/core/num"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	"github.com/alaya-network/alaya/wire"
)

func newPartyCommand(s *session) *cobra.Command {
	return newGroup(&cobra.Command{
		Use:   "party",
		Short: "Who takes part: profiles, standing, stakes",
		Long: `Nobody needs a profile to take part, but one to be found, or where a request asks for a
language. Standing is proved by verdicts alone: its score is the lower 5 % quantile of
the skill, so few answers never look like many.`,
		Example: `  alaya party profile set --name Alice --languages en,de --from alice
  alaya party standing alice`,
	}, newProfileCommand(s), newPartyStanding(s), newPartyStakes(s), newPartyGrant(s))
}

func newPartyStanding(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "standing [ADDRESS]",
		Short:   "Show the standing and conduct of an address or key, --from's by default",
		Example: "  alaya party standing alice",
		RunE: func(cmd *cobra.Command, args []string) error {
			who, err := s.addressOr(args, 0)
			if err != nil {
				return err
			}
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			res, err := c.Party().Standing(cmd.Context(), &partyv1.QueryStandingRequest{
				Address: string(who), Pagination: &query.PageRequest{Limit: maxPage},
			})
			if err != nil {
				return err
			}
			return s.show(res, func(p *page) { p.standing(res) })
		},
	}
}

func (p *page) standing(res *partyv1.QueryStandingResponse) {
	p.field("strikes", fmt.Sprintf("%d verdicts found the answers worthless", res.Conduct.Strikes))
	p.field("contests", fmt.Sprintf("%d opened, %d ended against the requester", res.Conduct.Contests, res.Conduct.Overturned))
	p.table("skill", "score", "level", "right", "wrong", "settled")
	for _, r := range res.Ratings {
		p.row(r.Standing.Skill, ratio(num.Ppm(r.Score)), r.Level, count(r.Standing.Right), count(r.Standing.Wrong), num.Amount(r.Standing.Settled))
	}
}

// count writes millionths of an answer.
func count(millionths int64) string {
	return fmt.Sprintf("%d.%d", millionths/1_000_000, millionths%1_000_000/100_000)
}

func newPartyStakes(s *session) *cobra.Command {
	var l list
	cmd := &cobra.Command{
		Use:     "stakes [ADDRESS]",
		Short:   "List the stakes of an address or key, --from's by default",
		Example: "  alaya party stakes alice",
		RunE: func(cmd *cobra.Command, args []string) error {
			who, err := s.addressOr(args, 0)
			if err != nil {
				return err
			}
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			found, stakes, err := collect(s, l, func(page *query.PageRequest) ([]partyv1.Stake, *query.PageResponse, error) {
				res, err := c.Party().Stakes(cmd.Context(), &partyv1.QueryStakesRequest{Address: string(who), Pagination: page})
				if err != nil {
					return nil, nil, err
				}
				return res.Stakes, res.Pagination, nil
			}, wire.StakeFromProto)
			if err != nil {
				return err
			}
			return s.show(&partyv1.QueryStakesResponse{Stakes: found}, func(p *page) {
				p.table("request", "state", "amount", "slashed", "cause", "returns")
				for _, st := range stakes {
					p.row(st.Request, st.State, st.Amount, st.Slashed, st.Cause, instant(st.ReleaseAt))
				}
			})
		},
	}
	l.bind(cmd)
	return cmd
}
