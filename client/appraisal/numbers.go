package appraisal

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/numeric"
)

// numbers are answers that measure something.
type numbers struct {
	values[float64]
	table *numeric.Table
}

func newNumbers(repeated Repeated) *numbers {
	return &numbers{values: newValues(repeated, parseNumber)}
}

func parseNumber(label []byte) (float64, error) {
	x, err := strconv.ParseFloat(string(label), 64)
	if err != nil || math.IsNaN(x) || math.Abs(x) > numeric.MaxValue {
		return 0, fault.Invalid("%s: want a number, at most %g in size", quoted(label), numeric.MaxValue)
	}
	return x, nil
}

// quoted writes a label as an error shows it.
func quoted(label []byte) string { return fmt.Sprintf("%.60q", label) }

func (n *numbers) order() (s summary, err error) {
	if n.table, err = n.values.table(); err != nil {
		return s, err
	}
	return summary{n.table.Tasks, n.table.Workers, n.table.Repeated}, nil
}

// aggregate estimates values. The confidence of a value is its reliability,
// the share of the values' variance that is not the error of their means; the
// skill of a worker is that of a single answer of his.
func (n *numbers) aggregate(o Options) (*Outcome, error) {
	method, err := numeric.New(o.Method)
	if err != nil {
		return nil, err
	}
	gold, err := known(n.table, o.Gold, parseNumber)
	if err != nil {
		return nil, err
	}
	out := &Outcome{Kind: Number, Method: method.Name()}
	if method.Name() == Auto {
		method, out.Notes = n.choose()
		out.Method = method.Name()
	}
	r := numeric.Aggregate(n.table, method)
	spread := variance(r.Values)
	for i, v := range r.Values {
		item := Item{Task: n.table.Tasks[i], Label: decimal(v.Value), Answers: v.Answers, Margin: unit(v.Margin)}
		item.Confidence = share(1 - square(unit(v.Margin)/1.96)/spread)
		item.Status = o.status(item.Confidence)
		if gold[i] != nil {
			item.Label, item.Confidence, item.Margin, item.Status = strconv.FormatFloat(*gold[i], 'f', -1, 64), 1, 0, Gold
		}
		out.Items = append(out.Items, item)
	}
	for j, w := range r.Workers {
		skill := share(spread / (spread + square(unit(w.Deviation)) + square(unit(w.Bias))))
		out.Workers = append(out.Workers, Worker{Worker: n.table.Workers[j], Skill: skill, Answers: w.Answers})
	}
	n.tryByGold(out, gold, math.Sqrt(spread))
	return out, nil
}

// choose runs the panel, and says what came of it.
func (n *numbers) choose() (numeric.Method, []string) {
	method, trials := numeric.Choose(n.table)
	var parts []string
	for _, t := range trials {
		parts = append(parts, fmt.Sprintf("%s %+.4f ± %.4f", t.Method, ratio(t.Gain), ratio(t.Error)))
	}
	return method, []string{
		fmt.Sprintf("%s: the mean, unless another predicts held-out answers better by two standard errors", method.Name()),
		"log likelihood per held-out answer over the mean's: " + strings.Join(parts, ", "),
	}
}

// tryByGold counts each worker's answers to gold, and as right those within
// half a standard deviation of the values.
func (n *numbers) tryByGold(out *Outcome, gold []*float64, spread float64) {
	for i, truth := range gold {
		if truth == nil {
			continue
		}
		for _, v := range n.table.Votes(i) {
			w := &out.Workers[v.Worker]
			w.Gold++
			if math.Abs(v.Value-*truth) <= spread/2 {
				w.GoldRight++
			}
		}
	}
}

// unit returns a value in the answers' unit.
func unit(m numeric.Micro) float64 { return float64(m) / float64(num.One) }

// decimal writes a value with the digits it has.
func decimal(m numeric.Micro) string { return strconv.FormatFloat(unit(m), 'f', -1, 64) }

func square(x float64) float64 { return x * x }

// variance returns that of values around their mean.
func variance(values []numeric.Value) float64 {
	var sum, squares float64
	for _, v := range values {
		sum += unit(v.Value)
	}
	mean := sum / float64(len(values))
	for _, v := range values {
		squares += square(unit(v.Value) - mean)
	}
	return squares / float64(len(values))
}
