package appraisal

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"strconv"

	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/calibrate"
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
	MAE      *float64 `json:"mae,omitempty"`      // mean absolute error, of grades in steps
	RMSE     *float64 `json:"rmse,omitempty"`     // root of the mean squared error
	Kappa    *float64 `json:"weighted_kappa,omitempty"`
	WER      *float64 `json:"wer,omitempty"`      // word errors per word of gold
	F1       *float64 `json:"f1,omitempty"`       // of spans, and of boxes that overlap by half
	Spearman *float64 `json:"spearman,omitempty"` // rank correlation of scores
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
		if slices.Contains(in.Names(), "rank") {
			s.Kind = Pairs
		}
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
	case Choice:
		return s.measureNames(guesses)
	case Ordinal:
		return s.measureGrades(guesses)
	case Number:
		return s.measureNumbers(guesses)
	case Spans:
		return s.measureTags(guesses)
	case Text:
		return s.measureTexts(guesses)
	case Pairs:
		return s.measureRanks(guesses)
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
	trials := make([]calibrate.Trial, len(guesses))
	for i, g := range guesses {
		trials[i] = calibrate.Trial{P: g.Confidence, Right: right[i]}
	}
	r := calibrate.Measure(trials)
	s.ECE, s.Brier, s.Bins = pointer(ratio(r.Error())), pointer(ratio(r.Brier)), bins(r)
	if share, ok := auroc(guesses, right); ok {
		s.AUROC = pointer(share)
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

// bins returns a reliability table with intervals.
func bins(r calibrate.Reliability) []Bin {
	list := make([]Bin, len(r.Bins))
	for i, b := range r.Bins {
		list[i] = Bin{From: float64(i) / calibrate.Bins, To: float64(i+1) / calibrate.Bins, Labels: b.Trials}
		if b.Trials > 0 {
			list[i].Confidence = float64(b.Believed) / 1e6 / float64(b.Trials)
			list[i].Accuracy = float64(b.Right) / float64(b.Trials)
			list[i].Lower, list[i].Upper = wilson(list[i].Accuracy, float64(b.Trials))
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

// auroc returns the probability that a right label is surer than a wrong one,
// ties counting half; there is none without both.
func auroc(guesses []Guess, right []bool) (float64, bool) {
	sure := make([]float64, len(guesses))
	for i, g := range guesses {
		sure[i] = g.Confidence
	}
	sum, n := 0.0, 0
	for i, rank := range midranks(sure) {
		if right[i] {
			sum += rank
			n++
		}
	}
	wrong := len(guesses) - n
	if n == 0 || wrong == 0 {
		return 0, false
	}
	return (sum - float64(n)*float64(n+1)/2) / (float64(n) * float64(wrong)), true
}

// midranks returns the rank of each value, from 1; equal ones share theirs.
func midranks(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	ranks := make([]float64, len(values))
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && values[order[j]] == values[order[i]] {
			j++
		}
		for _, at := range order[i:j] {
			ranks[at] = float64(i+j+1) / 2
		}
		i = j
	}
	return ranks
}

// pointer returns a pointer to a score, rounded to six places.
func pointer(x float64) *float64 {
	x = math.Round(x*1e6) / 1e6
	return &x
}
