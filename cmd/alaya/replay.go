package main

import (
	"context"
	"crypto/rand"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/agent/replay"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
)

// replayFlags are the flags that say how a recording is run.
type replayFlags struct {
	page, gold     int
	seed           string
	min, max, step uint32
	target, clause float64
	spend          float64
	method         string
	price          string
	stake          string
	reportFile     string
}

func (f *replayFlags) bind(cmd *cobra.Command) {
	d := replay.Defaults()
	flags := cmd.Flags()
	flags.IntVar(&f.page, "page", d.PageSize, "items on a page at the most")
	flags.IntVar(&f.gold, "gold", d.GoldShare, "per cent of the recorded gold that is used as gold; the rest measures")
	flags.StringVar(&f.seed, "seed", d.GoldSeed, "chooses the gold")
	flags.Uint32Var(&f.min, "min", d.Redundancy.Min, "answers an item gets at first")
	flags.Uint32Var(&f.max, "max", 0, "answers an item gets at the most (default as many as were recorded)")
	flags.Uint32Var(&f.step, "step", 0, "answers a contested item gets in each later round (default a third of what lies between)")
	flags.Float64Var(&f.target, "target", 0.998, "posterior from which a label is accepted")
	flags.Float64Var(&f.spend, "spend", 0.65, "share of the recorded answers that the budget pays for")
	flags.Float64Var(&f.clause, "threshold", 0.75, "accuracy that the clause asks for")
	flags.StringVar(&f.method, "method", d.Method, "how answers become labels")
	flags.StringVar(&f.price, "price", d.Price.String(), "pay for an answer")
	flags.StringVar(&f.stake, "stake", d.Stake.String(), "what each contributor puts up")
	flags.StringVar(&f.reportFile, "json", "", "write the report to this file as JSON")
}

func (f *replayFlags) options(title string) (replay.Options, error) {
	o := replay.Defaults()
	var err error
	if o.Price, err = num.ParseAmount(f.price); err != nil {
		return o, err
	}
	if o.Stake, err = num.ParseAmount(f.stake); err != nil {
		return o, err
	}
	if f.page < 1 || f.gold < 0 || f.gold > 100 {
		return o, fault.Invalid("--page %d, --gold %d: a page of 1 or more, gold from 0 to 100", f.page, f.gold)
	}
	o.Title, o.PageSize, o.GoldShare, o.GoldSeed, o.Method = title, f.page, f.gold, f.seed, f.method
	o.Redundancy.Min, o.Redundancy.Max, o.Redundancy.Step = f.min, f.max, f.step
	o.Redundancy.Target = num.Ppm(f.target * float64(num.One))
	o.Spend = num.Ppm(f.spend * float64(num.One))
	o.Threshold = num.Ppm(f.clause * float64(num.One))
	return o, nil
}

func newReplayCommand(s *session) *cobra.Command {
	var f replayFlags
	cmd := &cobra.Command{
		Use:   "replay DIR",
		Short: "Run a recorded campaign again on a node",
		Long: `DIR holds answers.tsv (task, worker, label) and, if there are any, gold.tsv (task, gold)
and items.tsv (task and what contributors see). Every recorded worker becomes a contributor
with a key of his own, leases only pages he has recorded answers for, and answers what he
answered then. --from pays for everything.`,
		Example: `  alaya replay crowd/rte --from requester
  alaya replay crowd/rte --from requester --target 0.95 --json report.json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			stage := replay.Stage{}
			var err error
			if stage.Client, err = s.chain(ctx); err != nil {
				return err
			}
			if stage.Blobs, err = s.blobs(); err != nil {
				return err
			}
			if stage.Requester, err = s.signer(ctx); err != nil {
				return err
			}
			report, err := s.replay(ctx, stage, os.DirFS(args[0]), f)
			if err != nil {
				return err
			}
			return s.showReport(report, f.reportFile)
		},
	}
	f.bind(cmd)
	return cmd
}

// replay runs the recording in a folder.
func (s *session) replay(ctx context.Context, stage replay.Stage, folder fs.FS, f replayFlags) (replay.Report, error) {
	recorded, err := replay.Read(folder)
	if err != nil {
		return replay.Report{}, err
	}
	options, err := f.options("recorded campaign")
	if err != nil {
		return replay.Report{}, err
	}
	if _, err := rand.Read(stage.Seed[:]); err != nil {
		return replay.Report{}, fault.Internal("seed: %w", err)
	}
	s.say("%d items, %d contributors, %d recorded answers, %d repeated ones left out", len(recorded.Items), len(recorded.Workers), recorded.Rows, recorded.Repeats)
	stage.Tell, stage.Batch = s.tell(), 1
	return replay.Run(ctx, stage, recorded, options)
}

// tell prints a line for everything new that is going on.
func (s *session) tell() func(replay.Progress) {
	began := time.Now()
	last := ""
	return func(p replay.Progress) {
		if p.Doing == last {
			return
		}
		last = p.Doing
		if p.Of > 0 {
			s.say("%6.1fs  %s (%d of %d answers)", time.Since(began).Seconds(), p.Doing, p.Answers, p.Of)
			return
		}
		s.say("%6.1fs  %s", time.Since(began).Seconds(), p.Doing)
	}
}

// showReport prints a report, and writes it to a file if one is named.
func (s *session) showReport(r replay.Report, file string) error {
	if err := writeJSON(file, r); err != nil {
		return err
	}
	return s.show(r, func(p *page) { printReport(p, r) })
}

func printReport(p *page, r replay.Report) {
	p.line("Payouts")
	p.table("contributor", "answers", "skill", "factor", "paid")
	const most = 12
	for i, line := range r.Payouts {
		if i == most {
			p.line("… and %d more (--output json shows all)", len(r.Payouts)-most)
			break
		}
		p.row(line.Name, line.Answers, percent(line.Skill), percent(line.Factor), line.Paid)
	}
	p.line("")
	p.line("Verdict")
	p.field("items", r.Items)
	p.field("answers", percentOf(r.AnswersBought, r.AnswersAvailable))
	p.field("rounds", r.Rounds)
	p.field("labels", labelsOf(r))
	if r.Accuracy != nil {
		p.field("accuracy", percent(*r.Accuracy)+" on gold that was not used")
	}
	p.field("clause", clauseOf(r.Clause))
	p.line("")
	p.line("Money")
	p.field("escrowed", r.Money.Escrowed)
	p.field("paid", r.Money.Paid)
	p.field("fees", r.Money.Fees)
	p.field("refunded", r.Money.Refunded)
	p.field("slashed", r.Money.Slashed)
	p.field("balanced", yesNo(r.Money.Balanced))
	p.line("")
	p.line("Dataset")
	p.field("id", r.Dataset.ID)
	p.field("records", r.Dataset.Records)
	p.field("root", r.Dataset.RecordsRoot)
	p.line("")
	p.line("Chain")
	p.field("height", r.Chain.Height)
	p.field("transactions", r.Chain.Txs)
	p.field("latency", latencyOf(r.Chain))
	p.field("seconds", int(r.Seconds+0.5))
}
