// Package synth makes up crowds whose truth is known, to measure methods by:
// as many answers as wanted, one task at a time, in little memory.
//
// Words: a crowd's workers have confusion matrices, drawn once; a spammer's
// knows nothing of the truth.
//
// Assumptions: classes are equally frequent, workers are met equally often and
// err independently. Real crowds are worse: use recorded answers to choose
// methods, and these to measure speed and memory.
//
// Invariant: a crowd depends on its recipe and salt alone.
//
// Sources: Marsaglia and Tsang, A simple method for generating gamma
// variables, ACM TOMS 26(3), 2000.
package synth

import (
	"iter"
	"math"
	"slices"
	"strconv"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Recipe says how large a crowd is and how good.
type Recipe struct {
	Tasks, Workers, Classes int
	PerTask                 int     // answers, by different workers
	Spammers                num.Ppm // share of the workers
}

// Reference returns the recipe that speed is measured by: five answers to each
// task, 5,000 workers, a tenth of them spammers, ten classes; workers are right
// on .55 of their answers.
func Reference(tasks int) Recipe {
	return Recipe{Tasks: tasks, Workers: 5000, Classes: 10, PerTask: 5, Spammers: 100_000}
}

// Crowd is a crowd made up. It may be used concurrently.
type Crowd struct {
	Recipe
	salt  [32]byte
	chain []float64 // worker, class: cumulated shares of the labels
}

// maxCells bounds workers × classes²: 512 MiB of confusion matrices.
const maxCells = 1 << 26

// New draws the workers of a crowd. It returns an error of kind invalid for a
// recipe that cannot be cooked, of kind limit for too many workers and classes.
func New(r Recipe, salt [32]byte) (*Crowd, error) {
	if r.Tasks < 0 || r.Classes < 1 || r.PerTask < 1 || r.PerTask > r.Workers || r.Spammers != r.Spammers.Clip() {
		return nil, fault.Invalid("quality: recipe %+v: want a class, answers by as many workers, spammers of 0 to 100%%", r)
	}
	if r.Classes > label.MaxLabels || r.Workers > maxCells/(r.Classes*r.Classes) {
		return nil, fault.Limit("quality: %d workers and %d classes: want workers × classes² at most %d", r.Workers, r.Classes, maxCells)
	}
	c := &Crowd{r, salt, make([]float64, r.Workers*r.Classes*r.Classes)}
	for j := range r.Workers {
		for k := range r.Classes {
			c.draw(j, k)
		}
	}
	return c, nil
}

// row returns the chain of a worker and class.
func (c *Crowd) row(worker, class int) []float64 {
	return c.chain[(worker*c.Classes+class)*c.Classes:][:c.Classes]
}

// draw draws the labels that a worker gives for a class: from a Dirichlet
// distribution of weight 0.3 each in ten classes, less in more, with Gamma(2,
// 2.5) added on the right label unless he is a spammer.
func (c *Crowd) draw(worker, class int) {
	r := strict.NewRandom(c.salt, "synth/worker", uint64(worker), uint64(class))
	row := c.row(worker, class)
	for l := range row {
		shape := 2.7 / float64(max(1, c.Classes-1))
		if l == class && num.Ppm(worker)*num.One >= c.Spammers*num.Ppm(c.Workers) {
			shape += float64(2.5 * (r.Exponential() + r.Exponential()))
		}
		row[l] = gamma(&r, shape)
		if l > 0 {
			row[l] += row[l-1]
		}
	}
	for l := range row {
		row[l] /= row[len(row)-1]
	}
}

// gamma draws from the gamma distribution of a shape, at least 0.001, and scale
// 1.
func gamma(r *strict.Random, shape float64) float64 {
	if shape < 1 {
		return float64(gamma(r, shape+1) * strict.Exp(max(-700, strict.Log(r.Float64())/shape)))
	}
	d := shape - 1./3
	for {
		x := normal(r)
		v := 1 + x/math.Sqrt(float64(9*d))
		if v <= 0 {
			continue
		}
		v = float64(v * float64(v*v))
		if strict.Log(r.Float64()) < float64(x*x)/2+float64(d*(1-v+strict.Log(v))) {
			return float64(d * v)
		}
	}
}

// normal draws from the normal distribution by Marsaglia's polar method.
func normal(r *strict.Random) float64 {
	for {
		x, y := float64(2*r.Float64())-1, float64(2*r.Float64())-1
		s := float64(x*x) + float64(y*y)
		if s < 1 {
			return float64(x * math.Sqrt(float64(-2*strict.Log(s))/s))
		}
	}
}

// tasksPerDraw tasks share one source of random numbers.
const tasksPerDraw = 1024

// All goes through the tasks: the true class of each, and its votes. Workers
// and labels are numbered from 0; the slice is used again for the next task.
func (c *Crowd) All() iter.Seq2[int32, []label.Vote] {
	return func(yield func(int32, []label.Vote) bool) {
		var r strict.Random
		votes := make([]label.Vote, 0, c.PerTask)
		for i := range c.Tasks {
			if i%tasksPerDraw == 0 {
				r = strict.NewRandom(c.salt, "synth/tasks", uint64(i))
			}
			truth := r.IntN(c.Classes)
			votes = c.ask(&r, truth, votes[:0])
			if !yield(int32(truth), votes) {
				return
			}
		}
	}
}

// ask lets workers answer a task of a true class.
func (c *Crowd) ask(r *strict.Random, truth int, votes []label.Vote) []label.Vote {
	for len(votes) < c.PerTask {
		worker := int32(r.IntN(c.Workers))
		if slices.ContainsFunc(votes, func(v label.Vote) bool { return v.Worker == worker }) {
			continue
		}
		row, u := c.row(int(worker), truth), r.Float64()
		given := 0
		for given < len(row)-1 && row[given] <= u {
			given++
		}
		votes = append(votes, label.Vote{Worker: worker, Label: int32(given)})
	}
	return votes
}

// Table returns the answers of all tasks and the truth, by the same numbers as
// far as every worker and label was met. Errors are those of label.Builder.
func (c *Crowd) Table() (*label.Table, label.Gold, error) {
	b, err := label.NewBuilder(label.Rules{Salt: c.salt})
	if err != nil {
		return nil, nil, err
	}
	workers, labels := names("w", c.Workers), names("c", c.Classes)
	var truths []int32
	task := make([]byte, 0, 16)
	for truth, votes := range c.All() {
		task = appendName(task[:0], "t", len(truths), c.Tasks)
		for _, v := range votes {
			if err := b.Add(string(task), workers[v.Worker], labels[v.Label]); err != nil {
				return nil, nil, err
			}
		}
		truths = append(truths, truth)
	}
	t, err := b.Table()
	if err != nil {
		return nil, nil, err
	}
	return t, known(t, truths, labels), nil
}

// known turns true classes into those of a table: one that no worker gave is
// unknown to it.
func known(t *label.Table, truths []int32, labels []string) label.Gold {
	class := make([]int32, len(labels))
	for k, l := range labels {
		at, found := slices.BinarySearch(t.Labels, l)
		if class[k] = int32(at); !found {
			class[k] = label.None
		}
	}
	for i, k := range truths {
		truths[i] = class[k]
	}
	return truths
}

// names returns n names of equal length.
func names(prefix string, n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = string(appendName(nil, prefix, i, n))
	}
	return all
}

// appendName appends the name of number i of n, with leading zeros.
func appendName(to []byte, prefix string, i, n int) []byte {
	to = append(to, prefix...)
	for pad := 10; pad < n; pad *= 10 {
		if i < pad {
			to = append(to, '0')
		}
	}
	return strconv.AppendInt(to, int64(i), 10)
}
