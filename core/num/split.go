package num

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
)

// Split gives each weight its part of total, rounded down, and returns what is
// left over for the caller to name an owner. At least one weight must be
// positive, and their sum must fit in an int64.
func Split(total Amount, weights []int64) (parts []Amount, remainder Amount, err error) {
	sum, err := weigh(total, weights)
	if err != nil {
		return nil, 0, err
	}
	parts = make([]Amount, len(weights))
	remainder = total
	for i, w := range weights {
		part, _ := share(total, w, sum)
		parts[i] = part
		remainder -= part
	}
	return parts, remainder, nil
}

// Share is one claim in an Apportion: the weight, and the key that orders ties.
type Share struct {
	Key    string
	Weight int64
}

// Apportion gives all of total away: every share gets its part rounded down,
// and the units left over go one each to the largest fractions lost, ties to
// the lowest key, then to the earlier share. Bounds as in Split.
func Apportion(total Amount, shares []Share) ([]Amount, error) {
	weights := make([]int64, len(shares))
	for i, s := range shares {
		weights[i] = s.Weight
	}
	sum, err := weigh(total, weights)
	if err != nil {
		return nil, err
	}
	parts := make([]Amount, len(shares))
	lost := make([]uint64, len(shares))
	order := make([]int, len(shares))
	left := total
	for i, w := range weights {
		parts[i], lost[i] = share(total, w, sum)
		order[i] = i
		left -= parts[i]
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(lost[j], lost[i]), cmp.Compare(shares[i].Key, shares[j].Key))
	})
	for _, i := range order[:left] { // left is below the number of positive weights
		parts[i]++
	}
	return parts, nil
}

// weigh checks total and weights and returns the sum of the weights.
func weigh(total Amount, weights []int64) (int64, error) {
	if total < 0 {
		return 0, fault.Limit("num: split %d ualy: out of range", total)
	}
	var sum int64
	for i, w := range weights {
		if w < 0 || sum > math.MaxInt64-w {
			return 0, fault.Limit("num: split: weight %d of %d is %d: out of range", i, len(weights), w)
		}
		sum += w
	}
	if sum == 0 {
		return 0, fault.Invalid("num: split: no positive weight among %d", len(weights))
	}
	return sum, nil
}

// share returns total·w/sum rounded down, and the remainder of that division.
func share(total Amount, w, sum int64) (Amount, uint64) {
	hi, lo := bits.Mul64(uint64(total), uint64(w))
	quo, rem := bits.Div64(hi, lo, uint64(sum)) // w <= sum, so quo <= total
	return Amount(quo), rem
}
