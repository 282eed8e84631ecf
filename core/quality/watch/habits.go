package watch

import (
	"math"
	"slices"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
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
		medians[j] = median(times)
		known = append(known, medians[j])
	}
	if len(known) < 3 {
		return nil
	}
	limit := median(known) / 4
	var findings []Finding
	for j, m := range medians {
		if len(millis[j]) >= minAnswers && m < limit {
			findings = append(findings, Finding{Worker: t.Workers[j], Kind: KindSpeed, Value: m, Limit: limit})
		}
	}
	return findings
}

// median returns the lower median of values.
func median(values []int64) int64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[(len(sorted)-1)/2]
}

// Habits reports workers who give one label far more often than all workers
// together do, by a binomial Z, and workers whose labels vary less than three
// standard deviations below the mean worker's.
func Habits(t *label.Table) []Finding {
	counts, total := labelCounts(t)
	entropies := make([]float64, len(t.Workers))
	var sum, squares, n float64
	var findings []Finding
	for j := range t.Workers {
		own := counts[j*t.K():][:t.K()]
		answers := count(own)
		if answers < minAnswers {
			continue
		}
		entropies[j] = entropy(own, answers)
		sum += entropies[j]
		squares += float64(entropies[j] * entropies[j])
		n++
		if z := favourite(own, answers, total); z > zLimit {
			findings = append(findings, Finding{Worker: t.Workers[j], Kind: KindMonotony, Value: z, Limit: zLimit})
		}
	}
	if n < 3 {
		return findings
	}
	mean := sum / n
	limit := mean - float64(3*math.Sqrt(max(0, squares/n-float64(mean*mean))))
	for j, e := range entropies {
		if count(counts[j*t.K():][:t.K()]) >= minAnswers && e < limit {
			findings = append(findings, Finding{Worker: t.Workers[j], Kind: KindEntropy,
				Value: int64(strict.Ppm(e)), Limit: int64(strict.Ppm(limit))})
		}
	}
	return findings
}

// labelCounts returns how often each worker, and all of them, gave each label.
func labelCounts(t *label.Table) (counts, total []int64) {
	counts, total = make([]int64, len(t.Workers)*t.K()), make([]int64, t.K())
	for i := range t.Tasks {
		for _, v := range t.Votes(i) {
			counts[int(v.Worker)*t.K()+int(v.Label)]++
			total[v.Label]++
		}
	}
	return counts, total
}

func count(counts []int64) int64 {
	var n int64
	for _, c := range counts {
		n += c
	}
	return n
}

// entropy returns -Σ f·ln f over the shares of n.
func entropy(counts []int64, n int64) float64 {
	var h float64
	for _, c := range counts {
		if c > 0 {
			f := float64(c) / float64(n)
			h -= float64(f * strict.Log(f))
		}
	}
	return h
}

// favourite returns the largest Z of a label's count against its share in
// total, in ppm.
func favourite(own []int64, n int64, total []int64) int64 {
	all := float64(count(total))
	top := math.Inf(-1)
	for l, c := range own {
		share := float64(total[l]) / all
		spread := math.Sqrt(float64(float64(float64(n)*share)*(1-share)) + 1e-9)
		top = max(top, (float64(c)-float64(float64(n)*share))/spread)
	}
	return int64(min(strict.Ppm(top), 1000*num.One))
}
