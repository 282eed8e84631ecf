// Package robust bounds what one item can do to a model, whoever gave it.
//
// Words: the norm of an input is the length of its vector of values, in Q20; a
// window is a run of items that are trained together; the loss of an item is
// how much it surprises the model (learn.Config.Loss).
//
// Clip suits models that learn from values, where a long vector moves weights
// far. Trim suits models that are right already, under floods of bad items; it
// also leaves out the honest items the model has most to learn from, so keep
// the share below the share of lies you expect.
//
// Invariants:
//  1. A clipped input is no longer than the norm, and points the same way, to
//     the rounding toward zero; a shorter one stays as it is.
//  2. Trim leaves out exactly floor(share·n) items, none with a smaller loss
//     than one it keeps, and does not look at who gave them: splitting a
//     contributor into many changes nothing.
//
// Sources: Sun and others, Can you really backdoor federated learning? (2019),
// for norm clipping; Yin and others, Byzantine-robust distributed learning (ICML
// 2018), for trimming.
package robust

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/num"
)

// Clip returns the input scaled down to a norm in Q20, or as it is if it is no
// longer; 0 is no bound. Values that round to 0 stay, as zeros.
func Clip(x learn.Input, norm int64) learn.Input {
	if norm <= 0 {
		return x
	}
	length := Norm(x)
	if length <= norm {
		return x
	}
	scaled := make([]int64, len(x.Indices))
	for k := range scaled {
		scaled[k] = fixed.MulDiv(value(x, k), norm, length)
	}
	return learn.Input{Indices: x.Indices, Values: scaled}
}

// Norm returns the length of an input, in Q20, rounded up.
func Norm(x learn.Input) int64 {
	sum := int64(0) // of squares below 2⁶⁰ >> 10, 1,024 of them at most
	for k := range x.Indices {
		v := value(x, k)
		sum += v*v>>squareBits + 1
	}
	return (fixed.Isqrt(sum) + 1) << (squareBits / 2)
}

// squareBits are the bits that squares lose so that their sum fits.
const squareBits = 10

func value(x learn.Input, k int) int64 {
	if x.Values == nil {
		return fixed.One
	}
	return x.Values[k]
}

// Trim says which items of a window to leave out: the share with the largest
// losses; of equals the later ones.
func Trim(losses []int64, share num.Ppm) []bool {
	order := make([]int, len(losses))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(losses[b], losses[a]), cmp.Compare(b, a)) })
	out := make([]bool, len(losses))
	for _, i := range order[:int64(len(losses))*int64(share.Clip())/int64(num.One)] {
		out[i] = true
	}
	return out
}
