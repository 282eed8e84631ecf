package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/client/audit"
	"github.com/alaya-network/alaya/client/learner"
	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model/feature"
	"github.com/alaya-network/alaya/core/model/learn"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
	"github.com/alaya-network/alaya/wire"
)

func newModelPredict(s *session) *cobra.Command {
	var file, validators string
	var prove bool
	cmd := &cobra.Command{
		Use:   "predict MODEL [TEXT...]",
		Short: "Ask a model; free for anybody",
		Long: `Ask a model for one item, or for all of a table with the encoder's columns (text). Cells of
a model of tables are given in the order of its columns.

With --prove every parameter that an answer rests on is proved against a header that the
validators signed, and the answer is computed again here from those alone. Whose signatures
count: those that the node names, unless --validators gives a file that you trust more.`,
		Example: `  alaya model predict 1f3a5c7e9b2d4f60 "a lovely little knife"
  alaya model predict 1f3a5c7e9b2d4f60 --file reviews.tsv --prove`,
		RunE: func(cmd *cobra.Command, args []string) error {
			k, err := s.model(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			lines, err := s.questions(k.encoder, args[1:], file)
			if err != nil {
				return err
			}
			a, err := s.ask(cmd.Context(), k.ID, lines, prove)
			if err != nil {
				return err
			}
			if prove {
				if a.Proved, err = s.proveAnswers(cmd.Context(), k.ID, lines, a, validators); err != nil {
					return err
				}
			}
			return s.showAnswers(k, lines, a)
		},
	}
	cmd.Flags().StringVar(&file, "file", "", "table of items to ask for: .tsv, .csv, .jsonl or .parquet; - is standard input")
	cmd.Flags().BoolVar(&prove, "prove", false, "check the answers by proof, down to the signatures")
	cmd.Flags().StringVar(&validators, "validators", "", "file of the validators that must have signed")
	return cmd
}

// questions reads what is asked from the command line or a file.
func (s *session) questions(e feature.Encoder, cells []string, file string) ([]learner.Line, error) {
	if (file == "") == (len(cells) == 0) {
		return nil, advise(fault.Invalid("what is asked: a text, or --file"), "`alaya model predict MODEL \"a text\"`")
	}
	if file != "" {
		return learner.Reading{Encoder: e}.Read(sheet.Source{Name: file, Stdin: s.in})
	}
	if want := len(learner.Fields(e)); len(cells) != want {
		return nil, fault.Invalid("%d cells: the model's encoder has %d: %q", len(cells), want, learner.Fields(e))
	}
	x, err := learner.Encode(e, cells)
	return []learner.Line{{Text: cells[0], Input: x}}, err
}

// predictions are what a model said, and the state that said it.
type predictions struct {
	Answers  []modelv1.Answer `json:"answers"`
	Standing modelv1.Standing `json:"standing"`
	Proved   int              `json:"proved"` // keys of the store; 0: nothing was
	keys     [][]byte
}

// maxAsk is the most inputs that the chain takes at once.
const maxAsk = 1000

// ask asks for all lines at one height.
func (s *session) ask(ctx context.Context, m id.ModelID, lines []learner.Line, prove bool) (a predictions, err error) {
	c, err := s.chain(ctx)
	if err != nil {
		return a, err
	}
	for some := range slices.Chunk(lines, maxAsk) {
		req := &modelv1.QueryPredictBatchRequest{Model: string(m), Prove: prove}
		for _, line := range some {
			req.Inputs = append(req.Inputs, wire.InputToProto(line.Input))
		}
		res, err := c.Model().PredictBatch(ctx, req)
		if err != nil {
			return a, err
		}
		if len(res.Answers) != len(some) {
			return a, fault.Internal("node %s: %d answers to %d questions", s.flags.node, len(res.Answers), len(some))
		}
		if len(a.Answers) == 0 {
			a.Standing = res.Standing
			ctx = client.AtHeight(ctx, id.Height(res.Standing.Height))
		}
		a.Answers, a.keys = append(a.Answers, res.Answers...), append(a.keys, res.Keys...)
	}
	return a, nil
}

// proveAnswers proves what the answers rest on, answers again from that, and
// returns how many keys of the store that took.
func (s *session) proveAnswers(ctx context.Context, m id.ModelID, lines []learner.Line, a predictions, validators string) (int, error) {
	c, err := s.chain(ctx)
	if err != nil {
		return 0, err
	}
	trust, err := trustFile(validators)
	if err == nil && trust == nil {
		trust, err = audit.TrustNode(ctx, c, "node "+s.flags.node)
	}
	if err != nil {
		return 0, err
	}
	slices.SortFunc(a.keys, slices.Compare)
	keys := slices.CompactFunc(a.keys, slices.Equal)
	proven, err := learner.Prove(ctx, c, keys, id.Height(a.Standing.Height), trust.Signed)
	if err != nil {
		return 0, err
	}
	inputs := make([]learn.Input, len(lines))
	for i, line := range lines {
		inputs[i] = line.Input
	}
	if err := proven.Confirm(m, inputs, a.Answers); err != nil {
		return 0, fault.Errorf(fault.KindOf(err), "node %s: %w", s.flags.node, err)
	}
	s.say("proved: %d parts of the state under header %d, trusted from %s", len(keys), proven.Header.Signed.Height, trust.From)
	return len(keys), nil
}

func (s *session) showAnswers(k knownModel, lines []learner.Line, a predictions) error {
	return s.show(a, func(p *page) {
		p.table("answer", "margin", "of")
		for i, line := range lines {
			p.row(answerText(k, a.Answers[i]), real20(a.Answers[i].Margin), cut(line.Text, 60))
		}
		p.line("root %x after entry %d, height %d", a.Standing.Root, a.Standing.Entry, a.Standing.Height)
	})
}

func answerText(k knownModel, a modelv1.Answer) string {
	if k.Terms.Config.Classes == 1 {
		return real20(a.Margin)
	}
	return k.encoder.LabelName(a.Class)
}

// real20 writes a number of Q20.
func real20(v int64) string { return fmt.Sprintf("%.3f", float64(v)/(1<<20)) }

// cut shortens text to n letters.
func cut(text string, n int) string {
	letters := []rune(text)
	if len(letters) <= n {
		return text
	}
	return string(letters[:n-1]) + "…"
}
