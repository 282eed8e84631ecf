package pay

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
)

// Weigh says what the accuracy on gold is an average over.
type Weigh uint8

// The ways to weigh. Where one class is frequent, its constant answer is
// accurate by task; by class it is no better than guessing.
const (
	ByTask Weigh = iota
	ByClass
)

// Gold pays by accuracy on gold: 0 for guessing, One from the contract
// accuracy on, linear between; settle's quality factor is the same ramp over
// another measure of skill. Evidence is the gold answers of the worker.
//
// Being cut off at 0, it pays a guesser for his luck: with K = 2 and a contract
// of .9, on the average 11 % of the price on 20 gold answers, 25 % on two.
type Gold struct {
	// Contract is the accuracy that earns the full price, above 1/K.
	Contract num.Ppm
	// Weigh says what the accuracy is an average over.
	Weigh Weigh
	// Unproved is the value for a worker who met no gold, by class: gold of
	// fewer than two classes.
	Unproved num.Ppm
}

// Name returns gold or balanced.
func (g Gold) Name() string {
	if g.Weigh == ByClass {
		return "balanced"
	}
	return "gold"
}

// Scores returns an error of kind invalid for a contract accuracy not above
// guessing.
func (g Gold) Scores(t *label.Table, gold label.Gold) ([]Score, error) {
	if t.K() > 0 && g.Contract <= num.One/num.Ppm(t.K()) || g.Contract > num.One {
		return nil, fault.Invalid("quality: contract accuracy %v with %d labels: want above guessing, at most 100%%", g.Contract, t.K())
	}
	recalls := NewRecalls(len(t.Workers), t.K())
	for i := range t.Tasks {
		class := gold.At(i)
		if class == label.None {
			continue
		}
		for _, v := range t.Votes(i) {
			recalls.Add(int(v.Worker), int(class), num.One, v.Label == class)
		}
	}
	scores := make([]Score, len(t.Workers))
	for w := range scores {
		scores[w] = g.score(recalls.of(w))
	}
	return scores, nil
}

// score judges one record, by true class, in ppm of an answer.
func (g Gold) score(right, seen []int64) Score {
	var rights, evidence int64
	var recalls, classes num.Ppm
	for class, n := range seen {
		if n == 0 {
			continue
		}
		rights += right[class]
		evidence += n
		recalls += ratio(right[class], n, num.Down)
		classes++
	}
	switch {
	case evidence == 0, g.Weigh == ByClass && classes < 2:
		return Score{Value: g.Unproved, Evidence: evidence / int64(num.One)}
	case g.Weigh == ByClass:
		return Score{Value: (recalls / classes).Ramp(num.One/classes, g.Contract), Evidence: evidence / int64(num.One)}
	default:
		return Score{Value: ratio(rights, evidence, num.Down).Ramp(num.One/num.Ppm(len(seen)), g.Contract), Evidence: evidence / int64(num.One)}
	}
}
