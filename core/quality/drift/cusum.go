package drift

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
)

// Cusum watches a record of right and wrong, a worker's gold say, for the
// moment it turns worse. Other than the sequential test of package watch it
// never ends: good work of the past earns no credit. All in ppm of a nat.
type Cusum struct {
	right, wrong, limit int64
}

// NewCusum returns the chart of two accuracies, before and after the turn, that
// calls for a review when the sum exceeds the limit; 4.6 against 0.9 and 0.6
// calls about once in 800 answers without a turn, and after one within 14 on
// average. It returns an error of kind invalid unless 0 < after < before < 1
// and the limit is above 0.
func NewCusum(before, after num.Ppm, limit int64) (Cusum, error) {
	if after <= 0 || after >= before || before >= num.One || limit <= 0 {
		return Cusum{}, fault.Invalid("quality: chart of %v against %v, limit %d: want 0 < after < before < 1 and a limit above 0", before, after, limit)
	}
	return Cusum{
		right: num.LogRatio(int64(after), int64(before)),
		wrong: num.LogRatio(int64(num.One-after), int64(num.One-before)),
		limit: limit,
	}, nil
}

// Step returns the sum after one more answer, and whether it calls for a
// review; begin, and go on after a review, with 0.
func (c Cusum) Step(sum int64, right bool) (next int64, review bool) {
	if right {
		sum += c.right
	} else {
		sum += c.wrong
	}
	next = max(0, sum)
	return next, next > c.limit
}
