package watch

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
)

// Test is Wald's sequential probability ratio test on a worker's gold record:
// is his accuracy that of honest work, or that of spam? All in integers, ppm
// of a nat.
type Test struct {
	right, wrong, bound int64
}

// NewTest returns the test of two accuracies, spam below honest, that is wrong
// either way with the given probability at most. All three lie strictly
// between 0 and One, and the risk below a half.
func NewTest(honest, spam, risk num.Ppm) (Test, error) {
	if spam <= 0 || spam >= honest || honest >= num.One || risk <= 0 || risk >= num.One/2 {
		return Test{}, fault.Invalid("quality: sequential test of %v against %v at risk %v: want 0 < spam < honest < 1 and risk below a half", honest, spam, risk)
	}
	return Test{
		right: num.LogRatio(int64(spam), int64(honest)),
		wrong: num.LogRatio(int64(num.One-spam), int64(num.One-honest)),
		bound: num.LogRatio(int64(num.One-risk), int64(risk)),
	}, nil
}

// Walk is the state of a Test over one worker's record; the zero Walk has seen
// nothing.
type Walk struct {
	// Sum is the logarithm of the odds of spam against honesty, ppm.
	Sum int64
	// Spam says that the sum reached the bound; it stays.
	Spam bool
}

// Step takes in one gold answer. A worker found honest starts again at 0.
func (t Test) Step(w Walk, right bool) Walk {
	if w.Spam {
		return w
	}
	if right {
		w.Sum += t.right
	} else {
		w.Sum += t.wrong
	}
	if w.Sum <= -t.bound {
		w.Sum = 0
	}
	w.Spam = w.Sum >= t.bound
	return w
}
