package num

import "math/bits"

// Decay ages x: it returns x·2^(-elapsed/halfLife), rounded down, off by at
// most one unit while x is below 2⁵⁶. Nothing ages before its time: a negative elapsed
// counts as 0. A negative x counts as 0, and with no half-life nothing is kept.
func Decay(x, elapsedMs, halfLifeMs int64) int64 {
	if x <= 0 || halfLifeMs <= 0 {
		return 0
	}
	if elapsedMs <= 0 {
		return x
	}
	halvings := elapsedMs / halfLifeMs
	if halvings >= 63 {
		return 0
	}
	rest := uint64(elapsedMs % halfLifeMs)
	frac, _ := bits.Div64(rest>>1, rest<<63, uint64(halfLifeMs)) // rest·2⁶³/halfLife
	return int64(mulQ63(uint64(x), exp2Neg(frac)) >> halvings)
}
