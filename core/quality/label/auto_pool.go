package label

import (
	"github.com/alaya-network/alaya/core/quality/calibrate"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// stack returns the weights of the mixture of methods that makes the answers of
// an exam most likely, each method first credited with one answer that it alone
// foretold; without questions the weights are even. likely[m][q] is how likely
// method m makes answer q.
//
// Source: Yao, Vehtari, Simpson and Gelman, Using Stacking to Average Bayesian
// Predictive Distributions, Bayesian Analysis 13(3), 2018; by EM.
func stack(likely [][]float64) []float64 {
	weights := make([]float64, len(likely))
	for m := range weights {
		weights[m] = 1 / float64(len(weights))
	}
	credit := make([]float64, len(weights))
	for range stackSteps {
		for m := range credit {
			credit[m] = stackCredit
		}
		for q := range likely[0] {
			var sum float64
			for m, w := range weights {
				sum += float64(w * likely[m][q])
			}
			for m, w := range weights {
				credit[m] += float64(w*likely[m][q]) / sum
			}
		}
		all := sumOf(credit)
		for m, c := range credit {
			weights[m] = c / all
		}
	}
	return weights
}

const (
	stackSteps  = 100
	stackCredit = 1
)

// temper returns the temperature, in tenths, at which the mixture of sheets
// makes the answers most likely: what workers answer is less certain than a
// method thinks when their errors go together.
func temper(sheets []sheet, weights []float64, k int) int {
	size := len(sheets[0].belief)
	mixed := sheet{make([]float64, size), make([]float64, size)}
	for m, s := range sheets {
		for x, w := 0, weights[m]; x < size; x++ {
			mixed.belief[x] += float64(w * s.belief[x])
			mixed.label[x] += float64(w * s.label[x])
		}
	}
	fits := make([]float64, autoHottest-autoColdest+1)
	strict.Each(len(fits), 16*size*len(fits), func(g int) {
		fits[g] = meanLog(mixed.likelihoods(k, autoColdest+g))
	})
	best := calibrate.Coldest - autoColdest
	for g, fit := range fits {
		if fit > fits[best] {
			best = g
		}
	}
	return autoColdest + best
}

// meanLog returns the mean logarithm; 0 of none.
func meanLog(likely []float64) float64 {
	var sum float64
	for _, l := range likely {
		sum += strict.Log(l)
	}
	return sum / float64(max(1, len(likely)))
}

// The temperatures tried, in tenths.
const autoColdest, autoHottest = 5, 50

// blend adds a method's posteriors, by its weight.
func (r Result) blend(other Result, weight float64) {
	strict.EachShard(len(r.Posterior), len(r.Posterior), func(from, to int) {
		for x := from; x < to; x++ {
			r.Posterior[x] += float64(weight * other.Posterior[x])
		}
	})
}
