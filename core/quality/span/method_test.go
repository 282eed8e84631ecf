package span_test

import (
	"fmt"
	"math"
	"reflect"
	"runtime"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/span"
	"github.com/alaya-network/alaya/core/quality/table"
)

func methods(t testing.TB) []span.Method {
	t.Helper()
	var all []span.Method
	for _, name := range []string{"majority", "hmm", "bsc"} {
		m, err := span.New(name)
		if err != nil || m.Name() != name {
			t.Fatalf("New(%q) = %v, %v", name, m, err)
		}
		all = append(all, m)
	}
	return all
}

func TestUnknownMethodsAreRefused(t *testing.T) {
	if m, err := span.New("crf"); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("New(crf) = %v, %v; want kind invalid", m, err)
	}
}

func TestChainsBeatTheMajority(t *testing.T) {
	tests := []struct {
		name                 string
		texts, each, workers int
		hmm, bsc             float64 // gain in F1 over the majority, at least
	}{
		{"three answers each, few texts", 100, 3, 10, .01, .06},
		{"three answers each", 300, 3, 30, .02, .08},
		{"five answers each", 300, 5, 30, .06, .11},
		{"many workers", 1000, 3, 100, .02, .08},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			const seeds = 3
			var f1 [3]float64
			for seed := range uint64(seeds) {
				c := simulate(seed, tt.texts, tt.each, tt.workers)
				all := c.table(t)
				for i, m := range methods(t) {
					f1[i] += float64(c.score(all, m.Aggregate(all)).F1()) / (seeds * 1e6)
				}
			}
			t.Logf("F1: majority %.3f, hmm %.3f, bsc %.3f", f1[0], f1[1], f1[2])
			if f1[1] < f1[0]+tt.hmm || f1[2] < f1[0]+tt.bsc {
				t.Errorf("F1 %.3f; want gains of at least %.2f and %.2f", f1, tt.hmm, tt.bsc)
			}
		})
	}
}

func TestConfidenceIsNearThePrecision(t *testing.T) {
	c := simulate(11, 600, 5, 40)
	all := c.table(t)
	m, err := span.New("bsc")
	if err != nil {
		t.Fatal(err)
	}
	r := m.Aggregate(all)
	right, sum, n := 0, 0.0, 0
	for i, task := range all.Tasks {
		for _, f := range r.Spans[i] {
			n++
			sum += f.Confidence
			for _, want := range c.truth[task] {
				if f.Span == want {
					right++
				}
			}
		}
	}
	precision, confidence := float64(right)/float64(n), sum/float64(n)
	if math.Abs(precision-confidence) > .03 {
		t.Errorf("precision %.3f, mean confidence %.3f; want them within .03", precision, confidence)
	}
}

func TestWorkersAreComparedWithTheResult(t *testing.T) {
	c := simulate(3, 200, 5, 12)
	c.answers[0].Value[0] = "I-PER" // begins nothing
	all := c.table(t)
	repairs := 0
	for _, n := range all.Repairs {
		repairs += n
	}
	m := methods(t)[2]
	workers := m.Aggregate(all).Workers(all)
	if repairs != 1 || len(workers) != len(all.Workers) {
		t.Fatalf("%d repairs, %d workers; want 1, %d", repairs, len(workers), len(all.Workers))
	}
	// Every fourth worker, w2, w6, w10, overlooks at least half of all spans.
	for j, name := range all.Workers {
		overlooked, begins := 0, 0
		for tag, row := range workers[j].Confusion {
			if all.Tags()[tag][0] == 'B' {
				overlooked += row[0]
				for _, n := range row {
					begins += n
				}
			}
		}
		overlooks := name == "w2" || name == "w6" || name == "w10"
		if overlooks != (2*overlooked > begins) || overlooks && workers[j].Recall() > 550_000 {
			t.Errorf("worker %s: %d of %d beginnings overlooked, recall %d", name, overlooked, begins, workers[j].Recall())
		}
		tokens := 0
		for _, row := range workers[j].Confusion {
			for _, n := range row {
				tokens += n
			}
		}
		want := 0
		for _, a := range c.answers {
			if a.Worker == name {
				want += len(a.Value)
			}
		}
		if tokens != want {
			t.Errorf("worker %s: %d tokens in the confusion, want %d", name, tokens, want)
		}
	}
}

func TestResultsAreValidWhateverIsGiven(t *testing.T) {
	all := methods(t)
	tag := rapid.SampledFrom([]string{"O", "B-a", "I-a", "B-b", "I-b"})
	rapid.Check(t, func(r *rapid.T) {
		tasks := rapid.IntRange(1, 3).Draw(r, "tasks")
		var answers []table.Answer[[]string]
		for i := range tasks {
			n := rapid.IntRange(0, 6).Draw(r, "tokens")
			for j := range rapid.IntRange(1, 4).Draw(r, "workers") {
				answers = append(answers, table.Answer[[]string]{
					Task: fmt.Sprint(i), Worker: fmt.Sprint(j), Value: rapid.SliceOfN(tag, n, n).Draw(r, "tags"),
				})
			}
		}
		tab, err := table.New(answers, table.KeepFirst)
		if err != nil {
			r.Fatal(err)
		}
		c, err := span.FromTags(tab, [32]byte{})
		if err != nil {
			r.Fatal(err)
		}
		for _, m := range all {
			result := m.Aggregate(c)
			for i := range c.Tasks {
				tags := result.Tags(c, i)
				if !span.Valid(tags) || len(tags) != len(tab.Votes(i)[0].Value) {
					r.Fatalf("%s, task %d: %v is not valid", m.Name(), i, tags)
				}
				if p := result.Confidence[i]; !(p > 0 && p <= 1) && m.Name() != "majority" {
					r.Fatalf("%s, task %d: confidence %v of %v", m.Name(), i, p, tags)
				}
				for _, f := range result.Spans[i] {
					if !(f.Confidence >= 0 && f.Confidence <= 1) {
						r.Fatalf("%s, task %d: %+v", m.Name(), i, f)
					}
				}
			}
		}
	})
}

func TestResultsDoNotDependOnOrderOrThreads(t *testing.T) {
	c := simulate(5, 400, 3, 20)
	first := c.table(t)
	for i, j := 0, len(c.answers)-1; i < j; i, j = i+1, j-1 {
		c.answers[i], c.answers[j] = c.answers[j], c.answers[i]
	}
	second := c.table(t)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for _, m := range methods(t) {
		runtime.GOMAXPROCS(1)
		a := m.Aggregate(first)
		runtime.GOMAXPROCS(4)
		if b := m.Aggregate(second); !reflect.DeepEqual(a, b) {
			t.Errorf("%s: the result depends on order or threads", m.Name())
		}
	}
}

func TestSpansOverCodePointsAreJudgedInPieces(t *testing.T) {
	mark := func(worker string, spans ...span.Span) table.Answer[[]span.Span] {
		return table.Answer[[]span.Span]{Task: "t", Worker: worker, Value: spans}
	}
	person, city := span.Span{From: 2, To: 14, Label: "PER"}, span.Span{From: 30, To: 36, Label: "LOC"}
	short := span.Span{From: 2, To: 5, Label: "PER"}
	tab, err := table.New([]table.Answer[[]span.Span]{
		mark("w1", person, city), mark("w2", city, person), mark("w3", short), mark("w4", person),
		mark("w5", short, city),
	}, table.KeepFirst)
	if err != nil {
		t.Fatal(err)
	}
	c, err := span.FromSpans(tab, [32]byte{})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range methods(t) {
		var got []span.Span
		for _, f := range m.Aggregate(c).Spans[0] {
			got = append(got, f.Span)
		}
		if want := []span.Span{person, city}; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: spans %v, want %v", m.Name(), got, want)
		}
	}
}

func TestCrowdsAreRefusedForAReason(t *testing.T) {
	tags := func(values ...[]string) error {
		var answers []table.Answer[[]string]
		for i, v := range values {
			answers = append(answers, table.Answer[[]string]{Task: "t", Worker: fmt.Sprint(i), Value: v})
		}
		tab, err := table.New(answers, table.KeepFirst)
		if err != nil {
			t.Fatal(err)
		}
		_, err = span.FromTags(tab, [32]byte{})
		return err
	}
	many := make([]string, span.MaxLabels+1)
	for i := range many {
		many[i] = fmt.Sprintf("B-%d", i)
	}
	tests := []struct {
		name string
		err  error
		want fault.Kind
	}{
		{"no answers", tags(), fault.KindNone},
		{"two that agree in length", tags([]string{"O"}, []string{"B-x"}), fault.KindNone},
		{"two lengths", tags([]string{"O"}, []string{"O", "O"}), fault.KindInvalid},
		{"a strange tag", tags([]string{"E-x"}), fault.KindInvalid},
		{"too many labels", tags(many), fault.KindLimit},
		{"a sequence too long", tags(make([]string, span.MaxLength+1)), fault.KindLimit},
	}
	for _, tt := range tests {
		if fault.KindOf(tt.err) != tt.want {
			t.Errorf("%s: %v, want kind %s", tt.name, tt.err, tt.want)
		}
	}
}

func BenchmarkMethods(b *testing.B) {
	c := simulate(1, 5000, 3, 100)
	all := c.table(b)
	tokens := 0
	for _, a := range c.answers {
		tokens += len(a.Value)
	}
	for _, m := range methods(b) {
		b.Run(m.Name(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m.Aggregate(all)
			}
			b.ReportMetric(float64(tokens*b.N)/b.Elapsed().Seconds()/1e6, "Mtags/s")
		})
	}
}
