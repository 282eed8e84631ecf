// Package watch looks for workers who do not work: spam, copying, rings. It
// gives evidence in numbers and decides nothing but the sequential test, which
// is made for punishing.
//
// Words: a Finding is one number of one worker beyond its limit; a peer is the
// other worker it concerns; a ring is a group joined by pairs that agree too
// often.
//
// Invariants:
//  1. Findings depend on the answers alone, and come sorted by worker, kind and
//     peer.
//  2. Work is near-linear in the answers: pairs are met task by task.
//
// Sources: Wald, Sequential tests of statistical hypotheses, 1945; the
// pair-independence test is described beside Pairs.
package watch

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/num"
)

// The kinds of findings.
const (
	KindSpeed    = "speed"    // median time per answer, ms; the limit is the least allowed
	KindEntropy  = "entropy"  // entropy of the labels given, ppm of a nat; the limit is the least allowed
	KindMonotony = "monotony" // Z of the favourite label's count, ppm; the limit is the most allowed
	KindPair     = "pair"     // Z of agreement with the peer, ppm; the limit is the most allowed
	KindRing     = "ring"     // members of the ring; the peer is its first member
)

// Finding is one suspicious number.
type Finding struct {
	Worker string `json:"worker"`
	Kind   string `json:"kind"`
	Peer   string `json:"peer,omitempty"`
	Value  int64  `json:"value"`
	Limit  int64  `json:"limit"`
}

// Sort puts findings in canonical order.
func Sort(findings []Finding) {
	slices.SortFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Worker, b.Worker), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Peer, b.Peer))
	})
}

// minAnswers is the number of answers below which nobody is judged.
const minAnswers = 10

// zLimit is the Z beyond which chance is no explanation.
const zLimit = 5 * int64(num.One)
