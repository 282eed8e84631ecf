package span_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/alaya-network/alaya/core/quality/score"
	"github.com/alaya-network/alaya/core/quality/span"
	"github.com/alaya-network/alaya/core/quality/table"
)

var kinds = []string{"LOC", "ORG", "PER"}

// habit is how a simulated worker errs, in shares of the spans.
type habit struct {
	miss, confuse, early, late, spurious float64
}

// crowd is what a simulated crowd marked, and the truth.
type crowd struct {
	answers []table.Answer[[]string]
	truth   map[string][]span.Span
	length  map[string]int
}

// simulate lets workers of some habits tag texts, so many each.
func simulate(seed uint64, texts, each, workers int) crowd {
	r := rand.New(rand.NewPCG(seed, 7))
	habits := make([]habit, workers)
	for j := range habits {
		bad := r.Float64() * r.Float64()
		habits[j] = habit{miss: 0.1 + 0.7*bad*r.Float64(), confuse: 0.4 * bad, spurious: 0.03 * bad}
		switch j % 4 {
		case 0:
			habits[j].early = 0.5 * r.Float64()
		case 1:
			habits[j].late = 0.5 * r.Float64()
		case 2:
			habits[j].miss = 0.5 + 0.4*r.Float64()
		}
	}
	c := crowd{truth: map[string][]span.Span{}, length: map[string]int{}}
	for i := range texts {
		task := fmt.Sprintf("t%d", i)
		n := 8 + r.IntN(20)
		c.length[task] = n
		for at := r.IntN(5); at < n; at += 1 + r.IntN(8) {
			to := min(n, at+1+r.IntN(3))
			c.truth[task] = append(c.truth[task], span.Span{From: at, To: to, Label: kinds[r.IntN(3)]})
			at = to
		}
		for _, j := range r.Perm(workers)[:each] {
			c.answers = append(c.answers, table.Answer[[]string]{
				Task: task, Worker: fmt.Sprintf("w%d", j), Value: habits[j].mark(r, c.truth[task], n),
			})
		}
	}
	return c
}

// mark returns what a worker of this habit makes of the truth.
func (h habit) mark(r *rand.Rand, truth []span.Span, n int) []string {
	tags := make([]string, n)
	for i := range tags {
		tags[i] = span.Outside
	}
	put := func(s span.Span) {
		for i := s.From; i < s.To; i++ {
			tags[i] = "I-" + s.Label
		}
		tags[s.From] = "B-" + s.Label
		if s.To < n && tags[s.To][0] == 'I' {
			tags[s.To] = "B" + tags[s.To][1:]
		}
	}
	for i := range n {
		if r.Float64() < h.spurious {
			put(span.Span{From: i, To: i + 1, Label: kinds[r.IntN(3)]})
		}
	}
	for _, s := range truth {
		if r.Float64() < h.miss {
			continue
		}
		if r.Float64() < h.confuse {
			s.Label = kinds[r.IntN(3)]
		}
		if s.To-s.From > 1 && r.Float64() < h.early {
			s.To--
		}
		if s.To < n && r.Float64() < h.late {
			s.To++
		}
		put(s)
	}
	return tags
}

func (c crowd) table(t testing.TB) *span.Crowd {
	t.Helper()
	tab, err := table.New(c.answers, table.KeepFirst)
	if err != nil {
		t.Fatal(err)
	}
	all, err := span.FromTags(tab, [32]byte{})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// score compares a result with the truth.
func (c crowd) score(all *span.Crowd, r span.Result) score.Counts {
	var got, want [][]span.Span
	for i, task := range all.Tasks {
		var spans []span.Span
		for _, f := range r.Spans[i] {
			spans = append(spans, f.Span)
		}
		got, want = append(got, spans), append(want, c.truth[task])
	}
	return span.Score(got, want)
}
