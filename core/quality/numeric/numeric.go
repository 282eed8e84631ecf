// Package numeric finds the value of each task from the numbers several
// workers gave, and says how far off it may be.
//
// Words: a value is what a task is taken to measure, a residual an answer less
// its task's value, a worker's bias the mean of his residuals. A Micro is a
// millionth of the answers' unit, whatever that is.
//
// Assumptions: one true value per task; answers scatter around it. When
// answers come in a few kinds only, use package label, when in grades, package
// ordinal.
//
// Invariants:
//  1. A result depends on the set of answers and the method alone, not on
//     their order, the machine or the number of threads.
//  2. What a Result holds is rounded to a Micro, halves up.
//  3. The value of a task lies between its lowest and highest answer, unless
//     the method removes biases.
//  4. Auto departs from the mean only for what predicts held-out answers better
//     by more than two standard errors.
//
// Sources: Huber, Annals of Mathematical Statistics 35(1), 1964; Raykar et al.,
// JMLR 11, 2010 (the weighted mean); Zheng et al., PVLDB 10(5), 2017, where the
// plain mean beat every weighting.
package numeric

import (
	"math"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/strict"
	"github.com/alaya-network/alaya/core/quality/table"
)

// Answer is one worker's number for one task.
type Answer = table.Answer[float64]

// Table holds answers in canonical order.
type Table = table.Table[float64]

// Micro is a millionth of the answers' unit.
type Micro int64

// MaxValue bounds the size of an answer, so that micros are exact.
const MaxValue = 1e9

// NewTable puts answers in order. It returns an error of kind invalid for an
// empty name, a number that is not finite or one beyond MaxValue.
func NewTable(answers []Answer, keep table.Keep) (*Table, error) {
	for i, a := range answers {
		if !(a.Value >= -MaxValue && a.Value <= MaxValue) {
			return nil, fault.Invalid("quality: answer %d: value %v: want one from %g to %g", i, a.Value, -MaxValue, MaxValue)
		}
	}
	return table.New(answers, keep)
}

// Method estimates values. It must be pure, give the same bits everywhere, and
// may be called concurrently.
type Method interface {
	// Name is the word by which New finds the method.
	Name() string
	// Estimate returns a value for every task of t, 0 where it has no votes.
	Estimate(t *Table) []float64
}

// New returns the method of a name:
//
//	mean     the mean
//	median   the median
//	trimmed  the mean without the lowest and highest fifth
//	huber    the mean with far answers pulled in
//	lfc      the mean of unbiased answers, weighted by the worker's precision
//	auto     the mean, or what is shown to beat it; the default
func New(name string) (Method, error) {
	for _, m := range append(panel(), Auto{}) {
		if m.Name() == name {
			return m, nil
		}
	}
	return nil, fault.Invalid("quality: method %.40q: want mean, median, trimmed, huber, lfc or auto", name)
}

// Value is what a task measures: with 95 % confidence, Value ± Margin.
type Value struct {
	Value, Margin Micro
	Answers       int
}

// Worker is how a worker's answers lie around the values: off by Bias, and
// around that with standard deviation Deviation. With few workers per task the
// figures flatter, since a worker's own answers are part of the values.
type Worker struct {
	Bias, Deviation Micro
	Answers         int
}

// Result holds what a method believes, by task and by worker.
type Result struct {
	Values  []Value
	Workers []Worker
}

// Aggregate estimates values by a method, with margins and workers.
func Aggregate(t *Table, m Method) Result {
	value := m.Estimate(t)
	margin := margins(t, value)
	r := Result{make([]Value, len(t.Tasks)), make([]Worker, len(t.Workers))}
	for i := range r.Values {
		r.Values[i] = Value{quantise(value[i]), quantise(margin[i]), len(t.Votes(i))}
	}
	for j, s := range spreads(t, value) {
		r.Workers[j] = Worker{quantise(s.bias), quantise(math.Sqrt(s.variance)), int(s.n)}
	}
	return r
}

// quantise rounds to a Micro, halves up.
func quantise(x float64) Micro { return Micro(strict.Ppm(x)) }

// spread is how a worker's n answers lie around the values.
type spread struct {
	n, bias, variance float64
}

// spreads returns the spread of every worker.
func spreads(t *Table, value []float64) []spread {
	all := make([]spread, len(t.Workers))
	for i := range t.Tasks {
		for _, v := range t.Votes(i) {
			s := &all[v.Worker]
			s.n++
			s.bias += v.Value - value[i]
		}
	}
	for j := range all {
		all[j].bias /= max(1, all[j].n)
	}
	for i := range t.Tasks {
		for _, v := range t.Votes(i) {
			s := &all[v.Worker]
			d := v.Value - value[i] - s.bias
			s.variance += float64(d * d)
		}
	}
	for j := range all {
		all[j].variance /= max(1, all[j].n-1)
	}
	return all
}

// Truth is the true value of a task.
type Truth struct {
	Task  string
	Value float64
}

// Score is how far values are from the truth: the mean absolute and the root
// of the mean squared error over the Tasks that have both.
type Score struct {
	Tasks     int
	MAE, RMSE Micro
}

// Evaluate compares the values of t's tasks with the truth. Tasks unknown to t
// are passed over.
func Evaluate(t *Table, values []Value, truths []Truth) Score {
	var absolute, squared float64
	n := 0
	for _, truth := range truths {
		i, known := t.Find(truth.Task)
		if !known {
			continue
		}
		n++
		d := truth.Value - float64(values[i].Value)/float64(num.One)
		absolute += max(d, -d)
		squared += float64(d * d)
	}
	count := float64(max(1, n))
	return Score{n, quantise(absolute / count), quantise(math.Sqrt(squared / count))}
}
