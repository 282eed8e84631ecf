package main

import (
	"context"
	"crypto/rand"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/client/draft"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	"github.com/alaya-network/alaya/wire"
)

//go:embed example.yaml
var exampleDraft string

//go:embed form.yaml
var exampleForm string

func newRequestExample(s *session) *cobra.Command {
	var form bool
	cmd := &cobra.Command{
		Use:   "example",
		Short: "Print an example file for `request post`, with comments",
		Example: `  alaya request example > campaign.yaml
  alaya request example --form > form.yaml`,
		RunE: func(*cobra.Command, []string) error {
			text := exampleDraft
			if form {
				text = exampleForm
			}
			_, err := fmt.Fprint(s.out, text)
			return err
		},
	}
	cmd.Flags().BoolVar(&form, "form", false, "one that asks for more than a label")
	return cmd
}

func newRequestPost(s *session) *cobra.Command {
	var dry bool
	cmd := &cobra.Command{
		Use:   "post FILE.yaml",
		Short: "Post a request from a file; budget and fee go into escrow",
		Long: `Post a request from a YAML file; ` + "`alaya request example`" + ` prints one with comments.
Items and guidelines go to the gateway, the terms to the chain. Known true labels (gold)
stay here, in gold/ under --home, until ` + "`alaya work gold`" + `: the chain gets a commitment.`,
		Example: `  alaya request post campaign.yaml --dry-run
  alaya request post campaign.yaml --from requester`,
		RunE: func(cmd *cobra.Command, args []string) error {
			material, err := loadMaterial(args[0])
			if err != nil {
				return err
			}
			if dry {
				return s.rehearse(cmd.Context(), args[0], material)
			}
			return s.post(cmd.Context(), args[0], material)
		},
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "check the files and show the terms; send nothing, ask no node")
	return cmd
}

// loadMaterial reads a draft and the files it names.
func loadMaterial(file string) (draft.Material, error) {
	folder, name := os.DirFS(filepath.Dir(file)), filepath.Base(file)
	d, err := draft.Read(folder, name)
	if err != nil {
		return draft.Material{}, advise(err, "`alaya request example` prints a file with every field")
	}
	return draft.Load(folder, d, newSalt)
}

// newSalt returns 32 random bytes.
func newSalt() id.Hash {
	var salt id.Hash
	_, _ = rand.Read(salt[:]) // never fails
	return salt
}

// scale weighs blobs without keeping them.
type scale struct{}

// PutBytes returns the id that content would get.
func (scale) PutBytes(_ context.Context, content []byte) (id.CID, error) {
	return client.CIDOf(content), nil
}

// rehearse shows the terms that posting now would make.
func (s *session) rehearse(ctx context.Context, file string, m draft.Material) error {
	parcel, err := m.Pack(ctx, scale{})
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	terms, err := parcel.Terms(id.Time(time.Now().UnixMilli()))
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return s.show(wire.TermsToProto(terms), func(p *page) { p.terms(terms) })
}

// post puts the blobs away and sends the terms. The gold is kept first: what
// was committed to must not be lost.
func (s *session) post(ctx context.Context, file string, m draft.Material) error {
	account, err := s.signer(ctx)
	if err != nil {
		return err
	}
	blobs, err := s.blobs()
	if err != nil {
		return err
	}
	parcel, err := m.Pack(ctx, blobs)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	terms, err := s.termsNow(ctx, parcel)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if err := s.keepGold(parcel); err != nil {
		return err
	}
	result, err := account.Send(ctx, &marketv1.MsgPostRequest{Requester: account.Address().String(), Terms: *wire.TermsToProto(terms)})
	if err != nil {
		return err
	}
	var made marketv1.MsgPostRequestResponse
	if err := result.Response(0, &made); err != nil {
		return err
	}
	if err := s.nameGold(parcel, id.RequestID(made.Id)); err != nil {
		return err
	}
	return s.receipt(result, made.Id, fmt.Sprintf("posted request %s: %s in escrow, bids until %s", made.Id, terms.Budget, terms.BidDeadline))
}

// termsNow makes the terms at the time of the chain's last block.
func (s *session) termsNow(ctx context.Context, p draft.Parcel) (market.Terms, error) {
	c, err := s.chain(ctx)
	if err != nil {
		return market.Terms{}, err
	}
	block, err := c.Block(ctx, c.Height())
	if err != nil {
		return market.Terms{}, err
	}
	return p.Terms(block.Time)
}
