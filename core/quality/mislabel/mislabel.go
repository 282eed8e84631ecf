// Package mislabel finds labels that are probably wrong, given what somebody
// else believes of the same items: a classifier's predicted probabilities, or
// posteriors aggregated from other workers' answers.
//
// Words: the given label of an item is the one under suspicion; its true label
// is what nobody knows; the threshold of a class is the mean probability of it
// over the items given it; the joint is the estimated share of items of each
// given and true class.
//
// Assumptions: the probabilities did not see the given labels (predict out of
// sample, by folds), and errors depend on the class more than on the item. They
// need not be calibrated: thresholds make up for a class that is believed too
// much or too little. Not for finding who errs: package label does.
//
// Invariants:
//  1. The report depends on labels and probabilities alone, not on the machine.
//  2. An item whose given label is the most probable one is no suspect.
//  3. Each row of the joint sums to the share of items given its class, up to
//     rounding.
//
// Source: Northcutt, Jiang and Chuang, Confident Learning: Estimating
// Uncertainty in Dataset Labels, JAIR 70, 2021.
package mislabel

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// MaxClasses bounds the classes.
const MaxClasses = 1024

// Suspect is an item whose label is probably wrong.
type Suspect struct {
	Item   int     `json:"item"`
	Given  int32   `json:"given"`
	Likely int32   `json:"likely"`
	Margin num.Ppm `json:"margin"` // of the item, see Report
}

// Report is what can be said of the labels.
type Report struct {
	// Threshold of each class; One where no item is given the class.
	Threshold []num.Ppm `json:"threshold"`
	// Joint holds, for given class 0, the share of all items of each true
	// class, then for given class 1, …
	Joint []num.Ppm `json:"joint"`
	// Noise is the share of wrong labels: what the joint holds off its
	// diagonal.
	Noise num.Ppm `json:"noise"`
	// Margin of each item: the probability of its given label less that of the
	// best other one, from -One to One. The lower, the less it is believed.
	Margin []num.Ppm `json:"margin"`
	// Suspects, the least believed first.
	Suspects []Suspect `json:"suspects"`
}

// Find looks for wrong labels among given, classes from 0 to k-1. probability
// holds k numbers for item 0, then for item 1, …, as label.Result does. It
// returns an error of kind invalid for lengths that do not fit, a class out of
// range, or probabilities of an item that are negative or miss 1 by more than a
// thousandth; of kind limit for more than MaxClasses. Time is linear in the
// probabilities.
func Find(given []int32, probability []float64, k int) (Report, error) {
	if err := check(given, probability, k); err != nil {
		return Report{}, err
	}
	d := data{given, probability, k}
	threshold := d.thresholds()
	r := Report{Threshold: make([]num.Ppm, k), Margin: make([]num.Ppm, len(given))}
	for l, t := range threshold {
		r.Threshold[l] = strict.Ppm(min(t, 1))
	}
	confident := make([]int64, k*k)
	for i, own := range given {
		best, margin := d.margin(i)
		r.Margin[i] = strict.Ppm(margin)
		likely := d.confident(i, threshold)
		if likely < 0 {
			continue
		}
		confident[int(own)*k+int(likely)]++
		if likely != own && best != own {
			r.Suspects = append(r.Suspects, Suspect{i, own, likely, r.Margin[i]})
		}
	}
	slices.SortStableFunc(r.Suspects, func(a, b Suspect) int { return cmp.Compare(a.Margin, b.Margin) })
	r.Joint, r.Noise = d.joint(confident)
	return r, nil
}

func check(given []int32, probability []float64, k int) error {
	if k > MaxClasses {
		return fault.Limit("quality: %d classes: want at most %d", k, MaxClasses)
	}
	if k < 1 || len(probability) != k*len(given) {
		return fault.Invalid("quality: %d probabilities of %d labels in %d classes: want one for each class of each label",
			len(probability), len(given), k)
	}
	for i, l := range given {
		if l < 0 || int(l) >= k {
			return fault.Invalid("quality: item %d: class %d: want 0 to %d", i, l, k-1)
		}
		var sum float64
		for _, p := range probability[i*k : (i+1)*k] {
			if !(p >= 0) {
				return fault.Invalid("quality: item %d: probability %v: want none below 0", i, p)
			}
			sum += p
		}
		if sum < .999 || sum > 1.001 {
			return fault.Invalid("quality: item %d: probabilities sum to %v: want 1", i, sum)
		}
	}
	return nil
}

// data is a valid input.
type data struct {
	given       []int32
	probability []float64
	k           int
}

func (d data) row(i int) []float64 { return d.probability[i*d.k : (i+1)*d.k] }

// thresholds returns the mean probability of each class over the items given
// it; of a class given to none it is out of reach.
func (d data) thresholds() []float64 {
	sum, n := make([]float64, d.k), make([]float64, d.k)
	for i, l := range d.given {
		sum[l] += d.row(i)[l]
		n[l]++
	}
	for l := range sum {
		if n[l] == 0 {
			sum[l] = 2
			continue
		}
		sum[l] /= n[l]
	}
	return sum
}

// slack is what a probability may fall short of a threshold by rounding.
const slack = 1e-6

// confident returns the most probable of the classes that reach their
// threshold, -1 where none does; the given one wins ties, then the lowest.
func (d data) confident(i int, threshold []float64) int32 {
	likely, row := int32(-1), d.row(i)
	for l, p := range row {
		if p < threshold[l]-slack {
			continue
		}
		if likely < 0 || p > row[likely] || p == row[likely] && int32(l) == d.given[i] {
			likely = int32(l)
		}
	}
	return likely
}

// margin returns the most probable class of an item, the given one of equals,
// and the probability of the given class less that of the best other.
func (d data) margin(i int) (best int32, margin float64) {
	row, own := d.row(i), d.given[i]
	rival := 0.0
	best = own
	for l, p := range row {
		if int32(l) != own && p > rival {
			rival = p
			if p > row[own] {
				best = int32(l)
			}
		}
	}
	return best, row[own] - rival
}

// joint scales the rows of the confident counts to the number of items given
// each class, and all of it to One. A class without a confident item is taken
// for right.
func (d data) joint(confident []int64) (joint []num.Ppm, noise num.Ppm) {
	n := make([]float64, d.k)
	for _, l := range d.given {
		n[l]++
	}
	joint = make([]num.Ppm, d.k*d.k)
	var wrong float64
	for g := range d.k {
		row := confident[g*d.k:][:d.k]
		var sum int64
		for _, c := range row {
			sum += c
		}
		if sum == 0 {
			row[g], sum = 1, 1
		}
		for l, c := range row {
			share := float64(float64(c)*n[g]) / float64(float64(sum)*float64(max(1, len(d.given))))
			joint[g*d.k+l] = strict.Ppm(share)
			if l != g {
				wrong += share
			}
		}
	}
	return joint, strict.Ppm(wrong)
}
