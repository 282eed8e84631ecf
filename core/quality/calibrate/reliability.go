package calibrate

import (
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Bins is the number of bins of a reliability table: tenths of probability.
const Bins = 10

// Reliability compares what was believed with what was right.
type Reliability struct {
	// Bins holds the trials believed with less than a tenth, then those with
	// less than two, …; a trial believed with certainty is in the last.
	Bins [Bins]Bin `json:"bins"`
	// Brier is the mean squared distance of belief and outcome; 0 is best.
	Brier num.Ppm `json:"brier"`
}

// Bin counts trials of about one probability.
type Bin struct {
	Trials int `json:"trials"`
	Right  int `json:"right"`
	// Believed is the sum of their probabilities, each rounded to one part per
	// million, in parts per million.
	Believed int64 `json:"believed"`
}

// Measure fills a reliability table.
func Measure(trials []Trial) Reliability {
	var r Reliability
	var squares int64 // of misses, in ppm
	for _, t := range trials {
		p := min(max(strict.Ppm(t.P), 0), num.One)
		b := &r.Bins[min(int(p)*Bins/int(num.One), Bins-1)]
		b.Trials++
		b.Right += outcome(t)
		b.Believed += int64(p)
		miss := float64(outcome(t)) - t.P
		squares += int64(strict.Ppm(float64(miss * miss)))
	}
	r.Brier = num.Ppm(squares / int64(max(1, len(trials))))
	return r
}

// Trials returns the number of trials.
func (r Reliability) Trials() int {
	n := 0
	for _, b := range r.Bins {
		n += b.Trials
	}
	return n
}

// Error returns the expected calibration error: the distance between the mean
// probability and the share that was right, mean over the bins by their
// trials; 0 of none.
func (r Reliability) Error() num.Ppm {
	var gap int64
	for _, b := range r.Bins {
		miss := b.Believed - int64(b.Right)*int64(num.One)
		gap += max(miss, -miss)
	}
	return num.Ppm(gap / int64(max(1, r.Trials())))
}
