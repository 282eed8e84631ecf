// Package drift says whether what comes in now still looks like what came in
// before: numbers of a column, the mix of labels, a worker's record on gold.
//
// Words: the reference is what came before, the current is what is compared
// with it. An effect size says how large a difference is, a P-value how easily
// chance makes one; with many rows the smallest difference is significant, with
// few the largest is not, so a verdict asks for both.
//
//	steady  nothing to see, or nothing that chance does not explain
//	watch   a small shift: PSI above 0.1, Wasserstein above 0.1, JS above 0.02
//	act     a large one: PSI above 0.25, JS above 0.05
//
// Assumptions: rows are independent, and alike but for the time: compare the
// same queue at the same hours. Gaps are for the caller to leave out and to
// count (their share is a label mix too).
//
// Invariants:
//  1. Results depend on the rows as a set, not on their order or the machine.
//  2. Of equal samples every effect size is 0 and the verdict steady.
//
// Sources: Siddiqi, Credit Risk Scorecards, 2006 (PSI and its limits);
// Kolmogorov's and Pearson's tests; Lin, Divergence measures based on the
// Shannon entropy, 1991; Benjamini and Hochberg, JRSS B 57(1), 1995; Page,
// Continuous inspection schemes, Biometrika 41, 1954.
package drift

import (
	"fmt"
	"slices"

	"github.com/alaya-network/alaya/core/num"
)

// Verdict says what to do about a column.
type Verdict uint8

// The verdicts.
const (
	Steady Verdict = iota
	Watch
	Act
)

var verdictNames = [...]string{"steady", "watch", "act"}

// String returns the verdict in lower case.
func (v Verdict) String() string {
	if int(v) < len(verdictNames) {
		return verdictNames[v]
	}
	return fmt.Sprintf("verdict(%d)", uint8(v))
}

// MarshalText writes the verdict as String does.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// Result compares one column.
type Result struct {
	Name      string `json:"name"`
	Reference int64  `json:"reference"` // rows
	Current   int64  `json:"current"`
	// Effect sizes of numbers: population stability index; Kolmogorov-Smirnov's
	// largest distance of the distributions; Wasserstein's mean distance, in
	// standard deviations of the reference, at most 1000.
	PSI         num.Ppm `json:"psi,omitempty"`
	KS          num.Ppm `json:"ks,omitempty"`
	Wasserstein num.Ppm `json:"wasserstein,omitempty"`
	// Effect size of labels: Jensen-Shannon divergence, in nats, up to ln 2.
	JS num.Ppm `json:"js,omitempty"`
	// P is the probability of such a distance by chance: Kolmogorov's limit, or
	// chi-square's. Adjusted is Benjamini and Hochberg's, over all columns that
	// were judged together.
	P        num.Ppm `json:"p"`
	Adjusted num.Ppm `json:"adjusted"`
	Verdict  Verdict `json:"verdict"`

	labels bool
}

// What a verdict wants: P-values below, effect sizes above.
const (
	significant      num.Ppm = 10_000 // of numbers
	significantLabel num.Ppm = 1_000
	psiWatch         num.Ppm = 100_000
	psiAct           num.Ppm = 250_000
	shiftWatch       num.Ppm = 100_000
	jsWatch          num.Ppm = 20_000
	jsAct            num.Ppm = 50_000
)

// Judge gives each result its verdict. Looking at many columns finds chance
// shifts in some: P-values are adjusted, so that of the columns called
// significant a hundredth at most is expected to be chance.
func Judge(results []Result) []Result {
	judged := slices.Clone(results)
	p := make([]num.Ppm, len(results))
	for i, r := range results {
		p[i] = r.P
	}
	for i, a := range Adjust(p) {
		judged[i].Adjusted = a
		judged[i].Verdict = judged[i].verdict()
	}
	return judged
}

func (r Result) verdict() Verdict {
	limit := significant
	if r.labels {
		limit = significantLabel
	}
	switch {
	case r.Adjusted > limit:
		return Steady
	case r.PSI > psiAct || r.JS > jsAct:
		return Act
	case r.PSI > psiWatch || r.Wasserstein > shiftWatch || r.JS > jsWatch:
		return Watch
	default:
		return Steady
	}
}

// Adjust returns Benjamini and Hochberg's P-values, rounded up: the smallest
// share of false discoveries at which each would be one.
func Adjust(p []num.Ppm) []num.Ppm {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return int(p[a] - p[b]) })
	adjusted := make([]num.Ppm, len(p))
	lowest := num.One
	for rank := len(order); rank > 0; rank-- {
		i := order[rank-1]
		lowest = min(lowest, (p[i]*num.Ppm(len(p))+num.Ppm(rank-1))/num.Ppm(rank))
		adjusted[i] = lowest
	}
	return adjusted
}
