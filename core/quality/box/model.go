package box

import (
	"container/heap"
	"math"
	"slices"

	"github.com/alaya-network/alaya/core/quality/strict"
	"github.com/alaya-network/alaya/core/quality/table"
)

// What a worker is taken for before he draws, and how many observations that is
// worth.
const (
	priorFalse  = 0.1
	priorMissed = 0.1
	priorSigma  = 0.25
	strength    = 5
)

// model is the state of the iteration.
type model[S Shape[S]] struct {
	table   *table.Table[[]Drawing[S]]
	scenes  []scene[S]
	workers []Worker
	costs   []costs // of each worker
}

// costs are logarithms of a worker's probabilities.
type costs struct {
	open  float64 // of a thing he overlooked
	alone float64 // of a drawing that marks nothing
	join  float64 // of a drawing right on a thing, instead of overlooking it
	slope float64 // per squared distance
}

// learn estimates the workers from the clusters; with none, they are what the
// prior says.
func (m *model[S]) learn(clusters [][]Cluster[S]) {
	clear(m.workers)
	for i := range clusters {
		m.count(&m.scenes[i], clusters[i])
	}
	m.costs = make([]costs, len(m.workers))
	for j := range m.workers {
		w := &m.workers[j]
		w.FalseShape = (strength*priorFalse + float64(w.Alone)) / float64(strength+w.Drawn)
		w.Missed = (strength*priorMissed + float64(w.Overlooked)) / float64(strength+w.things)
		w.Sigma = math.Sqrt((strength*priorSigma*priorSigma + w.squares) / float64(strength+w.Matched))
		m.costs[j] = w.costs()
	}
}

// halfLog2Pi is half the logarithm of 2π.
const halfLog2Pi = 9.18938533204672741780e-01

func (w *Worker) costs() costs {
	missed := strict.Log(w.Missed)
	return costs{
		open:  -missed,
		alone: -strict.Log(w.FalseShape),
		join:  strict.Log(w.Sigma) + halfLog2Pi - strict.Log(1-w.FalseShape) + missed - strict.Log(1-w.Missed),
		slope: 1 / float64(2*w.Sigma*w.Sigma),
	}
}

// gain is what a drawing at some distance saves by joining.
func (c *costs) gain(distance float64) float64 {
	return c.alone - c.join - float64(c.slope*float64(distance*distance))
}

// count adds a scene to its workers' counts.
func (m *model[S]) count(s *scene[S], clusters []Cluster[S]) {
	for n, j := range s.workers {
		m.workers[j].Invalid += s.invalid[n]
		m.workers[j].things += len(clusters)
		m.workers[j].Overlooked += len(clusters)
	}
	for _, d := range s.drawings {
		m.workers[d.worker].Drawn++
		m.workers[d.worker].Alone++
	}
	for _, c := range clusters {
		for _, member := range c.Members {
			w := &m.workers[member.Worker]
			w.Alone--
			w.Overlooked--
			if len(c.Members) > 1 {
				w.Matched++
				w.squares += float64((1 - member.Overlap) * (1 - member.Overlap))
			}
		}
	}
}

// gather clusters every scene.
func (m *model[S]) gather() [][]Cluster[S] {
	clusters := make([][]Cluster[S], len(m.scenes))
	strict.EachShard(len(m.scenes), 256*m.table.Len(), func(from, to int) {
		for i := from; i < to; i++ {
			clusters[i] = m.cluster(&m.scenes[i])
		}
	})
	return clusters
}

// cluster opens one thing after another, each time where it explains the
// drawings left best, until no more would explain them better.
func (m *model[S]) cluster(s *scene[S]) []Cluster[S] {
	var open float64
	for _, j := range s.workers {
		open += m.costs[j].open
	}
	g := &greedy[S]{scene: s, costs: m.costs, taken: make([]bool, len(s.drawings))}
	for at := range s.drawings {
		if saved := g.saved(int32(at)); saved > open {
			g.queue = append(g.queue, candidate{int32(at), saved})
		}
	}
	heap.Init(g)
	var clusters []Cluster[S]
	for len(g.queue) > 0 {
		top := &g.queue[0]
		// What a candidate saves only falls: right again, it may stay on top.
		saved := g.saved(top.at)
		switch {
		case saved <= open:
			heap.Pop(g)
		case saved < top.saved:
			top.saved = saved
			heap.Fix(g, 0)
		default:
			at := top.at
			heap.Pop(g)
			clusters = append(clusters, m.join(s, at, g.take(at)))
		}
	}
	return clusters
}

// join makes a cluster of some drawings around a first one.
func (m *model[S]) join(s *scene[S], first int32, members []int32) Cluster[S] {
	slices.Sort(members) // drawings are in worker order
	shapes, weight := make([]S, len(members)), make([]float64, len(members))
	for i, at := range members {
		d := &s.drawings[at]
		sigma := m.workers[d.worker].Sigma
		shapes[i], weight[i] = d.shape, 1/float64(sigma*sigma)
	}
	near := s.drawings[first].shape
	c := Cluster[S]{Shape: near.Mean(shapes, weight), Members: make([]Member, len(members))}
	others, theirs := make([]S, len(members)-1), make([]float64, len(members)-1)
	for i, at := range members {
		d := &s.drawings[at]
		c.Members[i] = Member{Worker: d.worker, Drawing: d.drawing}
		if len(members) > 1 {
			without(others, shapes, i)
			without(theirs, weight, i)
			c.Members[i].Overlap = d.shape.IoU(near.Mean(others, theirs))
		}
	}
	return c
}

// without copies all but the value at i to others.
func without[T any](others, all []T, i int) {
	copy(others, all[:i])
	copy(others[i:], all[i+1:])
}

// judge says how sure the clusters of a scene are.
func (m *model[S]) judge(task int, clusters []Cluster[S]) {
	for n := range clusters {
		c := &clusters[n]
		var real, none, precision float64 // two logarithms, and half the summed weights
		next := 0
		for _, j := range m.scenes[task].workers {
			w := &m.workers[j]
			if next == len(c.Members) || c.Members[next].Worker != j {
				real += strict.Log(w.Missed)
				none += strict.Log(1 - w.Missed)
				continue
			}
			next++
			real += strict.Log(1 - w.FalseShape)
			none += strict.Log(w.FalseShape)
			precision += m.costs[j].slope
		}
		c.Presence = 1 / (1 + strict.Exp(min(none-real, 700)))
		c.BadBorder = strict.Erfc(float64(leastOverlap * math.Sqrt(precision)))
	}
}
