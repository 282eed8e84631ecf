package label

import (
	"slices"

	"github.com/alaya-network/alaya/core/fault"
)

// Prediction is what a model says of a task: a share for each label, in an
// order fixed elsewhere. The model must not have seen the task's answers: train
// it in folds, and let each fold predict what it was not trained on.
type Prediction struct {
	Task   string
	Shares []float64
}

// maxShare bounds a share, which may be in any unit: a sum of them is finite.
const maxShare = 1e300

// Predictions hold the K class probabilities a model gives task 0 of a table,
// then task 1, …; a task it says nothing of has zeros. They are made by Table.
type Predictions []float64

// Predictions puts a model's shares of some labels in the order of the table.
// Tasks without answers are passed over, of a task named twice the first
// prediction counts; shares of labels outside the table are dropped and the
// others made to sum to 1. It returns an error of kind invalid for labels
// named twice, for shares that are not as many as labels and for a share
// not from 0 to 1e300.
func (t *Table) Predictions(labels []string, items []Prediction) (Predictions, error) {
	class := make([]int, len(labels))
	for n, l := range labels {
		if slices.Contains(labels[:n], l) {
			return nil, fault.Invalid("quality: predictions name label %.40q twice", l)
		}
		at, known := slices.BinarySearch(t.Labels, l)
		if class[n] = at; !known {
			class[n] = int(None)
		}
	}
	p, met := make(Predictions, len(t.Tasks)*t.K()), make([]bool, len(t.Tasks))
	for _, item := range items {
		if err := item.check(len(labels)); err != nil {
			return nil, err
		}
		task, known := slices.BinarySearch(t.Tasks, item.Task)
		if !known || met[task] {
			continue
		}
		met[task] = true
		row := p[task*t.K():][:t.K()]
		for n, share := range item.Shares {
			if class[n] != int(None) {
				row[class[n]] = share
			}
		}
		scale(row)
	}
	return p, nil
}

// scale makes shares sum to 1, unless all are 0.
func scale(shares []float64) {
	sum := sumOf(shares)
	if sum == 0 {
		return
	}
	for c := range shares {
		shares[c] /= sum
	}
}

func (p Prediction) check(labels int) error {
	if len(p.Shares) != labels {
		return fault.Invalid("quality: prediction of task %.40q: %d shares of %d labels", p.Task, len(p.Shares), labels)
	}
	for _, share := range p.Shares {
		if !(share >= 0 && share <= maxShare) {
			return fault.Invalid("quality: prediction of task %.40q: share %v: want 0 to %v", p.Task, share, maxShare)
		}
	}
	return nil
}

// of returns the shares of a task, and whether the model says anything of it.
func (p Predictions) of(task, classes int) ([]float64, bool) {
	if len(p) == 0 {
		return nil, false
	}
	shares := p[task*classes:][:classes]
	return shares, sumOf(shares) > 0
}
