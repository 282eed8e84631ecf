package num

import "fmt"

// Ppm is a ratio in parts per million. A probability or a share lies between
// 0 and One; Clip brings any other value there.
type Ppm int64

// One is the ratio 1.
const One Ppm = 1_000_000

// Ratio returns part/whole, rounded as said; whole must be positive.
func Ratio(part, whole int64, r Rounding) (Ppm, error) {
	v, err := MulDiv(part, int64(One), whole, r)
	return Ppm(v), err
}

// Of returns the share p of a.
func (p Ppm) Of(a Amount, r Rounding) (Amount, error) {
	return a.MulDiv(int64(p), int64(One), r)
}

// Clip returns the value nearest to p between 0 and One.
func (p Ppm) Clip() Ppm {
	return min(max(p, 0), One)
}

// Ramp returns how far p has come from floor to target: 0 at floor and below,
// One at target and above, linear between and rounded down. A target that is
// not above floor makes a step at target. All three lie within ±2⁶².
func (p Ppm) Ramp(floor, target Ppm) Ppm {
	switch {
	case p >= target:
		return One
	case p <= floor:
		return 0
	}
	v, _ := Ratio(int64(p-floor), int64(target-floor), Down) // a positive span, a quotient below One
	return v
}

// String writes the ratio as a percentage, at full precision.
func (p Ppm) String() string {
	sign, v := "", p
	if v < 0 {
		sign, v = "-", -v
	}
	return fmt.Sprintf("%s%d.%04d%%", sign, v/10_000, v%10_000)
}

// Bps is a fee in basis points, hundredths of a per cent.
type Bps int64

// AllBps is the whole in basis points.
const AllBps Bps = 10_000

// Of returns the fee b of a.
func (b Bps) Of(a Amount, r Rounding) (Amount, error) {
	return a.MulDiv(int64(b), int64(AllBps), r)
}
