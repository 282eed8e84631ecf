package numeric

import (
	"math"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Auto takes the mean, or the method of the panel that Choose found to beat
// it. It costs five runs of every method.
type Auto struct{}

// Name returns "auto".
func (Auto) Name() string { return "auto" }

// Estimate chooses a method and runs it.
func (Auto) Estimate(t *Table) []float64 {
	m, _ := Choose(t)
	return m.Estimate(t)
}

// panel returns the methods that Choose tries, the mean first.
func panel() []Method { return []Method{Mean{}, Median{}, Trimmed{}, Huber{}, LFC{}} }

// Trial is how a method did at predicting held-out answers: Gain is the log
// likelihood per answer over that of the mean, Error its standard error, both
// in millionths of a nat.
type Trial struct {
	Method      string
	Gain, Error num.Ppm
}

// folds is the number of parts of which each is held out once.
const folds = 5

// Choose returns the method that predicts held-out answers best among those
// that beat the mean by more than two standard errors, else the mean, with the
// trial of each. Errors are taken for normal with the mean's variance. The
// standard error is the larger of those with tasks and with workers as the
// unit: what rests on one worker's answers is one observation.
func Choose(t *Table) (Method, []Trial) {
	methods := panel()
	errors := make([][]float64, len(methods)) // squared, in order of answers
	for k := range errors {
		errors[k] = make([]float64, t.Len())
	}
	held := make([]bool, t.Len()) // predicted at all
	for fold := range folds {
		hold(t, fold, methods, errors, held)
	}
	var total float64
	for _, e := range errors[0] {
		total += e
	}
	chosen, best := methods[0], num.Ppm(0)
	trials := make([]Trial, len(methods))
	for k, m := range methods {
		trials[k] = compare(t, errors[0], errors[k], held, total)
		trials[k].Method = m.Name()
		if gain := trials[k].Gain; gain > 2*trials[k].Error && gain > best {
			chosen, best = m, gain
		}
	}
	return chosen, trials
}

// out says whether a task's n-th vote is held out. It goes round by task, as
// the same worker may be n-th in all.
func out(fold, task, n int) bool { return (task+n)%folds == fold }

// hold runs the methods without the votes of a fold, and notes the squared
// errors of predicting those.
func hold(t *Table, fold int, methods []Method, errors [][]float64, held []bool) {
	rest := t.Where(func(task, n int) bool { return !out(fold, task, n) })
	values := make([][]float64, len(methods))
	for k, m := range methods {
		values[k] = m.Estimate(rest)
	}
	at := 0
	for i := range t.Tasks {
		for n, v := range t.Votes(i) {
			if out(fold, i, n) && len(rest.Votes(i)) > 0 {
				held[at] = true
				for k := range methods {
					d := v.Value - values[k][i]
					errors[k][at] = float64(d * d)
				}
			}
			at++
		}
	}
}

// compare returns the gain of a method over the mean from the squared errors
// of both; total is the sum of the mean's.
func compare(t *Table, base, errors []float64, held []bool, total float64) Trial {
	if total == 0 {
		return Trial{}
	}
	var gain, count float64
	for at := range held {
		if held[at] {
			gain += base[at] - errors[at]
			count++
		}
	}
	gain /= count
	byTask, byWorker := make([]float64, len(t.Tasks)), make([]float64, len(t.Workers))
	at := 0
	for i := range t.Tasks {
		for _, v := range t.Votes(i) {
			if held[at] {
				d := base[at] - errors[at] - gain
				byTask[i] += d
				byWorker[v.Worker] += d
			}
			at++
		}
	}
	squares := max(sumOfSquares(byTask), sumOfSquares(byWorker))
	nats := count / (2 * total) // per squared error
	return Trial{Gain: strict.Ppm(float64(gain * nats)), Error: strict.Ppm(float64(math.Sqrt(squares) / count * nats))}
}

func sumOfSquares(values []float64) float64 {
	var sum float64
	for _, x := range values {
		sum += float64(x * x)
	}
	return sum
}
