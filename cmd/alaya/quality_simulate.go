package main

import (
	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/pay/simulate"
)

func newQualitySimulateCommand(s *session) *cobra.Command {
	scene := simulate.Default()
	f := shares{&scene.Accuracy, &scene.Gold, &scene.Contract, &scene.Cost, &scene.Skew}
	price := amountFlag(scene.Price)
	cmd := &cobra.Command{
		Use:   "simulate",
		Short: "Play cheats against payment rules, and see who earns what",
		Long: `Workers who are honest, lazy, constant, random, copying or colluding answer tasks; each
rule divides the same budget among them. Pay and profit are per answer, as a share of the
price; the premium is what honesty earns above that strategy. A rule is sound where no
premium is negative.`,
		Example: `  alaya quality simulate
  alaya quality simulate --colluding 20 --rule combined --rule ca --gold-share 0.05`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return unlessInterrupted(cmd.Context(), func() error {
				scene.Price = num.Amount(price)
				if err := f.take(cmd); err != nil {
					return err
				}
				outcome, err := simulate.Run(scene)
				if err != nil {
					return err
				}
				return s.showSimulation(outcome)
			})
		},
	}
	flags := cmd.Flags()
	for strategy := range simulate.Strategy(len(scene.Crowd)) {
		flags.IntVar(&scene.Crowd[strategy], strategy.String(), scene.Crowd[strategy], "workers who are "+strategy.String())
	}
	flags.StringSliceVar(&scene.Rules, "rule", nil, "rules to play (default: all): gold, balanced, output, ca, drawn, dmi, pts, combined")
	flags.IntVar(&scene.Labels, "labels", scene.Labels, "number of labels, 2 to 8")
	flags.IntVar(&scene.Tasks, "tasks", scene.Tasks, "tasks of a job")
	flags.IntVar(&scene.Page, "page", scene.Page, "tasks given together")
	flags.IntVar(&scene.Answers, "answers", scene.Answers, "answers to each task")
	flags.IntVar(&scene.Rounds, "rounds", scene.Rounds, "jobs played")
	flags.Var(&price, "price", "of an answer")
	flags.Uint64Var(&scene.Seed, "seed", scene.Seed, "of all draws")
	f.bind(cmd)
	return cmd
}

// shares are flags that are fractions on the command line and ppm inside.
type shares struct{ accuracy, gold, contract, cost, skew *num.Ppm }

func (f shares) each(do func(name, usage string, value *num.Ppm) error) error {
	for _, flag := range []struct {
		name, usage string
		value       *num.Ppm
	}{
		{"accuracy", "of honest workers, as a fraction", f.accuracy},
		{"gold-share", "of the tasks that are gold", f.gold},
		{"contract", "accuracy on gold that earns the full price", f.contract},
		{"cost", "of looking at a task, as a fraction of the price", f.cost},
		{"skew", "probability of the most frequent label", f.skew},
	} {
		if err := do(flag.name, flag.usage, flag.value); err != nil {
			return err
		}
	}
	return nil
}

func (f shares) bind(cmd *cobra.Command) {
	_ = f.each(func(name, usage string, value *num.Ppm) error {
		cmd.Flags().Float64(name, float64(*value)/float64(num.One), usage)
		return nil
	})
}

func (f shares) take(cmd *cobra.Command) error {
	return f.each(func(name, _ string, value *num.Ppm) error {
		share, err := cmd.Flags().GetFloat64(name)
		*value = num.Ppm(share*float64(num.One) + .5)
		return err
	})
}

func (s *session) showSimulation(o simulate.Outcome) error {
	return s.show(o, func(p *page) {
		p.table("rule", "strategy", "workers", "effort", "pay", "profit", "premium of honesty")
		for _, l := range o.Lines {
			p.row(l.Rule, l.Strategy, l.Workers, share(l.Effort), share(l.Pay)+" ± "+share(l.Spread), share(l.Profit), share(l.Premium))
		}
	})
}

// share writes a fraction of a price.
func share(p num.Ppm) string { return percent(float64(p) / float64(num.One)) }
