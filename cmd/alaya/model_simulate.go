package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client/learner"
	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/client/simulation"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/feature"
	"github.com/alaya-network/alaya/core/model/simulate"
)

// rehearsal are the flags of `model simulate`.
type rehearsal struct {
	plan    simulation.Plan
	against []string
	every   time.Duration
	data    string
	folder  string
}

func newModelSimulate(s *session) *cobra.Command {
	f := rehearsal{plan: simulation.Defaults()}
	cmd := &cobra.Command{
		Use:   "simulate FAMILY INCENTIVE",
		Short: "Play attacks on a model before you make it",
		Long: `Play a model of a family, with the incentive points, deposit or bounty, against named
adversaries, over several seeds, and see what that costs whom:

  flipper  gives every label wrong         griefer  reports everybody else's items
  spammer  gives noise                     timer    withdraws what is about to be rejected
  copier   gives what others gave          sybil    flips labels under twenty names
  lazy     gives what the model says       honest   rarely wrong

Without --data made-up documents are played. -o writes a page with plots and the numbers.`,
		Example: `  alaya model simulate nb deposit -o attack
  alaya model simulate logistic points --against flipper,sybil --honest 3
  alaya model simulate nblr bounty --data reviews.tsv --seeds 10`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.take(s, args); err != nil {
				return err
			}
			return unlessInterrupted(cmd.Context(), func() error { return s.rehearseAttacks(f) })
		},
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&f.against, "against", []string{string(simulate.Flipper)}, "one attacker of each kind")
	flags.IntVar(&f.plan.Honest, "honest", f.plan.Honest, "contributors who mean well, one item every ten minutes each")
	flags.DurationVar(&f.every, "every", 20*time.Minute, "between an attacker's items")
	flags.IntVar(&f.plan.Seeds, "seeds", f.plan.Seeds, "runs, each with draws of its own")
	flags.Uint64Var(&f.plan.First, "seed", f.plan.First, "of the first run")
	flags.StringVar(&f.data, "data", "", "table with the columns text and label (0 or 1) to play with")
	flags.StringVarP(&f.folder, "out", "o", "", "folder for index.html and simulation.json")
	return cmd
}

// take reads what the command line says into the plan.
func (f *rehearsal) take(s *session, args []string) error {
	f.plan.Family = args[0]
	kinds := map[string]model.Kind{"points": model.Points, "deposit": model.Deposit, "bounty": model.Bounty}
	kind, ok := kinds[args[1]]
	if !ok {
		return fault.Invalid("incentive %q: points, deposit or bounty", args[1])
	}
	f.plan.Incentive, f.plan.Every, f.plan.Against = kind, f.every.Milliseconds(), nil
	for _, name := range f.against {
		f.plan.Against = append(f.plan.Against, simulate.Kind(name))
	}
	if f.data == "" {
		return nil
	}
	e := feature.Encoder{Kind: feature.Hashed, Bits: 18, Pairs: true}
	lines, err := learner.Reading{Encoder: e, Classes: 2}.Read(sheet.Source{Name: f.data, Stdin: s.in})
	if err != nil {
		return err
	}
	f.plan.Features = e.Features()
	for _, line := range lines {
		f.plan.Data = append(f.plan.Data, model.Offer{Input: line.Input, Label: line.Label})
	}
	return nil
}

func (s *session) rehearseAttacks(f rehearsal) error {
	bar := s.bar("seeds", int64(f.plan.Seeds))
	report, err := simulation.Run(f.plan, func(int) { bar.add(1) })
	bar.done()
	if err != nil {
		return err
	}
	if f.folder != "" {
		if err := writeSimulation(f.folder, report); err != nil {
			return err
		}
	}
	return s.show(report, func(p *page) {
		p.simulation(report)
		if f.folder != "" {
			p.field("page", filepath.Join(f.folder, "index.html"))
		}
	})
}

func writeSimulation(folder string, r simulation.Report) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	page := func(w io.Writer) error { return simulation.Write(w, r) }
	if err := sheet.WriteFile(sheet.Target{Name: filepath.Join(folder, "index.html")}, page); err != nil {
		return err
	}
	text, err := encode(r)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "simulation.json"), text, 0o644)
}

func (p *page) simulation(r simulation.Report) {
	share := func(v simulation.Range) string {
		return fmt.Sprintf("%.1f %% (%.1f to %.1f)", 100*v.Mean, 100*v.Least, 100*v.Most)
	}
	p.field("family", r.Family)
	p.field("incentive", r.Incentive)
	p.field("items", fmt.Sprintf("%d known at first, %d given, %d to test", r.Known, r.Stream, r.Test))
	p.field("accuracy", fmt.Sprintf("%s at first, %s at the end, %s at worst", share(r.First), share(r.Accuracy), share(r.Least)))
	head := "keeps"
	if !r.Money() {
		head = "points"
	}
	p.table("party", "behaves", "given", "wrong", "confirmed", "of them wrong", "rejected", head)
	for _, party := range r.Parties {
		kept := share(party.Kept)
		if !r.Money() {
			kept = fmt.Sprintf("%.0f (%.0f to %.0f)", party.Kept.Mean, party.Kept.Least, party.Kept.Most)
		}
		whole := func(v simulation.Range) string { return fmt.Sprintf("%.0f", v.Mean) }
		p.row(party.Name, party.Kind, whole(party.Given), whole(party.Wrong), whole(party.Confirmed), whole(party.Credited), whole(party.Rejected), kept)
	}
}
