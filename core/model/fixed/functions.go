package fixed

import "math/bits"

const (
	ln2         = 726817 // ln 2 in Q20, rounded down
	logBits     = 16     // the table knows the logarithms of numbers of so many bits
	sigmoidEnd  = 8 * One
	sigmoidStep = 14        // bits of an argument below one step of the table
	log2e       = 1512775   // log2 of e in Q20, rounded down
	ln2Q30      = 744261117 // ln 2 in Q30, rounded down
	tiny        = -32 * One // below, e^z is 0 in Q20
)

// entry reads the k-th number of a table made by tables.py.
func entry(table string, k int) int64 {
	t := table[4*k : 4*k+4]
	return int64(t[0]-'0') | int64(t[1]-'0')<<5 | int64(t[2]-'0')<<10 | int64(t[3]-'0')<<15
}

// smallLog returns floor(2²⁰·log2 n) for n up to 65536, 0 for n = 0.
func smallLog(n uint64) int64 {
	if n == 0 {
		return 0
	}
	length := bits.Len64(n)
	if length > logBits {
		return logBits << Shift
	}
	k := int(n<<(logBits-length)) - 1<<(logBits-1)
	return entry(logTable, k) + int64(length-1)<<Shift
}

// Log2 returns the base-2 logarithm of a whole number in Q20: rounded down for
// n up to 65536, between its neighbours in the table above; 0 for n below 1.
func Log2(n int64) int64 {
	if n <= 0 {
		return 0
	}
	if n < 1<<logBits {
		return smallLog(uint64(n))
	}
	shift := bits.Len64(uint64(n)) - logBits
	head, tail := uint64(n)>>shift, n&(1<<shift-1)
	low := smallLog(head)
	step := smallLog(head+1) - low // at most 33, tail below 2⁴⁷
	return low + step*tail>>shift + int64(shift)<<Shift
}

// Ln returns the natural logarithm of a whole number in Q20, from Log2.
func Ln(n int64) int64 { return Log2(n) * ln2 >> Shift }

// Sigmoid returns 1/(1+e^-z) in Q20, by straight lines between steps of 1/64;
// beyond ±8 it stays at its value there, so it is never 0 or One.
func Sigmoid(z int64) int64 {
	if z <= -sigmoidEnd {
		return entry(sigmoidTable, 0)
	}
	if z >= sigmoidEnd {
		return entry(sigmoidTable, 1024)
	}
	t := z + sigmoidEnd
	k, tail := int(t>>sigmoidStep), t&(1<<sigmoidStep-1)
	low := entry(sigmoidTable, k)
	return low + (entry(sigmoidTable, k+1)-low)*tail>>sigmoidStep
}

// Exp returns e^z in Q20 for z up to 0, off by at most 2 units; One above 0.
func Exp(z int64) int64 {
	if z >= 0 {
		return One
	}
	if z < tiny {
		return 0
	}
	power := -z * log2e >> Shift
	x := (power & (One - 1)) * ln2Q30 >> Shift // of the part after the point, Q30
	sum, term := int64(1)<<30, int64(1)<<30
	for k := int64(1); term > 0; k++ {
		term = term * x >> 30 / k
		if k&1 == 1 {
			sum -= term
		} else {
			sum += term
		}
	}
	return sum >> (30 - Shift) >> (power >> Shift)
}
