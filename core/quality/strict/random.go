package strict

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
)

// Random draws numbers that are the same on every machine: SplitMix64 (Steele,
// Lea and Flood, OOPSLA 2014). Whoever knows its key knows every draw, so it
// is no source of secrets. Not for concurrent use: give each shard its own.
type Random struct {
	state uint64
}

// NewRandom returns the source of a key: a salt, what the draws are for, and
// the indices of the thing drawn for. Different keys give independent draws.
func NewRandom(salt [32]byte, purpose string, index ...uint64) Random {
	var buf [128]byte
	key := append(append(buf[:0], "alaya/quality/random/v1\x00"...), salt[:]...)
	key = append(append(key, purpose...), 0)
	for _, x := range index {
		key = binary.BigEndian.AppendUint64(key, x)
	}
	sum := sha256.Sum256(key)
	return Random{binary.BigEndian.Uint64(sum[:])}
}

// Uint64 draws 64 bits.
func (r *Random) Uint64() uint64 {
	r.state += 0x9e3779b97f4a7c15
	z := r.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// IntN draws evenly from [0, n), n > 0; the bias is below n/2⁶⁴.
func (r *Random) IntN(n int) int {
	high, _ := bits.Mul64(r.Uint64(), uint64(n))
	return int(high)
}

// Float64 draws evenly from the open interval (0, 1), in steps of 2⁻⁵².
func (r *Random) Float64() float64 {
	return (float64(r.Uint64()>>12) + 0.5) / (1 << 52)
}

// Exponential draws from the exponential distribution of mean 1.
func (r *Random) Exponential() float64 {
	return -Log(r.Float64())
}
