package appraisal

import (
	"errors"
	"math"
	"slices"
	"strconv"

	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/core/fault"
)

// Scores say how good labels are, measured on gold. What does not fit the kind
// is absent.
type Scores struct {
	Kind Kind `json:"kind"`
	// Scored tasks have a label and gold. Missing ones have gold alone, Given
	// ones got their label from gold: neither is scored.
	Scored  int `json:"scored"`
	Missing int `json:"missing"`
	Given   int `json:"given"`

	Accuracy *float64 `json:"accuracy,omitempty"`
	MacroF1  *float64 `json:"macro_f1,omitempty"` // mean over the classes in gold
	MAE      *float64 `json:"mae,omitempty"`      // mean absolute error
	RMSE     *float64 `json:"rmse,omitempty"`     // root of the mean squared error
	WER      *float64 `json:"wer,omitempty"`      // word errors per word of gold
	F1       *float64 `json:"f1,omitempty"`       // of spans, and of boxes that overlap by half
	MeanIoU  *float64 `json:"mean_iou,omitempty"` // of those boxes, or of masks

	// Of the confidences: the expected calibration error in ten bins, the Brier
	// score, and the probability that a right label is surer than a wrong one.
	ECE   *float64 `json:"ece,omitempty"`
	Brier *float64 `json:"brier,omitempty"`
	AUROC *float64 `json:"auroc,omitempty"`
	Bins  []Bin    `json:"bins,omitempty"`
}

// Guess is a label to be scored.
type Guess struct {
	Label, Gold string
	Confidence  float64 // NaN when not said
}

// Evaluate scores a table of labels (task, label and, if there are, confidence
// and status) against gold. The kind is guessed from the gold when it is "".
func Evaluate(labels sheet.Source, gold []Truth, kind Kind) (s Scores, err error) {
	in, err := sheet.Open(labels)
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if err := in.Pick(sheet.Need("task", "item"), sheet.Need("label"), sheet.May("confidence"), sheet.May("status")); err != nil {
		return s, err
	}
	truth := make(map[string]string, len(gold))
	for _, g := range gold {
		truth[g.Task] = g.Label
	}
	var guesses []Guess
	for row, err := range in.Rows() {
		if err != nil {
			return s, err
		}
		want, known := truth[string(row.Cells[0])]
		if !known {
			continue
		}
		delete(truth, string(row.Cells[0]))
		if string(row.Cells[3]) == Gold {
			s.Given++
			continue
		}
		g := Guess{string(row.Cells[1]), want, math.NaN()}
		if cell := row.Cells[2]; len(cell) > 0 {
			if g.Confidence, err = strconv.ParseFloat(string(cell), 64); err != nil || !(g.Confidence >= 0 && g.Confidence <= 1) {
				return s, row.Invalid(2, "want a confidence from 0 to 1")
			}
		}
		guesses = append(guesses, g)
	}
	if len(guesses) == 0 {
		return s, fault.Invalid("%s: none of its tasks has gold that was not its label already", in.Name())
	}
	s.Missing, s.Scored, s.Kind = len(truth), len(guesses), kind
	if kind == "" {
		s.Kind = guessFromGold(gold)
	}
	return s, s.measure(guesses)
}

func guessFromGold(gold []Truth) Kind {
	var labels []string
	for _, g := range gold[:min(len(gold), sampleSize)] {
		labels = append(labels, g.Label)
	}
	kind, _ := guess(labels)
	return kind
}

// measure fills in what fits the kind.
func (s *Scores) measure(guesses []Guess) error {
	switch s.Kind {
	case Choice, Ordinal:
		return s.measureNames(guesses)
	case Number:
		return s.measureNumbers(guesses)
	case Spans:
		return s.measureTags(guesses)
	case Text:
		return s.measureTexts(guesses)
	case Masks:
		return s.measureMasks(guesses)
	case Boxes:
		return s.measureBoxes(guesses)
	default:
		return fault.Invalid("kind %s: no score for it", s.Kind)
	}
}

// measureNames scores names.
func (s *Scores) measureNames(guesses []Guess) error {
	s.MacroF1 = pointer(macroF1(guesses))
	s.judge(guesses, func(i int) bool { return guesses[i].Label == guesses[i].Gold })
	return nil
}

// judge scores labels that are right or wrong, and their confidences.
func (s *Scores) judge(guesses []Guess, is func(i int) bool) {
	right := make([]bool, len(guesses))
	n := 0
	for i := range guesses {
		if right[i] = is(i); right[i] {
			n++
		}
	}
	s.Accuracy = pointer(float64(n) / float64(len(guesses)))
	s.rank(guesses, right)
}

// macroF1 returns the mean over the classes of gold of the harmonic mean of
// precision and recall.
func macroF1(guesses []Guess) float64 {
	type count struct{ both, given, gold int }
	counts := map[string]*count{}
	at := func(name string) *count {
		if counts[name] == nil {
			counts[name] = &count{}
		}
		return counts[name]
	}
	var classes []string
	for _, g := range guesses {
		at(g.Label).given++
		if at(g.Gold).gold++; at(g.Gold).gold == 1 {
			classes = append(classes, g.Gold)
		}
		if g.Label == g.Gold {
			at(g.Gold).both++
		}
	}
	sum := 0.0
	for _, name := range classes {
		c := counts[name]
		sum += 2 * float64(c.both) / float64(c.given+c.gold)
	}
	return sum / float64(len(classes))
}

// measureNumbers scores numbers.
func (s *Scores) measureNumbers(guesses []Guess) error {
	absolute, squares := 0.0, 0.0
	for _, g := range guesses {
		x, err1 := strconv.ParseFloat(g.Label, 64)
		y, err2 := strconv.ParseFloat(g.Gold, 64)
		if err := errors.Join(err1, err2); err != nil {
			return fault.Invalid("label %.40q, gold %.40q: want numbers", g.Label, g.Gold)
		}
		absolute += math.Abs(x - y)
		squares += (x - y) * (x - y)
	}
	n := float64(len(guesses))
	s.MAE, s.RMSE = pointer(absolute/n), pointer(math.Sqrt(squares/n))
	return nil
}

// rank scores the confidences, if all are there.
func (s *Scores) rank(guesses []Guess, right []bool) {
	if slices.ContainsFunc(guesses, func(g Guess) bool { return math.IsNaN(g.Confidence) }) {
		return
	}
	brier := 0.0
	for i, g := range guesses {
		miss := g.Confidence
		if right[i] {
			miss = 1 - g.Confidence
		}
		brier += miss * miss
	}
	s.Brier = pointer(brier / float64(len(guesses)))
	s.Bins = bins(guesses, right)
	s.ECE = pointer(expectedError(s.Bins))
	if share, ok := auroc(guesses, right); ok {
		s.AUROC = &share
	}
}

// Bin holds the labels of one range of confidence.
type Bin struct {
	From       float64 `json:"from"`
	To         float64 `json:"to"`
	Labels     int     `json:"labels"`
	Confidence float64 `json:"confidence"` // their mean
	Accuracy   float64 `json:"accuracy"`
	Lower      float64 `json:"lower"` // of the accuracy, 95 %
	Upper      float64 `json:"upper"`
}

// bins sorts labels into ten ranges of confidence.
func bins(guesses []Guess, right []bool) []Bin {
	const n = 10
	list := make([]Bin, n)
	for i := range list {
		list[i].From, list[i].To = float64(i)/n, float64(i+1)/n
	}
	for i, g := range guesses {
		b := &list[min(n-1, int(g.Confidence*n))]
		b.Labels++
		b.Confidence += g.Confidence
		if right[i] {
			b.Accuracy++
		}
	}
	for i := range list {
		if b := &list[i]; b.Labels > 0 {
			b.Confidence /= float64(b.Labels)
			b.Accuracy /= float64(b.Labels)
			b.Lower, b.Upper = wilson(b.Accuracy, float64(b.Labels))
		}
	}
	return list
}

// wilson returns the interval of 95 % of a share of n.
func wilson(share, n float64) (lower, upper float64) {
	const z = 1.959964
	centre := share + z*z/(2*n)
	spread := z * math.Sqrt((share*(1-share)+z*z/(4*n))/n)
	return (centre - spread) / (1 + z*z/n), (centre + spread) / (1 + z*z/n)
}

// expectedError returns the mean distance of confidence and accuracy.
func expectedError(bins []Bin) float64 {
	sum, n := 0.0, 0
	for _, b := range bins {
		sum += float64(b.Labels) * math.Abs(b.Confidence-b.Accuracy)
		n += b.Labels
	}
	return sum / float64(n)
}

// auroc returns the probability that a right label is surer than a wrong one,
// ties counting half; there is none without both.
func auroc(guesses []Guess, right []bool) (float64, bool) {
	order := make([]int, len(guesses))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch x, y := guesses[a].Confidence, guesses[b].Confidence; {
		case x < y:
			return -1
		case x > y:
			return 1
		default:
			return 0
		}
	})
	ranks, n := 0.0, 0
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && guesses[order[j]].Confidence == guesses[order[i]].Confidence {
			j++
		}
		for _, at := range order[i:j] {
			if right[at] {
				ranks += float64(i+j+1) / 2
				n++
			}
		}
		i = j
	}
	wrong := len(guesses) - n
	if n == 0 || wrong == 0 {
		return 0, false
	}
	return (ranks - float64(n)*float64(n+1)/2) / (float64(n) * float64(wrong)), true
}

// pointer returns a pointer to a score, rounded to six places.
func pointer(x float64) *float64 {
	x = math.Round(x*1e6) / 1e6
	return &x
}
