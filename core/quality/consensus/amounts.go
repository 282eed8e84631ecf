package consensus

import (
	"fmt"
	"math"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/numeric"
	"github.com/alaya-network/alaya/core/quality/ordinal"
	"github.com/alaya-network/alaya/core/quality/table"
)

// grades is the kind of ratings.
type grades struct {
	salt [32]byte
	top  int64
}

func newGrades(c answer.Control, s settings) kind { return grades{s.salt, *c.Max} }

func (k grades) similarity(a, b answer.Value) num.Ppm {
	return closeness(int64(a.(answer.Rating)), int64(b.(answer.Rating)), k.top-1)
}

func (k grades) guess(match num.Ppm) num.Ppm {
	var hits int64
	for a := int64(1); a <= k.top; a++ {
		for b := int64(1); b <= k.top; b++ {
			if closeness(a, b, k.top-1) >= match {
				hits++
			}
		}
	}
	return share(hits, k.top*k.top)
}

func (k grades) merge(t *values) ([]answer.Value, error) {
	var answers []label.Answer
	for i, task := range t.Tasks {
		for _, v := range t.Votes(i) {
			answers = append(answers, label.Answer{Task: task, Worker: t.Workers[v.Worker], Label: fmt.Sprint(v.Value)})
		}
	}
	merged := make([]answer.Value, len(t.Tasks))
	if len(answers) == 0 {
		return merged, nil
	}
	rules := ordinal.Rules{Salt: k.salt}
	for g := int64(1); g <= k.top; g++ {
		rules.Grades = append(rules.Grades, fmt.Sprint(g))
	}
	graded, err := ordinal.NewTable(answers, rules)
	if err != nil {
		return nil, err
	}
	method, err := ordinal.New(ordinal.Fit(graded))
	if err != nil {
		return nil, err
	}
	r := ordinal.Aggregate(graded, method, nil)
	at := 0
	for i, task := range t.Tasks {
		if at < len(graded.Tasks) && graded.Tasks[at] == task {
			merged[i] = answer.Rating(r.Estimates[at].Grade + 1)
			at++
		}
	}
	return merged, nil
}

// quantity is the kind of numbers.
type quantity struct {
	control answer.Control
	unit    float64 // 10^decimals
}

func newQuantity(c answer.Control, _ settings) kind {
	unit := 1.0
	for range c.Decimals {
		unit = float64(unit * 10)
	}
	return quantity{c, unit}
}

// similarity is the closeness in the control's range, or, without one, in the
// size of the numbers.
func (k quantity) similarity(a, b answer.Value) num.Ppm {
	x, y := int64(a.(answer.Number)), int64(b.(answer.Number))
	if k.control.Min != nil && k.control.Max != nil {
		return closeness(x, y, *k.control.Max-*k.control.Min)
	}
	return closeness(x, y, max(x, -x, y, -y))
}

func (k quantity) guess(match num.Ppm) num.Ppm {
	if k.control.Min == nil || k.control.Max == nil {
		return 0
	}
	off := num.One - match // two points of a line of length 1 are so near with probability 2·off - off²
	return 2*off - off*off/num.One
}

// merge takes Huber's estimate, on a step of the control and within its range.
func (k quantity) merge(t *values) ([]answer.Value, error) {
	var answers []numeric.Answer
	for i, task := range t.Tasks {
		for _, v := range t.Votes(i) {
			answers = append(answers, numeric.Answer{Task: task, Worker: t.Workers[v.Worker], Value: float64(v.Value.(answer.Number)) / k.unit})
		}
	}
	numbers, err := numeric.NewTable(answers, table.KeepFirst)
	if err != nil {
		return nil, err
	}
	found := numeric.Huber{}.Estimate(numbers)
	return each(t, func(i int) answer.Value {
		at, _ := numbers.Find(t.Tasks[i])
		return k.round(found[at])
	}), nil
}

// round brings a number onto the steps of the control, halves up.
func (k quantity) round(x float64) answer.Number {
	low, high := k.control.Range()
	step := max(1, k.control.Step)
	from := int64(0)
	if k.control.Min != nil {
		from = low
	}
	steps := int64(math.Floor((float64(x*k.unit)-float64(from))/float64(step) + 0.5))
	n := from + steps*step
	for n > high {
		n -= step
	}
	for n < low {
		n += step
	}
	return answer.Number(n)
}

// closeness is one minus the distance over a range, at least 0.
func closeness(a, b, width int64) num.Ppm {
	off := max(a-b, b-a)
	if off == 0 {
		return num.One
	}
	if off >= width {
		return 0
	}
	return num.One - num.Ppm(math.Floor(float64(float64(off)*float64(num.One))/float64(width)))
}
