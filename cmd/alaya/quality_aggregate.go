package main

import (
	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client/appraisal"
	"github.com/alaya-network/alaya/client/sheet"
)

// aggregateView is what aggregate says when it does not write labels to
// standard output.
type aggregateView struct {
	Kind      appraisal.Kind `json:"kind"`
	Method    string         `json:"method"`
	Notes     []string       `json:"notes,omitempty"`
	Tasks     int            `json:"tasks"`
	Workers   int            `json:"workers"`
	Answers   int            `json:"answers"`
	Repeated  int            `json:"repeated"`
	Gold      int            `json:"gold"`
	Accepted  int            `json:"accepted"`
	Delivered int            `json:"delivered"`
	Contested int            `json:"contested"`
}

func newQualityAggregateCommand(s *session) *cobra.Command {
	var f answersFlags
	var predictions, workers, out string
	cmd := &cobra.Command{
		Use:   "aggregate ANSWERS",
		Short: "Find the right label of each task, and how good each worker is",
		Long: `Writes a table of task, label, confidence, answers and status: gold (it was given),
accepted (as sure as --target), delivered (less sure), contested (no answer counts). Of
numbers there is a margin too: the value is right to that much with 95 % confidence.

Labels by kind:
  choice   a name                          methods auto, fds, hds, dsmap, ebcc, bwa, majority, …
  ordinal  a step of a scale               auto, banded, median, or as for choice
  number   a number                        auto, mean, median, trimmed, huber, lfc
  text     what was said or written        auto, rover, medoid
  spans    ["O","B-PER","I-PER"]           auto, bsc, hmm, majority
  boxes    [[x,y,width,height,"name"],…]   auto
  masks    {"size":[h,w],"counts":[…]}     auto, em, weighted, majority
  pairs    the better one of the columns
           left and right                  auto, bt, noisy`,
		Example: `  alaya quality aggregate answers.tsv -o labels.tsv --workers workers.tsv
  alaya quality aggregate answers.parquet --gold gold.tsv --method fds -o labels.parquet
  zcat answers.tsv.gz | alaya quality aggregate - > labels.tsv`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return unlessInterrupted(cmd.Context(), func() error {
				o, err := s.options(&f)
				if err != nil {
					return err
				}
				if predictions != "" {
					if o.Predictions, err = appraisal.ReadPredictions(s.source(predictions, choice{})); err != nil {
						return err
					}
				}
				return s.aggregate(args[0], &f, o, []string{out, workers})
			})
		},
	}
	f.bind(cmd)
	cmd.Flags().StringVar(&predictions, "predictions", "", "table of task and a column of probabilities for each class, by a model that was not trained on these tasks")
	cmd.Flags().StringVar(&workers, "workers", "", "write worker, skill, answers, gold and flags to this table")
	cmd.Flags().StringVarP(&out, "out", "o", sheet.Std, "table to write")
	return cmd
}

// aggregate reads answers and writes labels and, if they are wanted, workers.
func (s *session) aggregate(in string, f *answersFlags, o appraisal.Options, to []string) error {
	for _, name := range to {
		if name == "" {
			continue
		}
		if _, err := sheet.FormatOf(name, ""); err != nil {
			return err // before hours of work
		}
	}
	c, err := s.crowd(in, f, to[1] != "") // flags of workers rest on order and times too
	if err != nil {
		return err
	}
	outcome, err := appraisal.Aggregate(c, o)
	if err != nil {
		return err
	}
	s.sayNotes(outcome.Method, outcome.Notes)
	if err := outcome.Write(s.target(to[0])); err != nil {
		return err
	}
	if to[1] != "" {
		if err := outcome.WriteWorkers(s.target(to[1])); err != nil {
			return err
		}
	}
	if to[0] == sheet.Std || to[1] == sheet.Std {
		return nil
	}
	return s.showOutcome(c, outcome)
}

func (s *session) showOutcome(c *appraisal.Crowd, o *appraisal.Outcome) error {
	v := aggregateView{
		Kind: o.Kind, Method: o.Method, Notes: o.Notes, Tasks: len(o.Items), Workers: len(o.Workers),
		Answers: c.Answers - c.Repeated, Repeated: c.Repeated,
	}
	for _, item := range o.Items {
		switch item.Status {
		case appraisal.Gold:
			v.Gold++
		case appraisal.Accepted:
			v.Accepted++
		case appraisal.Delivered:
			v.Delivered++
		default:
			v.Contested++
		}
	}
	return s.show(v, func(p *page) {
		p.field("tasks", v.Tasks)
		p.field("gold", v.Gold)
		p.field("accepted", v.Accepted)
		p.field("delivered", v.Delivered)
		p.field("contested", v.Contested)
	})
}
