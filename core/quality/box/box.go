// Package box finds the right boxes of each picture, or cuboids of each point
// cloud, from those that several workers drew, and says how sure it is of each:
// truth inference for detection.
//
// Words: a drawing is one shape and its label as a worker drew it; a scene is a
// task, the picture drawn on. A cluster gathers the drawings of one thing, at
// most one per worker. The distance of two shapes is 1 - IoU. A worker's
// spread, sigma, is what his shapes lie from the others' of the same thing.
//
// Assumptions: a worker marks each thing once; workers err independently; two
// things rarely overlap by more than half. Shapes of different things with one
// label are told apart by place alone.
//
// Do not use it for crowds drawn as one box, for outlines (package mask), or
// where a scene has one answer: there is nothing to compare.
//
// Invariants:
//  1. A drawing is in one cluster at most; a cluster has one drawing at least,
//     and of each worker at most one.
//  2. A result depends on the set of answers, the order of the drawings in
//     each, the salt and the label method: not on the machine or the number of
//     threads.
//  3. No worker's own drawing is part of what his spread is measured against.
//  4. Work is near-linear in the scenes and in the things of a scene, and
//     quadratic in the answers to one scene.
//
// Source: Branson, Van Horn and Perona, Lean Crowdsourcing, CVPR 2017; that a
// worker is measured against the others alone is ours: else one worker's
// weight grows until the shapes are his.
package box

import (
	"fmt"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
	"github.com/alaya-network/alaya/core/quality/table"
)

// Shape is what workers draw: geometry.Box, geometry.Cuboid, or anything else
// that keeps these promises. Its methods may be called concurrently.
type Shape[S any] interface {
	// Check returns an error unless the other methods can do with the shape.
	Check() error
	// IoU returns intersection over union: symmetric, in [0, 1], 1 for equal
	// shapes.
	IoU(S) float64
	// Extent returns a range on one axis; shapes whose ranges do not meet have
	// an IoU of 0.
	Extent() (from, to int64)
	// Mean returns the weighted mean of some shapes matched to this one; each
	// has a positive weight, and it may not depend on their order by more than
	// rounding.
	Mean(of []S, weight []float64) S
}

// Drawing is one shape as drawn. The label may be empty.
type Drawing[S Shape[S]] struct {
	Shape S
	Label string
}

// MaxDrawings bounds the drawings of one scene, all workers together. At worst,
// all of them on top of each other, they take some seconds and 256 MiB.
const MaxDrawings = 4096

// Rules say how drawings are put together.
type Rules struct {
	// Salt keys the breaking of ties.
	Salt [32]byte
	// Labels finds the label of a cluster; with none, labels are ignored.
	Labels label.Method
}

// Cluster is one thing believed in.
type Cluster[S Shape[S]] struct {
	Shape   S
	Members []Member // by worker
	// Presence is the probability that there is such a thing; below 0.5 it is
	// better left out.
	Presence float64
	// BadBorder is the probability that the shape lies further from the thing's
	// than half.
	BadBorder float64
	// Label is the most probable label, and Posterior its probability.
	Label     string
	Posterior float64
}

// Member is a drawing in a cluster, by numbers.
type Member struct {
	Worker  int32 // position in Table.Workers
	Drawing int32 // position in his answer
	// Overlap is the IoU with the mean of the other members, 0 if there are
	// none.
	Overlap float64
}

// Worker is what is known of one worker.
type Worker struct {
	FalseShape float64 // probability that a shape he draws marks nothing
	Missed     float64 // probability that he overlooks a thing
	Sigma      float64 // spread of his shapes
	// Drawn and Matched count his drawings and those in clusters with others,
	// Alone those in no cluster; Overlooked counts the clusters of his scenes
	// without him.
	Drawn, Matched, Alone, Overlooked int
	// Invalid counts the drawings passed over because Shape.Check refused them.
	Invalid int

	things  int     // clusters of his scenes
	squares float64 // of the distances of Matched
}

// Result is what the model believes.
type Result[S Shape[S]] struct {
	// Clusters holds the things of each scene, the best supported first.
	Clusters [][]Cluster[S]
	// Risk is, by scene, the expected number of things that are none, plus that
	// of bad borders. Ask for another answer while it is too high.
	Risk []float64
	// Workers is by position in Table.Workers.
	Workers []Worker
}

// iterations of clusters and workers in turn.
const iterations = 5

// Aggregate finds the things of every scene. Drawings that Shape.Check refuses,
// as a click that drew nothing, are passed over and counted. It returns an error
// of kind limit for a scene of more than MaxDrawings, and what label.NewTable
// returns.
func Aggregate[S Shape[S]](t *table.Table[[]Drawing[S]], rules Rules) (Result[S], error) {
	m := &model[S]{table: t, scenes: make([]scene[S], len(t.Tasks)), workers: make([]Worker, len(t.Workers))}
	for i, task := range t.Tasks {
		n := 0
		for _, v := range t.Votes(i) {
			n += len(v.Value)
		}
		if n > MaxDrawings {
			return Result[S]{}, fault.Limit("quality: task %.40q: %d drawings: want at most %d", task, n, MaxDrawings)
		}
	}
	strict.EachShard(len(t.Tasks), 64*t.Len(), func(from, to int) {
		for i := from; i < to; i++ {
			m.scenes[i] = newScene(t.Tasks[i], t.Votes(i), rules.Salt)
		}
	})
	m.learn(nil)
	clusters := m.gather()
	for range iterations {
		m.learn(clusters)
		clusters = m.gather()
	}
	r := Result[S]{Clusters: clusters, Risk: make([]float64, len(t.Tasks)), Workers: m.workers}
	for i := range clusters {
		m.judge(i, clusters[i])
		for _, c := range clusters[i] {
			r.Risk[i] += 1 - c.Presence + c.BadBorder
		}
	}
	return r, r.name(t, rules)
}

// name gives every cluster the label its members agree on.
func (r Result[S]) name(t *table.Table[[]Drawing[S]], rules Rules) error {
	if rules.Labels == nil {
		return nil
	}
	var answers []label.Answer
	each(r, func(i, n int, c *Cluster[S]) {
		for _, m := range c.Members {
			answers = append(answers, label.Answer{
				Task: thing(t.Tasks[i], n), Worker: t.Workers[m.Worker], Label: drawing(t, i, m).Label,
			})
		}
	})
	labels, err := label.NewTable(answers, label.Rules{Salt: rules.Salt})
	if err != nil {
		return err
	}
	found := rules.Labels.Aggregate(labels, nil)
	at := make(map[string]int, len(labels.Tasks))
	for i, task := range labels.Tasks {
		at[task] = i
	}
	each(r, func(i, n int, c *Cluster[S]) {
		task := at[thing(t.Tasks[i], n)]
		class := found.Labels[task]
		c.Label, c.Posterior = labels.Labels[class], found.Row(task)[class]
	})
	return nil
}

// thing names a cluster as a task of its own.
func thing(task string, cluster int) string { return fmt.Sprintf("%s\x00%d", task, cluster) }

// each calls f with every cluster.
func each[S Shape[S]](r Result[S], f func(task, n int, c *Cluster[S])) {
	for i := range r.Clusters {
		for n := range r.Clusters[i] {
			f(i, n, &r.Clusters[i][n])
		}
	}
}

// drawing returns what a member drew.
func drawing[S Shape[S]](t *table.Table[[]Drawing[S]], task int, m Member) Drawing[S] {
	for _, v := range t.Votes(task) {
		if v.Worker == m.Worker {
			return v.Value[m.Drawing]
		}
	}
	return Drawing[S]{}
}
