package watch_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/table"
	"github.com/alaya-network/alaya/core/quality/watch"
)

func TestSpamIsWhatIsNotKnown(t *testing.T) {
	guess := func(_, _ int, r *rand.Rand) int { return r.IntN(3) }
	workers := append(slices.Repeat([]answerer{honest(80)}, 8), guess, constant)
	tab := answered(t, 120, workers...)
	_, spam := label.MACE{Starts: 5, Steps: 30}.Detect(tab, nil)
	var got []string
	for _, f := range watch.Spam(tab, spam) {
		got = append(got, f.Worker)
		if f.Worker == "j" && f.Label != "2" {
			t.Errorf("the constant worker's favourite is %q, want 2", f.Label)
		}
	}
	if fmt.Sprint(got) != "[i j]" {
		t.Errorf("spam of %v, want the guesser i and the constant j", got)
	}
	if got := watch.Spam(tab, []label.Spam{{Share: 1, Answers: 19, Labels: []float64{1, 0, 0}}}); got != nil {
		t.Errorf("nineteen answers give %+v, want nothing", got)
	}
}

func TestHoursSeeTheAccountThatChangedHands(t *testing.T) {
	tab := answered(t, 1, honest(80), honest(80), honest(80))
	day := [24]int64{9: 20, 10: 30, 11: 30, 14: 20}
	night := [24]int64{2: 40, 3: 50}
	few := [24]int64{3: 19}
	got := watch.Hours(tab, [][24]int64{day, day, day}, [][24]int64{day, night, few})
	want := []watch.Finding{{Worker: "b", Kind: watch.KindHours, Value: 693_147, Limit: 50_000, Label: "03:00", Count: 50, Of: 90}}
	if !slices.Equal(got, want) {
		t.Errorf("findings %+v, want %+v", got, want)
	}
}

func TestCopiesAreLongTextsOfOthers(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	words := func() string {
		var b strings.Builder
		for range 12 {
			fmt.Fprintf(&b, "%x ", r.Uint32())
		}
		return b.String()
	}
	var answers []table.Answer[string]
	add := func(task int, worker, text string) {
		answers = append(answers, table.Answer[string]{Task: fmt.Sprint("t", task), Worker: worker, Value: text})
	}
	for i := range 20 {
		own := words()
		add(i, "author", own)
		if i < 8 {
			add(i, "sometimes", own+"!")
		} else {
			add(i, "sometimes", words())
		}
		add(i, "other", words())
		add(i, "short", "yes")
		add(i, "too", "Yes.")
		if i < 15 {
			add(i, "copier", strings.ToUpper(own))
		}
	}
	tab, err := table.New(answers, table.KeepFirst)
	if err != nil {
		t.Fatal(err)
	}
	got, err := watch.Copies(tab)
	if err != nil {
		t.Fatal(err)
	}
	want := []watch.Finding{
		{Worker: "author", Kind: watch.KindCopies, Value: 750_000, Limit: 500_000, Count: 15, Of: 20},
		{Worker: "copier", Kind: watch.KindCopies, Value: 1_000_000, Limit: 500_000, Count: 15, Of: 15},
	}
	if !slices.Equal(got, want) {
		t.Errorf("findings %+v, want %+v", got, want)
	}
}

func TestSharedMarksJoinWorkers(t *testing.T) {
	workers, marks := []string{"a", "b", "c", "d", "e"}, [][]string{{"phone1"}, {"net7"}, {"phone1", "wallet3"}, {"wallet3"}, {"net7"}}
	for i := range 60 { // all of one school
		workers, marks = append(workers, fmt.Sprintf("s%02d", i)), append(marks, []string{"school"})
	}
	got := watch.Shared(workers, marks)
	shared := func(worker string) watch.Finding {
		return watch.Finding{Worker: worker, Kind: watch.KindShared, Peer: "a", Value: 3, Limit: 2}
	}
	if want := []watch.Finding{shared("a"), shared("c"), shared("d")}; !slices.Equal(got, want) {
		t.Errorf("findings %+v, want %+v", got, want)
	}
}
