// Package agree measures how far workers agree beyond chance, and how sure
// that measure is.
//
// Words: a unit is what was rated, usually a task; a rating one worker's label
// for it, as a class; classes have positions where their distance matters. An
// agreement is One where all ratings agree, 0 at what chance gives, and below
// 0 for less. A meeting is a task that two workers both rated.
//
// Which one: Krippendorff's alpha takes any number of raters per unit, missing
// ratings, and distances between labels: the default. Fleiss' kappa is for
// comparison with studies that report it. Cohen's kappa is for two raters.
// None of them says who is right, and all are low where nearly all items are of
// one class: look at the table of labels before blaming the workers.
//
// Intervals are percentiles of a bootstrap over units (Efron and Tibshirani):
// units are drawn, with replacement, by a keyed integer generator. Below some
// twenty units they are too narrow.
//
// Invariants:
//  1. A measure depends on the ratings alone, not on their order, the machine
//     or the number of threads; an interval on the salt and the order of units
//     too.
//  2. Time is linear in the ratings, for each resample, and in the meetings,
//     for pairs; a vote meets fewer than MaxPeers others of its task.
//
// Sources: Krippendorff, Content Analysis, 4th ed., chapter 12, and Computing
// Krippendorff's Alpha-Reliability, 2011; Fleiss, Psychological Bulletin
// 76(5), 1971; Cohen, Educational and Psychological Measurement 20(1), 1960,
// and Psychological Bulletin 70(4), 1968.
package agree

import (
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Alpha returns Krippendorff's alpha for nominal labels: One for full
// agreement, 0 for what chance gives, below 0 for less. It wants two tasks of
// two votes and two labels in use; else it returns One.
func Alpha(t *label.Table) num.Ppm {
	return Krippendorff(Labels(t), Nominal).Value()
}

// Measure is an agreement of certain units, not yet computed.
type Measure struct {
	units int
	// of computes the agreement with unit i counted weight[i] times, once for
	// nil. It may be called concurrently.
	of func(weight []int32) float64
}

// Value returns the agreement.
func (m Measure) Value() num.Ppm { return strict.Ppm(m.of(nil)) }

// Bootstrap says how to find an interval.
type Bootstrap struct {
	Salt [32]byte
	// Resamples is the number of times the units are drawn anew, 20 to 10,000.
	Resamples int
	// Confidence that the interval covers the agreement, between 0 and One.
	Confidence num.Ppm
}

// Thousand returns the usual bootstrap: 1,000 resamples, 95 %.
func Thousand(salt [32]byte) Bootstrap {
	return Bootstrap{Salt: salt, Resamples: 1000, Confidence: 950_000}
}

// Estimate is an agreement and the bounds of its interval.
type Estimate struct {
	Value num.Ppm `json:"value"`
	Lower num.Ppm `json:"lower"`
	Upper num.Ppm `json:"upper"`
}

// Estimate returns the agreement with its interval. It returns an error of
// kind invalid for a bootstrap out of its bounds. Each resample takes the time
// of Value, and 4 B per unit.
func (m Measure) Estimate(b Bootstrap) (Estimate, error) {
	if b.Resamples < 20 || b.Resamples > 10_000 {
		return Estimate{}, fault.Invalid("quality: %d resamples: want 20 to 10000", b.Resamples)
	}
	if b.Confidence <= 0 || b.Confidence >= num.One {
		return Estimate{}, fault.Invalid("quality: confidence %v: want between 0 and 100%%", b.Confidence)
	}
	e := Estimate{Value: m.Value()}
	if m.units == 0 {
		e.Lower, e.Upper = e.Value, e.Value
		return e, nil
	}
	values := make([]num.Ppm, b.Resamples)
	strict.EachShard(b.Resamples, b.Resamples*m.units, func(from, to int) {
		weight := make([]int32, m.units)
		for r := from; r < to; r++ {
			clear(weight)
			draw := strict.NewRandom(b.Salt, "agree bootstrap", uint64(r))
			for range m.units {
				weight[draw.IntN(m.units)]++
			}
			values[r] = strict.Ppm(m.of(weight))
		}
	})
	slices.Sort(values)
	tail := int(int64(b.Resamples) * int64(num.One-b.Confidence) / int64(2*num.One))
	e.Lower, e.Upper = values[tail], values[b.Resamples-1-tail]
	return e, nil
}

// times returns how often a unit counts.
func times(weight []int32, unit int) int64 {
	if weight == nil {
		return 1
	}
	return int64(weight[unit])
}

// beyondChance returns 1 - observed/chance, 1 where chance sees no
// disagreement at all.
func beyondChance(observed, chance float64) float64 {
	if chance <= 0 {
		return 1
	}
	return 1 - observed/chance
}
