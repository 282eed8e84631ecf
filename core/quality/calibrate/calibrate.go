// Package calibrate makes probabilities mean what they say: of all labels
// believed with nine tenths, nine in ten should be right. It measures how far
// that holds, and mends what does not, by tasks whose truth is known.
//
// Words: a trial is a label with the probability it was believed with, and
// whether it was right. Posteriors are K class probabilities to a task; the
// truth of a task is one of the K classes, or a negative number where unknown.
//
// Three maps mend: Temperature needs few known tasks and keeps every label;
// Platt suits a hundred trials or so whose error is a slope and an offset;
// Isotonic follows any monotone error but wants 500 trials. The known tasks
// must be like the others and must not have been told to whoever believed.
// Do not use any of them to choose labels: only Temperature knows classes.
//
// Invariants:
//  1. Results are the same on every machine, and those of trials do not depend
//     on their order.
//  2. Every map is monotone and gives probabilities from 0 to 1.
//  3. Nothing known changes nothing.
//
// Sources: Guo et al., On Calibration of Modern Neural Networks, ICML 2017
// (temperature, expected calibration error); Platt, Probabilistic Outputs for
// Support Vector Machines, 1999; Zadrozny and Elkan, KDD 2002 (isotonic, by
// pool adjacent violators); Brier, Monthly Weather Review 78(1), 1950.
package calibrate

import (
	"cmp"
	"slices"
)

// Trial is a label believed with probability P, from 0 to 1, and whether it was
// right.
type Trial struct {
	P     float64
	Right bool
}

// Trials returns the trials of the tasks whose truth is known, given the label
// of every task and the posteriors it was taken from, k to a task.
func Trials(posterior []float64, k int, labels, truth []int32) []Trial {
	var trials []Trial
	for i, class := range truth {
		if class >= 0 {
			trials = append(trials, Trial{posterior[i*k+int(labels[i])], labels[i] == class})
		}
	}
	return trials
}

// sorted returns the trials by probability, the wrong ones first among equals.
func sorted(trials []Trial) []Trial {
	return slices.SortedFunc(slices.Values(trials), func(a, b Trial) int {
		if c := cmp.Compare(a.P, b.P); c != 0 {
			return c
		}
		return outcome(a) - outcome(b)
	})
}

// outcome returns 1 for right.
func outcome(t Trial) int {
	if t.Right {
		return 1
	}
	return 0
}
