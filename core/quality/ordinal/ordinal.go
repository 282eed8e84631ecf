// Package ordinal finds the right grade of each task from the grades several
// workers gave: stars, severities, agreement from "not at all" to "fully".
//
// Words: grades are labels with an order, from least to most, and numbered so,
// from 0; neighbours are one step apart. The estimate of a task is the median
// of its posterior: the grade that is wrong by the fewest steps on average.
//
// Assumptions: as of package label. Steps need not mean equal differences for
// the estimate, but do for Mean and for Score. Where answers are numbers, use
// package numeric.
//
// Invariants:
//  1. A result depends on the set of answers, the order of repeated ones, the
//     rules and the method alone.
//  2. At most half of a task's posterior lies below its estimate, and at most
//     half above; where two grades satisfy that, the lowest hash of salt, task
//     and grade decides.
//
// Sources: Dawid and Skene, Applied Statistics 28(1), 1979, under a prior that
// falls with the distance of grades; Cohen, Psychological Bulletin 70(4), 1968
// (weighted kappa).
package ordinal

import (
	"fmt"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
	"github.com/alaya-network/alaya/core/quality/table"
)

// MaxGrades bounds the number of grades.
const MaxGrades = 100

// Rules say how answers become a table.
type Rules struct {
	// Salt keys the breaking of ties.
	Salt [32]byte
	// Grades from least to most: 2 to MaxGrades, each once. Answers of others
	// are dropped and counted.
	Grades []string
	// Repeated answers: the first counts, or the last.
	Keep table.Keep
}

// Table holds answers in canonical order. It is read only.
type Table struct {
	Tasks, Workers []string
	// Grades from least to most.
	Grades []string
	// Repeated counts answers dropped for a repeated (task, worker), Foreign
	// those dropped for no grade of the rules.
	Repeated, Foreign int

	// labels names each grade by its number, so that the order of names is that
	// of grades.
	labels *label.Table
	salt   [32]byte
}

// NewTable puts answers in order. It returns an error of kind invalid for an
// empty task or worker and for grades against the rules, of kind limit beyond
// the bounds of package label.
func NewTable(answers []label.Answer, rules Rules) (*Table, error) {
	if n := len(rules.Grades); n < 2 || n > MaxGrades {
		return nil, fault.Invalid("quality: %d grades: want 2 to %d", n, MaxGrades)
	}
	number := make(map[string]int, len(rules.Grades))
	var names []string
	for n, grade := range rules.Grades {
		if _, twice := number[grade]; twice {
			return nil, fault.Invalid("quality: grade %.40q is named twice", grade)
		}
		number[grade] = n
		names = append(names, name(n))
	}
	numbered := slices.Clone(answers)
	for i, a := range answers {
		if n, known := number[a.Label]; known {
			numbered[i].Label = name(n)
		} else {
			numbered[i].Label = "" // no grade's name
		}
	}
	labels, err := label.NewTable(numbered, label.Rules{Salt: rules.Salt, Labels: names, Keep: rules.Keep})
	if err != nil {
		return nil, err
	}
	return &Table{
		labels.Tasks, labels.Workers, slices.Clone(rules.Grades),
		labels.Repeated, labels.Foreign, labels, rules.Salt,
	}, nil
}

// name names a grade by its number.
func name(grade int) string { return fmt.Sprintf("%02d", grade) }

// Grade returns the number of a grade, false when there is none of that name.
func (t *Table) Grade(name string) (int, bool) {
	n := slices.Index(t.Grades, name)
	return n, n >= 0
}

// New returns the method of a name, any of package label or:
//
//	median  the median of the answers
//	banded  full confusion per worker, near grades taken for each other more
//	        easily than far ones
func New(name string) (label.Method, error) {
	switch name {
	case "median":
		return label.Majority{}, nil
	case "banded":
		return label.DawidSkene{Title: "banded", Prior: label.Banded, Soft: 30}, nil
	default:
		return label.New(name)
	}
}

// Fit names the method of New that fits what is known of the workers: banded
// where there is an answer to each cell of their confusion matrices, median
// where fewer would have to say who confuses what. Of samples of the sets S_Rel
// and S_Adult, those of a fifth of an answer to a cell have two more of a
// hundred grades right by the median; between that and one the sets disagree,
// by up to seven for either; above one banded has up to ten more right, and at
// most two less.
func Fit(t *Table) string {
	if t.labels.Len() < len(t.Workers)*len(t.Grades)*len(t.Grades) {
		return "median"
	}
	return "banded"
}

// Estimate is the grade of a task.
type Estimate struct {
	Grade int32
	// Confidence is the posterior of Grade.
	Confidence num.Ppm
	// Mean is the mean of the posterior, in millionths of a step from grade 0.
	Mean    num.Ppm
	Answers int
}

// Worker is how a worker's answers lie to the estimates: the mean of his steps
// above less those below, and the mean of both, in millionths of a step.
type Worker struct {
	Bias, Error num.Ppm
	Answers     int
}

// Result holds what a method believes, by task and by worker.
type Result struct {
	Estimates []Estimate
	Workers   []Worker
}

// Aggregate estimates grades by a method; gold is taken for certain.
func Aggregate(t *Table, m label.Method, gold []Truth) Result {
	posterior := m.Aggregate(t.labels, t.gold(gold))
	r := Result{make([]Estimate, len(t.Tasks)), make([]Worker, len(t.Workers))}
	for i := range r.Estimates {
		row := posterior.Row(i)
		grade := t.median(i, row)
		mean := 0.0
		for k, z := range row {
			mean += float64(float64(k) * z)
		}
		r.Estimates[i] = Estimate{grade, strict.Ppm(row[grade]), strict.Ppm(mean), len(t.labels.Votes(i))}
	}
	for i, e := range r.Estimates {
		for _, v := range t.labels.Votes(i) {
			w, steps := &r.Workers[v.Worker], num.Ppm(v.Label-e.Grade)*num.One
			w.Bias += steps
			w.Error += max(steps, -steps)
			w.Answers++
		}
	}
	for j := range r.Workers {
		w := &r.Workers[j]
		n := num.Ppm(max(1, w.Answers))
		w.Bias, w.Error = w.Bias/n, w.Error/n
	}
	return r
}

// median returns the median of a task's posterior.
func (t *Table) median(task int, row []float64) int32 {
	below := 0.0
	for k, z := range row {
		below += z
		if below > 0.5 {
			return int32(k)
		}
		if below == 0.5 && z > 0 {
			return t.either(task, k, next(row, k))
		}
	}
	return int32(len(row) - 1) // the sum was rounded down
}

// next returns the first grade above k that may be the right one.
func next(row []float64, k int) int {
	k++
	for k < len(row)-1 && row[k] == 0 {
		k++
	}
	return k
}

// either decides between two grades of a task.
func (t *Table) either(task, a, b int) int32 {
	if strict.TieCompare(t.salt, t.Grades[a], t.Grades[b], t.Tasks[task]) < 0 {
		return int32(a)
	}
	return int32(b)
}
