package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/client/learner"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/internal/durable"
	"github.com/alaya-network/alaya/wire"
)

func newModelChallenge(s *session) *cobra.Command {
	return newGroup(&cobra.Command{
		Use:   "challenge",
		Short: "Hold a fork against the model it came from",
		Long: `A fork that does better than the model it came from can take its place. Both are asked for
the next slice of the holdout that the creator committed to when he made the model, and that
neither has seen. If the fork's loss is lower by the margin, the model names it its successor.`,
		Example: `  alaya model challenge open 1f3a5c7e9b2d4f60 90aebc1d2e3f4051 --from bob
  alaya model challenge reveal 1f3a5c7e9b2d4f60 --from alice`,
	}, newChallengeOpen(s), newChallengeReveal(s), newChallengeList(s))
}

func newChallengeOpen(s *session) *cobra.Command {
	margin, within := 0.0, 24*time.Hour
	cmd := &cobra.Command{
		Use:     "open MODEL FORK",
		Short:   "Challenge a model by a fork of it",
		Example: "  alaya model challenge open 1f3a5c7e9b2d4f60 90aebc1d2e3f4051 --margin 0.01 --from bob",
		RunE: func(cmd *cobra.Command, args []string) error {
			champion, err := id.ParseModelID(args[0])
			if err != nil {
				return err
			}
			fork, err := id.ParseModelID(args[1])
			if err != nil {
				return err
			}
			if margin < 0 || margin > 1_000 {
				return fault.Limit("margin %g: 0 to 1000", margin)
			}
			return s.openChallenge(cmd.Context(), &modelv1.MsgChallenge{
				Champion: string(champion), Challenger: string(fork), Margin: int64(margin * (1 << 20)), Within: within.Milliseconds(),
			})
		},
	}
	cmd.Flags().Float64Var(&margin, "margin", margin, "by which the fork's mean loss must be lower")
	cmd.Flags().DurationVar(&within, "within", within, "how long the creator has to reveal the slice")
	return cmd
}

func (s *session) openChallenge(ctx context.Context, msg *modelv1.MsgChallenge) error {
	account, err := s.signer(ctx)
	if err != nil {
		return err
	}
	msg.Sender = account.Address().String()
	result, err := account.Send(ctx, msg)
	if err != nil {
		return err
	}
	var made modelv1.MsgChallengeResponse
	if err := result.Response(0, &made); err != nil {
		return err
	}
	return s.receipt(result, fmt.Sprint(made.Number), fmt.Sprintf("challenge %d of %s: %d items to be revealed", made.Number, msg.Champion, made.Items))
}

func newChallengeReveal(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "reveal MODEL [CHALLENGE]",
		Short:   "Reveal the items of a challenge, the last one by default, as the model's creator",
		Example: "  alaya model challenge reveal 1f3a5c7e9b2d4f60 --from alice",
		RunE: func(cmd *cobra.Command, args []string) error {
			k, err := s.model(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			number, err := numberOr("challenge", args[1:], 0, lastChallenge)
			if err != nil {
				return err
			}
			return s.revealChallenge(cmd.Context(), k, number)
		},
	}
}

// lastChallenge stands for the last one.
const lastChallenge = math.MaxUint32

// challenges are all those of a model.
func (s *session) challenges(ctx context.Context, m id.ModelID, l list) ([]modelv1.Challenge, []model.Challenge, error) {
	c, err := s.chain(ctx)
	if err != nil {
		return nil, nil, err
	}
	return collect(s, l, func(page *query.PageRequest) ([]modelv1.Challenge, *query.PageResponse, error) {
		res, err := c.Model().Challenges(ctx, &modelv1.QueryChallengesRequest{Model: string(m), Pagination: page})
		if err != nil {
			return nil, nil, err
		}
		return res.Challenges, res.Pagination, nil
	}, wire.ModelChallengeFromProto)
}

// revealChallenge brings the items that are missing, and says what came of it.
func (s *session) revealChallenge(ctx context.Context, k knownModel, number uint32) error {
	account, err := s.signer(ctx)
	if err != nil {
		return err
	}
	_, all, err := s.challenges(ctx, k.ID, list{})
	if err != nil {
		return err
	}
	if number == lastChallenge && len(all) > 0 {
		number = all[len(all)-1].Number
	}
	at := slices.IndexFunc(all, func(c model.Challenge) bool { return c.Number == number })
	if at < 0 {
		return fault.NotFound("model %s: no challenge %d", k.ID, number)
	}
	c := all[at]
	var kept learner.Holdout
	if err := durable.Read(s.holdoutPath(k.Terms.Holdout.Root), &kept); err != nil {
		return advise(err, "the holdout lies with who made the model, under models/holdouts of his home")
	}
	items, err := kept.Slice(c.Number+c.Scored, c.Items-c.Scored)
	if err != nil {
		return err
	}
	for some := range slices.Chunk(items, model.MaxBatch) {
		msg := &modelv1.MsgScoreChallenge{Sender: account.Address().String(), Champion: string(k.ID), Number: c.Number, Items: provenItems(some)}
		result, err := account.Send(ctx, msg)
		if err != nil {
			return err
		}
		var reply modelv1.MsgScoreChallengeResponse
		if err := result.Response(0, &reply); err != nil {
			return err
		}
		if c, err = wire.ModelChallengeFromProto(&reply.Challenge); err != nil {
			return err
		}
	}
	return s.show(wire.ModelChallengeToProto(c), func(p *page) { p.challenges([]model.Challenge{c}) })
}

func provenItems(items []learner.Revealed) []modelv1.ProvenItem {
	var all []modelv1.ProvenItem
	for _, r := range items {
		item := modelv1.ProvenItem{Item: wire.ItemToProto(r.Item)}
		for _, h := range r.Path {
			item.Path = append(item.Path, h[:])
		}
		all = append(all, item)
	}
	return all
}

func newChallengeList(s *session) *cobra.Command {
	var l list
	cmd := &cobra.Command{
		Use:     "list MODEL",
		Short:   "List the challenges of a model",
		Example: "  alaya model challenge list 1f3a5c7e9b2d4f60",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseModelID(args[0])
			if err != nil {
				return err
			}
			found, all, err := s.challenges(cmd.Context(), name, l)
			if err != nil {
				return err
			}
			return s.show(&modelv1.QueryChallengesResponse{Challenges: found}, func(p *page) { p.challenges(all) })
		},
	}
	l.bind(cmd)
	return cmd
}

func (p *page) challenges(all []model.Challenge) {
	p.table("challenge", "challenger", "state", "scored", "loss", "challenger's", "margin", "until")
	for _, c := range all {
		n := max(1, int64(c.Scored))
		p.row(c.Number, c.Challenger, c.State, fmt.Sprintf("%d of %d", c.Scored, c.Items), real20(c.Losses[0]/n), real20(c.Losses[1]/n),
			real20(c.Margin), instant(c.Deadline))
	}
}
