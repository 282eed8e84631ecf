// Package component gathers things joined in pairs into connected components:
// rings of workers, groups of near duplicates.
//
// Invariants:
//  1. Components depend on which pairs were joined, not on their order.
//  2. The root of a component is its lowest member.
//
// Source: Tarjan and van Leeuwen, Worst-case analysis of set union algorithms,
// J. ACM 31(2), 1984; by path halving, linking to the lower root.
package component

// Forest holds the components of things numbered from 0.
type Forest struct {
	parent, size []int32
}

// New returns n things, each alone.
func New(n int) Forest {
	f := Forest{make([]int32, n), make([]int32, n)}
	for i := range f.parent {
		f.parent[i], f.size[i] = int32(i), 1
	}
	return f
}

// Root returns the lowest member of i's component.
func (f Forest) Root(i int32) int32 {
	for f.parent[i] != i {
		f.parent[i] = f.parent[f.parent[i]]
		i = f.parent[i]
	}
	return i
}

// Size returns the number of members of i's component.
func (f Forest) Size(i int32) int {
	return int(f.size[f.Root(i)])
}

// Join makes the components of a and b one.
func (f Forest) Join(a, b int32) {
	a, b = f.Root(a), f.Root(b)
	if a == b {
		return
	}
	low, high := min(a, b), max(a, b)
	f.parent[high] = low
	f.size[low] += f.size[high]
}

// Groups returns the components of two members and more, by lowest member;
// the members of each ascend.
func (f Forest) Groups() [][]int32 {
	var groups [][]int32
	place := make([]int32, len(f.parent))
	for i := range int32(len(f.parent)) {
		root := f.Root(i)
		if f.size[root] < 2 {
			continue
		}
		if root == i {
			place[i] = int32(len(groups))
			groups = append(groups, make([]int32, 0, f.size[i]))
		}
		groups[place[root]] = append(groups[place[root]], i)
	}
	return groups
}
