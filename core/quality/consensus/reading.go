package consensus

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/score"
	"github.com/alaya-network/alaya/core/quality/span"
	"github.com/alaya-network/alaya/core/quality/table"
)

// reading is the kind of spans. They are merged turn by turn; where anybody's
// spans overlap, label by label.
type reading struct {
	never
	salt [32]byte
}

func newReading(_ answer.Control, s settings) kind { return reading{salt: s.salt} }

// mark is a span, or a relation of two, by value.
type mark struct {
	turn, start, end int64
	label            string
	to               *mark // of a relation
}

func compareMarks(a, b mark) int {
	c := cmp.Or(cmp.Compare(a.turn, b.turn), cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end), cmp.Compare(a.label, b.label))
	switch {
	case c != 0 || a.to == nil && b.to == nil:
		return c
	case a.to == nil:
		return -1
	case b.to == nil:
		return 1
	default:
		return compareMarks(*a.to, *b.to)
	}
}

// marksOf lists what a value marks, sorted: spans with turn -1 where there are
// none, and relations as the first span, with the relation's label, to the
// second.
func marksOf(v answer.Spans) []mark {
	var marks []mark
	for _, s := range v.Spans {
		marks = append(marks, markOf(s))
	}
	for _, r := range v.Relations {
		from, to := markOf(v.Spans[r.From]), markOf(v.Spans[r.To])
		from.label += "\x00" + r.Label
		from.to = &to
		marks = append(marks, from)
	}
	slices.SortFunc(marks, compareMarks)
	return marks
}

func markOf(s answer.Span) mark {
	m := mark{turn: -1, start: s.Start, end: s.End, label: s.Label}
	if s.Turn != nil {
		m.turn = *s.Turn
	}
	return m
}

// similarity is the F1 of spans and relations that are the same throughout.
func (reading) similarity(a, b answer.Value) num.Ppm {
	p, q := marksOf(a.(answer.Spans)), marksOf(b.(answer.Spans))
	counts := score.Counts{Given: len(p), Wanted: len(q)}
	for len(p) > 0 && len(q) > 0 {
		switch c := compareMarks(p[0], q[0]); {
		case c < 0:
			p = p[1:]
		case c > 0:
			q = q[1:]
		default:
			p, q = p[1:], q[1:]
			counts.Right++
		}
	}
	return counts.F1()
}

func (k reading) merge(t *values) ([]answer.Value, error) {
	found := make([][]mark, len(t.Tasks))
	err := k.infer(layers(t), found)
	if fault.Is(err, fault.KindLimit) { // too many labels at once
		clear(found)
		err = k.inferByLabel(t, found)
	}
	if err != nil {
		return nil, err
	}
	return each(t, func(i int) answer.Value { return spansOf(t, i, found[i]) }), nil
}

// layer is a stretch of text whose spans are merged together: a turn of a task,
// or one label in it.
type layer struct {
	task  int
	turn  int64
	label string // none for all
	votes []table.Answer[[]span.Span]
}

// layers cuts answers into layers.
func layers(t *values) []layer {
	var all []layer
	for i := range t.Tasks {
		turns, labels := seen(t, i)
		for _, turn := range turns {
			if whole, clean := newLayer(t, i, turn, ""); clean {
				all = append(all, whole)
				continue
			}
			for _, label := range labels {
				one, _ := newLayer(t, i, turn, label)
				all = append(all, one)
			}
		}
	}
	return all
}

// seen lists the turns and labels that anybody marked in a task.
func seen(t *values, i int) (turns []int64, labels []string) {
	for _, v := range t.Votes(i) {
		for _, s := range v.Value.(answer.Spans).Spans {
			turns, labels = append(turns, markOf(s).turn), append(labels, s.Label)
		}
	}
	slices.Sort(turns)
	slices.Sort(labels)
	return slices.Compact(turns), slices.Compact(labels)
}

// newLayer collects the spans of a turn, of one label if it is given, and says
// whether no worker's overlap. Of one label, spans that overlap become one.
func newLayer(t *values, i int, turn int64, label string) (l layer, clean bool) {
	l = layer{task: i, turn: turn, label: label}
	clean = true
	for _, v := range t.Votes(i) {
		spans := []span.Span{}
		for _, s := range v.Value.(answer.Spans).Spans {
			if markOf(s).turn != turn || label != "" && s.Label != label {
				continue
			}
			if n := len(spans); n > 0 && int(s.Start) < spans[n-1].To {
				clean = false
				spans[n-1].To = max(spans[n-1].To, int(s.End))
				continue
			}
			spans = append(spans, span.Span{From: int(s.Start), To: int(s.End), Label: s.Label})
		}
		l.votes = append(l.votes, table.Answer[[]span.Span]{Worker: t.Workers[v.Worker], Value: spans})
	}
	return l, clean
}

// infer adds the spans of layers to those found, by task.
func (k reading) infer(all []layer, found [][]mark) error {
	var answers []table.Answer[[]span.Span]
	for n, l := range all {
		for _, v := range l.votes {
			v.Task = fmt.Sprintf("%012d", n)
			answers = append(answers, v)
		}
	}
	if len(answers) == 0 {
		return nil
	}
	t, err := table.New(answers, table.KeepFirst)
	if err != nil {
		return err
	}
	crowd, err := span.FromSpans(t, k.salt)
	if err != nil {
		return err
	}
	method, err := span.New("bsc")
	if err != nil {
		return err
	}
	for n, spans := range method.Aggregate(crowd).Spans {
		l := all[n]
		for _, s := range spans {
			found[l.task] = append(found[l.task], mark{turn: l.turn, start: int64(s.From), end: int64(s.To), label: s.Label})
		}
	}
	return nil
}

// inferByLabel takes every label for itself.
func (k reading) inferByLabel(t *values, found [][]mark) error {
	by := make(map[string][]layer)
	var labels []string
	for i := range t.Tasks {
		turns, here := seen(t, i)
		labels = append(labels, here...)
		for _, turn := range turns {
			for _, label := range here {
				l, _ := newLayer(t, i, turn, label)
				by[label] = append(by[label], l)
			}
		}
	}
	slices.Sort(labels)
	for _, label := range slices.Compact(labels) {
		if err := k.infer(by[label], found); err != nil {
			return err
		}
	}
	return nil
}

// spansOf writes the spans found in a task, with the relations that at least
// half of the workers gave them.
func spansOf(t *values, i int, found []mark) answer.Spans {
	slices.SortFunc(found, compareMarks)
	v := answer.Spans{Spans: []answer.Span{}}
	for _, m := range found {
		s := answer.Span{Start: m.start, End: m.end, Label: m.label}
		if turn := m.turn; turn >= 0 {
			s.Turn = &turn
		}
		v.Spans = append(v.Spans, s)
	}
	count := make(map[answer.Relation]int)
	var all []answer.Relation
	for _, vote := range t.Votes(i) {
		given := vote.Value.(answer.Spans)
		had := make(map[answer.Relation]bool)
		for _, r := range given.Relations {
			from, to := nearest(found, markOf(given.Spans[r.From])), nearest(found, markOf(given.Spans[r.To]))
			moved := answer.Relation{From: from, To: to, Label: r.Label}
			if from < 0 || to < 0 || from == to || had[moved] {
				continue
			}
			had[moved] = true
			if count[moved]++; count[moved] == 1 {
				all = append(all, moved)
			}
		}
	}
	for _, r := range all {
		if 2*count[r] >= len(t.Votes(i)) {
			v.Relations = append(v.Relations, r)
		}
	}
	return answer.Sort(v).(answer.Spans)
}

// nearest returns the place of the span of a mark's label that shares most of
// the text with it, at least half of what either covers; -1 for none.
func nearest(found []mark, m mark) int64 {
	best, most := int64(-1), num.One/2-1
	for n, f := range found {
		if f.turn != m.turn || f.label != m.label {
			continue
		}
		both := min(f.end, m.end) - max(f.start, m.start)
		if s := share(max(0, both), max(f.end, m.end)-min(f.start, m.start)); s > most {
			best, most = int64(n), s
		}
	}
	return best
}
