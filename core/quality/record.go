package quality

import (
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/watch"
)

// Gold below guessing plus dropMargin, on at least minGold answers, drops a
// worker; guessing plus spamMargin is what the sequential test takes for spam.
const (
	dropMargin num.Ppm = 150_000
	spamMargin num.Ppm = 50_000
	minGold            = 5
)

// Record is what gold says of one worker.
type Record struct {
	Right, Seen int
	Walk        watch.Walk
	// Dropped says that his answers are not to count.
	Dropped bool
}

// Examine holds workers against the sequential test and the rule for dropping:
// marks say, by worker, which of his answers to gold were right, in the order
// of the tasks; guess is the share that would be by chance.
func Examine(marks [][]bool, guess num.Ppm, p Params) ([]Record, error) {
	spam := p.Spam
	if spam == 0 {
		spam = min(guess+spamMargin, p.Honest-1)
	}
	test, err := watch.NewTest(p.Honest, spam, p.Risk)
	if err != nil {
		return nil, err
	}
	all := make([]Record, len(marks))
	for j := range all {
		r := &all[j]
		for _, right := range marks[j] {
			r.Seen++
			if right {
				r.Right++
			}
			r.Walk = test.Step(r.Walk, right)
		}
		poor := r.Seen >= minGold && r.smoothed() < guess+dropMargin
		r.Dropped = guess < num.One && (poor || r.Walk.Spam)
	}
	return all, nil
}

// smoothed returns the share of right gold answers, drawn by two towards a
// half.
func (r Record) smoothed() num.Ppm {
	return num.Ppm(r.Right+1) * num.One / num.Ppm(r.Seen+2)
}

// records examines the workers of a table.
func records(t *label.Table, gold label.Gold, p Params) ([]Record, error) {
	marks := make([][]bool, len(t.Workers))
	if t.K() == 0 {
		return make([]Record, len(t.Workers)), nil
	}
	for i := range t.Tasks {
		class := gold.At(i)
		if class == label.None {
			continue
		}
		for _, v := range t.Votes(i) {
			marks[v.Worker] = append(marks[v.Worker], v.Label == class)
		}
	}
	return Examine(marks, num.One/num.Ppm(t.K()), p)
}
