package main

import (
	"context"
	"fmt"

	"github.com/cosmos/gogoproto/proto"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
	"github.com/alaya-network/alaya/wire"
)

func newWorkCommand(s *session) *cobra.Command {
	return newGroup(&cobra.Command{
		Use:   "work",
		Short: "Lease pages, answer them, commit and reveal; follow the rounds",
		Long: `Work comes in rounds of pages. The chain draws the pages of a lease: nobody chooses
them. Answers are committed to before anything shows and revealed once the round's
committing has ended; then the requester opens the gold and the validators judge.`,
		Example: `  alaya work lease 1f3a5c7e9b2d4f60 --count 4 --from alice
  alaya work page 1f3a5c7e9b2d4f60 --from alice
  alaya work commit 1f3a5c7e9b2d4f60 answers.tsv --from alice
  alaya work reveal 1f3a5c7e9b2d4f60 --from alice`,
	}, newWorkLease(s), newWorkPage(s), newWorkCommit(s), newWorkReveal(s), newWorkGold(s), newWorkClose(s), newWorkWait(s),
		newWorkShow(s), newWorkRounds(s), newWorkPages(s), newWorkLeases(s), newWorkSubmissions(s), newWorkAssignment(s))
}

func newWorkLease(s *session) *cobra.Command {
	var count uint32
	cmd := &cobra.Command{
		Use:     "lease REQUEST",
		Short:   "Ask for pages to answer",
		Example: "  alaya work lease 1f3a5c7e9b2d4f60 --count 4 --from alice",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseRequestID(args[0])
			if err != nil {
				return err
			}
			return s.lease(cmd.Context(), name, count)
		},
	}
	cmd.Flags().Uint32Var(&count, "count", 1, fmt.Sprintf("pages wanted, 1 to %d", work.MaxOpenLeases))
	return cmd
}

func (s *session) lease(ctx context.Context, name id.RequestID, count uint32) error {
	account, err := s.signer(ctx)
	if err != nil {
		return err
	}
	result, err := account.Send(ctx, &workv1.MsgLeasePages{
		Contributor: account.Address().String(), Request: string(name), Count: count,
	})
	if err != nil {
		return err
	}
	var got workv1.MsgLeasePagesResponse
	if err := result.Response(0, &got); err != nil {
		return err
	}
	return s.showLeases(got.Leases)
}

func (s *session) showLeases(found []workv1.Lease) error {
	leases, err := convert(found, wire.LeaseFromProto)
	if err != nil {
		return err
	}
	return s.show(&workv1.QueryLeasesResponse{Leases: found}, func(p *page) {
		p.table("page", "round", "request", "guidelines", "expires")
		for _, l := range leases {
			p.row(l.Page, l.Round, l.Request, l.Guideline, l.Expires)
		}
	})
}

func newWorkLeases(s *session) *cobra.Command {
	var l list
	var request string
	cmd := &cobra.Command{
		Use:     "leases [CONTRIBUTOR]",
		Short:   "List open leases, --from's by default",
		Example: "  alaya work leases alice --request 1f3a5c7e9b2d4f60",
		RunE: func(cmd *cobra.Command, args []string) error {
			who, err := s.addressOr(args, 0)
			if err != nil {
				return err
			}
			found, err := s.leases(cmd.Context(), who, id.RequestID(request), l)
			if err != nil {
				return err
			}
			return s.showLeases(found)
		},
	}
	l.bind(cmd)
	cmd.Flags().StringVar(&request, "request", "", "leases on this request only")
	return cmd
}

func (s *session) leases(ctx context.Context, who id.Address, name id.RequestID, l list) ([]workv1.Lease, error) {
	c, err := s.chain(ctx)
	if err != nil {
		return nil, err
	}
	return gather(s, l, func(page *query.PageRequest) ([]workv1.Lease, *query.PageResponse, error) {
		res, err := c.Work().Leases(ctx, &workv1.QueryLeasesRequest{Contributor: string(who), Request: string(name), Pagination: page})
		if err != nil {
			return nil, nil, err
		}
		return res.Leases, res.Pagination, nil
	})
}

func newWorkClose(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "close REQUEST [ROUND]",
		Short:   "End the committing of a round early, as its requester",
		Example: "  alaya work close 1f3a5c7e9b2d4f60 --from requester",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, number, err := s.roundArgs(cmd.Context(), args)
			if err != nil {
				return err
			}
			return s.do(cmd.Context(), func(me string) proto.Message {
				return &workv1.MsgCloseRound{Requester: me, Request: string(name), Round: number}
			}, "closed the committing of round %d of request %s", number, name)
		},
	}
}

// roundArgs reads REQUEST [ROUND]; the round in work by default.
func (s *session) roundArgs(ctx context.Context, args []string) (id.RequestID, uint32, error) {
	name, err := id.ParseRequestID(args[0])
	if err != nil {
		return "", 0, err
	}
	if len(args) > 1 {
		n, err := number("round", args[1])
		return name, n, err
	}
	p, err := s.progress(ctx, name)
	return name, p.Round, err
}

func (s *session) progress(ctx context.Context, name id.RequestID) (work.Progress, error) {
	c, err := s.chain(ctx)
	if err != nil {
		return work.Progress{}, err
	}
	res, err := c.Work().Progress(ctx, &workv1.QueryProgressRequest{Request: string(name)})
	if err != nil {
		return work.Progress{}, err
	}
	return wire.ProgressFromProto(&res.Progress)
}

func (s *session) round(ctx context.Context, name id.RequestID, number uint32) (work.Round, error) {
	c, err := s.chain(ctx)
	if err != nil {
		return work.Round{}, err
	}
	res, err := c.Work().Round(ctx, &workv1.QueryRoundRequest{Request: string(name), Number: number})
	if err != nil {
		return work.Round{}, err
	}
	return wire.RoundFromProto(&res.Round)
}
