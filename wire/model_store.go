package wire

import (
	"cmp"
	"encoding/binary"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model/learn"
)

// ModelStore names the store that keeps models.
const ModelStore = "model"

// First bytes of keys in ModelStore.
const (
	ModelPrefix = 0x01
	ChunkPrefix = 0x02
	TermsPrefix = 0x03
)

// ModelKey is the raw key in ModelStore of a model, for ICS-23 proofs:
// ModelPrefix and the id's text. The value there is the protobuf text of
// alaya.model.v1.Model, all but its terms.
func ModelKey(m id.ModelID) []byte { return append([]byte{ModelPrefix}, m...) }

// ModelTermsKey is the raw key in ModelStore of a model's terms, for ICS-23
// proofs: TermsPrefix and the id's text. The value there is the protobuf text of
// alaya.model.v1.Terms.
func ModelTermsKey(m id.ModelID) []byte { return append([]byte{TermsPrefix}, m...) }

// Generation names one set of parameters of a model.
type Generation struct {
	Model  id.ModelID
	Number uint32
}

// Bytes begins the keys of all chunks of the generation, after ChunkPrefix: the
// id's text, and the number in four bytes, big endian.
func (g Generation) Bytes() []byte {
	return binary.BigEndian.AppendUint32([]byte(g.Model), g.Number)
}

// ChunkName names learn.ChunkSize neighbouring cells of a table and class.
type ChunkName struct {
	Table uint8
	Class uint32
	Place uint32 // of the chunk: the first index over learn.ChunkSize
}

// Compare orders chunks as their keys.
func (n ChunkName) Compare(o ChunkName) int {
	return cmp.Or(cmp.Compare(n.Table, o.Table), cmp.Compare(n.Class, o.Class), cmp.Compare(n.Place, o.Place))
}

// ChunkOf is where a cell is.
func ChunkOf(c learn.Cell) (n ChunkName, offset int) {
	return ChunkName{c.Table, c.Class, c.Index / learn.ChunkSize}, int(c.Index % learn.ChunkSize)
}

// Cell is the offset-th cell of the chunk.
func (n ChunkName) Cell(offset int) learn.Cell {
	return learn.Cell{Table: n.Table, Class: n.Class, Index: n.Place*learn.ChunkSize + uint32(offset)}
}

// ChunkKey is the raw key in ModelStore of a chunk, for ICS-23 proofs:
// ChunkPrefix, Generation.Bytes, table in one byte, class and place in four
// each, big endian; keys are in the order of cells. The value there is what
// EncodeChunk writes; no value stands for zeros.
func ChunkKey(g Generation, n ChunkName) []byte {
	return append([]byte{ChunkPrefix}, AppendChunkKey(g.Bytes(), n)...)
}

// AppendChunkKey appends a chunk's name to Generation.Bytes.
func AppendChunkKey(generation []byte, n ChunkName) []byte {
	key := append(generation, n.Table)
	key = binary.BigEndian.AppendUint32(key, n.Class)
	return binary.BigEndian.AppendUint32(key, n.Place)
}

const (
	generationSize = 16 + 4
	chunkKeySize   = generationSize + 1 + 4 + 4
)

// ParseChunkKey reads what AppendChunkKey wrote.
func ParseChunkKey(key []byte) (Generation, ChunkName, error) {
	if len(key) != chunkKeySize {
		return Generation{}, ChunkName{}, fault.Invalid("chunk: key of %d bytes: want %d", len(key), chunkKeySize)
	}
	m, err := id.ParseModelID(string(key[:16]))
	if err != nil {
		return Generation{}, ChunkName{}, fault.Invalid("chunk: %w", err)
	}
	rest := key[generationSize:]
	n := ChunkName{Table: rest[0], Class: binary.BigEndian.Uint32(rest[1:]), Place: binary.BigEndian.Uint32(rest[5:])}
	if n.Place > (1<<32-1)/learn.ChunkSize {
		return Generation{}, ChunkName{}, fault.Invalid("chunk: place %d: above the last index", n.Place)
	}
	return Generation{Model: m, Number: binary.BigEndian.Uint32(key[16:])}, n, nil
}

// Chunk is learn.ChunkSize parameters.
type Chunk [learn.ChunkSize]int64

// EncodeChunk writes a chunk in its one canonical form: zigzag varints up to
// the last that is not 0; nothing for zeros.
func EncodeChunk(c *Chunk) []byte {
	last := len(c)
	for last > 0 && c[last-1] == 0 {
		last--
	}
	if last == 0 {
		return nil
	}
	b := make([]byte, 0, 2*last)
	for _, v := range c[:last] {
		b = binary.AppendVarint(b, v)
	}
	return b
}

// DecodeChunk reads what EncodeChunk wrote, and refuses all else.
func DecodeChunk(b []byte, c *Chunk) error {
	*c = Chunk{}
	size, last := len(b), int64(1)
	for i := 0; len(b) > 0; i++ {
		if i == len(c) {
			return fault.Invalid("chunk of %d bytes: more than %d parameters", size, len(c))
		}
		if u := b[0]; u < 0x80 { // most are small
			c[i], b = int64(u>>1)^-int64(u&1), b[1:]
			last = c[i]
			continue
		}
		v, n := binary.Varint(b)
		if n <= 0 || b[n-1] == 0 {
			return fault.Invalid("chunk of %d bytes: parameter %d: no varint of its shortest form", size, i)
		}
		c[i], last, b = v, v, b[n:]
	}
	if last == 0 {
		return fault.Invalid("chunk of %d bytes: ends with a 0", size)
	}
	return nil
}
