package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/num"
)

func newPartyGrant(s *session) *cobra.Command {
	limit, lasts := amountFlag(num.ALY), 30*24*time.Hour
	cmd := &cobra.Command{
		Use:   "grant ADDRESS",
		Short: "Pay somebody's transaction fees",
		Long: `Pay the fees of an address out of --from's account, up to a limit and until a date. An
address that never had a coin can take part from then on. It spends nothing but fees.`,
		Example: "  alaya party grant alaya1… --limit 0.5aly --lasts 720h --from requester",
		RunE: func(cmd *cobra.Command, args []string) error {
			guest, err := s.address(args[0])
			if err != nil {
				return err
			}
			account, err := s.signer(cmd.Context())
			if err != nil {
				return err
			}
			until := time.Now().Add(lasts)
			m, err := client.FeeGrant(account.Address(), guest, client.Allowance{Limit: num.Amount(limit), Expires: until})
			if err != nil {
				return err
			}
			result, err := account.Send(cmd.Context(), m)
			if err != nil {
				return err
			}
			return s.receipt(result, "", fmt.Sprintf("pays fees of %s up to %s until %s", guest, num.Amount(limit), until.Format(time.DateTime)))
		},
	}
	cmd.Flags().Var(&limit, "limit", "the most that is paid, in all")
	cmd.Flags().DurationVar(&lasts, "lasts", lasts, "how long")
	return cmd
}
