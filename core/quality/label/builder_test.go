package label_test

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/label"
)

func TestTableHoldsTheFirstOrLastAnswerOfEachPairInOrder(t *testing.T) {
	name := rapid.StringOfN(rapid.RuneFrom([]rune("\x00ab")), 1, 12, -1)
	answer := rapid.Custom(func(r *rapid.T) label.Answer {
		return label.Answer{Task: name.Draw(r, "task"), Worker: name.Draw(r, "worker"), Label: name.Draw(r, "label")}
	})
	rapid.Check(t, func(r *rapid.T) {
		answers := rapid.SliceOf(answer).Draw(r, "answers")
		keep := rapid.SampledFrom([]label.Keep{label.KeepFirst, label.KeepLast}).Draw(r, "keep")
		tab, err := label.NewTable(answers, label.Rules{Keep: keep})
		if err != nil {
			r.Fatal(err)
		}
		if !slices.IsSorted(tab.Tasks) || !slices.IsSorted(tab.Workers) || !slices.IsSorted(tab.Labels) {
			r.Fatalf("names out of order: %q, %q, %q", tab.Tasks, tab.Workers, tab.Labels)
		}
		var got []label.Answer
		for i, task := range tab.Tasks {
			for _, v := range tab.Votes(i) {
				got = append(got, label.Answer{Task: task, Worker: tab.Workers[v.Worker], Label: tab.Labels[v.Label]})
			}
		}
		want := firsts(answers, keep)
		if !slices.Equal(got, want) || tab.Repeated != len(answers)-len(want) {
			r.Fatalf("votes %q, %d repeated; want %q", got, tab.Repeated, want)
		}
	})
}

// firsts sorts answers by task and worker and keeps one of each pair.
func firsts(answers []label.Answer, keep label.Keep) []label.Answer {
	pair := func(a, b label.Answer) int {
		return cmp.Or(cmp.Compare(a.Task, b.Task), cmp.Compare(a.Worker, b.Worker))
	}
	answers = slices.Clone(answers)
	if keep == label.KeepLast {
		slices.Reverse(answers)
	}
	slices.SortStableFunc(answers, pair)
	return slices.CompactFunc(answers, func(a, b label.Answer) bool { return pair(a, b) == 0 })
}

func TestBuilderKeepsNoneOfTheStringsItIsGiven(t *testing.T) {
	b, err := label.NewBuilder(label.Rules{})
	if err != nil {
		t.Fatal(err)
	}
	line := []byte("t00 w1 a")
	add := func(n int) {
		strconv.AppendInt(line[:1], int64(10+n%10), 10)
		if err := b.Add(string(line[:3]), string(line[4:6]), string(line[7:])); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 10 {
		add(n)
	}
	n := 0
	if allocs := testing.AllocsPerRun(1000, func() { add(n); n++ }); allocs != 0 {
		t.Errorf("an answer with known names allocates %v times, want none", allocs)
	}
	tab, err := b.Table()
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(tab.Tasks, tab.Workers, tab.Labels); got != "[t10 t11 t12 t13 t14 t15 t16 t17 t18 t19] [w1] [a]" {
		t.Errorf("names %s", got)
	}
}

func TestBuilderGoesOnAfterARefusedAnswer(t *testing.T) {
	b, err := label.NewBuilder(label.Rules{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range label.MaxLabels {
		if err := b.Add("t", fmt.Sprint(i), fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Add("t", "w", "one more"); !fault.Is(err, fault.KindLimit) {
		t.Errorf("label %d: error %v, want kind limit", label.MaxLabels+1, err)
	}
	if err := b.Add("", "w", "0"); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("an empty task: error %v, want kind invalid", err)
	}
	if err := b.Add("t", "w", "0"); err != nil {
		t.Error(err)
	}
	if tab, err := b.Table(); err != nil || tab.Len() != label.MaxLabels+1 {
		t.Errorf("table of %d votes, %v; want %d", tab.Len(), err, label.MaxLabels+1)
	}
}

func TestTableBoundsThePosterior(t *testing.T) {
	labels := make([]string, label.MaxLabels)
	for i := range labels {
		labels[i] = fmt.Sprint(i)
	}
	b, err := label.NewBuilder(label.Rules{Labels: labels})
	if err != nil {
		t.Fatal(err)
	}
	for i := range label.MaxPosterior/label.MaxLabels + 1 {
		if err := b.Add(strconv.Itoa(i), "w", "0"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.Table(); !fault.Is(err, fault.KindLimit) {
		t.Errorf("a posterior beyond the bound: error %v, want kind limit", err)
	}
	if _, err := label.NewBuilder(label.Rules{Labels: append(labels, "more")}); !fault.Is(err, fault.KindLimit) {
		t.Errorf("%d labels allowed: error %v, want kind limit", len(labels)+1, err)
	}
}
