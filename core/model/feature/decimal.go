package feature

import (
	"strconv"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/fixed"
)

// Decimal is a number in millionths. In JSON and in tables it is written as a
// decimal, "-12.5", without exponent; more than six places are refused, not
// rounded.
type Decimal int64

const (
	decimalPlaces = 6
	decimalOne    = 1_000_000
	maxDecimal    = Decimal(1) << 50 // a billion, so that Q20 never saturates
)

// ParseDecimal reads a decimal.
func ParseDecimal(text string) (Decimal, error) {
	refuse := func(why string) (Decimal, error) {
		return 0, fault.Invalid("feature: number %.40q: %s", text, why)
	}
	digits, negative := strings.CutPrefix(text, "-")
	whole, part, point := strings.Cut(digits, ".")
	if !isDigits(whole) || point && !isDigits(part) {
		return refuse("want a decimal such as -12.5")
	}
	if len(part) > decimalPlaces {
		return refuse("at most 6 places")
	}
	v, err := strconv.ParseInt(whole+part+strings.Repeat("0", decimalPlaces-len(part)), 10, 64)
	if err != nil || Decimal(v) > maxDecimal {
		return refuse("at most " + maxDecimal.String())
	}
	if negative {
		v = -v
	}
	return Decimal(v), nil
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// Q20 returns the number in Q20, truncated toward zero.
func (d Decimal) Q20() int64 { return fixed.MulDiv(int64(d), fixed.One, decimalOne) }

// String writes the number with as many places as it needs.
func (d Decimal) String() string {
	sign, v := "", int64(d)
	if v < 0 {
		sign, v = "-", -v
	}
	text := sign + strconv.FormatInt(v/decimalOne, 10)
	if part := v % decimalOne; part != 0 {
		places := strconv.FormatInt(decimalOne+part, 10)[1:]
		text += "." + strings.TrimRight(places, "0")
	}
	return text
}

// MarshalJSON writes a JSON number.
func (d Decimal) MarshalJSON() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalJSON reads a JSON number, exactly.
func (d *Decimal) UnmarshalJSON(text []byte) error {
	v, err := ParseDecimal(string(text))
	if err != nil {
		return err
	}
	*d = v
	return nil
}
