package pay

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
)

// LogFloor is the least probability that Logarithmic counts, which bounds the
// loss of who was sure and wrong.
const LogFloor num.Ppm = 10_000

// Quadratic scores a report, the probabilities of at least two classes that
// sum to One, against the true class: the more is expected the nearer the
// report to what the reporter believes. One for sure and right, 0 for all
// equal, rounded down; as Brier's score, scaled:
//
//	(2·p_y - Σ p² - 1/K) / (1 - 1/K)
func Quadratic(report []num.Ppm, truth int) (num.Ppm, error) {
	if err := checkReport(report, truth); err != nil {
		return 0, err
	}
	k, one := int64(len(report)), int64(num.One)
	var squares int64
	for _, p := range report {
		squares += int64(p) * int64(p)
	}
	above := k*(2*int64(report[truth])*one-squares) - one*one
	return num.Ppm(floorDiv(above, (k-1)*one)), nil
}

// Logarithmic scores a report as Quadratic does, by the logarithm: jurors are
// paid by it, as it punishes who was sure and wrong. Below LogFloor
// probabilities count as LogFloor. Rounded down:
//
//	ln(K·p_y) / ln K
func Logarithmic(report []num.Ppm, truth int) (num.Ppm, error) {
	if err := checkReport(report, truth); err != nil {
		return 0, err
	}
	p, k := max(report[truth], LogFloor), int64(len(report))
	gain := num.LogRatio(int64(p)*k, int64(num.One))
	return num.Ppm(floorDiv(gain*int64(num.One), num.LogRatio(k, 1))), nil
}

func checkReport(report []num.Ppm, truth int) error {
	if len(report) < 2 || len(report) > 1024 || truth < 0 || truth >= len(report) {
		return fault.Invalid("quality: report of %d classes, truth %d: want 2 to 1024 classes, and one of them", len(report), truth)
	}
	var sum num.Ppm
	for class, p := range report {
		if p != p.Clip() {
			return fault.Invalid("quality: report gives class %d probability %v: want 0 to 100%%", class, p)
		}
		sum += p
	}
	if sum != num.One {
		return fault.Invalid("quality: report sums to %v: want 100%%", sum)
	}
	return nil
}

// floorDiv returns a/b rounded down, b > 0.
func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
