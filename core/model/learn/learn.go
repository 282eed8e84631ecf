// Package learn teaches models in whole numbers: the same items in the same
// order give the same parameters on every machine, to the last bit.
//
// Words: an item is an Input with a label; a feature is one of the numbered
// properties an input may have; a family is a way of learning; a Cell names one
// parameter, a State holds them; a score is how much a class is for an input,
// larger is better; a margin is the best score less the second best. ONE is
// 1<<20, the scale of every real number here (core/model/fixed).
//
// Every learner here learns from one item at a time, once, and forgets the
// item: what suits a public model that strangers teach over years. For many
// passes over data at hand, use a library for that and bring the weights.
//
// Which family:
//
//	nb          text, from the first item on; keeps its head when labels are wrong; can forget
//	cnb         nb for classes of very different size; can forget
//	nblr        the best on clean text; starts as nb and learns what nb gets wrong
//	logistic    text and tables with clean labels; scores are log-odds
//	arow        tables and short texts; learns rare features fast; suffers under wrong labels
//	pa          streams whose truth moves
//	perceptron  the smallest there is; a baseline, poor under wrong labels
//	average     a perceptron that no late item can upset; ask it rarely, its scores read twice as much
//	centroid    text, or few items per class: one middle per class; can forget
//	dense       vectors from an encoder: one middle per class, real values; can forget
//	knn         few items and odd borders: keeps the items themselves; dear to ask; can forget
//	linear      numbers instead of classes
//	tree        tables with declared columns; finds interactions the linear families miss
//	network     vectors or words through a frozen small network; only its last layer learns
//
// Invariants:
//  1. The same Config and the same checked items in the same order give the same
//     State, whatever else the process does.
//  2. A learner keeps nothing but its Config: all that it learnt is in the State.
//  3. Scores changes nothing. Equal best scores go to the lowest class.
//  4. Scores, Update and Remove each read and write at most Cost cells; the cost
//     follows from the Config and the number of indices, never from what was
//     learnt or how large the vocabulary is (a tree's columns are declared, and
//     few). A State never holds more cells than Size.
//  5. Nothing wraps around: arithmetic saturates, whatever the State holds.
//  6. A Forgetter's Remove directly after Update of the same item restores the
//     State exactly; after others, it gives the State without that item, unless
//     the family says where it cannot.
package learn

import (
	"math"

	"github.com/alaya-network/alaya/core/model/fixed"
)

// Cell names one parameter. What Table, Class and Index mean is the family's
// affair, but cells of one (Table, Class) with close Indexes are used together.
type Cell struct {
	Table uint8
	Class uint32
	Index uint32
}

// State holds a model's parameters. A cell never set is 0, and setting a cell
// to 0 is the same as never having set it; a default such as AROW's variance is
// an offset inside the family. It need not be safe for concurrent use.
type State interface {
	Get(Cell) int64
	Set(Cell, int64)
}

// Learner is one family with its settings. It is immutable, and safe for
// concurrent use on different States. Inputs and labels must have passed
// Config.Check and Config.CheckLabel; what happens with others is undefined,
// short of a panic.
type Learner interface {
	// Scores returns one score per class, in the family's unit (Config.Loss
	// knows it); for regression the one score is the value in Q20.
	Scores(State, Input) []int64
	// Update learns one item. The label is a class, or for regression the
	// value in Q20.
	Update(State, Input, int64)
	// Cost is the most cells that a Scores, Update or Remove may touch.
	Cost(Input) uint64
	// Size is the most cells that a State can come to hold.
	Size() uint64
}

// Forgetter is a Learner that can take an item back: Remove is the inverse of
// Update (invariant 6).
type Forgetter interface {
	Learner
	// Remove forgets one item that was learnt; the same conditions as Update's.
	Remove(State, Input, int64)
}

// Predict returns the class with the best score, the lowest of equals, and its
// margin, at least 0; for regression class 0 and the predicted value in Q20.
func Predict(l Learner, s State, x Input) (class uint32, margin int64) {
	return Best(l.Scores(s, x))
}

// Best is Predict for scores already at hand.
func Best(scores []int64) (class uint32, margin int64) {
	if len(scores) == 1 {
		return 0, scores[0]
	}
	second := int64(math.MinInt64)
	for c := 1; c < len(scores); c++ {
		if scores[c] > scores[class] {
			second, class = scores[class], uint32(c)
		} else {
			second = max(second, scores[c])
		}
	}
	return class, fixed.Sub(scores[class], second)
}
