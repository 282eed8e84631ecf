package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/types/query"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/oracle"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	"github.com/alaya-network/alaya/wire"
)

func newVerdictCommand(s *session) *cobra.Command {
	return newGroup(&cobra.Command{
		Use:   "verdict",
		Short: "What the validators found in the answers",
		Long: `When a round closes, every validator computes the same verdict from the revealed
answers; more than two thirds of the voting power must stand on one digest. A final
verdict delivers labels and says who is paid what.`,
		Example: "  alaya verdict list 1f3a5c7e9b2d4f60\n  alaya verdict show 1f3a5c7e9b2d4f60",
	}, newVerdictList(s), newVerdictShow(s), newVerdictReport(s), newVerdictPublish(s))
}

func newVerdictList(s *session) *cobra.Command {
	var l list
	cmd := &cobra.Command{
		Use:     "list REQUEST",
		Short:   "List the verdicts of a request, a line a round",
		Example: "  alaya verdict list 1f3a5c7e9b2d4f60",
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseRequestID(args[0])
			if err != nil {
				return err
			}
			found, verdicts, err := s.verdicts(cmd.Context(), name, l)
			if err != nil {
				return err
			}
			return s.show(&qualityv1.QueryVerdictsResponse{Verdicts: found}, func(p *page) {
				p.table("round", "final", "items", "accepted", "contested", "delivered", "evidence", "lower bound", "holds", "pay")
				for _, v := range verdicts {
					p.row(v.Round, v.Final, v.Items, v.Accepted, v.Contested, v.Delivered, v.Measure.Evidence,
						ratio(v.Measure.LowerBound), v.Measure.Holds, v.PayoutsTotal)
				}
			})
		},
	}
	l.bind(cmd)
	return cmd
}

func (s *session) verdicts(ctx context.Context, name id.RequestID, l list) ([]qualityv1.Verdict, []oracle.Verdict, error) {
	c, err := s.chain(ctx)
	if err != nil {
		return nil, nil, err
	}
	return collect(s, l, func(page *query.PageRequest) ([]qualityv1.Verdict, *query.PageResponse, error) {
		res, err := c.Quality().Verdicts(ctx, &qualityv1.QueryVerdictsRequest{Request: string(name), Pagination: page})
		if err != nil {
			return nil, nil, err
		}
		return res.Verdicts, res.Pagination, nil
	}, wire.VerdictFromProto)
}

// verdict reads the verdict that REQUEST [ROUND] names, the last one by
// default.
func (s *session) verdict(ctx context.Context, args []string) (oracle.Verdict, error) {
	name, err := id.ParseRequestID(args[0])
	if err != nil {
		return oracle.Verdict{}, err
	}
	if len(args) < 2 {
		_, all, err := s.verdicts(ctx, name, list{})
		if err == nil && len(all) == 0 {
			err = advise(fault.NotFound("request %s has no verdict yet", name), "`alaya work show %s` says where it stands", name)
		}
		if err != nil {
			return oracle.Verdict{}, err
		}
		return all[len(all)-1], nil
	}
	round, err := number("round", args[1])
	if err != nil {
		return oracle.Verdict{}, err
	}
	c, err := s.chain(ctx)
	if err != nil {
		return oracle.Verdict{}, err
	}
	res, err := c.Quality().Verdict(ctx, &qualityv1.QueryVerdictRequest{Request: string(name), Round: round})
	if err != nil {
		return oracle.Verdict{}, err
	}
	return wire.VerdictFromProto(&res.Verdict)
}

func newVerdictShow(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "show REQUEST [ROUND]",
		Short:   "Show a verdict, the last one by default",
		Example: "  alaya verdict show 1f3a5c7e9b2d4f60 1",
		RunE: func(cmd *cobra.Command, args []string) error {
			v, err := s.verdict(cmd.Context(), args)
			if err != nil {
				return err
			}
			return s.show(wire.VerdictToProto(v), func(p *page) { p.verdict(v) })
		},
	}
}

func (p *page) verdict(v oracle.Verdict) {
	p.field("request", v.Request)
	p.field("round", v.Round)
	p.field("digest", hash(v.Digest()))
	p.field("final", v.Final)
	p.field("items", fmt.Sprintf("%d: %d accepted, %d contested, %d delivered below target", v.Items, v.Accepted, v.Contested, v.Delivered))
	if m := v.Measure; m.Items > 0 {
		p.field("measured", fmt.Sprintf("%s, at least %s, on %d items by %s", ratio(m.Estimate), ratio(m.LowerBound), m.Items, m.Evidence))
		p.field("clause holds", m.Holds)
		p.field("price due", ratio(v.Due))
	}
	p.field("records", fmt.Sprintf("%d, %s", v.RecordsCount, v.Records))
	p.field("records root", hash(v.RecordsRoot))
	p.field("report", v.Report)
	p.field("label", v.Label)
	if v.Final {
		p.field("pay", fmt.Sprintf("%s to %d contributors", v.PayoutsTotal, v.Payouts))
		p.field("pay vector", v.PayoutsContent)
	} else {
		p.field("next round", fmt.Sprintf("%d pages, %d answers each", len(v.NextPages), v.NextTarget))
	}
	if len(v.Suspended) > 0 {
		p.field("suspended", fmt.Sprint(v.Suspended))
	}
	if len(v.Missing) > 0 {
		p.field("missing", fmt.Sprint(v.Missing))
	}
}
