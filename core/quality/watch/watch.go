// Package watch looks for workers who do not work: spam, copying, rings. It
// gives evidence in numbers and decides nothing but the sequential test, which
// is made for punishing.
//
// Words: a Finding is one number of one worker beyond its limit; a peer is the
// other worker it concerns; a ring is a group joined by pairs that agree too
// often.
//
// Assumptions: given the truth, honest workers err independently, of each other
// and of what they answered before. Where they do not, as on tasks that mislead
// everybody alike, honest work is found odd: no limit here is a proof. A
// reviewer reads the sentence of Finding.Text and judges.
//
// Invariants:
//  1. Findings depend on the answers alone, and come sorted by worker, kind and
//     peer.
//  2. Work is near-linear in the answers: pairs are met task by task, those of
//     very large tasks in blocks (agree.Meet).
//
// Sources: Wald, Sequential tests of statistical hypotheses, 1945; the tests of
// independence are described beside Pairs and Repeats.
package watch

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/num"
)

// The kinds of findings.
const (
	KindSpeed     = "speed"     // median time per answer, ms; the limit is the least allowed
	KindPace      = "pace"      // interquartile range of the times against their median, ppm; the least allowed
	KindEntropy   = "entropy"   // entropy of the labels given, ppm of a nat; the limit is the least allowed
	KindMonotony  = "monotony"  // Z of the favourite label's count, ppm; the limit is the most allowed
	KindAgreement = "agreement" // share of answers like the majority of the others', ppm; the least allowed
	KindRuns      = "runs"      // Z of answers that repeat the one before, ppm; the limit is the most allowed either way
	KindRepeat    = "repeat"    // longest run of one label; the limit is the length that chance explains
	KindSpam      = "spam"      // share of answers that are spam, ppm; the most allowed; the label is the favourite
	KindHours     = "hours"     // divergence of the hours of work from the past, ppm of a nat; the most allowed
	KindCopies    = "copies"    // share of long texts that another worker has too, ppm; the most allowed
	KindShared    = "shared"    // workers joined by marks such as devices; the peer is the first of them
	KindPair      = "pair"      // Z of agreement with the peer, ppm; the limit is the most allowed
	KindRing      = "ring"      // members of the ring; the peer is its first member
)

// Finding is one suspicious number, with what a reader needs to judge it.
type Finding struct {
	Worker string `json:"worker"`
	Kind   string `json:"kind"`
	Peer   string `json:"peer,omitempty"`
	Value  int64  `json:"value"`
	Limit  int64  `json:"limit"`
	// Label that the finding is about.
	Label string `json:"label,omitempty"`
	// Count of Of answers show it, where Expect were to be expected.
	Count  int64 `json:"count,omitempty"`
	Of     int64 `json:"of,omitempty"`
	Expect int64 `json:"expect,omitempty"`
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

// whole rounds ppm to the nearest whole.
func whole(ppm int64) int64 { return (ppm + int64(num.One)/2) / int64(num.One) }
