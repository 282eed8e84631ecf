package appraisal

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/alaya-network/alaya/core/quality/agree"
	"github.com/alaya-network/alaya/core/quality/box"
	"github.com/alaya-network/alaya/core/quality/label"
)

// assessed is a subject that can say how far its workers agree.
type assessed interface {
	agreement(salt [32]byte) ([]Agreement, error)
}

// appraiseOther reports on answers that are no choices.
func appraiseOther(c *Crowd, o Options) (*Report, error) {
	out, err := c.subject.aggregate(o)
	if err != nil {
		return nil, err
	}
	blind := out
	if len(o.Gold) > 0 {
		without := o
		without.Gold = nil
		if blind, err = c.subject.aggregate(without); err != nil {
			return nil, err
		}
	}
	r := &Report{Kind: c.Kind, Why: c.Why, Title: "Answers", Method: out.Method, Notes: out.Notes, Certainty: certainty(blind.Items)}
	r.Totals = Totals{
		Tasks: len(c.Tasks), Workers: len(c.Workers), Answers: c.Answers - c.Repeated, Repeated: c.Repeated, Empty: c.Empty,
	}
	if a, ok := c.subject.(assessed); ok {
		if r.Agreement, err = a.agreement(o.Salt); err != nil {
			return nil, err
		}
	}
	if d, ok := c.subject.(*drawn); ok {
		r.Pictures = d.pictures(out)
	}
	if err := r.score(c.Kind, blind.Items, o.Gold); err != nil {
		return nil, err
	}
	for _, w := range out.Workers {
		r.Workers = append(r.Workers, ReportWorker{Worker: w})
	}
	slices.SortStableFunc(r.Workers, func(x, y ReportWorker) int { return cmp.Compare(x.Skill, y.Skill) })
	r.doubt(blind.Items)
	r.Points = points(r)
	return r, nil
}

// score measures labels found without gold.
func (r *Report) score(kind Kind, items []Item, gold []Truth) error {
	truth := make(map[string]string, len(gold))
	for _, g := range gold {
		truth[g.Task] = g.Label
	}
	var guesses []Guess
	for _, item := range items {
		if want, known := truth[item.Task]; known {
			guesses = append(guesses, Guess{item.Label, want, item.Confidence})
		}
	}
	if len(guesses) == 0 {
		return nil
	}
	r.Totals.Gold = len(guesses)
	r.Scores = &Scores{Kind: kind, Scored: len(guesses), Missing: len(gold) - len(guesses)}
	return r.Scores.measure(guesses)
}

// doubt lists the least sure labels.
func (r *Report) doubt(items []Item) {
	sorted := slices.Clone(items)
	slices.SortStableFunc(sorted, func(x, y Item) int { return cmp.Compare(x.Confidence, y.Confidence) })
	for _, item := range sorted[:min(len(sorted), maxDoubts/2)] {
		if item.Confidence < unsettled {
			votes := fmt.Sprintf("%d answers", item.Answers)
			r.Doubts = append(r.Doubts, Doubt{Task: item.Task, Label: item.Label, Confidence: item.Confidence, Votes: votes, Why: "the answers do not settle it"})
		}
	}
}

// agreement of numbers is Krippendorff's, of their distances.
func (n *numbers) agreement(salt [32]byte) ([]Agreement, error) {
	units := make([][]float64, len(n.table.Tasks))
	for i := range units {
		for _, v := range n.table.Votes(i) {
			units[i] = append(units[i], v.Value)
		}
	}
	ratings, err := agree.Numbers(units)
	if err != nil {
		return nil, err
	}
	return estimates(salt, n.table.Len(), measure{"Krippendorff's α, interval", "distances of numbers count", agree.Krippendorff(ratings, agree.Interval)})
}

// agreement of grades is Krippendorff's, of their order.
func (g *grades) agreement(salt [32]byte) ([]Agreement, error) {
	t, err := label.NewTable(g.answers, label.Rules{Labels: g.rules.Grades, Keep: g.keep})
	if err != nil {
		return nil, err
	}
	ratings, err := agree.Ordered(t, g.rules.Grades)
	if err != nil {
		return nil, err
	}
	return estimates(salt, t.Len(), measure{"Krippendorff's α, ordinal", "the order of grades counts", agree.Krippendorff(ratings, agree.Ordinal)})
}

// agreement of boxes is that of any two workers of a picture.
func (d *drawn) agreement([32]byte) ([]Agreement, error) {
	f1, overlap := box.Agreement(d.table, half)
	return []Agreement{
		plain("F1 of pairs", "boxes of two workers that overlap by half or more", ratio(f1)),
		plain("mean IoU", "of the boxes so matched", ratio(overlap)),
	}, nil
}

// plain is a measure without an interval.
func plain(name, note string, value float64) Agreement {
	return Agreement{name, note, value, value, value}
}

// measure is a measure of agreement with its name.
type measure struct {
	name, note string
	agree.Measure
}

// estimates computes measures over so many answers with their intervals, from
// fewer draws where answers are many and intervals narrow.
func estimates(salt [32]byte, answers int, measures ...measure) ([]Agreement, error) {
	b := agree.Thousand(salt)
	b.Resamples = min(b.Resamples, max(100, 20_000_000/max(1, answers)))
	list := make([]Agreement, len(measures))
	for i, m := range measures {
		e, err := m.Estimate(b)
		if err != nil {
			return nil, err
		}
		list[i] = Agreement{m.name, m.note, ratio(e.Value), ratio(e.Lower), ratio(e.Upper)}
	}
	return list, nil
}

// maxPictures is the number of scenes a report shows.
const maxPictures = 6

// pictures returns scenes with several things each: the most doubtful ones, and
// those of the most drawings.
func (d *drawn) pictures(out *Outcome) []Picture {
	var order []int
	for i := range out.Items {
		if len(d.boxesOf(i)) >= 2*len(d.table.Votes(i)) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(out.Items[x].Confidence, out.Items[y].Confidence) })
	if len(order) > maxPictures {
		rest := order[maxPictures/2:]
		slices.SortStableFunc(rest, func(x, y int) int { return cmp.Compare(len(d.boxesOf(y)), len(d.boxesOf(x))) })
		order = order[:maxPictures]
	}
	var list []Picture
	for _, i := range order {
		item := out.Items[i]
		found, err := d.layout.parse([]byte(item.Label))
		if err != nil {
			continue // never: it was written so
		}
		p := Picture{Task: item.Task, Workers: len(d.table.Votes(i)), Confidence: item.Confidence, Drawn: frames(d.boxesOf(i)), Found: frames(found)}
		list = append(list, p)
	}
	return list
}

// boxesOf returns all that was drawn in a scene.
func (d *drawn) boxesOf(task int) []drawing {
	var all []drawing
	for _, v := range d.table.Votes(task) {
		all = append(all, v.Value...)
	}
	return all
}

func frames(boxes []drawing) [][4]float64 {
	list := make([][4]float64, len(boxes))
	for i, b := range boxes {
		s := b.Shape
		list[i] = [4]float64{pixels(s.X1), pixels(s.Y1), pixels(s.X2 - s.X1), pixels(s.Y2 - s.Y1)}
	}
	return list
}
