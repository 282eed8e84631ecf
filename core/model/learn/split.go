package learn

import "github.com/alaya-network/alaya/core/model/fixed"

// split is a way to cut a leaf in two, what it gains in bits per item, and the
// classes on its left.
type split struct {
	column      int
	cut         int64
	gain        int64
	left, right []int64
}

// look splits a leaf if one column is, by Hoeffding's bound, best by far, or if
// the best two are as good.
func (t tree) look(s State, node uint32) {
	var best split
	second, items := int64(0), int64(0)
	for column := range t.Columns {
		table := t.table(s, node, column)
		here := t.best(column, table)
		items = max(items, total(sums(table)))
		if here.gain > best.gain {
			best, second = here, best.gain
		} else {
			second = max(second, here.gain)
		}
	}
	if best.gain <= t.Gain || items == 0 {
		return
	}
	bound := fixed.Isqrt(fixed.MulDiv(fixed.Ln(int64(t.Doubt)), fixed.One, 2*items))
	if best.gain-second > bound || bound < t.Tie {
		t.split(s, node, best)
	}
}

// table returns a leaf's counts of one column, by bin and class.
func (t tree) table(s State, node uint32, column int) [][]int64 {
	all := make([][]int64, t.Columns[column].Bins)
	for bin := range all {
		all[bin] = make([]int64, t.classes)
		for c := range t.classes {
			all[bin][c] = min(maxTreeCount, natural(s.Get(seen(node, c, t.offsets[column]+uint32(bin)))))
		}
	}
	return all
}

// maxTreeCount bounds what a count is taken for: the sums over all bins stay in
// range.
const maxTreeCount = int64(1) << 32

// best returns a column's best cut; gain 0 if there is none.
func (t tree) best(column int, table [][]int64) split {
	all := sums(table)
	items := total(all)
	best := split{column: column}
	left := make([]int64, t.classes)
	for cut, bin := range table {
		right := make([]int64, t.classes)
		for c := range left {
			if t.Columns[column].Ordered {
				left[c] += bin[c]
			} else {
				left[c] = bin[c]
			}
			right[c] = all[c] - left[c]
		}
		if total(left) < minSide || total(right) < minSide {
			continue
		}
		gain := fixed.Sub(disorder(all), fixed.Add(disorder(left), disorder(right))) / items
		if gain > best.gain {
			best = split{column, int64(cut), gain, append([]int64(nil), left...), right}
		}
	}
	return best
}

// sums adds up the bins of a table, per class.
func sums(table [][]int64) []int64 {
	all := make([]int64, len(table[0]))
	for _, bin := range table {
		for c, n := range bin {
			all[c] += n
		}
	}
	return all
}

func total(counts []int64) int64 {
	sum := int64(0)
	for _, n := range counts {
		sum += n
	}
	return sum
}

// disorder is the entropy of some counts in bits, times their sum, in Q20.
func disorder(counts []int64) int64 {
	sum := total(counts)
	bits := fixed.MulInt(sum, fixed.Log2(sum))
	for _, n := range counts {
		bits = fixed.Sub(bits, fixed.MulInt(n, fixed.Log2(n)))
	}
	return bits
}

// split makes a leaf a split; its children start with their share of the items.
func (t tree) split(s State, node uint32, by split) {
	left := uint32(t.nodes(s))
	add(s, Cell{tableScalar, scalarTick, 0}, 2)
	s.Set(Cell{tableNode, node, nodeColumn}, int64(by.column)+1)
	s.Set(Cell{tableNode, node, nodeBin}, by.cut)
	s.Set(Cell{tableNode, node, nodeLeft}, int64(left))
	for c := range t.classes {
		s.Set(Cell{tableNode, node, nodeItems + c}, 0)
		s.Set(Cell{tableNode, left, nodeItems + c}, by.left[c])
		s.Set(Cell{tableNode, left + 1, nodeItems + c}, by.right[c])
		for i := range t.offsets[len(t.Columns)] {
			s.Set(seen(node, c, i), 0)
		}
	}
}
