package learn

import (
	"cmp"
	"encoding/binary"
	"maps"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/merkle"
)

// ChunkSize is how many neighbouring cells are kept together: stores should
// load and save them at once.
const ChunkSize = 64

// chunk names ChunkSize cells.
type chunk struct {
	table uint8
	class uint32
	index uint32 // of the first cell, over ChunkSize
}

// Memory is a State in memory, for clients, simulators and tests. The zero
// Memory is empty and ready. It is not safe for concurrent use.
type Memory struct {
	chunks map[chunk]*[ChunkSize]int64
	last   chunk
	cells  *[ChunkSize]int64 // of last; nil: not there, or none asked yet
}

// find returns the cells of a chunk, nil if all are 0.
func (m *Memory) find(c chunk) *[ChunkSize]int64 {
	if m.cells == nil || m.last != c {
		m.last, m.cells = c, m.chunks[c]
	}
	return m.cells
}

// Get returns a parameter, 0 if it was never set.
func (m *Memory) Get(c Cell) int64 {
	cells := m.find(chunk{c.Table, c.Class, c.Index / ChunkSize})
	if cells == nil {
		return 0
	}
	return cells[c.Index%ChunkSize]
}

// Set sets a parameter.
func (m *Memory) Set(c Cell, v int64) {
	at := chunk{c.Table, c.Class, c.Index / ChunkSize}
	cells := m.find(at)
	if cells == nil {
		if v == 0 {
			return
		}
		if m.chunks == nil {
			m.chunks = map[chunk]*[ChunkSize]int64{}
		}
		cells = new([ChunkSize]int64)
		m.chunks[at], m.cells = cells, cells
	}
	cells[c.Index%ChunkSize] = v
}

// Entry is a cell with its parameter, never 0.
type Entry struct {
	Cell  Cell
	Value int64
}

// Cells returns every parameter that is not 0, by table, class and index.
func (m *Memory) Cells() []Entry {
	var all []Entry
	for _, c := range slices.SortedFunc(maps.Keys(m.chunks), compareChunks) {
		for k, v := range m.chunks[c] {
			if v != 0 {
				all = append(all, Entry{Cell{c.table, c.class, c.index*ChunkSize + uint32(k)}, v})
			}
		}
	}
	return all
}

func compareChunks(a, b chunk) int {
	return cmp.Or(cmp.Compare(a.table, b.table), cmp.Compare(a.class, b.class), cmp.Compare(a.index, b.index))
}

// Root returns the Merkle root over the encoded Cells: equal for equal
// parameters, however they came about.
func (m *Memory) Root() id.Hash {
	var b merkle.Builder
	for _, e := range m.Cells() {
		b.Add(e.append(nil))
	}
	return b.Root()
}

// Clone returns a Memory of its own with the same parameters.
func (m *Memory) Clone() *Memory {
	twin := &Memory{}
	for _, e := range m.Cells() {
		twin.Set(e.Cell, e.Value)
	}
	return twin
}

// append writes an entry: table, class and index as varints, the value zigzag.
func (e Entry) append(b []byte) []byte {
	b = append(b, e.Cell.Table)
	b = binary.AppendUvarint(b, uint64(e.Cell.Class))
	b = binary.AppendUvarint(b, uint64(e.Cell.Index))
	return binary.AppendVarint(b, e.Value)
}

// EncodeCells writes parameters in their one canonical form: their number, then
// each, in the order of Cells. It is how weights travel as a blob.
func EncodeCells(cells []Entry) []byte {
	b := binary.AppendUvarint(nil, uint64(len(cells)))
	for _, e := range cells {
		b = e.append(b)
	}
	return b
}

// DecodeCells reads what EncodeCells wrote, at most limit cells; it refuses
// zeros, cells out of order or twice, and what follows the end.
func DecodeCells(b []byte, limit int) ([]Entry, error) {
	r := reader{rest: b}
	n := r.uvarint()
	if r.err == nil && n > uint64(limit) {
		return nil, fault.Limit("learn: %d cells: at most %d", n, limit)
	}
	var cells []Entry
	for range n {
		e := r.entry()
		if r.err != nil {
			return nil, r.err
		}
		if e.Value == 0 {
			return nil, fault.Invalid("learn: cell %v is 0: leave it out", e.Cell)
		}
		if k := len(cells); k > 0 && compareCells(cells[k-1].Cell, e.Cell) >= 0 {
			return nil, fault.Invalid("learn: cell %v after %v: want strictly ascending", e.Cell, cells[k-1].Cell)
		}
		cells = append(cells, e)
	}
	return cells, r.end()
}

// compareCells orders cells by table, class and index.
func compareCells(a, b Cell) int {
	return cmp.Or(cmp.Compare(a.Table, b.Table), cmp.Compare(a.Class, b.Class), cmp.Compare(a.Index, b.Index))
}

// Load sets parameters in any State.
func Load(s State, cells []Entry) {
	for _, e := range cells {
		s.Set(e.Cell, e.Value)
	}
}
