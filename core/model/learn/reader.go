package learn

import (
	"encoding/binary"
	"math"

	"github.com/alaya-network/alaya/core/fault"
)

// reader reads varints one by one; after the first error it gives zeros.
type reader struct {
	rest []byte
	err  error
}

// uvarint reads a number in its shortest form.
func (r *reader) uvarint() uint64 {
	if r.err != nil {
		return 0
	}
	v, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.err = fault.Invalid("learn: a number is cut off or above 64 bits")
		return 0
	}
	if n > 1 && r.rest[n-1] == 0 {
		r.err = fault.Invalid("learn: number %d takes %d bytes: want the shortest form", v, n)
		return 0
	}
	r.rest = r.rest[n:]
	return v
}

// varint reads a zigzag number in its shortest form.
func (r *reader) varint() int64 {
	u := r.uvarint()
	return int64(u>>1) ^ -int64(u&1)
}

// below reads a number that is at most limit.
func (r *reader) below(limit uint64) uint64 {
	v := r.uvarint()
	if v > limit {
		r.err = fault.Limit("learn: number %d: at most %d", v, limit)
		return 0
	}
	return v
}

// end returns the first error, and refuses bytes that are left.
func (r *reader) end() error {
	if r.err == nil && len(r.rest) > 0 {
		r.err = fault.Invalid("learn: %d bytes after the end", len(r.rest))
	}
	return r.err
}

// entry reads a cell with its parameter.
func (r *reader) entry() Entry {
	var e Entry
	if len(r.rest) == 0 && r.err == nil {
		r.err = fault.Invalid("learn: a cell is cut off")
	}
	if r.err != nil {
		return e
	}
	e.Cell.Table, r.rest = r.rest[0], r.rest[1:]
	e.Cell.Class = uint32(r.below(math.MaxUint32))
	e.Cell.Index = uint32(r.below(math.MaxUint32))
	e.Value = r.varint()
	return e
}
