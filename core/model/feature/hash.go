package feature

import (
	"encoding/binary"
	"math/bits"
)

// Hash returns the 32-bit MurmurHash3 of text with seed 0: the number that
// hashed features are cut from.
func Hash(text []byte) uint32 {
	const c1, c2 = 0xcc9e2d51, 0x1b873593
	mix := func(k uint32) uint32 { return bits.RotateLeft32(k*c1, 15) * c2 }
	h, size := uint32(0), uint32(len(text))
	for ; len(text) >= 4; text = text[4:] {
		h ^= mix(binary.LittleEndian.Uint32(text))
		h = bits.RotateLeft32(h, 13)*5 + 0xe6546b64
	}
	var tail uint32
	for i, c := range text {
		tail |= uint32(c) << (8 * i)
	}
	if len(text) > 0 {
		h ^= mix(tail)
	}
	h ^= size
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}
