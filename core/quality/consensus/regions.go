package consensus

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/box"
	"github.com/alaya-network/alaya/core/quality/table"
)

// sameThing is the IoU from which two regions of one label are of one thing.
const sameThing = 0.5

// regions is the kind of lists of labelled shapes.
type regions[S box.Shape[S]] struct {
	settings
	never
	most  int // drawings of one task that are merged; of more, one answer is taken
	read  func(answer.Value) []box.Drawing[S]
	write func([]box.Drawing[S]) answer.Value
	worth func(a, b S) num.Ppm // of two shapes of one thing; without it One
}

// similarity is the F1 of shapes of one label that overlap by half.
func (k regions[S]) similarity(a, b answer.Value) num.Ppm {
	p, q := byLabel(k.read(a)), byLabel(k.read(b))
	n := int64(len(p) + len(q))
	var right int64
	for len(p) > 0 && len(q) > 0 {
		label := min(p[0].Label, q[0].Label)
		given, wanted := shapes(&p, label), shapes(&q, label)
		for _, pair := range box.Match(given, wanted, sameThing) {
			worth := num.One
			if k.worth != nil {
				worth = k.worth(given[pair.Given], wanted[pair.Wanted])
			}
			right += int64(worth)
		}
	}
	if n == 0 {
		return num.One
	}
	return num.Ppm(2 * right / n)
}

// byLabel sorts drawings by their labels.
func byLabel[S box.Shape[S]](all []box.Drawing[S]) []box.Drawing[S] {
	slices.SortStableFunc(all, func(a, b box.Drawing[S]) int { return cmp.Compare(a.Label, b.Label) })
	return all
}

// shapes takes the shapes of a label from the front of sorted drawings.
func shapes[S box.Shape[S]](all *[]box.Drawing[S], label string) []S {
	var taken []S
	for len(*all) > 0 && (*all)[0].Label == label {
		taken = append(taken, (*all)[0].Shape)
		*all = (*all)[1:]
	}
	return taken
}

func (k regions[S]) merge(t *values) ([]answer.Value, error) {
	var answers []table.Answer[[]box.Drawing[S]]
	for i, task := range t.Tasks {
		var of []table.Answer[[]box.Drawing[S]]
		n := 0
		for _, v := range t.Votes(i) {
			drawings := k.read(v.Value)
			n += len(drawings)
			of = append(of, table.Answer[[]box.Drawing[S]]{Task: task, Worker: t.Workers[v.Worker], Value: drawings})
		}
		if n <= k.most {
			answers = append(answers, of...)
		}
	}
	merged := make([]answer.Value, len(t.Tasks))
	if len(answers) == 0 {
		return merged, nil
	}
	drawn, err := table.New(answers, table.KeepFirst)
	if err != nil {
		return nil, err
	}
	found, err := box.Aggregate(drawn, box.Rules{Salt: k.salt, Labels: k.method})
	if err != nil {
		return nil, err
	}
	for i, task := range t.Tasks {
		at, there := drawn.Find(task)
		if !there {
			continue
		}
		var things []box.Drawing[S]
		for _, c := range found.Clusters[at] {
			if c.Presence >= 0.5 {
				things = append(things, box.Drawing[S]{Shape: c.Shape, Label: c.Label})
			}
		}
		merged[i] = answer.Sort(k.write(things))
	}
	return merged, nil
}

// list returns f of every element.
func list[A, B any](of []A, f func(A) B) []B {
	out := make([]B, len(of))
	for i, a := range of {
		out[i] = f(a)
	}
	return out
}
