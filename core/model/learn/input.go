package learn

import (
	"encoding/binary"
	"math"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/fixed"
)

// Bounds of an input.
const (
	// MaxIndices is the largest number of features one input may have.
	MaxIndices = 1024
	// MaxFeatures bounds a model's features; indices lie below.
	MaxFeatures = 1 << 20
	// MaxValue bounds the size of a value: 1024 in Q20.
	MaxValue = 1024 * fixed.One
	// MaxInputSize bounds the encoded form of an input, in bytes.
	MaxInputSize = 2 * binary.MaxVarintLen32 * (MaxIndices + 1)
)

// Input is one item as a learner sees it: the features it has, strictly
// ascending, 1 to MaxIndices of them, and how much of each, in Q20. Without
// Values every feature counts One.
type Input struct {
	Indices []uint32 `json:"indices"`
	Values  []int64  `json:"values,omitempty"`
}

// Validate says whether the input is well formed for a model of so many
// features; the error names the bound that is broken.
func (x Input) Validate(features uint32) error {
	if n := len(x.Indices); n < 1 || n > MaxIndices {
		return fault.Limit("learn: input of %d indices: 1 to %d", n, MaxIndices)
	}
	for k, i := range x.Indices {
		if i >= features {
			return fault.Limit("learn: index %d: a model of %d features has 0 to %d", i, features, features-1)
		}
		if k > 0 && i <= x.Indices[k-1] {
			return fault.Invalid("learn: index %d after %d: want strictly ascending", i, x.Indices[k-1])
		}
	}
	if x.Values != nil && len(x.Values) != len(x.Indices) {
		return fault.Invalid("learn: %d values for %d indices", len(x.Values), len(x.Indices))
	}
	for k, v := range x.Values {
		if v < -MaxValue || v > MaxValue {
			return fault.Limit("learn: value %d of index %d: at most %d either way", v, x.Indices[k], MaxValue)
		}
	}
	return nil
}

// value returns how much of the k-th feature the input has.
func (x Input) value(k int) int64 {
	if x.Values == nil {
		return fixed.One
	}
	return x.Values[k]
}

// Encode writes the input's one canonical form: twice the number of indices,
// plus one with values; the first index and the distances between the others;
// the values in zigzag. All are varints.
func (x Input) Encode() []byte {
	head := uint64(len(x.Indices)) << 1
	if x.Values != nil {
		head |= 1
	}
	b := binary.AppendUvarint(nil, head)
	last := uint32(0)
	for _, i := range x.Indices {
		b = binary.AppendUvarint(b, uint64(i-last))
		last = i
	}
	for _, v := range x.Values {
		b = binary.AppendVarint(b, v)
	}
	return b
}

// DecodeInput reads what Encode wrote, and refuses all else: a longer varint
// than needed, what follows the end, more than MaxIndices indices. It reads no
// further than a broken bound. The result still wants Validate.
func DecodeInput(b []byte) (Input, error) {
	if len(b) > MaxInputSize {
		return Input{}, fault.Limit("learn: input of %d bytes: at most %d", len(b), MaxInputSize)
	}
	r := reader{rest: b}
	head := r.uvarint()
	n := head >> 1
	if r.err == nil && (n < 1 || n > MaxIndices) {
		return Input{}, fault.Limit("learn: input of %d indices: 1 to %d", n, MaxIndices)
	}
	if r.err != nil {
		return Input{}, r.err
	}
	x := Input{Indices: make([]uint32, n)}
	last := uint64(0)
	for k := range x.Indices {
		last += r.below(math.MaxUint32 - last)
		x.Indices[k] = uint32(last)
	}
	if head&1 == 1 {
		x.Values = make([]int64, n)
		for k := range x.Values {
			x.Values[k] = r.varint()
		}
	}
	return x, r.end()
}
