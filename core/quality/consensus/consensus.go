// Package consensus judges answers to forms: it is to values what package
// quality is to labels, and its verdicts look the same.
//
// Words: a kind is what is known of the values of one type: how alike two are,
// and what several come to. The similarity of two answers is the mean over the
// controls that either filled in, 0 where only one did. Two answers match when
// their similarity reaches the form's match. The consensus of an item holds, of
// each control that at least half of the answers filled in, what their values
// come to; its support is the mean similarity of the answers to it. An answer
// is right when it matches gold or, where there is none, what the others come
// to without it.
//
// What a verdict says of a label it says here of the text of a value, and what
// it says of a posterior, of the support. The measure counts gold items whose
// consensus, found without gold, matches it; without gold enough, items whose
// support reaches the match.
//
// The kinds, after the packages they rest on:
//
//	choice, preference  equal or not; label
//	choices             Jaccard; label, for each name in or out
//	path                the common part from the root; label
//	rating              distance over the range; ordinal
//	number              likewise, without a range over the larger; numeric (Huber)
//	text                one minus the word error rate; text (ROVER or medoid)
//	span                F1 of equal spans and relations; span (BSC)
//	box, polygon, keypoint, interval, track, cuboid
//	                    F1 of regions that overlap by half; box
//	mask                mean IoU of the labels' pixels; mask (EM)
//	ranking             pairs in the same order; pairwise (Bradley-Terry)
//
// Invariants:
//  1. A verdict depends on the job, the form and the match alone: those of
//     package quality.
//  2. What all answers agree on to the byte is delivered to the byte.
//  3. No answer is part of what it is measured against.
//  4. Nothing a worker sends makes an item's judgement fail: what is too much
//     to merge is settled by the given value nearest to the others.
//
// Source: Braylan and Lease, Modeling and Aggregation of Complex Annotations
// via Annotation Distances, WWW 2020.
package consensus

import (
	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/num"
)

// Measure says how alike two values of a form are.
type Measure struct {
	form  answer.Form
	kinds []kind
}

// NewMeasure returns the measure of a form that was validated.
func NewMeasure(f answer.Form) Measure { return Measure{f, newKinds(f, [32]byte{}, nil)} }

// Similarity is symmetric, and One for equal values.
func (m Measure) Similarity(a, b answer.Values) num.Ppm {
	var sum, n num.Ppm
	for i, k := range m.kinds {
		switch {
		case a[i] == nil && b[i] == nil:
			continue
		case a[i] != nil && b[i] != nil:
			sum += k.similarity(a[i], b[i])
		}
		n++
	}
	if n == 0 {
		return num.One
	}
	return sum / n
}

// Guess is the chance that an answer made up without looking matches another,
// rounded up to that for the control that is hardest to guess.
func (m Measure) Guess(match num.Ppm) num.Ppm {
	least := num.One
	for _, k := range m.kinds {
		least = min(least, k.guess(match))
	}
	return least
}
