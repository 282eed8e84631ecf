// Package label finds the right label of each task from the answers of several
// workers, and says how sure it is: truth inference for categories.
//
// Words: a task is what was asked, a worker who answered, a label one of the K
// classes, a vote one worker's label for one task. The posterior of a class is
// the probability that it is the true label. Gold is a task whose true label
// is known.
//
// Assumptions: one true label per task; given it, workers err independently.
// A ring that copies one key breaks the second: see package watch.
//
// Invariants:
//  1. A result depends on the set of answers, the order of repeated ones, the
//     salt and the method: not on the order of tasks or workers, the machine or
//     the number of threads.
//  2. No tie is broken at random: it goes to the lowest hash of salt, task and
//     label.
//  3. Posteriors of a task sum to 1; those of gold are 0 and 1.
//
// Sources: Dawid and Skene, Applied Statistics 28(1), 1979; Sinha et al., Fast
// Dawid-Skene, arXiv 1803.02781; Ustalov et al., Crowd-Kit (Wawa).
package label

import (
	"github.com/alaya-network/alaya/core/fault"
)

// Method infers labels. It must be pure, give the same bits everywhere, and
// may be called concurrently.
type Method interface {
	// Name is the word by which New finds the method.
	Name() string
	// Aggregate returns a posterior for every task of t; gold is clamped.
	Aggregate(t *Table, gold Gold) Result
}

// Result is what a method believes.
type Result struct {
	// Posterior holds the K class probabilities of task 0, then of task 1, …
	Posterior []float64
	// Labels holds the most probable class of each task.
	Labels []int32
}

// Row returns the posterior of a task, indexed by class.
func (r Result) Row(task int) []float64 {
	k := len(r.Posterior) / max(1, len(r.Labels))
	return r.Posterior[task*k : (task+1)*k]
}

// New returns the method of a name, with the constants of version 1:
//
//	majority  most votes
//	wawa      votes weighted by the worker's agreement with the majority
//	onecoin   one accuracy per worker, guarded; for small symmetric jobs
//	dsmap     full confusion per worker, prior 4 on the diagonal, 1 off it
//	fds       fast Dawid-Skene, then soft steps under a pooled prior; the default
func New(name string) (Method, error) {
	switch name {
	case Majority{}.Name():
		return Majority{}, nil
	case Wawa{}.Name():
		return Wawa{}, nil
	case OneCoin{}.Name():
		return OneCoin{Iterations: 30}, nil
	case "dsmap":
		return DawidSkene{Title: "dsmap", Prior: Diagonal, Soft: 30}, nil
	case "fds":
		return DawidSkene{Title: "fds", Prior: Pooled, Hard: 30, Soft: 10}, nil
	default:
		return nil, fault.Invalid("quality: method %.40q: want majority, wawa, onecoin, dsmap or fds", name)
	}
}

// None is the class of a task without gold.
const None int32 = -1

// Gold holds the true class of each task of a table, None where unknown. A nil
// Gold knows nothing.
type Gold []int32

// At returns the true class of a task, or None.
func (g Gold) At(task int) int32 {
	if g == nil {
		return None
	}
	return g[task]
}

// Len returns the number of tasks whose class is known.
func (g Gold) Len() int {
	n := 0
	for _, class := range g {
		if class != None {
			n++
		}
	}
	return n
}

// clamp makes row certain of a known class.
func clamp(row []float64, class int32) {
	clear(row)
	row[class] = 1
}
