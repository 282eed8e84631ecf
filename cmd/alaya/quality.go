package main

import (
	"context"
	"crypto/sha256"
	"strings"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client/appraisal"
	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
)

func newQualityCommand(s *session) *cobra.Command {
	return newGroup(&cobra.Command{
		Use:   "quality",
		Short: "Judge answers of your own, without a chain",
		Long: `Tables of answers have the columns task, worker, label and, if there are, time (when it
was given) and ms (the time it took); those of gold task and gold. They are TSV, CSV, JSON
Lines or Parquet by their names' ends, gzip too; - is standard input or output.

Of repeated answers of a worker to a task the first counts. The same files and options give
the same results on every machine.`,
		Example: `  alaya quality aggregate answers.tsv -o labels.tsv
  alaya quality evaluate labels.tsv gold.tsv
  alaya quality report answers.tsv --gold gold.tsv -o report`,
	}, newQualityAggregateCommand(s), newQualityEvaluateCommand(s), newQualityReportCommand(s),
		newQualityPlanCommand(s), newQualitySimulateCommand(s), newQualityBenchCommand(s))
}

// answersFlags say how a table of answers is read and judged.
type answersFlags struct {
	kind, boxes, format, duplicates choice
	method, gold                    string
	target                          float64
	salt                            string
	grades                          []string
}

func (f *answersFlags) bind(cmd *cobra.Command) {
	f.kind = choice{of: kindNames()}
	f.format = formatChoice()
	f.boxes = choice{value: string(appraisal.Corner), of: []string{string(appraisal.Corner), string(appraisal.Centre)}}
	f.duplicates = choice{value: string(appraisal.KeepFirst), of: []string{string(appraisal.KeepFirst), string(appraisal.KeepLast), string(appraisal.Refuse)}}
	flags := cmd.Flags()
	flags.StringVar(&f.method, "method", appraisal.Auto, "how answers become labels; auto chooses for the job")
	flags.Var(&f.kind, "kind", "what a label is (default: guessed from the labels)")
	flags.StringVar(&f.gold, "gold", "", "table of tasks whose true label is known")
	flags.Float64Var(&f.target, "target", .99, "confidence from which a label is accepted")
	flags.Var(&f.duplicates, "duplicates", "which of repeated answers counts: first, last, or none: error")
	flags.Var(&f.format, "format", "of the input, when its name does not say")
	flags.StringSliceVar(&f.grades, "grades", nil, "of an ordinal scale, from least to most (default: numbers in their order)")
	flags.Var(&f.boxes, "boxes", "what x and y of a box are: its corner or its centre")
	flags.StringVar(&f.salt, "salt", "", "text that keys the breaking of ties and all draws")
}

func kindNames() []string {
	var names []string
	for _, k := range appraisal.Kinds() {
		names = append(names, string(k))
	}
	return names
}

func formatChoice() choice {
	return choice{of: []string{string(sheet.TSV), string(sheet.CSV), string(sheet.JSONL), string(sheet.Parquet)}}
}

// source returns a table to read, of the format given or that of its name.
func (s *session) source(name string, format choice) sheet.Source {
	return sheet.Source{Name: name, Format: sheet.Format(format.value), Stdin: s.in}
}

// target returns a table to write.
func (s *session) target(name string) sheet.Target {
	return sheet.Target{Name: name, Stdout: s.out}
}

// crowd reads the answers, and says of what kind they are.
func (s *session) crowd(name string, f *answersFlags, log bool) (*appraisal.Crowd, error) {
	c, err := appraisal.ReadCrowd(s.source(name, f.format), appraisal.Reading{
		Kind: appraisal.Kind(f.kind.value), Repeated: appraisal.Repeated(f.duplicates.value),
		Boxes: appraisal.BoxLayout(f.boxes.value), Grades: f.grades, Log: log,
	})
	if err != nil {
		return nil, err
	}
	s.say("%d answers to %d tasks by %d workers", c.Answers-c.Repeated, len(c.Tasks), len(c.Workers))
	if c.Why != "" {
		s.say("kind %s: %s", c.Kind, c.Why)
	}
	if c.Repeated > 0 {
		s.say("%d repeated answers left out: of each worker and task the %s counts", c.Repeated, f.duplicates.value)
	}
	if c.Empty > 0 {
		s.say("%d answers without a label left out", c.Empty)
	}
	return c, nil
}

// options returns how to judge, with the gold read.
func (s *session) options(f *answersFlags) (o appraisal.Options, err error) {
	if !(f.target > .5 && f.target <= 1) {
		return o, fault.Invalid("--target %v: want above 0.5, at most 1", f.target)
	}
	o = appraisal.Options{Method: f.method, Target: num.Ppm(f.target * float64(num.One))}
	if f.salt != "" {
		o.Salt = sha256.Sum256([]byte(f.salt))
	}
	if f.gold != "" {
		o.Gold, err = appraisal.ReadGold(s.source(f.gold, choice{}))
	}
	return o, err
}

// sayNotes says on standard error what was chosen and why.
func (s *session) sayNotes(method string, notes []string) {
	s.say("method %s", method)
	if len(notes) > 0 {
		s.say("  %s", strings.Join(notes, "\n  "))
	}
}

// unlessInterrupted does work that knows of no context; when it is cancelled,
// the work is left behind.
func unlessInterrupted(ctx context.Context, work func() error) error {
	done := make(chan error, 1)
	go func() { done <- work() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
