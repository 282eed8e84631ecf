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
const ChunkSize = 128

// Memory is a State in memory, for clients, simulators and tests. It takes room
// for the largest index of each table and class. The zero Memory is empty and
// ready. It is not safe for concurrent use, not even to read.
type Memory struct {
	vectors map[name]*vector
	recent  [8]struct { // vectors last used, by table; nil vectors too
		name   name
		vector *vector
		known  bool
	}
}

// name names a vector.
type name struct {
	table uint8
	class uint32
}

// vector holds the cells of one table and class, in chunks; nil is all 0.
type vector []*[ChunkSize]int64

// find returns the cells of a table and class, nil if all are 0.
func (m *Memory) find(n name) *vector {
	last := &m.recent[n.table%uint8(len(m.recent))]
	if !last.known || last.name != n {
		last.name, last.vector, last.known = n, m.vectors[n], true
	}
	return last.vector
}

// Get returns a parameter, 0 if it was never set.
func (m *Memory) Get(c Cell) int64 {
	v := m.find(name{c.Table, c.Class})
	at := int(c.Index / ChunkSize)
	if v == nil || at >= len(*v) || (*v)[at] == nil {
		return 0
	}
	return (*v)[at][c.Index%ChunkSize]
}

// Set sets a parameter.
func (m *Memory) Set(c Cell, value int64) {
	if value == 0 && m.Get(c) == 0 {
		return
	}
	n, at := name{c.Table, c.Class}, int(c.Index/ChunkSize)
	v := m.find(n)
	if v == nil {
		if m.vectors == nil {
			m.vectors = map[name]*vector{}
		}
		v = new(vector)
		m.vectors[n] = v
		m.recent[n.table%uint8(len(m.recent))].known = false
	}
	if at >= len(*v) {
		*v = append(*v, make([]*[ChunkSize]int64, at+1-len(*v))...)
	}
	if (*v)[at] == nil {
		(*v)[at] = new([ChunkSize]int64)
	}
	(*v)[at][c.Index%ChunkSize] = value
}

// Entry is a cell with its parameter, never 0.
type Entry struct {
	Cell  Cell
	Value int64
}

// Cells returns every parameter that is not 0, by table, class and index.
func (m *Memory) Cells() []Entry {
	var all []Entry
	for _, n := range slices.SortedFunc(maps.Keys(m.vectors), compareNames) {
		for at, cells := range *m.vectors[n] {
			if cells == nil {
				continue
			}
			for k, v := range cells {
				if v != 0 {
					all = append(all, Entry{Cell{n.table, n.class, uint32(at*ChunkSize + k)}, v})
				}
			}
		}
	}
	return all
}

func compareNames(a, b name) int {
	return cmp.Or(cmp.Compare(a.table, b.table), cmp.Compare(a.class, b.class))
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
