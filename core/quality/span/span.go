// Package span finds the right spans of each text, or tags of each sequence,
// from what several workers marked: truth inference for named entities, slots,
// highlighted passages.
//
// Words: a span is a run of places with a label; places are the code points of
// a text or its tokens. A tag says what a token is: O outside of all spans, B-x
// the first of a span of label x, I-x a further one (BIO, also called IOB2). A
// sequence is valid if every I-x comes after B-x or I-x.
//
// Assumptions: spans of one text do not overlap; one right set of spans per
// text; given it, workers err independently, except that HMM lets the truth
// and BSC also a worker's own previous tag matter. The words of the text
// are not looked at.
//
// Do not use it for spans that nest or cross, or for labels of whole texts. Of
// fewer than some twenty spans per worker there is little to learn: majority
// does as well.
//
// Invariants:
//  1. Tags and spans turn into each other without loss: Tags, then Spans.
//  2. What a method returns is valid.
//  3. A result depends on the set of answers, the salt and the method: not on
//     the machine or the number of threads.
//  4. No tie is broken at random: it goes to the lowest hash of salt, task and
//     tag.
//
// Sources: Nguyen et al., Aggregating and predicting sequence labels from crowd
// annotations, ACL 2017 (HMM-crowd); Simpson and Gurevych, A Bayesian approach
// for sequence tagging with crowds, EMNLP 2019 (BSC-seq).
package span

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
)

// Span is a labelled run of places, From <= place < To.
type Span struct {
	From, To int
	Label    string
}

// MaxLength bounds a text in code points and a sequence in tokens.
const MaxLength = 1 << 20

// Check returns an error of kind invalid for spans that leave a text of so many
// places, are empty, lack a label or overlap; of kind limit for a text beyond
// MaxLength. The spans may come in any order.
func Check(spans []Span, length int) error {
	if length < 0 || length > MaxLength {
		return fault.Limit("quality: text of %d places: want at most %d", length, MaxLength)
	}
	sorted := slices.SortedFunc(slices.Values(spans), order)
	for i, s := range sorted {
		switch {
		case s.Label == "":
			return fault.Invalid("quality: span %d to %d: want a label", s.From, s.To)
		case s.From < 0 || s.From >= s.To || s.To > length:
			return fault.Invalid("quality: span %d to %d: want 0 <= from < to <= %d", s.From, s.To, length)
		case i > 0 && s.From < sorted[i-1].To:
			return fault.Invalid("quality: span %d to %d: overlaps %d to %d", s.From, s.To, sorted[i-1].From, sorted[i-1].To)
		}
	}
	return nil
}

// order sorts spans by place, then label.
func order(a, b Span) int {
	return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Label, b.Label))
}
