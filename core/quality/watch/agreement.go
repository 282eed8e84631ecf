package watch

import (
	"math"

	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Agreement reports workers who rarely give the label that most others gave to
// the same task: three standard deviations below the mean worker, and below
// what chance makes of so many answers. Tasks where the others are split
// between his label and another, or absent, do not count.
func Agreement(t *label.Table) []Finding {
	with, of := consensus(t)
	var seen spread
	for j, n := range of {
		if n >= minAnswers {
			seen.add(float64(with[j]) / float64(n))
		}
	}
	if seen.n < 3 {
		return nil
	}
	mean, deviation := seen.mean(), seen.deviation()
	var findings []Finding
	for j, n := range of {
		if n < minAnswers {
			continue
		}
		chance := math.Sqrt(float64(mean*(1-mean)) / float64(n))
		limit := strict.Ppm(mean - float64(3*max(deviation, chance)))
		if share := strict.Ppm(float64(with[j]) / float64(n)); share < limit {
			findings = append(findings, Finding{
				Worker: t.Workers[j], Kind: KindAgreement, Value: int64(share), Limit: int64(limit), Count: with[j], Of: n,
			})
		}
	}
	return findings
}

// consensus counts each worker's answers whose label leads among the others'
// (with), or where another label leads (of counts both).
func consensus(t *label.Table) (with, of []int64) {
	with, of = make([]int64, len(t.Workers)), make([]int64, len(t.Workers))
	counts := make([]int32, t.K())
	for i := range t.Tasks {
		votes := t.Votes(i)
		for _, v := range votes {
			counts[v.Label]++
		}
		leader, second := leaders(counts, votes)
		for _, v := range votes {
			own, rival := counts[v.Label]-1, counts[leader]
			if v.Label == leader {
				rival = second
			}
			if own > rival {
				with[v.Worker]++
			}
			if own != rival {
				of[v.Worker]++
			}
		}
		for _, v := range votes {
			counts[v.Label] = 0
		}
	}
	return with, of
}

// leaders returns the label of most votes, the first of equals, and the most
// votes of another label.
func leaders(counts []int32, votes []label.Vote) (leader, second int32) {
	for _, v := range votes {
		if c, best := counts[v.Label], counts[leader]; c > best || c == best && v.Label < leader {
			leader = v.Label
		}
	}
	for _, v := range votes {
		if v.Label != leader {
			second = max(second, counts[v.Label])
		}
	}
	return leader, second
}
