package learn

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/fixed"
)

// tree is a Hoeffding tree: a leaf counts what it sees and splits by a column
// once it has seen enough that the best column will very likely stay the best.
// Scores are log2 of the leaf's class counts plus one, in Q20. Source: Domingos
// and Hulten, Mining high-speed data streams (KDD 2000).
//
// Use it for tables in which columns matter together; people can read it. Not
// for text, for few items (it needs hundreds to split), nor for a truth that
// moves: a split is never undone.
type tree struct {
	Params
	classes uint32
	offsets []uint32 // first feature of each column, and one past the last
}

const (
	maxTreeFeatures = 4096
	maxNodes        = 4095
	minSide         = 5 // items on either side of a split
)

func treeOwn(p Params) Params {
	return Params{Grace: p.Grace, Doubt: p.Doubt, Tie: p.Tie, Gain: p.Gain, Nodes: p.Nodes, Columns: p.Columns}
}

func newTree(c Config) (Learner, error) {
	p, err := treeParams(c.Params)
	if err != nil {
		return nil, err
	}
	if len(p.Columns) < 1 || len(p.Columns) > MaxIndices {
		return nil, fault.Limit("learn: tree of %d columns: 1 to %d", len(p.Columns), MaxIndices)
	}
	if c.Features > maxTreeFeatures {
		return nil, fault.Limit("learn: tree of %d features: 1 to %d", c.Features, maxTreeFeatures)
	}
	t := tree{Params: p, classes: c.Classes, offsets: []uint32{0}}
	last := uint32(0)
	for k, col := range p.Columns {
		if col.Bins < 1 || col.Bins > c.Features-last {
			return nil, fault.Limit("learn: column %d of %d bins: 1 to the %d features left", k, col.Bins, c.Features-last)
		}
		last += col.Bins
		t.offsets = append(t.offsets, last)
	}
	if last != c.Features {
		return nil, fault.Invalid("learn: columns of %d bins: want the %d features", last, c.Features)
	}
	return t, nil
}

// treeParams returns the settings with their defaults.
func treeParams(p Params) (Params, error) {
	grace, err1 := setting("grace", int64(p.Grace), 50, 1<<20)
	doubt, err2 := setting("doubt", int64(p.Doubt), 1000, 1<<30)
	nodes, err3 := setting("nodes", int64(p.Nodes), 255, maxNodes)
	tie, err4 := setting("tie", p.Tie, fixed.One/10, maxRate)
	gain, err5 := setting("gain", p.Gain, fixed.One/200, maxRate)
	for _, err := range []error{err1, err2, err3, err4, err5} {
		if err != nil {
			return p, err
		}
	}
	p.Grace, p.Doubt, p.Nodes, p.Tie, p.Gain = uint32(grace), uint32(doubt), uint32(nodes), tie, gain
	return p, nil
}

// checkRow refuses inputs without exactly one feature of each column.
func checkRow(c Config, x Input) error {
	if len(x.Indices) != len(c.Params.Columns) {
		return fault.Invalid("learn: row of %d features: want one of each of %d columns", len(x.Indices), len(c.Params.Columns))
	}
	from := uint32(0)
	for k, col := range c.Params.Columns {
		if i := x.Indices[k]; i < from || i-from >= col.Bins {
			return fault.Invalid("learn: feature %d for column %d: want %d to %d", i, k, from, from+col.Bins-1)
		}
		from += col.Bins
	}
	return nil
}

// What a node keeps: for a split the column plus 1, the bin it cuts at and its
// left child, the right one follows; for a leaf how many items of each class.
const (
	nodeColumn uint32 = iota
	nodeBin
	nodeLeft
	nodeFresh // items since the last look
	nodeItems // of class 0; the others follow
)

// nodes returns how many nodes there are; the first is the root.
func (t tree) nodes(s State) int64 {
	return natural(s.Get(Cell{tableScalar, scalarTick, 0})) + 1
}

// leaf returns the leaf that an input falls into.
func (t tree) leaf(s State, x Input) uint32 {
	node := uint32(0)
	for range t.Nodes {
		column := s.Get(Cell{tableNode, node, nodeColumn}) - 1
		if column < 0 || column >= int64(len(t.Columns)) {
			return node
		}
		cut := s.Get(Cell{tableNode, node, nodeBin})
		left := s.Get(Cell{tableNode, node, nodeLeft})
		if !t.goesLeft(int(column), int64(x.Indices[column]-t.offsets[column]), cut) {
			left++
		}
		node = uint32(left)
	}
	return node
}

// goesLeft says to which side of a cut a bin lies.
func (t tree) goesLeft(column int, bin, cut int64) bool {
	if t.Columns[column].Ordered {
		return bin <= cut
	}
	return bin == cut
}

func (t tree) Scores(s State, x Input) []int64 {
	node := t.leaf(s, x)
	all := t.items(s, node)
	for c, n := range all {
		all[c] = fixed.Log2(n + 1)
	}
	return all
}

// items returns a leaf's items per class.
func (t tree) items(s State, node uint32) []int64 {
	all := make([]int64, t.classes)
	for c := range all {
		all[c] = natural(s.Get(Cell{tableNode, node, nodeItems + uint32(c)}))
	}
	return all
}

// seen names the count of a feature among a leaf's items of a class.
func seen(node, class, feature uint32) Cell {
	return Cell{tableCount, node*MaxClasses + class, feature}
}

func (t tree) Update(s State, x Input, label int64) {
	node := t.leaf(s, x)
	add(s, Cell{tableNode, node, nodeItems + uint32(label)}, 1)
	for _, i := range x.Indices {
		add(s, seen(node, uint32(label), i), 1)
	}
	fresh := Cell{tableNode, node, nodeFresh}
	add(s, fresh, 1)
	if s.Get(fresh) < int64(t.Grace) || t.nodes(s)+2 > int64(t.Nodes) {
		return
	}
	s.Set(fresh, 0)
	if mixed(t.items(s, node)) {
		t.look(s, node)
	}
}

// mixed says whether there are items of two classes.
func mixed(items []int64) bool {
	classes := 0
	for _, n := range items {
		if n > 0 {
			classes++
		}
	}
	return classes > 1
}

func (t tree) Cost(x Input) uint64 {
	path := 3 * (uint64(t.Nodes)/2 + 1)
	counts := uint64(t.classes) * uint64(t.offsets[len(t.Columns)])
	return path + counts + 4*uint64(t.classes) + uint64(len(x.Indices)) + 8
}

func (t tree) Size() uint64 {
	leaf := uint64(t.classes) * (uint64(t.offsets[len(t.Columns)]) + 1)
	return uint64(t.Nodes)*(leaf+4) + 1
}
