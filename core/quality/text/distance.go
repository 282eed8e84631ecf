package text

import (
	"github.com/alaya-network/alaya/core/num"
)

// Distance returns the edit distance of two sequences: how many elements to
// change, add or drop to make one the other. Time is the product of their
// lengths.
func Distance[E comparable](a, b []E) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			change := diagonal
			if x != y {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}

// Truth is the right text of a task.
type Truth struct {
	Task, Text string
}

// Score is how far texts are from the truth over the Tasks that have both.
type Score struct {
	Tasks int
	// Errors counts the words to change, add or drop, Words those of the truth.
	Errors, Words int
	// WER is Errors over Words, MeanWER the mean of that by task; a true text
	// without words counts as one word. Rounded down.
	WER, MeanWER num.Ppm
}

// Evaluate compares the texts of t's tasks with the truth, both normalised.
// Tasks unknown to t are passed over.
func Evaluate(t *Table, texts []Text, truths []Truth, rules Rules) Score {
	var s Score
	var sum num.Ppm
	for _, truth := range truths {
		i, known := t.Find(truth.Task)
		if !known {
			continue
		}
		want := rules.Words(truth.Text)
		wrong := Distance(want, rules.Words(texts[i].Text))
		s.Tasks++
		s.Errors += wrong
		s.Words += len(want)
		sum += rate(wrong, len(want))
	}
	s.WER = rate(s.Errors, s.Words)
	s.MeanWER = sum / num.Ppm(max(1, s.Tasks))
	return s
}

// rate returns a count of errors per word.
func rate(wrong, words int) num.Ppm {
	return num.Ppm(wrong) * num.One / num.Ppm(max(1, words))
}
