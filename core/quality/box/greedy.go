package box

// greedy is the search for the things of one scene: a heap of candidates, the
// one that saves most on top.
type greedy[S Shape[S]] struct {
	scene *scene[S]
	costs []costs
	taken []bool // drawings in a cluster
	queue []candidate
}

// candidate is a drawing that a cluster may be opened around, and what it saved
// when last looked at.
type candidate struct {
	at    int32
	saved float64
}

// saved returns what a cluster around a drawing would save, the cost of opening
// it aside; 0 if the drawing is taken.
func (g *greedy[S]) saved(at int32) float64 {
	var sum float64
	g.joining(at, func(_ int32, gain float64) { sum += max(0, gain) })
	return sum
}

// take opens a cluster around a drawing, and returns its members.
func (g *greedy[S]) take(at int32) []int32 {
	var members []int32
	g.joining(at, func(member int32, _ float64) { members = append(members, member) })
	for _, member := range members {
		g.taken[member] = true
	}
	return members
}

// joining calls f with the drawings that would join a cluster around one, of
// each worker the nearest that is free, and what each saves. A careless worker's
// may save nothing and belongs there all the same: left alone, it would make
// him look still more careless.
func (g *greedy[S]) joining(at int32, f func(member int32, gain float64)) {
	if g.taken[at] {
		return
	}
	f(at, g.costs[g.scene.drawings[at].worker].gain(0))
	last := int32(-1)
	for _, n := range g.scene.near[at] {
		if worker := g.scene.drawings[n.at].worker; !g.taken[n.at] && worker != last {
			last = worker
			f(n.at, g.costs[worker].gain(n.distance))
		}
	}
}

// Len, Less, Swap, Push and Pop make greedy a heap.
func (g *greedy[S]) Len() int { return len(g.queue) }

func (g *greedy[S]) Less(i, j int) bool {
	a, b := &g.queue[i], &g.queue[j]
	if a.saved != b.saved {
		return a.saved > b.saved
	}
	return g.scene.drawings[a.at].tie < g.scene.drawings[b.at].tie
}

func (g *greedy[S]) Swap(i, j int) { g.queue[i], g.queue[j] = g.queue[j], g.queue[i] }

// Push appends a candidate.
func (g *greedy[S]) Push(x any) { g.queue = append(g.queue, x.(candidate)) }

// Pop removes the last candidate.
func (g *greedy[S]) Pop() any {
	last := g.queue[len(g.queue)-1]
	g.queue = g.queue[:len(g.queue)-1]
	return last
}
