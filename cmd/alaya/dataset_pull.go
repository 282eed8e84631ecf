package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client/audit"
	"github.com/alaya-network/alaya/core/id"
)

func newDatasetPull(s *session) *cobra.Command {
	var version uint32
	var keyFile string
	cmd := &cobra.Command{
		Use:   "pull DATASET DIR",
		Short: "Write a version as a folder that anyone can use and verify",
		Long: `Write a version of a dataset into a new or empty folder: records and votes (JSON Lines,
Parquet), items, ingredients label, Croissant, PROV, a card, checksums, and under proofs/ and
blobs/ all that ` + "`alaya dataset verify`" + ` needs without a network.

Contributors appear under pseudonyms of this dataset. The key that makes them is kept in
datasets/ under --home; whoever has it can tell who gave which answer.`,
		Example: `  alaya dataset pull 9d8c7b6a5f4e3d2c ./shapes
  alaya dataset pull 9d8c7b6a5f4e3d2c ./shapes-1 --version 1`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseDatasetID(args[0])
			if err != nil {
				return err
			}
			order := audit.Order{Dataset: name, Version: version, Dir: args[1]}
			if order.Key, err = s.pseudonyms(name, keyFile); err != nil {
				return err
			}
			receipt, err := s.pull(cmd.Context(), order)
			if err != nil {
				return err
			}
			return s.show(receipt, func(p *page) {
				p.line("version %d of dataset %s: %d records, %d files, %d bytes in %s", receipt.Version, receipt.Dataset, receipt.Records, receipt.Files, receipt.Bytes, receipt.Dir)
				if p.quiet {
					p.row(receipt.Dir)
				}
			})
		},
	}
	cmd.Flags().Uint32Var(&version, "version", 0, "version to pull; 0 is the newest")
	cmd.Flags().StringVar(&keyFile, "key", "", "file of the key of the pseudonyms; made under --home by default")
	return cmd
}

// pseudonyms returns the key of a dataset's pseudonyms: that of the file, or
// the one under the home folder, which is made if needed.
func (s *session) pseudonyms(d id.DatasetID, file string) ([]byte, error) {
	if file != "" {
		return audit.LoadKey(file)
	}
	return audit.MakeKey(s.path("datasets", string(d)+".key"))
}

// pull pulls a dataset with a progress bar.
func (s *session) pull(ctx context.Context, order audit.Order) (audit.Receipt, error) {
	c, err := s.chain(ctx)
	if err != nil {
		return audit.Receipt{}, err
	}
	blobs, err := s.blobs()
	if err != nil {
		return audit.Receipt{}, err
	}
	tell, done := s.steps(fmt.Sprintf("pull %s", order.Dataset))
	defer done()
	return audit.Pull(ctx, audit.Origin{Client: c, Blobs: blobs, Tell: tell}, order)
}

// steps returns a function that draws a bar from "so many of all", and one that
// takes it away.
func (s *session) steps(label string) (tell func(done, all int), end func()) {
	var b *bar
	drawn := 0
	return func(done, all int) {
		if drawn == 0 {
			b = s.bar(label, int64(all))
		}
		b.add(int64(done - drawn))
		drawn = done
	}, func() { b.done() }
}
