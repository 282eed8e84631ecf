package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

func newWorkGold(s *session) *cobra.Command {
	var wait time.Duration
	cmd := &cobra.Command{
		Use:   "gold REQUEST [ROUND]",
		Short: "Reveal the gold that a round used, as its requester",
		Long: `Reveal the true labels of the items that a round asked about, the round in work by
default. They were kept in gold/ under --home when the request was posted; each is
proved against the commitment of the request. Gold of other items stays hidden.`,
		Example: `  alaya work gold 1f3a5c7e9b2d4f60 --from requester
  alaya work gold 1f3a5c7e9b2d4f60 --wait 1h --from requester`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name, number, err := s.roundArgs(cmd.Context(), args)
			if err != nil {
				return err
			}
			if wait > 0 {
				if err := s.waitRound(cmd.Context(), name, number, work.Gold, wait); err != nil {
					return err
				}
			}
			return s.revealGold(cmd.Context(), name, number)
		},
	}
	cmd.Flags().DurationVar(&wait, "wait", 0, "how long to wait until the round takes gold")
	return cmd
}

func (s *session) revealGold(ctx context.Context, name id.RequestID, number uint32) error {
	account, err := s.signer(ctx)
	if err != nil {
		return err
	}
	content, count, err := s.openGold(ctx, name, number)
	if err != nil {
		return err
	}
	result, err := account.Send(ctx, &workv1.MsgRevealGold{
		Requester: account.Address().String(), Request: string(name), Round: number, Content: string(content),
	})
	if err != nil {
		return err
	}
	return s.receipt(result, "", fmt.Sprintf("revealed %d gold labels of round %d", count, number))
}

// openGold puts the gold of the round's items away with its proofs; no content
// if the round used none.
func (s *session) openGold(ctx context.Context, name id.RequestID, number uint32) (id.CID, int, error) {
	campaign, err := s.campaign(ctx, name)
	if err != nil {
		return "", 0, err
	}
	labels, err := s.goldOf(campaign.Request)
	if err != nil {
		return "", 0, err
	}
	r, err := s.round(ctx, name, number)
	if err != nil {
		return "", 0, err
	}
	pages, err := campaign.Pages(ctx, r)
	if err != nil {
		return "", 0, err
	}
	asked := map[string]bool{}
	for _, items := range pages {
		for _, item := range items {
			asked[item] = true
		}
	}
	count := 0
	text, err := work.OpenGold(labels, func(g work.GoldLabel) bool {
		if asked[g.Item] {
			count++
		}
		return asked[g.Item]
	})
	if err != nil || count == 0 {
		return "", 0, err
	}
	blobs, err := s.blobs()
	if err != nil {
		return "", 0, err
	}
	content, err := blobs.PutBytes(ctx, text)
	return content, count, err
}
