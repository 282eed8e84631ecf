package label_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/label"
)

// ballots groups answers by task, the tasks in the order they first come.
func ballots(answers []label.Answer) (order []string, of map[string][]label.Ballot) {
	of = map[string][]label.Ballot{}
	for _, a := range answers {
		if of[a.Task] == nil {
			order = append(order, a.Task)
		}
		of[a.Task] = append(of[a.Task], label.Ballot{Worker: a.Worker, Label: a.Label})
	}
	return order, of
}

func stream(t testing.TB, labels ...string) *label.Stream {
	t.Helper()
	s, err := label.NewStream(label.Rules{Labels: labels})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStreamInCanonicalOrderIsTheMethod(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		answers := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) label.Answer {
			return label.Answer{
				Task:   fmt.Sprint(rapid.IntRange(0, 9).Draw(r, "task")),
				Worker: fmt.Sprint(rapid.IntRange(0, 5).Draw(r, "worker")),
				Label:  rapid.SampledFrom([]string{"a", "b", "c"}).Draw(r, "label"),
			}
		}), 1, 60).Draw(r, "answers")
		tab, err := label.NewTable(answers, label.Rules{Labels: []string{"a", "b", "c"}})
		if err != nil {
			t.Fatal(err)
		}
		_, of := ballots(answers)
		s := stream(t, "a", "b", "c")
		one := label.LA{Passes: 1}.Aggregate(tab, nil)
		for i, task := range tab.Tasks {
			got, err := s.Add(task, of[task])
			want := label.Decision{Task: task, Label: tab.Labels[one.Labels[i]], Posterior: one.Row(i)[one.Labels[i]]}
			if err != nil || got != want {
				r.Fatalf("task %d: %v, %v; want %v", i, got, err, want)
			}
		}
		two := label.LA{Passes: 2}.Aggregate(tab, nil)
		for i, got := range s.Finish() {
			want := label.Decision{Task: tab.Tasks[i], Label: tab.Labels[two.Labels[i]], Posterior: two.Row(i)[two.Labels[i]]}
			if got != want {
				r.Fatalf("task %d, finished: %v, want %v", i, got, want)
			}
		}
		if s.Repeated != tab.Repeated {
			r.Fatalf("%d repeated, want %d", s.Repeated, tab.Repeated)
		}
	})
}

func TestStreamLearnsFromGold(t *testing.T) {
	s := stream(t, "no", "yes")
	for n := range 5 {
		if _, err := s.AddGold(fmt.Sprint("gold", n), "yes", []label.Ballot{{"good", "yes"}, {"bad", "no"}, {"worse", "no"}}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Add("open", []label.Ballot{{"good", "no"}, {"bad", "yes"}, {"worse", "yes"}})
	if err != nil || got.Label != "no" {
		t.Errorf("decided %v, %v; want the label of the worker who was right before", got, err)
	}
	if all := s.Finish(); all[0] != (label.Decision{Task: "gold0", Label: "yes", Posterior: 1}) || all[5].Label != "no" {
		t.Errorf("finished %v; want gold certain and the open task no", all)
	}
}

func TestStreamRefusesWhatItCannotUse(t *testing.T) {
	if _, err := label.NewStream(label.Rules{}); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("no labels: error %v, want kind invalid", err)
	}
	s := stream(t, "a", "b")
	if _, err := s.Add("t", []label.Ballot{{"w", "a"}, {"w", "b"}, {"v", "c"}}); err != nil || s.Repeated != 1 || s.Foreign != 1 {
		t.Fatalf("error %v, repeated %d, foreign %d; want none, 1, 1", err, s.Repeated, s.Foreign)
	}
	for _, tt := range []struct {
		name, task string
		answers    []label.Ballot
		kind       fault.Kind
	}{
		{"a task met before", "t", nil, fault.KindExists},
		{"no task", "", nil, fault.KindInvalid},
		{"no worker", "u", []label.Ballot{{"", "a"}}, fault.KindInvalid},
	} {
		if _, err := s.Add(tt.task, tt.answers); !fault.Is(err, tt.kind) {
			t.Errorf("%s: error %v, want kind %v", tt.name, err, tt.kind)
		}
	}
	if _, err := s.AddGold("u", "c", nil); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("a foreign truth: error %v, want kind invalid", err)
	}
	if all := s.Finish(); len(all) != 1 {
		t.Errorf("%d tasks, want the 1 that was added", len(all))
	}
}

// The order of tasks decides more than a point, and that of the references is
// not known: they must lie among the accuracies of shuffled orders.
func TestPassesReachTheReferenceAccuracyInSomeOrder(t *testing.T) {
	tests := []struct {
		set      string
		one, two float64
	}{
		{"bluebird", .7315, .7500},
		{"rte", .9200, .9287},
		{"CF", .8900, .8867},
		{"SP_amt", .9440, .9440},
		{"D_PosSent", .9500, .9470},
		{"D_Product", .9001, .9235},
	}
	for _, tt := range tests {
		t.Run(tt.set, func(t *testing.T) {
			s := load(t, tt.set)
			truth := map[string]string{}
			for _, g := range s.gold {
				truth[g.Task] = g.Label
			}
			order, of := ballots(s.answers)
			var ones, twos []float64
			for seed := range uint64(40) {
				rand.New(rand.NewPCG(seed, 7)).Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
				live := stream(t, table(t, s.answers).Labels...)
				one, two := 0, 0
				for _, task := range order {
					d, err := live.Add(task, of[task])
					if err != nil {
						t.Fatal(err)
					}
					if d.Label == truth[task] {
						one++
					}
				}
				for _, d := range live.Finish() {
					if d.Label == truth[d.Task] {
						two++
					}
				}
				ones, twos = append(ones, float64(one)/float64(len(order))), append(twos, float64(two)/float64(len(order)))
			}
			if tt.one < slices.Min(ones)-1e-4 || tt.one > slices.Max(ones)+1e-4 {
				t.Errorf("one pass: %.4f to %.4f, want %.4f among them", slices.Min(ones), slices.Max(ones), tt.one)
			}
			if tt.two < slices.Min(twos)-1e-4 || tt.two > slices.Max(twos)+1e-4 {
				t.Errorf("two passes: %.4f to %.4f, want %.4f among them", slices.Min(twos), slices.Max(twos), tt.two)
			}
		})
	}
}
