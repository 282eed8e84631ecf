package main

import (
	"context"
	"fmt"

	"github.com/cosmos/gogoproto/proto"
	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

func newWorkCommit(s *session) *cobra.Command {
	var pages pagesFlag
	cmd := &cobra.Command{
		Use:   "commit REQUEST FILE",
		Short: "Commit to the answers of your leased pages",
		Long: `Commit to the answers of all your leased pages, or of --pages. FILE is a .tsv or .csv
table with the columns item and label, and optionally skip (unclear, broken, offensive
or other, instead of a label) and ms (time spent), or .jsonl with the same fields; it
may hold answers to other items too. The salt that hides the answers stays in work/
under --home until ` + "`alaya work reveal`" + `: do not lose it, or the pay is lost.`,
		Example: `  alaya work commit 1f3a5c7e9b2d4f60 answers.tsv --from alice
  alaya work commit 1f3a5c7e9b2d4f60 page3.jsonl --pages 3 --from alice`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseRequestID(args[0])
			if err != nil {
				return err
			}
			given, err := readAnswers(args[1])
			if err != nil {
				return err
			}
			todo, err := s.tasks(cmd.Context(), name, pages)
			if err != nil {
				return err
			}
			return s.commit(cmd.Context(), todo, args[1], given)
		},
	}
	cmd.Flags().Var(&pages, "pages", "these pages only, such as 0,3")
	return cmd
}

// commit puts the answers of every page away, keeps its salt, and commits to
// all pages in one transaction.
func (s *session) commit(ctx context.Context, todo tasks, file string, given answers) error {
	account, err := s.signer(ctx)
	if err != nil {
		return err
	}
	blobs, err := s.blobs()
	if err != nil {
		return err
	}
	var messages []proto.Message
	progress := s.bar("answers", int64(len(todo.Pages)))
	defer progress.done()
	for _, t := range todo.Pages {
		sheet := sheetOf(t.Lease)
		text, err := sheetText(sheet, t, todo.Spec, given)
		if err != nil {
			return fmt.Errorf("%s: page %d: %w", file, sheet.Page, err)
		}
		commitment, err := s.seal(ctx, blobs, sheet, text)
		if err != nil {
			return err
		}
		messages = append(messages, &workv1.MsgCommitPage{
			Contributor: account.Address().String(), Request: string(sheet.Request), Round: sheet.Round, Page: sheet.Page,
			Commitment: commitment[:],
		})
		progress.add(1)
	}
	result, err := account.Send(ctx, messages...)
	if err != nil {
		return err
	}
	return s.receipt(result, "", fmt.Sprintf("committed to %d pages; reveal them with `alaya work reveal`", len(messages)))
}

func sheetOf(l workv1.Lease) work.Sheet {
	return work.Sheet{
		Request: id.RequestID(l.Request), Round: l.Round, Page: l.Page, Contributor: id.Address(l.Contributor), Guideline: l.Guideline,
	}
}

// sheetText writes the answers of a page and reads them back as a validator
// will.
func sheetText(sheet work.Sheet, t task, spec market.Spec, given answers) ([]byte, error) {
	picked, err := given.of(t.Items)
	if err != nil {
		return nil, err
	}
	items := make([]string, len(t.Items))
	for i, item := range t.Items {
		items[i] = item.ID
	}
	text := work.EncodeAnswers(sheet, picked)
	_, err = work.ParseAnswers(text, sheet, items, spec)
	return text, err
}

// seal puts the answers of a page away under a salt that is kept first, and
// returns the commitment.
func (s *session) seal(ctx context.Context, blobs client.Blobs, sheet work.Sheet, text []byte) (id.Hash, error) {
	opening := opening{Sheet: sheet, Content: client.CIDOf(text), Salt: newSalt()}
	if err := s.keepOpening(opening); err != nil {
		return id.Hash{}, err
	}
	_, err := blobs.PutBytes(ctx, text)
	return opening.commitment(), err
}
