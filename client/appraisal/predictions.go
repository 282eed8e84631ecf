package appraisal

import (
	"errors"
	"math"
	"strconv"

	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/label"
)

// Predictions are what a classifier thinks of tasks it was not trained on:
// the probability of each class.
type Predictions struct {
	Classes []string
	Items   []label.Prediction // shares by class, which sum to about 1
}

// sumSlack is how far probabilities may miss a sum of 1.
const sumSlack = 0.02

// ReadPredictions reads a table of task and one column per class.
func ReadPredictions(from sheet.Source) (p *Predictions, err error) {
	in, err := sheet.Open(from)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	p = &Predictions{}
	want := []sheet.Column{sheet.Need("task", "item")}
	for _, name := range in.Names() {
		if name != "task" && name != "item" {
			p.Classes = append(p.Classes, name)
			want = append(want, sheet.Need(name))
		}
	}
	if err := in.Pick(want...); err != nil {
		return nil, err
	}
	if len(p.Classes) < 2 {
		return nil, fault.Invalid("%s line 1: classes %q: want a column for each class, two at least", in.Name(), p.Classes)
	}
	for row, err := range in.Rows() {
		if err == nil {
			err = p.take(row)
		}
		if err != nil {
			return nil, err
		}
	}
	return p, nil
}

// take takes in the probabilities of one task.
func (p *Predictions) take(row sheet.Row) error {
	if len(row.Cells[0]) == 0 {
		return row.Invalid(0, "want a name")
	}
	sum := 0.0
	shares := make([]float64, len(p.Classes))
	for i, cell := range row.Cells[1:] {
		var err error
		if shares[i], err = strconv.ParseFloat(string(cell), 64); err != nil || !(shares[i] >= 0 && shares[i] <= 1) {
			return row.Invalid(i+1, "want a probability from 0 to 1")
		}
		sum += shares[i]
	}
	if math.Abs(sum-1) > sumSlack {
		return row.Invalid(0, "its probabilities sum to "+strconv.FormatFloat(sum, 'f', 3, 64)+": want 1")
	}
	p.Items = append(p.Items, label.Prediction{Task: string(row.Cells[0]), Shares: shares})
	return nil
}
