package num

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
)

// Amount is a sum of money in ualy, from 0 to 2⁶³-1.
type Amount int64

// ALY is one ALY in ualy.
const ALY Amount = 1_000_000

const decimals = 6

// Add returns a + b.
func (a Amount) Add(b Amount) (Amount, error) {
	if a < 0 || b < 0 || a > math.MaxInt64-b {
		return 0, fault.Limit("num: %d + %d ualy: out of range", a, b)
	}
	return a + b, nil
}

// Sub returns a - b, which must not be negative.
func (a Amount) Sub(b Amount) (Amount, error) {
	if a < 0 || b < 0 || b > a {
		return 0, fault.Limit("num: %d - %d ualy: out of range", a, b)
	}
	return a - b, nil
}

// Mul returns n times a.
func (a Amount) Mul(n int64) (Amount, error) {
	return a.MulDiv(n, 1, Down)
}

// MulDiv returns a·num/den, exact in between and rounded once.
func (a Amount) MulDiv(num, den int64, r Rounding) (Amount, error) {
	v, err := MulDiv(int64(a), num, den, r)
	return Amount(v), err
}

// Sum adds the amounts up; the sum of none is 0.
func Sum(amounts ...Amount) (Amount, error) {
	var sum Amount
	for _, a := range amounts {
		next, err := sum.Add(a)
		if err != nil {
			return 0, err
		}
		sum = next
	}
	return sum, nil
}

// String writes the amount as ParseAmount reads it: in aly without trailing
// zeros, below a thousandth of an ALY in ualy.
func (a Amount) String() string {
	if a < ALY/1000 {
		return strconv.FormatInt(int64(a), 10) + "ualy"
	}
	text := fmt.Sprintf("%d.%06d", a/ALY, a%ALY)
	return strings.TrimRight(strings.TrimRight(text, "0"), ".") + "aly"
}

// ParseAmount reads "12.5aly" (up to six decimals) or "100ualy". Signs,
// spaces, exponents and bare numbers are refused.
func ParseAmount(text string) (Amount, error) {
	if digits, ok := strings.CutSuffix(text, "ualy"); ok {
		return parseDigits(text, digits)
	}
	number, ok := strings.CutSuffix(text, "aly")
	if !ok {
		return 0, fault.Invalid("num: amount %.40q: want a number and aly or ualy", text)
	}
	whole, frac, point := strings.Cut(number, ".")
	if whole == "" || point && frac == "" || len(frac) > decimals {
		return 0, fault.Invalid("num: amount %.40q: want digits, and one to six after a point", text)
	}
	return parseDigits(text, whole+frac+strings.Repeat("0", decimals-len(frac)))
}

// parseDigits reads a decimal number of ualy; text is named in the error.
func parseDigits(text, digits string) (Amount, error) {
	var a int64
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return 0, fault.Invalid("num: amount %.40q: want digits", text)
		}
		d := int64(c - '0')
		if a > (math.MaxInt64-d)/10 {
			return 0, fault.Limit("num: amount %.40q: out of range", text)
		}
		a = a*10 + d
	}
	if digits == "" {
		return 0, fault.Invalid("num: amount %.40q: want digits", text)
	}
	return Amount(a), nil
}
