package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/cosmos/gogoproto/proto"
	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
)

// revealsPerTx is how many reveals go into one transaction.
const revealsPerTx = 100

func newWorkReveal(s *session) *cobra.Command {
	var wait time.Duration
	cmd := &cobra.Command{
		Use:   "reveal REQUEST [ROUND]",
		Short: "Reveal the answers you committed to",
		Long: `Reveal what you committed to in a round, the one in work by default. Reveals are taken
once the round's committing has ended; with --wait the command waits for that.`,
		Example: `  alaya work reveal 1f3a5c7e9b2d4f60 --from alice
  alaya work reveal 1f3a5c7e9b2d4f60 --wait 1h --from alice`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name, number, err := s.roundArgs(cmd.Context(), args)
			if err != nil {
				return err
			}
			if wait > 0 {
				if err := s.waitRound(cmd.Context(), name, number, work.Revealing, wait); err != nil {
					return err
				}
			}
			return s.reveal(cmd.Context(), name, number)
		},
	}
	cmd.Flags().DurationVar(&wait, "wait", 0, "how long to wait until the round takes reveals")
	return cmd
}

func (s *session) reveal(ctx context.Context, name id.RequestID, number uint32) error {
	account, err := s.signer(ctx)
	if err != nil {
		return err
	}
	open, err := s.toReveal(ctx, name, number, account.Address())
	if err != nil {
		return err
	}
	progress := s.bar("reveals", int64(len(open)))
	defer progress.done()
	var last client.Result
	for part := range slices.Chunk(open, revealsPerTx) {
		if last, err = account.Send(ctx, revealsOf(part)...); err != nil {
			return err
		}
		for _, o := range part {
			if err := os.Remove(o.file); err != nil {
				return err
			}
		}
		progress.add(int64(len(part)))
	}
	return s.receipt(last, "", fmt.Sprintf("revealed %d pages of round %d", len(open), number))
}

// toReveal finds the openings of the commitments that are not yet revealed.
func (s *session) toReveal(ctx context.Context, name id.RequestID, number uint32, me id.Address) ([]opening, error) {
	kept, err := s.keptOpenings(name, me)
	if err != nil {
		return nil, err
	}
	c, err := s.chain(ctx)
	if err != nil {
		return nil, err
	}
	submissions, err := c.Submissions(ctx, name, number)
	if err != nil {
		return nil, err
	}
	var open []opening
	for _, sub := range submissions {
		if sub.Contributor != me || sub.State != work.SubmissionCommitted {
			continue
		}
		o, known := kept[sub.Commitment]
		if !known {
			return nil, advise(fault.NotFound("the salt of page %d is not in %s", sub.Page, s.openings(name, me)),
				"it lies where the page was committed to: give that --home")
		}
		open = append(open, o)
	}
	if len(open) == 0 {
		return nil, fault.NotFound("%s has nothing to reveal in round %d of request %s", me, number, name)
	}
	return open, nil
}

func revealsOf(open []opening) []proto.Message {
	messages := make([]proto.Message, len(open))
	for i, o := range open {
		messages[i] = &workv1.MsgRevealPage{
			Sender: string(o.Contributor), Contributor: string(o.Contributor), Request: string(o.Request),
			Round: o.Round, Page: o.Page, Content: string(o.Content), Salt: o.Salt[:],
		}
	}
	return messages
}

// roundPath is the way a round takes.
func roundPath() []work.RoundState {
	return []work.RoundState{work.Preparing, work.Committing, work.Revealing, work.Gold, work.Judging, work.Closed}
}

func newWorkWait(s *session) *cobra.Command {
	var state string
	var timeout time.Duration
	cmd := &cobra.Command{
		Use:   "wait REQUEST [ROUND]",
		Short: "Wait until a round is committing, revealing, gold, judging or closed",
		Example: `  alaya work wait 1f3a5c7e9b2d4f60 --for revealing
  alaya work wait 1f3a5c7e9b2d4f60 2 --for closed --timeout 1h`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name, number, err := s.roundArgs(cmd.Context(), args)
			if err != nil {
				return err
			}
			at := slices.IndexFunc(roundPath(), func(r work.RoundState) bool { return r.String() == state })
			if at < 0 {
				return fault.Invalid("--for %s: one of %v", state, roundPath())
			}
			return s.waitRound(cmd.Context(), name, number, roundPath()[at], timeout)
		},
	}
	cmd.Flags().StringVar(&state, "for", "closed", "state to wait for, or one further on")
	cmd.Flags().DurationVar(&timeout, "timeout", 10*time.Minute, "how long to wait")
	return cmd
}

func (s *session) waitRound(ctx context.Context, name id.RequestID, number uint32, state work.RoundState, timeout time.Duration) error {
	return s.await(ctx, timeout, func(ctx context.Context) (bool, error) {
		r, err := s.round(ctx, name, number)
		return r.State >= state, err
	})
}
