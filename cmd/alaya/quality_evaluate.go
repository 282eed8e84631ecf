package main

import (
	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client/appraisal"
)

func newQualityEvaluateCommand(s *session) *cobra.Command {
	kind, format := choice{of: kindNames()}, formatChoice()
	cmd := &cobra.Command{
		Use:   "evaluate LABELS GOLD",
		Short: "Measure labels against gold",
		Long: `Prints, as JSON, what fits the kind of label: accuracy and macro-F1; mean absolute and
root mean squared error; word error rate; F1 and mean IoU. Of the confidences: the expected
calibration error, the Brier score and the AUROC, by which a right label is surer than a
wrong one. Tasks that got their label from gold (status gold) are not scored.`,
		Example: "  alaya quality evaluate labels.tsv gold.tsv",
		RunE: func(cmd *cobra.Command, args []string) error {
			gold, err := appraisal.ReadGold(s.source(args[1], choice{}))
			if err != nil {
				return err
			}
			scores, err := appraisal.Evaluate(s.source(args[0], format), gold, appraisal.Kind(kind.value))
			if err != nil {
				return err
			}
			scores.Bins = nil // for reports
			if !cmd.Flags().Changed("output") && s.flags.output.value == formatText {
				s.flags.output.value = formatJSON
			}
			return s.show(scores, func(p *page) { printScores(p, scores) })
		},
	}
	cmd.Flags().Var(&kind, "kind", "what a label is (default: guessed from the gold)")
	cmd.Flags().Var(&format, "format", "of the labels, when their name does not say")
	return cmd
}

func printScores(p *page, scores appraisal.Scores) {
	p.field("kind", scores.Kind)
	p.field("scored", scores.Scored)
	for _, f := range []struct {
		name  string
		value *float64
	}{
		{"accuracy", scores.Accuracy}, {"macro F1", scores.MacroF1}, {"MAE", scores.MAE}, {"RMSE", scores.RMSE},
		{"WER", scores.WER}, {"F1", scores.F1}, {"mean IoU", scores.MeanIoU}, {"ECE", scores.ECE},
		{"Brier", scores.Brier}, {"AUROC", scores.AUROC},
	} {
		if f.value != nil {
			p.field(f.name, *f.value)
		}
	}
}
