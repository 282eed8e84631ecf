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
//  4. A method that goes in steps learns in the first of whom gold tests (three
//     votes on it) from gold alone: a ring that outvotes the honest on the other
//     tasks does not set out as the truth.
//
// Choosing: New knows the methods that need answers alone; CrowdLab joins them
// with a model's predictions; Stream and Live decide as answers come.
//
// Sources: Dawid and Skene, Applied Statistics 28(1), 1979; Sinha et al., Fast
// Dawid-Skene, arXiv 1803.02781; Ustalov et al., Crowd-Kit (Wawa); Zheng et al.,
// Truth Inference in Crowdsourcing, PVLDB 10(5), 2017; those named beside each
// method.
package label

import (
	"strings"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/strict"
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

// decide takes the best class of every task.
func (r Result) decide(t *Table) {
	strict.EachShard(len(r.Labels), len(r.Posterior), func(from, to int) {
		for i := from; i < to; i++ {
			r.Labels[i] = t.best(i, r.Row(i))
		}
	})
}

// New returns the method of a name, with the constants of version 1:
//
//	majority  most votes
//	wawa      votes weighted by the worker's agreement with the majority
//	onecoin   one accuracy per worker, guarded; for small symmetric jobs
//	zencrowd  the same without smoothing
//	dsmap     full confusion per worker, prior 4 on the diagonal, 1 off it
//	hds       full confusion per worker, prior of all workers together
//	fds       fast Dawid-Skene, then soft steps under a pooled prior; the default
//	shrunk    full confusion per worker, drawn to the crowd's; for few answers
//	ibcc      full confusion per worker with its uncertainty
//	ebcc      the same with subtypes of classes; for correlated errors, small jobs
//	bwa       one precision per worker and class, without logarithms
//	mace      truth or spam; see MACE.Detect
//	la1       weights learnt in one pass, exact in integers
//	la2       the same, decided again by the final weights
//	auto      a panel of these, weighed by withheld answers or gold
func New(name string) (Method, error) {
	for _, m := range methods() {
		if m.Name() == name {
			return m, nil
		}
	}
	return nil, fault.Invalid("quality: method %.40q: want one of %s", name, strings.Join(Names(), ", "))
}

// Names returns the words that New knows.
func Names() []string {
	var names []string
	for _, m := range methods() {
		names = append(names, m.Name())
	}
	return names
}

func methods() []Method {
	return []Method{
		Majority{},
		Wawa{},
		OneCoin{Iterations: 30},
		ZenCrowd{Iterations: 30},
		dsmap(),
		DawidSkene{Title: "hds", Prior: Pooled, Soft: 30},
		fds(),
		hierarchical(),
		IBCC{Steps: 30},
		ebcc(),
		BWA{Steps: 30},
		MACE{Starts: 10, Steps: 50},
		LA{Passes: 1},
		LA{Passes: 2},
		Auto{},
	}
}

// The methods below are also on Auto's panel.

func fds() DawidSkene {
	return DawidSkene{Title: "fds", Prior: Pooled, Hard: 30, Soft: 10}
}

func hierarchical() Shrunk { return Shrunk{Title: "shrunk", Strength: 10, Steps: 30} }

func ebcc() EBCC { return EBCC{Subtypes: 10, Starts: 5, Steps: 50} }

// dsmap is the method of that name, and that of Live's epochs.
func dsmap() DawidSkene {
	return DawidSkene{Title: "dsmap", Prior: Diagonal, Soft: 30}
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
