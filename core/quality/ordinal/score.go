package ordinal

import (
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/agree"
	"github.com/alaya-network/alaya/core/quality/label"
)

// Truth is the true grade of a task.
type Truth = label.Truth

// gold numbers the true grades of t's tasks; others are passed over.
func (t *Table) gold(truths []Truth) label.Gold {
	numbered := make([]label.Truth, 0, len(truths))
	for _, truth := range truths {
		if n, known := t.Grade(truth.Label); known {
			numbered = append(numbered, label.Truth{Task: truth.Task, Label: name(n)})
		}
	}
	return t.labels.Gold(numbered)
}

// Score is how far estimates are from the truth over the Tasks that have both.
type Score struct {
	Tasks int
	// Accuracy is the share of right grades, MAE the mean number of steps off in
	// millionths. Rounded down.
	Accuracy, MAE num.Ppm
	// Kappa is the quadratic weighted kappa: One for right grades, 0 for what
	// chance gives.
	Kappa num.Ppm
}

// Evaluate compares the estimates of t's tasks with the truth. Unknown tasks
// and grades are passed over.
func Evaluate(t *Table, estimates []Estimate, truths []Truth) (Score, error) {
	var s Score
	var answers []label.Answer
	right, off := 0, 0
	for i, grade := range t.gold(truths) {
		if grade == label.None {
			continue
		}
		steps := int(estimates[i].Grade - grade)
		s.Tasks++
		off += max(steps, -steps)
		if steps == 0 {
			right++
		}
		answers = append(answers,
			label.Answer{Task: t.Tasks[i], Worker: "estimate", Label: name(int(estimates[i].Grade))},
			label.Answer{Task: t.Tasks[i], Worker: "truth", Label: name(int(grade))})
	}
	pairs, err := label.NewTable(answers, label.Rules{Labels: t.labels.Labels})
	if err != nil {
		return Score{}, err
	}
	n := num.Ppm(max(1, s.Tasks))
	s.Accuracy, s.MAE = num.Ppm(right)*num.One/n, num.Ppm(off)*num.One/n
	s.Kappa = agree.Cohen(agree.Labels(pairs), 0, 1, agree.Quadratic).Value()
	return s, nil
}
