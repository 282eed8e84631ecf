package watch

import (
	"slices"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
)

// Speed reports workers whose median time per answer is below a quarter of
// what is usual, the median of all workers' medians. millis holds the known
// times of each worker of t; workers with fewer than ten are passed over.
func Speed(t *label.Table, millis [][]int64) []Finding {
	medians := make([]int64, len(t.Workers))
	var known []int64
	for j, times := range millis {
		if len(times) < minAnswers {
			continue
		}
		medians[j] = quantile(slices.Sorted(slices.Values(times)), 2)
		known = append(known, medians[j])
	}
	if len(known) < 3 {
		return nil
	}
	slices.Sort(known)
	limit := quantile(known, 2) / 4
	var findings []Finding
	for j, m := range medians {
		if n := len(millis[j]); n >= minAnswers && m < limit {
			findings = append(findings, Finding{Worker: t.Workers[j], Kind: KindSpeed, Value: m, Limit: limit, Of: int64(n)})
		}
	}
	return findings
}

// steady is the interquartile range, as a share of the median, below which
// times are a machine's: people's ranges are of the order of the median.
const steady num.Ppm = 50_000

// Pace reports workers whose times per answer hardly vary, as those of a
// script that waits. millis is that of Speed; workers with fewer than twenty
// times are passed over.
func Pace(t *label.Table, millis [][]int64) []Finding {
	var findings []Finding
	for j, times := range millis {
		if len(times) < 2*minAnswers {
			continue
		}
		sorted := slices.Sorted(slices.Values(times))
		width := quantile(sorted, 3) - quantile(sorted, 1)
		share, err := num.Ratio(width, max(1, quantile(sorted, 2)), num.Nearest)
		if err == nil && share < steady {
			findings = append(findings, Finding{
				Worker: t.Workers[j], Kind: KindPace, Value: int64(share), Limit: int64(steady), Of: int64(len(times)),
			})
		}
	}
	return findings
}

// quantile returns the lower n-th quartile of sorted values.
func quantile(sorted []int64, n int) int64 {
	return sorted[n*(len(sorted)-1)/4]
}
