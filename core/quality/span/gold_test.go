package span_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/quality/span"
	"github.com/alaya-network/alaya/core/quality/table"
)

func TestGoldIsTakenForCertain(t *testing.T) {
	c := simulate(2, 200, 3, 20)
	all := c.table(t)
	var truths []span.Truth
	for _, task := range all.Tasks[:60] {
		truths = append(truths, span.Truth{Task: task, Spans: c.truth[task]})
	}
	truths = append(truths, span.Truth{Task: "unknown"}, truths[0])
	with, known := all.WithGold(truths)
	if known != 60 {
		t.Fatalf("%d tasks known, want 60", known)
	}
	for _, m := range methods(t) {
		r := m.Aggregate(with)
		for i, task := range all.Tasks[:60] {
			if len(r.Spans[i]) != len(c.truth[task]) || r.Confidence[i] < 1-1e-9 {
				t.Fatalf("%s, task %s: %v at %v, want %v for certain", m.Name(), task, r.Spans[i], r.Confidence[i], c.truth[task])
			}
			for n, f := range r.Spans[i] {
				if f.Span != c.truth[task][n] || f.Confidence < 1-1e-9 {
					t.Fatalf("%s, task %s: %+v, want %v for certain", m.Name(), task, f, c.truth[task][n])
				}
			}
		}
	}
}

func TestGoldTeachesWhatWorkersAreWorth(t *testing.T) {
	// Of the rest of the tasks more come out right if a third is known.
	c := simulate(2, 150, 3, 15)
	all := c.table(t)
	var truths []span.Truth
	for i, task := range all.Tasks {
		if i%3 == 0 {
			truths = append(truths, span.Truth{Task: task, Spans: c.truth[task]})
		}
	}
	with, _ := all.WithGold(truths)
	f1 := func(crowd *span.Crowd) int64 {
		r := span.BSC{Iterations: 10}.Aggregate(crowd)
		var given, wanted [][]span.Span
		for i, task := range crowd.Tasks {
			if i%3 == 0 {
				continue
			}
			var spans []span.Span
			for _, f := range r.Spans[i] {
				spans = append(spans, f.Span)
			}
			given, wanted = append(given, spans), append(wanted, c.truth[task])
		}
		return int64(span.Score(given, wanted).F1())
	}
	if before, after := f1(all), f1(with); after < before+5_000 {
		t.Errorf("F1 of the tasks that are not known: %d without gold, %d with it; want a gain of 5000", before, after)
	}
}

func TestGoldThatCannotBeIsPassedOver(t *testing.T) {
	tab, err := table.New([]table.Answer[[]span.Span]{
		{Task: "t", Worker: "w1", Value: []span.Span{{From: 2, To: 9, Label: "x"}}},
		{Task: "t", Worker: "w2", Value: []span.Span{{From: 4, To: 9, Label: "x"}}},
	}, table.KeepFirst)
	if err != nil {
		t.Fatal(err)
	}
	c, err := span.FromSpans(tab, [32]byte{})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name  string
		spans []span.Span
		want  int
	}{
		{"one as somebody marked it", []span.Span{{4, 9, "x"}}, 1},
		{"edges of different workers", []span.Span{{2, 4, "x"}, {4, 9, "x"}}, 1},
		{"none", nil, 1},
		{"an edge nobody set", []span.Span{{3, 9, "x"}}, 0},
		{"a label nobody gave", []span.Span{{4, 9, "y"}}, 0},
		{"spans that overlap", []span.Span{{2, 9, "x"}, {4, 9, "x"}}, 0},
	}
	for _, tt := range tests {
		if _, known := c.WithGold([]span.Truth{{Task: "t", Spans: tt.spans}}); known != tt.want {
			t.Errorf("%s: %d known, want %d", tt.name, known, tt.want)
		}
	}
}
