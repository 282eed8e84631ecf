package text_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/table"
	"github.com/alaya-network/alaya/core/quality/text"
)

// given makes answers to one task, the n-th by worker n.
func given(texts ...string) []text.Answer {
	var answers []text.Answer
	for n, s := range texts {
		answers = append(answers, text.Answer{Task: "t", Worker: fmt.Sprintf("w%02d", n), Value: s})
	}
	return answers
}

func TestMethodsFindTheText(t *testing.T) {
	tests := []struct {
		name          string
		rules         text.Rules
		answers       []string
		rover, medoid string
	}{
		{"one answer", text.Rules{}, []string{"So it goes."}, "so it goes", "So it goes."},
		{"two of three agree", text.Rules{}, []string{"a b c", "a b c", "x y z"}, "a b c", "a b c"},
		{
			"each makes another mistake", text.Rules{},
			[]string{"the cat sat on a mat", "the cat sad on the mat", "the cat sat the mat", "a cat sat on the mat"},
			"the cat sat on the mat", "a cat sat on the mat",
		},
		{"a word most left out", text.Rules{}, []string{"go home now", "go home", "go home"}, "go home", "go home"},
		{"a word most added", text.Rules{}, []string{"go home", "go home now", "go home now"}, "go home now", "go home now"},
		{"words before the first", text.Rules{}, []string{"home", "please go home", "please go home"}, "please go home", "please go home"},
		{"case and marks do not count", text.Rules{}, []string{"“It’s late!”", "it's LATE", "no"}, "it's late", "“It’s late!”"},
		{
			"case and marks count", text.Rules{KeepCase: true, KeepMarks: true},
			[]string{"Yes, he did.", "Yes, he did.", "yes he did"}, "Yes, he did.", "Yes, he did.",
		},
		{"a script without spaces", text.Rules{Characters: true}, []string{"猫が 好き", "犬が好き", "猫が好み"}, "猫が好き", "猫が 好き"},
		{"nothing was said", text.Rules{}, []string{"", "…", ""}, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tab := ordered(t, given(tt.answers...))
			for _, m := range []struct {
				text.Method
				want string
			}{{text.Rover{Rules: tt.rules}, tt.rover}, {text.Medoid{Rules: tt.rules}, tt.medoid}} {
				if got := m.Aggregate(tab).Texts[0]; got.Text != m.want || got.Answers != len(tt.answers) {
					t.Errorf("%s of %q: %q of %d answers, want %q of %d", m.Name(), tt.answers, got.Text, got.Answers, m.want, len(tt.answers))
				}
			}
		})
	}
}

func TestSupportTellsSureTextsFromOthers(t *testing.T) {
	for _, m := range []text.Method{text.Rover{}, text.Medoid{}, text.Medoid{Similarity: text.ChrF}} {
		support := func(answers ...string) num.Ppm { return m.Aggregate(ordered(t, given(answers...))).Texts[0].Support }
		if got := support("a b c d", "a b c d", "a b c d"); got != num.One {
			t.Errorf("%s: support %v where all agree, want 100%%", m.Name(), got)
		}
		if got := support("a b c d"); got != num.One {
			t.Errorf("%s: support %v of an only answer, want 100%%", m.Name(), got)
		}
		part, little := support("a b c d", "a b c e", "a b c d"), support("a b c d", "e f g h", "i j k l")
		if part >= num.One || little >= part {
			t.Errorf("%s: support %v where most agree, %v where none do", m.Name(), part, little)
		}
	}
}

// spoken simulates workers who hear each of a hundred sentences of a dozen
// words; worker j mishears errors[j] words of a hundred.
func spoken(errors []int) (answers []text.Answer, truths []text.Truth) {
	r := rand.New(rand.NewPCG(3, 4))
	word := func() string { return fmt.Sprintf("word%d", r.IntN(500)) }
	for i := range 100 {
		task := fmt.Sprintf("t%03d", i)
		sentence := make([]string, 12)
		for n := range sentence {
			sentence[n] = word()
		}
		truths = append(truths, text.Truth{Task: task, Text: strings.Join(sentence, " ")})
		for j, e := range errors {
			heard := slices.Clone(sentence)
			for n := range heard {
				if r.IntN(100) < e {
					heard[n] = word()
				}
			}
			answers = append(answers, text.Answer{Task: task, Worker: fmt.Sprintf("w%d", j), Value: strings.Join(heard, " ")})
		}
	}
	return answers, truths
}

func TestReliableWorkersCountMore(t *testing.T) {
	answers, truths := spoken([]int{5, 10, 60, 60, 60})
	tab := ordered(t, answers)
	r := text.Rover{}.Aggregate(tab)
	for j := range 2 {
		if good, bad := r.Workers[j], r.Workers[j+2]; good.Reliability < 2*bad.Reliability || good.Answers != 100 {
			t.Errorf("worker %d: %+v, worker %d: %+v; want the first twice as reliable", j, good, j+2, bad)
		}
	}
	if s := text.Evaluate(tab, r.Texts, truths, text.Rules{}); s.WER > 80_000 {
		t.Errorf("WER %v, want at most 8%%: two of five workers make few mistakes", s.WER)
	}
}

func TestEvaluateCountsWords(t *testing.T) {
	tab := ordered(t, []text.Answer{
		{Task: "t1", Worker: "w", Value: "The cat sat"}, {Task: "t2", Worker: "w", Value: "hello"}, {Task: "t3", Worker: "w", Value: "?"},
	})
	truths := []text.Truth{
		{Task: "t1", Text: "the bad cat sat"}, {Task: "t2", Text: "good night"}, {Task: "unknown", Text: "x"}, {Task: "t3"},
	}
	want := text.Score{Tasks: 3, Errors: 3, Words: 6, WER: 500_000, MeanWER: (250_000 + 1_000_000) / 3}
	if got := text.Evaluate(tab, text.Rover{}.Aggregate(tab).Texts, truths, text.Rules{}); got != want {
		t.Errorf("Evaluate = %+v, want %+v", got, want)
	}
}

func TestTableAndNamesAreChecked(t *testing.T) {
	long := []text.Answer{{Task: "t", Worker: "w", Value: strings.Repeat("x", text.MaxBytes+1)}}
	if _, err := text.NewTable(long, table.KeepFirst); !fault.Is(err, fault.KindLimit) {
		t.Errorf("a text of %d bytes: error %v, want kind limit", len(long[0].Value), err)
	}
	if _, err := text.New("mbr", text.Rules{}); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("method mbr: error %v, want kind invalid", err)
	}
	for _, name := range []string{"rover", "medoid", "chrf", "auto"} {
		m, err := text.New(name, text.Rules{})
		if err != nil || m.Name() != name {
			t.Errorf("New(%q) = %v, %v", name, m, err)
		}
		if r := m.Aggregate(ordered(t, nil)); len(r.Texts) != 0 {
			t.Errorf("%s: %+v of no answers", name, r)
		}
	}
}

func TestVeryLongAnswersDoNotFillTheMemory(t *testing.T) {
	long := strings.Repeat("a ", text.MaxBytes/2)
	r := text.Rover{}.Aggregate(ordered(t, given(long, long, "b c")))
	if got := len(strings.Fields(r.Texts[0].Text)); got != text.MaxBytes/2 {
		t.Errorf("%d words, want the %d of the first answer", got, text.MaxBytes/2)
	}
}

func TestDistanceIsAMetric(t *testing.T) {
	letters := rapid.SliceOfN(rapid.IntRange(0, 3), 0, 8)
	rapid.Check(t, func(r *rapid.T) {
		a, b, c := letters.Draw(r, "a"), letters.Draw(r, "b"), letters.Draw(r, "c")
		ab := text.Distance(a, b)
		if ba := text.Distance(b, a); ab != ba {
			r.Fatalf("from a to b %d, from b to a %d", ab, ba)
		}
		if (ab == 0) != slices.Equal(a, b) {
			r.Fatalf("distance %d", ab)
		}
		if ac, bc := text.Distance(a, c), text.Distance(b, c); ac > ab+bc {
			r.Fatalf("from a to c %d, by way of b %d + %d", ac, ab, bc)
		}
		if want := recursive(a, b); ab != want {
			r.Fatalf("distance %d, want %d", ab, want)
		}
	})
}

// recursive is the definition of the edit distance.
func recursive(a, b []int) int {
	switch {
	case len(a) == 0 || len(b) == 0:
		return len(a) + len(b)
	case a[0] == b[0]:
		return recursive(a[1:], b[1:])
	default:
		return 1 + min(recursive(a[1:], b[1:]), recursive(a, b[1:]), recursive(a[1:], b))
	}
}

// crowds draws answers of few words, so that ties are many.
func crowds(r *rapid.T) []text.Answer {
	word := rapid.SampledFrom([]string{"a", "b", "cc", "dd", "É"})
	var answers []text.Answer
	for i := range rapid.IntRange(1, 4).Draw(r, "tasks") {
		for j := range rapid.IntRange(1, 6).Draw(r, "workers") {
			value := strings.Join(rapid.SliceOfN(word, 0, 6).Draw(r, "words"), " ")
			answers = append(answers, text.Answer{Task: fmt.Sprint(i), Worker: fmt.Sprint(j), Value: value})
		}
	}
	return answers
}

func TestTextsComeFromTheAnswers(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		tab := ordered(t, crowds(r))
		rover, medoid := text.Rover{}.Aggregate(tab), text.Medoid{}.Aggregate(tab)
		for i := range tab.Tasks {
			var answers, words []string
			for _, v := range tab.Votes(i) {
				answers = append(answers, v.Value)
				words = append(words, text.Rules{}.Words(v.Value)...)
			}
			if got := medoid.Texts[i].Text; !slices.Contains(answers, got) {
				r.Fatalf("medoid of %q: %q", answers, got)
			}
			for _, w := range strings.Fields(rover.Texts[i].Text) {
				if !slices.Contains(words, w) {
					r.Fatalf("rover of %q: %q", answers, rover.Texts[i].Text)
				}
			}
			for _, s := range []num.Ppm{rover.Texts[i].Support, medoid.Texts[i].Support} {
				if s < 0 || s > num.One {
					r.Fatalf("support of %q: %v", answers, s)
				}
			}
		}
	})
}

func TestThreadsAndOrderDoNotCount(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	rapid.Check(t, func(r *rapid.T) {
		answers := crowds(r)
		for _, name := range []string{"rover", "medoid", "chrf", "auto"} {
			m, err := text.New(name, text.Rules{})
			if err != nil {
				r.Fatal(err)
			}
			runtime.GOMAXPROCS(4)
			want := m.Aggregate(ordered(t, answers))
			runtime.GOMAXPROCS(1)
			shuffled := slices.Clone(answers)
			rand.Shuffle(len(shuffled), func(a, b int) { shuffled[a], shuffled[b] = shuffled[b], shuffled[a] })
			if got := m.Aggregate(ordered(t, shuffled)); !slices.Equal(got.Texts, want.Texts) || !slices.Equal(got.Workers, want.Workers) {
				r.Fatalf("%s of %v: %v, shuffled: %v", name, answers, want, got)
			}
		}
	})
}

func BenchmarkRover(b *testing.B) {
	answers, _ := spoken([]int{5, 10, 10, 20, 30, 40, 50})
	tab := ordered(b, answers)
	b.ReportAllocs()
	for b.Loop() {
		text.Rover{}.Aggregate(tab)
	}
	b.ReportMetric(float64(tab.Len()*b.N)/b.Elapsed().Seconds(), "answers/s")
}
