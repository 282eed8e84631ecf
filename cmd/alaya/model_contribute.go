package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/cosmos/gogoproto/proto"
	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/client/learner"
	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/num"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/internal/durable"
	"github.com/alaya-network/alaya/wire"
)

// contribution are the flags of `model contribute`.
type contribution struct {
	label, licence, consent string
	most                    amountFlag
	batch                   int
	reveal                  bool
}

func newModelContribute(s *session) *cobra.Command {
	var f contribution
	cmd := &cobra.Command{
		Use:   "contribute MODEL [FILE]",
		Short: "Teach a model the items of a table, or one text with --label",
		Long: `Teach a model the items of a table with the encoder's columns (text) and label. Items go in
batches, each a transaction; the model learns them at once. With the incentive deposit each
item costs a deposit, which its verdict returns or takes.

Where a model takes commitments, the items are committed to first and shown in the next
transaction, so that nobody can copy them; what was committed to is kept under --home until
then, and --reveal shows it after an interruption.`,
		Example: `  alaya model contribute 1f3a5c7e9b2d4f60 new.tsv --from bob
  alaya model contribute 1f3a5c7e9b2d4f60 "it broke at once" --label negative --from bob`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.batch < 1 || f.batch > model.MaxBatch {
				return fault.Invalid("--batch %d: want 1 to %d", f.batch, model.MaxBatch)
			}
			k, err := s.model(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if f.reveal {
				return s.revealKept(cmd.Context(), k.ID)
			}
			offers, err := s.offers(k, args[1:], f)
			if err != nil {
				return err
			}
			return s.contribute(cmd.Context(), k, offers, f)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.label, "label", "", "label of one text given in place of a file")
	flags.StringVar(&f.licence, "licence", "", "of the items, when it is not the model's")
	flags.StringVar(&f.consent, "consent", "", "by whose consent: a content id or a sentence")
	flags.Var(&f.most, "max-deposit", "the most that the deposits of a batch may cost together; 0: any price")
	flags.IntVar(&f.batch, "batch", 50, "items in a transaction")
	flags.BoolVar(&f.reveal, "reveal", false, "show what was committed to and not shown yet")
	return cmd
}

// offers reads what is contributed.
func (s *session) offers(k knownModel, args []string, f contribution) ([]model.Offer, error) {
	if len(args) == 0 {
		return nil, fault.Invalid("what is contributed: a file, or a text with --label")
	}
	var lines []learner.Line
	var err error
	if f.label != "" {
		line := learner.Line{}
		if line.Label, err = k.encoder.Label(f.label, k.Terms.Config.Classes); err == nil {
			line.Input, err = learner.Encode(k.encoder, args)
		}
		lines = []learner.Line{line}
	} else {
		lines, err = learner.Reading{Encoder: k.encoder, Classes: k.Terms.Config.Classes}.Read(sheet.Source{Name: args[0], Stdin: s.in})
	}
	if err != nil {
		return nil, err
	}
	offers := make([]model.Offer, len(lines))
	for i, line := range lines {
		offers[i] = model.Offer{Input: line.Input, Label: line.Label, Licence: f.licence, Consent: f.consent}
		if err := offers[i].Validate(k.Terms); err != nil {
			return nil, fmt.Errorf("item %d: %w", i+1, err)
		}
	}
	return offers, nil
}

// contribute sends the offers batch by batch.
func (s *session) contribute(ctx context.Context, k knownModel, offers []model.Offer, f contribution) error {
	account, err := s.signer(ctx)
	if err != nil {
		return err
	}
	send := s.giveOpenly
	if k.Terms.CommitWindow > 0 {
		send = s.giveSealed
	}
	progress := s.bar("items", int64(len(offers)))
	defer progress.done()
	var last client.Result
	var sum num.Amount
	for some := range slices.Chunk(offers, f.batch) {
		result, deposit, err := send(ctx, account, k.ID, some, num.Amount(f.most))
		if err != nil {
			return err
		}
		last, sum = result, sum+deposit
		progress.add(int64(len(some)))
	}
	done := fmt.Sprintf("contributed %d items", len(offers))
	if sum > 0 {
		done += fmt.Sprintf(" with deposits of %s", sum)
	}
	return s.receipt(last, "", done)
}

// giveOpenly sends one batch that all can read.
func (s *session) giveOpenly(ctx context.Context, account *client.Account, m id.ModelID, offers []model.Offer, most num.Amount) (r client.Result, deposit num.Amount, err error) {
	msg := &modelv1.MsgContribute{Author: account.Address().String(), Model: string(m), MaxDeposit: int64(most)}
	for _, o := range offers {
		msg.Offers = append(msg.Offers, wire.ModelOfferToProto(o))
	}
	if r, err = account.Send(ctx, msg); err != nil {
		return r, 0, err
	}
	var res modelv1.MsgContributeResponse
	err = r.Response(0, &res)
	return r, num.Amount(res.Deposit), err
}

// sealedOffer is what opens one commitment.
type sealedOffer struct {
	Number uint64      `json:"number"`
	Offer  model.Offer `json:"offer"`
	Salt   [32]byte    `json:"salt"`
}

func (s *session) openingsPath(m id.ModelID) string {
	return s.path("models", string(m), "openings.json")
}

// giveSealed commits to a batch and, once that is in a block, shows it. What
// opens the commitments is kept before they are sent.
func (s *session) giveSealed(ctx context.Context, account *client.Account, m id.ModelID, offers []model.Offer, most num.Amount) (r client.Result, deposit num.Amount, err error) {
	msg := &modelv1.MsgCommit{Author: account.Address().String(), Model: string(m), MaxDeposit: int64(most)}
	kept := make([]sealedOffer, len(offers))
	for i, o := range offers {
		kept[i] = sealedOffer{Offer: o, Salt: newSalt()}
		commitment := o.Commitment(m, account.Address(), kept[i].Salt)
		msg.Commitments = append(msg.Commitments, commitment[:])
	}
	if err := durable.Write(s.openingsPath(m), kept); err != nil {
		return r, 0, err
	}
	if r, err = account.Send(ctx, msg); err != nil {
		return r, 0, err
	}
	var res modelv1.MsgCommitResponse
	if err := r.Response(0, &res); err != nil {
		return r, 0, err
	}
	for i := range kept {
		kept[i].Number = res.First + uint64(i)
	}
	if err := durable.Write(s.openingsPath(m), kept); err != nil {
		return r, 0, err
	}
	r, err = s.sendOpenings(ctx, account, m, kept)
	return r, num.Amount(res.Deposit), err
}

func (s *session) sendOpenings(ctx context.Context, account *client.Account, m id.ModelID, kept []sealedOffer) (client.Result, error) {
	msg := &modelv1.MsgReveal{Sender: account.Address().String(), Model: string(m)}
	for _, o := range kept {
		msg.Openings = append(msg.Openings, modelv1.Opening{Number: o.Number, Offer: wire.ModelOfferToProto(o.Offer), Salt: slices.Clone(o.Salt[:])})
	}
	r, err := account.Send(ctx, msg)
	if err != nil {
		return r, advise(err, "`alaya model contribute %s --reveal` tries again", m)
	}
	return r, os.Remove(s.openingsPath(m))
}

// revealKept shows what an interrupted contribution committed to.
func (s *session) revealKept(ctx context.Context, m id.ModelID) error {
	var kept []sealedOffer
	err := durable.Read(s.openingsPath(m), &kept)
	if errors.Is(err, fs.ErrNotExist) {
		return fault.NotFound("nothing is committed to and not shown under %s", s.openingsPath(m))
	}
	if err != nil {
		return err
	}
	account, err := s.signer(ctx)
	if err != nil {
		return err
	}
	if kept[0].Number == 0 {
		return fault.State("%s: the commitments were never in a block; contribute again", s.openingsPath(m))
	}
	r, err := s.sendOpenings(ctx, account, m, kept)
	if err != nil {
		return err
	}
	return s.receipt(r, "", fmt.Sprintf("showed %d items", len(kept)))
}

// itemArgs reads MODEL NUMBER.
func itemArgs(args []string) (id.ModelID, uint64, error) {
	name, err := id.ParseModelID(args[0])
	if err != nil {
		return "", 0, err
	}
	n, err := number("contribution", args[1])
	return name, uint64(n), err
}

func newModelWithdraw(s *session) *cobra.Command {
	return &cobra.Command{
		Use:   "withdraw MODEL NUMBER...",
		Short: "Take contributions of your own out of a model",
		Long: `Take contributions out of a model. Families that can forget (nb, cnb, centroid, dense, knn)
forget at once; of others the items leave with the rebuild that is then due. An item that is
not judged yet leaves its deposit behind; a judged one costs its credit.`,
		Example: "  alaya model withdraw 1f3a5c7e9b2d4f60 17 18 --from bob",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseModelID(args[0])
			if err != nil {
				return err
			}
			var numbers []uint64
			for _, text := range args[1:] {
				n, err := number("contribution", text)
				if err != nil {
					return err
				}
				numbers = append(numbers, uint64(n))
			}
			return s.do(cmd.Context(), func(me string) proto.Message {
				return &modelv1.MsgWithdraw{Author: me, Model: string(name), Numbers: numbers}
			}, "withdrew %d contributions", len(numbers))
		},
	}
}
