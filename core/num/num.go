// Package num is the arithmetic of money, ratios and confidence: integers
// only, checked, with the rounding named at every call, so that every machine
// that runs a block gets the same digit.
//
// Words: an Amount counts ualy (10⁻⁶ ALY); a Ppm is a ratio in parts per
// million; Bps are basis points, used for fees alone. A weight is a
// non-negative int64 that says how large one part of a split is.
//
// Invariants:
//  1. An Amount is never negative: an operation that would make one, or is
//     given one, returns an error of kind limit.
//  2. Nothing wraps around: products pass through 128 bits.
//  3. A split neither makes nor loses a unit: parts plus remainder = total.
//  4. WilsonLower never exceeds the exact bound.
//
// Sources: Wilson, JASA 22 (1927), for the score bound; Hamilton's method of
// largest remainders for Apportion.
package num

import (
	"fmt"
	"math"
	"math/bits"

	"github.com/alaya-network/alaya/core/fault"
)

// Rounding says where a quotient that is no integer goes.
type Rounding uint8

// The roundings. Nearest sends a tie to the even neighbour.
const (
	Down Rounding = iota + 1
	Up
	Nearest
)

// String names the rounding.
func (r Rounding) String() string {
	switch r {
	case Down:
		return "down"
	case Up:
		return "up"
	case Nearest:
		return "nearest"
	default:
		return fmt.Sprintf("rounding(%d)", uint8(r))
	}
}

// MulDiv returns a·num/den, exact in between and rounded once. All three must
// be non-negative, den positive, and the result must fit in an int64.
func MulDiv(a, num, den int64, r Rounding) (int64, error) {
	if a < 0 || num < 0 || den <= 0 {
		return 0, fault.Limit("num: %d·%d/%d: out of range", a, num, den)
	}
	hi, lo := bits.Mul64(uint64(a), uint64(num))
	if hi >= uint64(den) {
		return 0, fault.Limit("num: %d·%d/%d: out of range", a, num, den)
	}
	quo, rem := bits.Div64(hi, lo, uint64(den))
	up, err := r.up(quo, rem, uint64(den))
	if err != nil {
		return 0, err
	}
	if up {
		quo++
	}
	if quo > math.MaxInt64 {
		return 0, fault.Limit("num: %d·%d/%d: out of range", a, num, den)
	}
	return int64(quo), nil
}

// up reports whether quo + rem/den goes to quo+1.
func (r Rounding) up(quo, rem, den uint64) (bool, error) {
	switch r {
	case Down:
		return false, nil
	case Up:
		return rem > 0, nil
	case Nearest:
		rest := den - rem
		return rem > rest || rem == rest && quo&1 == 1, nil
	default:
		return false, fault.Invalid("num: %v is no way of rounding", r)
	}
}
