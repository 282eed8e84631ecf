package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/client/learner"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/feature"
	"github.com/alaya-network/alaya/core/num"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

func newModelCommand(s *session) *cobra.Command {
	return newGroup(&cobra.Command{
		Use:   "model",
		Short: "Models that live on the chain: ask them for free, teach them for reward",
		Long: `A collaborative model learns from whoever contributes, item by item, in whole numbers, so
that every machine has the same parameters. Asking is free. What contributors get is the
model's incentive: points; a deposit that comes back with credit, or is lost; or a share of
a bounty for what the model got better by.`,
		Example: `  alaya model create reviews.yaml --from alice
  alaya model predict 1f3a5c7e9b2d4f60 "a lovely little knife"
  alaya model contribute 1f3a5c7e9b2d4f60 new.tsv --from bob
  alaya model verify 1f3a5c7e9b2d4f60`,
	}, newModelExample(s), newModelCreate(s), newModelList(s), newModelShow(s), newModelPredict(s), newModelContribute(s),
		newModelContributions(s), newModelRefund(s), newModelReport(s), newModelValidate(s), newModelWithdraw(s), newModelMarket(s),
		newModelLeaderboard(s), newModelExport(s), newModelPublish(s), newModelFork(s), newModelChallenge(s), newModelRollback(s), newModelRebuild(s), newModelVerify(s),
		newModelSimulate(s))
}

func newModelList(s *session) *cobra.Command {
	var l list
	var creator string
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List models",
		Example: "  alaya model list --creator alice",
		RunE: func(cmd *cobra.Command, _ []string) error {
			by := id.Address("")
			if creator != "" {
				var err error
				if by, err = s.address(creator); err != nil {
					return err
				}
			}
			return s.listModels(cmd.Context(), l, by)
		},
	}
	l.bind(cmd)
	cmd.Flags().StringVar(&creator, "creator", "", "models of this address or key only")
	return cmd
}

func (s *session) listModels(ctx context.Context, l list, creator id.Address) error {
	c, err := s.chain(ctx)
	if err != nil {
		return err
	}
	found, models, err := collect(s, l, func(page *query.PageRequest) ([]modelv1.Model, *query.PageResponse, error) {
		res, err := c.Model().Models(ctx, &modelv1.QueryModelsRequest{Creator: string(creator), Pagination: page})
		if err != nil {
			return nil, nil, err
		}
		return res.Models, res.Pagination, nil
	}, wire.ModelFromProto)
	if err != nil {
		return err
	}
	return s.show(&modelv1.QueryModelsResponse{Models: found}, func(p *page) {
		p.table("model", "name", "family", "classes", "incentive", "state", "updates", "licence")
		for _, m := range models {
			p.row(m.ID, m.Terms.Name, m.Terms.Config.Family, m.Terms.Config.Classes, m.Terms.Incentive.Kind, m.State, m.Updates, m.Terms.Licence)
		}
	})
}

func newModelShow(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "show MODEL",
		Short:   "Show a model, its root and what a contribution costs now",
		Example: "  alaya model show 1f3a5c7e9b2d4f60",
		RunE: func(cmd *cobra.Command, args []string) error {
			known, err := s.model(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			return s.show(known.answer, func(p *page) { p.model(known) })
		},
	}
}

// knownModel is a model as the chain has it, with its encoder.
type knownModel struct {
	model.Model
	encoder feature.Encoder
	answer  *modelv1.QueryModelResponse
}

// model fetches the model that an argument names.
func (s *session) model(ctx context.Context, text string) (k knownModel, err error) {
	name, err := id.ParseModelID(text)
	if err != nil {
		return k, err
	}
	c, err := s.chain(ctx)
	if err != nil {
		return k, err
	}
	if k.Model, k.answer, err = learner.Record(ctx, c, name); err != nil {
		return k, err
	}
	k.encoder, err = learner.EncoderOf(k.Terms, func(content id.CID) ([]byte, error) {
		blobs, err := s.blobs()
		if err != nil {
			return nil, err
		}
		return blobs.GetBytes(ctx, content, maxBlob)
	})
	return k, err
}

func (p *page) model(k knownModel) {
	t := k.Terms
	p.field("model", k.ID)
	p.field("name", t.Name)
	p.field("state", k.State)
	p.field("family", t.Config.Family)
	p.field("labels", classesOf(k))
	p.field("encoder", encoderText(t.Encoder))
	p.field("licence", t.Licence)
	p.field("creator", k.Creator)
	if t.Owner != "" {
		p.field("owner", fmt.Sprintf("%s, until %s", t.Owner, t.OwnerUntil))
	} else {
		p.field("owner", "nobody")
	}
	p.incentive(k)
	for _, v := range k.Lineage {
		p.field("forked from", fmt.Sprintf("%s at entry %d", v.Model, v.Entry))
	}
	p.field("successor", k.Successor)
	p.field("learnt", fmt.Sprintf("%d of %d contributions, %d withdrawn", k.Updates, k.Contributions, k.Withdrawn))
	p.field("root", fmt.Sprintf("%s after entry %d", k.Root, k.Entries))
	if k.Replaying() {
		p.field("rebuild", fmt.Sprintf("generation %d is being made", k.Replay.Generation))
	} else if k.answer.Stale {
		p.field("rebuild", "due: `alaya model rebuild`")
	}
}

func (p *page) incentive(k knownModel) {
	i := k.Terms.Incentive
	switch i.Kind {
	case model.Deposit:
		p.field("incentive", fmt.Sprintf("deposit, judged after %s", span(i.Wait)))
		p.field("next deposit", num.Amount(k.answer.NextDeposit))
		if purse := k.answer.Purse; purse != nil {
			p.field("purse", fmt.Sprintf("%s in deposits, %s of rewards to claim", num.Amount(purse.Open), num.Amount(purse.Owed)))
		}
	case model.Points:
		p.field("incentive", fmt.Sprintf("points, judged after %s", span(i.Wait)))
	default:
		p.field("incentive", i.Kind)
	}
}

func classesOf(k knownModel) string {
	if len(k.encoder.Labels) > 0 {
		return strings.Join(k.encoder.Labels, ", ")
	}
	if k.Terms.Config.Classes == 1 {
		return "a number"
	}
	return fmt.Sprintf("0 to %d", k.Terms.Config.Classes-1)
}

// encoderText shows what an encoder is, not its vocabulary.
func encoderText(e model.Encoder) string {
	if len(e.Inline) == 0 {
		return string(e.Content)
	}
	var known feature.Encoder
	if err := json.Unmarshal(e.Inline, &known); err != nil {
		return string(e.Inline)
	}
	text := fmt.Sprintf("%s, %d features", known.Kind, known.Features())
	if known.Pairs {
		text += ", with pairs"
	}
	return text
}
