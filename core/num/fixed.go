package num

import "math/bits"

// Numbers between 0 and 2 are kept in Q63: v means v/2⁶³.
const (
	q63    = uint64(1) << 63
	ln2Q63 = 6393154322601327829 // ln 2 · 2⁶³, rounded down
)

// mulQ63 returns a·b for a, b and a·b below 2, rounded down.
func mulQ63(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi<<1 | lo>>63
}

// exp2Neg returns 2^-f for f below 1, by the series of e^(-f·ln 2); off by
// less than 2⁻⁵⁸.
func exp2Neg(f uint64) uint64 {
	x := mulQ63(f, ln2Q63)
	sum, term := q63, q63
	for k := uint64(1); term > 0; k++ {
		term = mulQ63(term, x) / k
		if k&1 == 1 {
			sum -= term
		} else {
			sum += term
		}
	}
	return sum
}

// log2 returns the base-2 logarithm of m, 1 <= m < 2, bit by bit: squaring
// doubles the logarithm. Off by less than 2⁻⁵⁵.
func log2(m uint64) uint64 {
	var log uint64
	for bit := q63 >> 1; bit > 1<<6; bit >>= 1 {
		hi, lo := bits.Mul64(m, m) // Q126
		if hi >= q63 {             // the square reached 2
			log |= bit
			m = hi
			continue
		}
		m = hi<<1 | lo>>63
	}
	return log
}
