package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
	"github.com/alaya-network/alaya/wire"
)

func newWorkShow(s *session) *cobra.Command {
	return &cobra.Command{
		Use:   "show REQUEST [ROUND]",
		Short: "Show how far the work has come, or one round",
		Example: `  alaya work show 1f3a5c7e9b2d4f60
  alaya work show 1f3a5c7e9b2d4f60 1`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name, number, err := s.roundArgs(cmd.Context(), args)
			if err != nil {
				return err
			}
			r, err := s.round(cmd.Context(), name, number)
			if err != nil {
				return err
			}
			if len(args) > 1 {
				return s.show(wire.RoundToProto(r), func(p *page) { p.round(r) })
			}
			progress, err := s.progress(cmd.Context(), name)
			if err != nil {
				return err
			}
			return s.show(wire.ProgressToProto(progress), func(p *page) {
				p.field("answers revealed", fmt.Sprintf("%d on %d pages", progress.Answers, progress.Submissions))
				p.field("reserved", progress.Reserved)
				p.round(r)
			})
		},
	}
}

func (p *page) round(r work.Round) {
	p.field("round", r.Key())
	p.field("milestone", r.Milestone)
	p.field("state", r.State)
	p.field("until", instant(r.Deadline))
	p.field("pages", fmt.Sprintf("%d, %d laid out, %d answers each", r.Pages, r.Laid, r.Target))
	p.field("leased", r.Leased)
	p.field("committed", r.Committed)
	p.field("revealed", r.Revealed)
	p.field("manifest", r.Manifest)
	p.field("seed", hash(r.Seed))
	if r.Submissions > 0 {
		p.field("inputs", fmt.Sprintf("%d submissions, %s", r.Submissions, r.Inputs))
	}
	p.field("gold", r.GoldContent)
}

func newWorkRounds(s *session) *cobra.Command {
	var l list
	cmd := &cobra.Command{
		Use:     "rounds REQUEST",
		Short:   "List the rounds of a request",
		Example: "  alaya work rounds 1f3a5c7e9b2d4f60",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseRequestID(args[0])
			if err != nil {
				return err
			}
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			found, rounds, err := collect(s, l, func(page *query.PageRequest) ([]workv1.Round, *query.PageResponse, error) {
				res, err := c.Work().Rounds(cmd.Context(), &workv1.QueryRoundsRequest{Request: string(name), Pagination: page})
				if err != nil {
					return nil, nil, err
				}
				return res.Rounds, res.Pagination, nil
			}, wire.RoundFromProto)
			if err != nil {
				return err
			}
			return s.show(&workv1.QueryRoundsResponse{Rounds: found}, func(p *page) {
				p.table("round", "milestone", "state", "pages", "target", "leased", "committed", "revealed", "until")
				for _, r := range rounds {
					p.row(r.Number, r.Milestone, r.State, r.Pages, r.Target, r.Leased, r.Committed, r.Revealed, instant(r.Deadline))
				}
			})
		},
	}
	l.bind(cmd)
	return cmd
}

func newWorkPages(s *session) *cobra.Command {
	var l list
	cmd := &cobra.Command{
		Use:     "pages REQUEST [ROUND]",
		Short:   "List the pages of a round, the one in work by default",
		Example: "  alaya work pages 1f3a5c7e9b2d4f60 1",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, number, err := s.roundArgs(cmd.Context(), args)
			if err != nil {
				return err
			}
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			found, err := gather(s, l, func(page *query.PageRequest) ([]workv1.Page, *query.PageResponse, error) {
				res, err := c.Work().Pages(cmd.Context(), &workv1.QueryPagesRequest{Request: string(name), Round: number, Pagination: page})
				if err != nil {
					return nil, nil, err
				}
				return res.Pages, res.Pagination, nil
			})
			if err != nil {
				return err
			}
			return s.show(&workv1.QueryPagesResponse{Pages: found}, func(p *page) {
				p.table("page", "items", "covered")
				for _, pg := range found {
					p.row(pg.Number, pg.Items, pg.Covered)
				}
			})
		},
	}
	l.bind(cmd)
	return cmd
}

func newWorkSubmissions(s *session) *cobra.Command {
	var l list
	cmd := &cobra.Command{
		Use:     "submissions REQUEST [ROUND]",
		Short:   "List the submissions of a round, the one in work by default",
		Example: "  alaya work submissions 1f3a5c7e9b2d4f60 1",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, number, err := s.roundArgs(cmd.Context(), args)
			if err != nil {
				return err
			}
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			found, submissions, err := collect(s, l, func(page *query.PageRequest) ([]workv1.Submission, *query.PageResponse, error) {
				res, err := c.Work().Submissions(cmd.Context(), &workv1.QuerySubmissionsRequest{Request: string(name), Round: number, Pagination: page})
				if err != nil {
					return nil, nil, err
				}
				return res.Submissions, res.Pagination, nil
			}, wire.SubmissionFromProto)
			if err != nil {
				return err
			}
			return s.show(&workv1.QuerySubmissionsResponse{Submissions: found}, func(p *page) {
				p.table("page", "contributor", "state", "items", "ordinal", "content")
				for _, sub := range submissions {
					p.row(sub.Page, sub.Contributor, sub.State, sub.Items, sub.Ordinal, sub.Content)
				}
			})
		},
	}
	l.bind(cmd)
	return cmd
}

func newWorkAssignment(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "assignment REQUEST [CONTRIBUTOR]",
		Short:   "Show what a contributor has in hand, --from by default",
		Example: "  alaya work assignment 1f3a5c7e9b2d4f60 alice",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseRequestID(args[0])
			if err != nil {
				return err
			}
			who, err := s.addressOr(args, 1)
			if err != nil {
				return err
			}
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			res, err := c.Work().Assignment(cmd.Context(), &workv1.QueryAssignmentRequest{Request: string(name), Contributor: string(who)})
			if err != nil {
				return err
			}
			a := res.Assignment
			return s.show(&a, func(p *page) {
				p.field("request", a.Request)
				p.field("contributor", a.Contributor)
				p.field("open leases", a.Open)
				p.field("answers leased or given", a.Units)
				p.field("leases run out", a.Expired)
				p.field("commitments not revealed", a.Forfeited)
				p.field("suspended", a.Suspended)
			})
		},
	}
}
