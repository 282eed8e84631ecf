package main

import (
	"strconv"

	"github.com/spf13/cobra"

	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
)

func newChainParams(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "params",
		Short:   "Show the parameters that governance sets",
		Example: "  alaya chain params",
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			party, err := c.Party().Params(cmd.Context(), &partyv1.QueryParamsRequest{})
			if err != nil {
				return err
			}
			quality, err := c.Quality().Params(cmd.Context(), &qualityv1.QueryParamsRequest{})
			if err != nil {
				return err
			}
			settle, err := c.Settle().Params(cmd.Context(), &settlev1.QueryParamsRequest{})
			if err != nil {
				return err
			}
			view := struct {
				Party   partyv1.Params   `json:"party"`
				Quality qualityv1.Params `json:"quality"`
				Settle  settlev1.Params  `json:"settle"`
			}{party.Params, quality.Params, settle.Params}
			return s.show(view, func(p *page) {
				p.field("stake returns after", span(party.Params.UnbondingMs))
				p.field("half-life of a standing", span(party.Params.HalfLifeMs))
				p.field("attempt of the oracle", span(quality.Params.JobMs))
				p.field("network fee", strconv.Itoa(int(settle.Params.FeeBps))+" basis points of pay")
			})
		},
	}
}
