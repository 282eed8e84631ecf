package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client/appraisal"
	"github.com/alaya-network/alaya/client/sheet"
)

// planFlags are the flags of quality plan.
type planFlags struct {
	answersFlags
	spending   appraisal.Spending
	replay     bool
	hands      int
	truth, out string
}

func (f *planFlags) bind(cmd *cobra.Command) {
	f.answersFlags.bind(cmd)
	flags := cmd.Flags()
	flags.IntVar(&f.spending.Answers, "budget", 100, "answers to ask for, at most")
	flags.IntVar(&f.spending.Load, "load", 0, "answers to ask of one worker, at most; 0 for any number")
	flags.StringSliceVar(&f.spending.Workers, "ask", nil, "workers at hand (default: all who answered before)")
	flags.IntVar(&f.spending.Min, "min", 3, "answers that each task gets")
	flags.IntVar(&f.spending.Max, "max", 9, "answers to one task, at most")
	flags.StringVarP(&f.out, "out", "o", sheet.Std, "table to write")
	flags.BoolVar(&f.replay, "replay", false, "buy the answers of the table again, one by one, and say what the rule would have cost")
	flags.IntVar(&f.hands, "hands", 1, "with --replay: workers who stand ready when an answer is bought")
	flags.StringVar(&f.truth, "truth", "", "with --replay: table of task and gold that measures, and is not told")
}

func newQualityPlanCommand(s *session) *cobra.Command {
	var f planFlags
	cmd := &cobra.Command{
		Use:   "plan ANSWERS",
		Short: "Say whom to ask for what next, within a budget",
		Long: `Writes a table of task, worker, gain, confidence and answers, the most gainful first: gain
is what the answer should add to the probability that the label is right. Tasks short of
--min answers come first, then those less sure than --target, up to --max answers each.
Where no worker known is left to ask, worker is empty: ask anybody new.

With --replay it shows, on answers that were recorded, what such a rule costs and loses.`,
		Example: `  alaya quality plan answers.tsv --budget 200 -o plan.tsv
  alaya quality plan answers.tsv --budget 200 --load 20 --ask w1,w2,w3
  alaya quality plan answers.tsv --replay --truth gold.tsv --max 100`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return unlessInterrupted(cmd.Context(), func() error { return s.plan(args[0], &f) })
		},
	}
	f.bind(cmd)
	return cmd
}

func (s *session) plan(in string, f *planFlags) error {
	o, err := s.options(&f.answersFlags)
	if err != nil {
		return err
	}
	if _, err := sheet.FormatOf(f.out, ""); err != nil {
		return err
	}
	c, err := s.crowd(in, &f.answersFlags, false)
	if err != nil {
		return err
	}
	if f.replay {
		return s.replayAnswers(c, o, f)
	}
	p, err := appraisal.PlanAnswers(c, o, f.spending)
	if err != nil {
		return err
	}
	s.say("%d tasks need another answer; %d answers planned", p.Open, p.Asked)
	if err := p.Write(s.target(f.out)); err != nil || f.out == sheet.Std {
		return err
	}
	return s.show(p, func(page *page) {
		page.field("open tasks", p.Open)
		page.field("answers planned", p.Asked)
		page.field("labels right, now", percent(p.Now))
		page.field("and after the plan", percent(p.After))
	})
}

func (s *session) replayAnswers(c *appraisal.Crowd, o appraisal.Options, f *planFlags) error {
	var truth []appraisal.Truth
	if f.truth != "" {
		var err error
		if truth, err = appraisal.ReadGold(s.source(f.truth, choice{})); err != nil {
			return err
		}
	}
	r, err := appraisal.ReplayAnswers(c, o, f.spending, f.hands, truth)
	if err != nil {
		return err
	}
	return s.show(r, func(p *page) {
		p.field("answers bought", fmt.Sprintf("%d of %d (%s)", r.Bought, r.Recorded, percent(r.Share)))
		p.field("rounds", r.Rounds)
		p.field("same label as with all", percent(r.Same))
		if r.Accuracy != nil {
			p.field("accuracy", fmt.Sprintf("%s; with all answers %s, on %d tasks", percent(*r.Accuracy), percent(*r.All), r.Scored))
		}
	})
}
