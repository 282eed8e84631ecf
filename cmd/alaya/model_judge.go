package main

import (
	"context"
	"fmt"

	"github.com/cosmos/gogoproto/proto"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/num"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

func newModelContributions(s *session) *cobra.Command {
	var l list
	var author string
	cmd := &cobra.Command{
		Use:     "contributions MODEL",
		Short:   "List what was contributed to a model, and what became of it",
		Example: "  alaya model contributions 1f3a5c7e9b2d4f60 --author bob",
		RunE: func(cmd *cobra.Command, args []string) error {
			k, err := s.model(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			by := id.Address("")
			if author != "" {
				if by, err = s.address(author); err != nil {
					return err
				}
			}
			found, items, err := s.contributions(cmd.Context(), k.ID, by, l)
			if err != nil {
				return err
			}
			return s.show(&modelv1.QueryContributionsResponse{Contributions: found}, func(p *page) { p.contributions(k, items) })
		},
	}
	l.bind(cmd)
	cmd.Flags().StringVar(&author, "author", "", "of this address or key only")
	return cmd
}

func (s *session) contributions(ctx context.Context, m id.ModelID, author id.Address, l list) ([]modelv1.Contribution, []model.Contribution, error) {
	c, err := s.chain(ctx)
	if err != nil {
		return nil, nil, err
	}
	return collect(s, l, func(page *query.PageRequest) ([]modelv1.Contribution, *query.PageResponse, error) {
		res, err := c.Model().Contributions(ctx, &modelv1.QueryContributionsRequest{Model: string(m), Author: string(author), Pagination: page})
		if err != nil {
			return nil, nil, err
		}
		return res.Contributions, res.Pagination, nil
	}, wire.ContributionFromProto)
}

func (p *page) contributions(k knownModel, items []model.Contribution) {
	p.table("number", "author", "label", "state", "deposit", "reports", "judged at", "copy of")
	for _, c := range items {
		label, copied := "", ""
		if len(c.Offer.Input.Indices) > 0 {
			label = labelText(k, c.Offer.Label)
		}
		if c.CopyOf > 0 {
			copied = fmt.Sprint(c.CopyOf)
		}
		p.row(c.Number, c.Author, label, c.State, c.Deposit, c.Reports, instant(c.Deadline), copied)
	}
}

func labelText(k knownModel, label int64) string {
	if k.Terms.Config.Classes == 1 {
		return real20(label)
	}
	return k.encoder.LabelName(uint32(label))
}

func newModelRefund(s *session) *cobra.Command {
	var l list
	cmd := &cobra.Command{
		Use:   "refund MODEL",
		Short: "Claim rewards, and show what became of your deposits",
		Long: `Verdicts come by themselves, each at its time and once: the deposit of an item that the
model agrees with is back in the wallet with the verdict, nobody has to ask for it or can
choose the moment. What waits to be claimed is the share of lost deposits that credit earns;
this claims it, and shows the verdicts.`,
		Example: "  alaya model refund 1f3a5c7e9b2d4f60 --from bob",
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.refund(cmd.Context(), args[0], l)
		},
	}
	l.bind(cmd)
	return cmd
}

// refunded is what `model refund` did and found.
type refunded struct {
	Paid  num.Amount             `json:"paid"`
	Rank  modelv1.Rank           `json:"rank"`
	Items []modelv1.Contribution `json:"items"`
}

func (s *session) refund(ctx context.Context, text string, l list) error {
	account, err := s.signer(ctx)
	if err != nil {
		return err
	}
	k, err := s.model(ctx, text)
	if err != nil {
		return err
	}
	view := refunded{}
	if k.Terms.Incentive.Kind == model.Deposit {
		if view.Paid, err = s.claim(ctx, k.ID); err != nil {
			return err
		}
	}
	res, err := s.client.Model().Contributor(ctx, &modelv1.QueryContributorRequest{Model: string(k.ID), Address: account.Address().String()})
	if err != nil {
		return err
	}
	view.Rank = res.Rank
	found, items, err := s.contributions(ctx, k.ID, account.Address(), l)
	if err != nil {
		return err
	}
	view.Items = found
	return s.show(view, func(p *page) {
		w := view.Rank.Contributor
		p.field("verdicts", fmt.Sprintf("%d open, %d confirmed, %d neutral, %d rejected", w.Open, w.Confirmed, w.Neutral, w.Rejected))
		p.field("rewards", fmt.Sprintf("%s claimed now, %s in all", view.Paid, num.Amount(w.Claimed)))
		p.contributions(k, items)
	})
}

func (s *session) claim(ctx context.Context, m id.ModelID) (num.Amount, error) {
	account, err := s.signer(ctx)
	if err != nil {
		return 0, err
	}
	result, err := account.Send(ctx, &modelv1.MsgClaim{Contributor: account.Address().String(), Model: string(m)})
	if err != nil {
		return 0, err
	}
	var res modelv1.MsgClaimResponse
	err = result.Response(0, &res)
	return num.Amount(res.Paid), err
}

func newModelReport(s *session) *cobra.Command {
	return &cobra.Command{
		Use:   "report MODEL NUMBER",
		Short: "Say with a bond that a contribution is bad (incentive deposit)",
		Long: `Say that a contribution is bad before it is judged; it takes credit and a bond. If the
verdict disagrees with the item, the bond comes back with a share of the lost deposit; if it
agrees, the bond is the author's.`,
		Example: "  alaya model report 1f3a5c7e9b2d4f60 17 --from carol",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, n, err := itemArgs(args)
			if err != nil {
				return err
			}
			return s.do(cmd.Context(), func(me string) proto.Message {
				return &modelv1.MsgReport{Reporter: me, Model: string(name), Number: n}
			}, "reported contribution %d", n)
		},
	}
}

func newModelValidate(s *session) *cobra.Command {
	verdict := choice{of: []string{model.Agrees.String(), model.Disagrees.String()}}
	cmd := &cobra.Command{
		Use:     "validate MODEL NUMBER",
		Short:   "Vote on another's contribution (incentive points)",
		Example: "  alaya model validate 1f3a5c7e9b2d4f60 17 --verdict disagrees --from carol",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, n, err := itemArgs(args)
			if err != nil {
				return err
			}
			vote := modelv1.Verdict_VERDICT_AGREES
			if verdict.value == model.Disagrees.String() {
				vote = modelv1.Verdict_VERDICT_DISAGREES
			}
			return s.do(cmd.Context(), func(me string) proto.Message {
				return &modelv1.MsgVote{Voter: me, Model: string(name), Number: n, Verdict: vote}
			}, "voted on contribution %d: %s", n, verdict.value)
		},
	}
	cmd.Flags().Var(&verdict, "verdict", "whether the label is right")
	require(cmd, "verdict")
	return cmd
}

func newModelLeaderboard(s *session) *cobra.Command {
	var l list
	cmd := &cobra.Command{
		Use:     "leaderboard MODEL",
		Short:   "List the best contributors of a model",
		Example: "  alaya model leaderboard 1f3a5c7e9b2d4f60 --limit 10",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseModelID(args[0])
			if err != nil {
				return err
			}
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			found, err := gather(s, l, func(page *query.PageRequest) ([]modelv1.Rank, *query.PageResponse, error) {
				res, err := c.Model().Leaderboard(cmd.Context(), &modelv1.QueryLeaderboardRequest{Model: string(name), Pagination: page})
				if err != nil {
					return nil, nil, err
				}
				return res.Ranks, res.Pagination, nil
			})
			if err != nil {
				return err
			}
			return s.show(&modelv1.QueryLeaderboardResponse{Ranks: found}, func(p *page) {
				p.table("contributor", "points", "level", "confirmed", "rejected", "rewards", "badges")
				for _, r := range found {
					w := r.Contributor
					p.row(w.Address, r.Points, r.Level, w.Confirmed, w.Rejected, num.Amount(w.Claimed+r.Due), r.Badges)
				}
			})
		},
	}
	l.bind(cmd)
	return cmd
}
