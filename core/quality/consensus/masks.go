package consensus

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/mask"
	"github.com/alaya-network/alaya/core/quality/strict"
	"github.com/alaya-network/alaya/core/quality/table"
)

// masks is the kind of masks: of each label, all pixels that belong to it.
type masks struct {
	never
	salt [32]byte
}

func newMasks(_ answer.Control, s settings) kind { return masks{salt: s.salt} }

// layerOf is all pixels of one label.
type layerOf struct {
	label string
	mask  mask.Mask
}

// layersOf returns the pixels of each label, by label; a label whose masks
// differ in size keeps those of the first.
func layersOf(v answer.Value) []layerOf {
	var all []layerOf
	for _, m := range v.(answer.Masks) { // sorted by label
		if last := len(all) - 1; last >= 0 && all[last].label == m.Label {
			all[last].mask = union(all[last].mask, m)
			continue
		}
		if painted, ok := paint(m.Size, m.Counts); ok {
			all = append(all, layerOf{m.Label, painted})
		}
	}
	slices.SortStableFunc(all, func(a, b layerOf) int { return cmp.Compare(a.label, b.label) })
	return all
}

// paint returns the mask of runs; false for what a parsed value never is.
func paint(size [2]int64, counts []int64) (mask.Mask, bool) {
	m, err := mask.FromRuns(int(size[0]), int(size[1]), list(counts, func(n int64) int { return int(n) }))
	return m, err == nil
}

// union adds the pixels of a mask of the same size.
func union(m mask.Mask, more answer.Mask) mask.Mask {
	height, width := m.Size()
	if int64(height) != more.Size[0] || int64(width) != more.Size[1] {
		return m
	}
	var stretches [][2]int
	add := func(runs []int) {
		at := 0
		for i, n := range runs {
			if i%2 == 1 {
				stretches = append(stretches, [2]int{at, at + n})
			}
			at += n
		}
	}
	add(m.Runs())
	add(list(more.Counts, func(n int64) int { return int(n) }))
	slices.SortFunc(stretches, func(a, b [2]int) int { return a[0] - b[0] })
	var runs []int
	at := 0
	for _, s := range stretches {
		switch {
		case s[1] <= at && len(runs) > 0:
		case s[0] <= at && len(runs) > 0:
			runs[len(runs)-1] += s[1] - at
			at = s[1]
		default:
			runs = append(runs, s[0]-at, s[1]-s[0])
			at = s[1]
		}
	}
	joined, err := mask.FromRuns(height, width, append(runs, height*width-at))
	if err != nil {
		return m // too many runs: the first mask stands
	}
	return joined
}

// similarity is the mean IoU over the labels that either has.
func (masks) similarity(a, b answer.Value) num.Ppm {
	p, q := layersOf(a), layersOf(b)
	var sum, n num.Ppm
	for len(p) > 0 || len(q) > 0 {
		n++
		switch {
		case len(q) == 0 || len(p) > 0 && p[0].label < q[0].label:
			p = p[1:]
		case len(p) == 0 || q[0].label < p[0].label:
			q = q[1:]
		default:
			sum += overlapOf(p[0].mask, q[0].mask)
			p, q = p[1:], q[1:]
		}
	}
	if n == 0 {
		return num.One
	}
	return sum / n
}

func overlapOf(a, b mask.Mask) num.Ppm {
	if !sameSize(a, b) {
		return 0
	}
	return strict.Ppm(a.IoU(b))
}

func sameSize(a, b mask.Mask) bool {
	h, w := a.Size()
	g, v := b.Size()
	return h == g && w == v
}

func (k masks) merge(t *values) ([]answer.Value, error) {
	var answers []table.Answer[mask.Mask]
	var owners []place
	long := make([]bool, len(t.Tasks))
	for i := range t.Tasks {
		all, labels := painters(t, i)
		for _, label := range labels {
			votes, runs := of(all, label)
			if long[i] = long[i] || runs*(len(votes)/64+1) > mask.MaxTaskRuns; long[i] {
				break
			}
			name := fmt.Sprintf("%012d", len(owners))
			owners = append(owners, place{i, label})
			for _, v := range votes {
				v.Task = name
				answers = append(answers, v)
			}
		}
	}
	found := make([]answer.Masks, len(t.Tasks))
	if err := k.infer(answers, owners, found); err != nil {
		return nil, err
	}
	return each(t, func(i int) answer.Value {
		if long[i] {
			return nil
		}
		return answer.Sort(found[i])
	}), nil
}

// place is a label of a task.
type place struct {
	task  int
	label string
}

// infer adds what the answers come to, by owner, to the masks found.
func (masks) infer(answers []table.Answer[mask.Mask], owners []place, found []answer.Masks) error {
	if len(answers) == 0 {
		return nil
	}
	t, err := table.New(answers, table.KeepFirst)
	if err != nil {
		return err
	}
	method, err := mask.New("em")
	if err != nil {
		return err
	}
	r, err := method.Aggregate(t)
	if err != nil {
		return err
	}
	for n, m := range r.Masks {
		if m.Area() == 0 {
			continue
		}
		o := owners[n]
		h, w := m.Size()
		found[o.task] = append(found[o.task], answer.Mask{
			Label: o.label, Size: [2]int64{int64(h), int64(w)}, Counts: list(m.Runs(), func(n int) int64 { return int64(n) }),
		})
	}
	return nil
}

// painter is what one worker painted in a task.
type painter struct {
	worker string
	layers []layerOf
}

// painters lists those who painted nothing, or masks of the size that most
// have, and the labels they gave.
func painters(t *values, i int) (all []painter, labels []string) {
	var usual mask.Mask
	count, most := make(map[[2]int]int), 0
	for _, v := range t.Votes(i) {
		p := painter{t.Workers[v.Worker], layersOf(v.Value)}
		all = append(all, p)
		for _, l := range p.layers {
			h, w := l.mask.Size()
			count[[2]int{h, w}]++
			if n := count[[2]int{h, w}]; n > most {
				usual, most = l.mask, n
			}
		}
	}
	all = slices.DeleteFunc(all, func(p painter) bool {
		return slices.ContainsFunc(p.layers, func(l layerOf) bool { return !sameSize(l.mask, usual) })
	})
	for _, p := range all {
		for _, l := range p.layers {
			labels = append(labels, l.label)
		}
	}
	slices.Sort(labels)
	return all, slices.Compact(labels)
}

// of returns the masks of a label that anybody has, empty of those who painted
// none, and the number of their runs.
func of(all []painter, label string) (votes []table.Answer[mask.Mask], runs int) {
	var empty mask.Mask
	for _, p := range all {
		for _, l := range p.layers {
			h, w := l.mask.Size()
			empty, _ = paint([2]int64{int64(h), int64(w)}, []int64{int64(h * w)})
		}
	}
	for _, p := range all {
		painted := empty
		if n := slices.IndexFunc(p.layers, func(l layerOf) bool { return l.label == label }); n >= 0 {
			painted = p.layers[n].mask
		}
		runs += len(painted.Runs())
		votes = append(votes, table.Answer[mask.Mask]{Worker: p.worker, Value: painted})
	}
	return votes, runs
}
