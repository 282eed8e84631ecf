package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/oracle"
)

// maxReport bounds the report of a verdict, in bytes.
const maxReport = 64 << 20

func newVerdictReport(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "report REQUEST [ROUND]",
		Short:   "Show the scores of contributors behind a verdict",
		Example: "  alaya verdict report 1f3a5c7e9b2d4f60",
		RunE: func(cmd *cobra.Command, args []string) error {
			v, err := s.verdict(cmd.Context(), args)
			if err != nil {
				return err
			}
			blobs, err := s.blobs()
			if err != nil {
				return err
			}
			text, err := blobs.GetBytes(cmd.Context(), v.Report, maxReport)
			if err != nil {
				return err
			}
			report, err := oracle.ParseReport(text)
			if err != nil {
				return err
			}
			return s.show(report, func(p *page) { p.report(report) })
		},
	}
}

func (p *page) report(r oracle.Report) {
	q := r.Quality
	p.field("method", fmt.Sprintf("%s version %d", q.Method, q.Version))
	p.field("agreement", ratio(q.Agreement))
	p.field("gold items", r.GoldItems)
	p.field("skipped answers", r.Skips)
	p.field("blobs nobody had", len(r.Missing))
	p.field("blobs unreadable", len(r.Spoiled))
	p.table("contributor", "skill", "answers", "gold", "right", "resolved", "note")
	for _, w := range q.Workers {
		note := ""
		switch {
		case w.Spam:
			note = "worthless"
		case w.Dropped:
			note = "not counted"
		}
		p.row(w.Worker, ratio(w.Skill), w.Answers, fmt.Sprintf("%d/%d", w.GoldRight, w.GoldSeen), w.Right/int64(num.One), w.Resolved, note)
	}
	for _, f := range q.Findings {
		p.line("for a reviewer: %+v", f)
	}
}
