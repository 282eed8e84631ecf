package main

import (
	"context"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/core/id"
)

// maxBlob bounds the blobs that the command line reads, in bytes.
const maxBlob = 1 << 30

func newBlobCommand(s *session) *cobra.Command {
	return newGroup(&cobra.Command{
		Use:   "blob",
		Short: "Bytes by content id",
		Long: `The chain holds content ids, the gateway the bytes. What comes from it is checked against
its id here, so the gateway need not be trusted.`,
		Example: "  alaya blob put notes.md\n  alaya blob get bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy",
	}, newBlobGet(s), newBlobPut(s))
}

func newBlobGet(s *session) *cobra.Command {
	return &cobra.Command{
		Use:   "get CID [FILE]",
		Short: "Fetch a blob, to standard output or a new file",
		Example: `  alaya blob get bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy
  alaya blob get bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy records.jsonl`,
		RunE: func(cmd *cobra.Command, args []string) error {
			blobs, err := s.blobs()
			if err != nil {
				return err
			}
			content, err := blobs.GetBytes(cmd.Context(), id.CID(args[0]), maxBlob)
			if err != nil {
				return err
			}
			if len(args) == 1 {
				_, err = s.out.Write(content)
				return err
			}
			f, err := os.OpenFile(args[1], os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
			if err != nil {
				return err
			}
			_, err = f.Write(content)
			return errors.Join(err, f.Close())
		},
	}
}

func newBlobPut(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "put FILE",
		Short:   "Put a file away and print its content id",
		Example: "  alaya blob put notes.md",
		RunE: func(cmd *cobra.Command, args []string) error {
			kept, err := s.putFile(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			view := struct {
				CID id.CID `json:"cid"`
			}{kept}
			return s.show(view, func(p *page) { p.row(kept) })
		},
	}
}

// putFile puts a file away.
func (s *session) putFile(ctx context.Context, file string) (id.CID, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	blobs, err := s.blobs()
	if err != nil {
		return "", err
	}
	kept, _, err := blobs.Put(ctx, f)
	return kept, err
}
