package label

import (
	"cmp"
	"slices"
	"strings"
)

// names numbers names in order of arrival.
type names struct {
	index map[string]int32
	list  []string
}

func newNames() names { return names{index: make(map[string]int32)} }

// number returns the number of a name, a new one for a name not met before. It
// keeps a copy, so that the caller's may be part of a buffer.
func (n *names) number(name string) int32 {
	if id, met := n.index[name]; met {
		return id
	}
	own := strings.Clone(name)
	id := int32(len(n.list))
	n.index[own] = id
	n.list = append(n.list, own)
	return id
}

// sorted returns the names in the order of their bytes, and the place there of
// each number. It ends the numbering and frees its memory.
func (n *names) sorted() (list []string, rank []int32) {
	n.index = nil
	order := make([]keyed, len(n.list))
	for i := range order {
		order[i].id = int32(i)
	}
	sortNames(n.list, order, 0)
	list, rank = make([]string, len(order)), make([]int32, len(order))
	for r, o := range order {
		list[r], rank[o.id] = n.list[o.id], int32(r)
	}
	*n = names{}
	return list, rank
}

// keyed is a name by number, with the part of it that is being compared.
type keyed struct {
	key uint64
	id  int32
}

// keyBytes is the number of bytes of a name that one key holds.
const keyBytes = 7

// sortNames sorts distinct names that are equal up to a position, a few bytes
// at a time: millions of names compare in cache, not across memory.
func sortNames(list []string, order []keyed, from int) {
	for i := range order {
		order[i].key = key(list[order[i].id][from:])
	}
	slices.SortFunc(order, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
	for start := 0; start < len(order); {
		end := start + 1
		for end < len(order) && order[end].key == order[start].key {
			end++
		}
		if end > start+1 {
			sortNames(list, order[start:end], from+keyBytes)
		}
		start = end
	}
}

// key returns the first bytes of a name, the highest first, then how many they
// are; eight stands for more.
func key(name string) uint64 {
	var k uint64
	for i := range keyBytes {
		k <<= 8
		if i < len(name) {
			k |= uint64(name[i])
		}
	}
	return k<<8 | uint64(min(len(name), keyBytes+1))
}
