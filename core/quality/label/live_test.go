package label_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/label"
)

func live(t testing.TB, gold []label.Truth, labels ...string) *label.Live {
	t.Helper()
	l, err := label.NewLive(label.Rules{Labels: labels}, gold)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestAnEpochIsAFullRunWhateverTheOrder(t *testing.T) {
	dsmap, err := label.New("dsmap")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(r *rapid.T) {
		keep := rapid.SampledFrom([]label.Keep{label.KeepFirst, label.KeepLast}).Draw(r, "keep")
		rules := label.Rules{Labels: []string{"a", "b", "c"}, Keep: keep}
		answers := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) label.Answer {
			return label.Answer{
				Task:   fmt.Sprint(rapid.IntRange(0, 6).Draw(r, "task")),
				Worker: fmt.Sprint(rapid.IntRange(0, 4).Draw(r, "worker")),
				Label:  rapid.SampledFrom([]string{"a", "b", "c", "x"}).Draw(r, "label"),
			}
		}), 2, 40).Draw(r, "answers")
		gold := []label.Truth{{Task: answers[0].Task, Label: "b"}}
		job, err := label.NewLive(rules, gold)
		if err != nil {
			r.Fatal(err)
		}
		for n, a := range answers {
			d, err := job.Add(a)
			if err != nil {
				r.Fatal(err)
			}
			if z := job.Posterior(a.Task); z != nil && (math.Abs(z[0]+z[1]+z[2]-1) > 1e-9 || d.Posterior != slices.Max(z)) {
				r.Fatalf("answer %d: %v of %v", n, d, z)
			}
			if n == len(answers)/2 {
				if _, _, err := job.Epoch(); err != nil {
					r.Fatal(err)
				}
			}
		}
		tab, got, err := job.Epoch()
		if err != nil {
			r.Fatal(err)
		}
		want, err := label.NewTable(answers, rules)
		if err != nil {
			r.Fatal(err)
		}
		if full := dsmap.Aggregate(want, want.Gold(gold)); !slices.Equal(got.Posterior, full.Posterior) || !slices.Equal(tab.Tasks, want.Tasks) {
			r.Fatalf("epoch %v, full run %v", got.Posterior, full.Posterior)
		}
		if job.Repeated != want.Repeated || job.Foreign != want.Foreign {
			r.Fatalf("repeated %d, foreign %d; want %d, %d", job.Repeated, job.Foreign, want.Repeated, want.Foreign)
		}
		for i, task := range tab.Tasks {
			if z := job.Posterior(task); !slices.Equal(z, got.Row(i)) {
				r.Fatalf("task %s after the epoch: %v, want %v", task, z, got.Row(i))
			}
		}
	})
}

func TestAfterAnEpochTheOrderBeforeIsForgotten(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var answers []label.Answer
		for i := range 8 {
			for j := range 4 {
				answers = append(answers, label.Answer{Task: fmt.Sprint(i), Worker: fmt.Sprint(j),
					Label: rapid.SampledFrom([]string{"a", "b"}).Draw(r, "label")})
			}
		}
		last := label.Answer{Task: "3", Worker: "new", Label: "a"}
		var after [][]float64
		for _, order := range [][]label.Answer{answers, rapid.Permutation(answers).Draw(r, "order")} {
			job := live(t, nil, "a", "b")
			for _, a := range order {
				if _, err := job.Add(a); err != nil {
					r.Fatal(err)
				}
			}
			if _, _, err := job.Epoch(); err != nil {
				r.Fatal(err)
			}
			if _, err := job.Add(last); err != nil {
				r.Fatal(err)
			}
			after = append(after, job.Posterior("3"))
		}
		if !slices.Equal(after[0], after[1]) {
			r.Fatalf("posteriors %v and %v", after[0], after[1])
		}
	})
}

func TestLiveStaysNearTheFullRun(t *testing.T) {
	for name, want := range map[string]float64{"rte": .9275, "D_PosSent": .9590, "CF": .8800} {
		t.Run(name, func(t *testing.T) {
			s := load(t, name)
			tab := table(t, s.answers)
			job := live(t, nil, tab.Labels...)
			rand.New(rand.NewPCG(1, 1)).Shuffle(len(s.answers), func(i, j int) { s.answers[i], s.answers[j] = s.answers[j], s.answers[i] })
			for _, a := range s.answers {
				if _, err := job.Add(a); err != nil {
					t.Fatal(err)
				}
			}
			now := label.Result{Labels: make([]int32, len(tab.Tasks))}
			for i, task := range tab.Tasks {
				class, _ := slices.BinarySearch(tab.Labels, job.Decision(task).Label)
				now.Labels[i] = int32(class)
			}
			if got := accuracy(tab, now, s.gold); math.Abs(got-want) > .015 {
				t.Errorf("before any epoch: accuracy %.4f, want %.4f ± .015", got, want)
			}
		})
	}
}

func TestLiveRefusesWhatItCannotUse(t *testing.T) {
	if _, err := label.NewLive(label.Rules{}, nil); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("no labels: error %v, want kind invalid", err)
	}
	job := live(t, nil, "a", "b")
	for _, a := range []label.Answer{{"", "w", "a"}, {"t", "", "a"}} {
		if _, err := job.Add(a); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%v: error %v, want kind invalid", a, err)
		}
	}
	if d, err := job.Add(label.Answer{Task: "t", Worker: "w", Label: "x"}); err != nil || d.Label != "" || job.Foreign != 1 || job.Posterior("t") != nil {
		t.Errorf("a foreign label: %v, %v, %d foreign", d, err, job.Foreign)
	}
	many := make([]string, label.MaxLabels)
	for l := range many {
		many[l] = fmt.Sprint(l)
	}
	large := live(t, nil, many...)
	var err error
	for n := 0; n < 100 && err == nil; n++ {
		_, err = large.Add(label.Answer{Task: "t", Worker: fmt.Sprint(n), Label: "1"})
	}
	if !fault.Is(err, fault.KindLimit) {
		t.Errorf("100 workers and %d labels: error %v, want kind limit", label.MaxLabels, err)
	}
}
