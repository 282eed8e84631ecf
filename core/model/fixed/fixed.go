// Package fixed is the arithmetic of models: real numbers as int64 with 20 bits
// after the point, the same on every machine.
//
// Words: Q20 means that v stands for v/2²⁰; One is 1 in Q20. To saturate is to
// stay at the largest or smallest int64 where a result would pass it.
//
// It is made for learning, where a result off by a millionth does no harm but
// one that differs between two machines does. Money needs core/num, which
// rounds as told and reports what does not fit.
//
// Invariants:
//  1. Nothing wraps around, divides by zero or panics: sums and products
//     saturate, every function takes every int64.
//  2. Log2, Ln and Sigmoid never fall as their argument grows.
//  3. Division truncates toward zero, a shift to the right rounds down.
//
// Sources: the tables were worked out to 50 digits by tables.py.
package fixed

import (
	"math"
	"math/bits"
)

// One is 1 in Q20, and Shift the bits after the point.
const (
	Shift = 20
	One   = int64(1) << Shift
)

// Add returns a+b, saturated.
func Add(a, b int64) int64 {
	sum := a + b
	if (a^sum)&(b^sum) < 0 {
		return limit(a < 0)
	}
	return sum
}

// Sub returns a-b, saturated.
func Sub(a, b int64) int64 {
	diff := a - b
	if (a^b)&(a^diff) < 0 {
		return limit(a < 0)
	}
	return diff
}

// limit returns the end of the range on one side.
func limit(negative bool) int64 {
	if negative {
		return math.MinInt64
	}
	return math.MaxInt64
}

// Clamp returns v, or the nearest of -bound and bound if it lies beyond; bound
// must not be negative.
func Clamp(v, bound int64) int64 { return max(-bound, min(bound, v)) }

// Mul returns a·b of two Q20 numbers, rounded down, saturated.
func Mul(a, b int64) int64 {
	if small(a) && small(b) {
		return a * b >> Shift
	}
	return mulShift(a, b, Shift)
}

// small says whether v and its like can be multiplied as they are.
func small(v int64) bool { return v == int64(int32(v)) }

// MulInt returns a·b, saturated.
func MulInt(a, b int64) int64 {
	if small(a) && small(b) {
		return a * b
	}
	return mulShift(a, b, 0)
}

// mulShift returns a·b/2^shift, rounded down, saturated.
func mulShift(a, b int64, shift uint) int64 {
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	negative := (a < 0) != (b < 0)
	v := hi<<(64-shift) | lo>>shift
	if hi>>shift != 0 || v >= 1<<63 {
		return limit(negative)
	}
	if negative && lo&(1<<shift-1) != 0 {
		v++
	}
	return signed(v, negative)
}

// magnitude returns |v|, also of the smallest int64.
func magnitude(v int64) uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}

// signed gives a magnitude its sign, saturated.
func signed(v uint64, negative bool) int64 {
	switch {
	case negative && v >= 1<<63:
		return math.MinInt64
	case negative:
		return -int64(v)
	case v > math.MaxInt64:
		return math.MaxInt64
	default:
		return int64(v)
	}
}

// MulDiv returns a·b/c, exact in between, truncated toward zero, saturated;
// the saturated end of its sign for c = 0.
func MulDiv(a, b, c int64) int64 {
	if small(a) && small(b) && c != 0 {
		return a * b / c
	}
	negative := (a < 0) != (b < 0) != (c < 0)
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	d := magnitude(c)
	if hi >= d {
		if hi == 0 && lo == 0 {
			return 0
		}
		return limit(negative)
	}
	v, _ := bits.Div64(hi, lo, d)
	return signed(v, negative)
}

// CompareProducts compares a·b with c·d, exactly: -1, 0 or +1.
func CompareProducts(a, b, c, d int64) int {
	signOf := func(x, y int64) int {
		switch {
		case x == 0 || y == 0:
			return 0
		case (x < 0) != (y < 0):
			return -1
		default:
			return 1
		}
	}
	left, right := signOf(a, b), signOf(c, d)
	if left != right {
		if left < right {
			return -1
		}
		return 1
	}
	h1, l1 := bits.Mul64(magnitude(a), magnitude(b))
	h2, l2 := bits.Mul64(magnitude(c), magnitude(d))
	switch {
	case h1 == h2 && l1 == l2:
		return 0
	case h1 < h2 || h1 == h2 && l1 < l2:
		return -left
	default:
		return left
	}
}

// Isqrt returns the square root rounded down, 0 for negative numbers. It doubles
// the known digits step by step, in short divisions (as Python's math.isqrt).
func Isqrt(v int64) int64 {
	if v <= 0 {
		return 0
	}
	shift := uint(bits.LeadingZeros64(uint64(v))) / 2
	n := uint64(v) << (2 * shift) // two bits at the top: 2⁶² <= n
	u := 1 + uint32(n>>62)
	u = u<<1 + uint32(n>>59)/u
	u = u<<3 + uint32(n>>53)/u
	u = u<<7 + uint32(n>>41)/u
	root := (uint64(u)<<15 + (n>>17)/uint64(u)) >> shift // at most 1 too large
	if root*root > uint64(v) {
		root--
	}
	return int64(root)
}
