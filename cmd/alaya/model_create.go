package main

import (
	"context"
	_ "embed"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client/learner"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/internal/durable"
	"github.com/alaya-network/alaya/wire"
)

//go:embed model.yaml
var exampleModel string

func newModelExample(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "example",
		Short:   "Print an example file for `model create`, with comments",
		Example: "  alaya model example > model.yaml",
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprint(s.out, exampleModel)
			return err
		},
	}
}

func newModelCreate(s *session) *cobra.Command {
	var dry bool
	cmd := &cobra.Command{
		Use:   "create FILE.yaml",
		Short: "Create a model from a file",
		Long: `Create a model from a YAML file; ` + "`alaya model example`" + ` prints one with comments. Seed
items are learnt here; their parameters go to the chain, the items stay.`,
		Example: `  alaya model create reviews.yaml --dry-run
  alaya model create reviews.yaml --from alice`,
		RunE: func(cmd *cobra.Command, args []string) error {
			b, err := learner.ReadDraft(args[0])
			if err != nil {
				return advise(err, "`alaya model example` prints a file with every field")
			}
			s.sayContest(b)
			b.Seal(func() []byte { salt := newSalt(); return salt[:] })
			if dry {
				return s.rehearseModel(b)
			}
			return s.createModel(cmd.Context(), b)
		},
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "check the files and show the terms; send nothing, ask no node")
	return cmd
}

// sayContest says how a family was chosen.
func (s *session) sayContest(b learner.Blueprint) {
	for i, family := range b.Tried {
		mark := ""
		if i == b.Contest.Chosen {
			mark = ", chosen"
		}
		s.say("%s: %d of the holdout right%s", family, b.Contest.Right[i], mark)
	}
}

// ownerOf reads whom a draft names as owner, "" for nobody.
func (s *session) ownerOf(b learner.Blueprint) (id.Address, error) {
	if b.Draft.Owner == "" {
		return "", nil
	}
	return s.address(b.Draft.Owner)
}

func (s *session) rehearseModel(b learner.Blueprint) error {
	owner, err := s.ownerOf(b)
	if err != nil {
		return err
	}
	terms, err := b.Terms(owner, id.Time(time.Now().UnixMilli()))
	if err != nil {
		return err
	}
	wired := wire.ModelTermsToProto(terms)
	return s.show(&wired, func(p *page) { p.modelTerms(b, terms) })
}

func (p *page) modelTerms(b learner.Blueprint, t model.Terms) {
	p.field("name", t.Name)
	p.field("family", t.Config.Family)
	p.field("classes", t.Config.Classes)
	p.field("encoder", encoderText(t.Encoder))
	p.field("incentive", t.Incentive.Kind)
	p.field("licence", t.Licence)
	if b.Cells != nil {
		p.field("seed", fmt.Sprintf("%d bytes of parameters, from %d items", len(b.Cells), b.Items))
	}
	if t.Holdout.Count > 0 {
		p.field("holdout", fmt.Sprintf("%d items, %d for a challenge", t.Holdout.Count, t.Holdout.Slice))
	}
}

func (s *session) createModel(ctx context.Context, b learner.Blueprint) error {
	account, err := s.signer(ctx)
	if err != nil {
		return err
	}
	owner, err := s.ownerOf(b)
	if err != nil {
		return err
	}
	now, err := s.chainTime(ctx)
	if err != nil {
		return err
	}
	terms, err := b.Terms(owner, now)
	if err != nil {
		return err
	}
	if b.Sealed != nil {
		if err := durable.Write(s.holdoutPath(terms.Holdout.Root), b.Sealed); err != nil {
			return err
		}
	}
	result, err := account.Send(ctx, &modelv1.MsgCreateModel{Creator: account.Address().String(), Terms: wire.ModelTermsToProto(terms), Seed: b.Cells})
	if err != nil {
		return err
	}
	var made modelv1.MsgCreateModelResponse
	if err := result.Response(0, &made); err != nil {
		return err
	}
	return s.receipt(result, made.Id, fmt.Sprintf("created model %s: %s, %s", made.Id, terms.Config.Family, terms.Incentive.Kind))
}

// holdoutPath is where a holdout is kept until its challenges.
func (s *session) holdoutPath(root id.Hash) string {
	return s.path("models", "holdouts", root.String()+".json")
}

// chainTime is the time of the chain's last block.
func (s *session) chainTime(ctx context.Context) (id.Time, error) {
	c, err := s.chain(ctx)
	if err != nil {
		return 0, err
	}
	block, err := c.Block(ctx, c.Height())
	return block.Time, err
}
