package table_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/table"
)

type answer = table.Answer[int]

// show writes a table's votes as "task:worker=value …".
func show(t *table.Table[int]) string {
	var votes []string
	for i, task := range t.Tasks {
		for _, v := range t.Votes(i) {
			votes = append(votes, fmt.Sprintf("%s:%s=%d", task, t.Workers[v.Worker], v.Value))
		}
	}
	return strings.Join(votes, " ")
}

func TestTablePutsAnswersInOrder(t *testing.T) {
	answers := []answer{{"t2", "w1", 5}, {"t1", "w2", 1}, {"t1", "w10", 3}, {"t2", "w1", 4}, {"t2", "w1", 6}}
	tests := []struct {
		name     string
		answers  []answer
		keep     table.Keep
		votes    string
		repeated int
	}{
		{"no answers", nil, table.KeepFirst, "", 0},
		{"the first of repeated answers", answers, table.KeepFirst, "t1:w10=3 t1:w2=1 t2:w1=5", 2},
		{"the last of repeated answers", answers, table.KeepLast, "t1:w10=3 t1:w2=1 t2:w1=6", 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tab, err := table.New(tt.answers, tt.keep)
			if err != nil {
				t.Fatal(err)
			}
			if got := show(tab); got != tt.votes || tab.Repeated != tt.repeated {
				t.Errorf("votes %s, repeated %d; want %s, %d", got, tab.Repeated, tt.votes, tt.repeated)
			}
			if tab.Len()+tab.Repeated != len(tt.answers) {
				t.Errorf("%d votes and %d repeated of %d answers", tab.Len(), tab.Repeated, len(tt.answers))
			}
		})
	}
}

func TestTableRefusesEmptyNames(t *testing.T) {
	for _, a := range []answer{{"", "w", 1}, {"t", "", 1}} {
		if _, err := table.New([]answer{{"t", "w", 1}, a}, table.KeepFirst); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("answer %+v: error %v, want kind invalid", a, err)
		}
	}
}

func TestOrderOfArrivalDoesNotCount(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var answers []answer
		for i := range rapid.IntRange(0, 5).Draw(r, "tasks") {
			for j := range rapid.IntRange(0, 5).Draw(r, "workers") {
				answers = append(answers, answer{fmt.Sprint(i), fmt.Sprint(j), rapid.Int().Draw(r, "value")})
			}
		}
		tab, err := table.New(answers, table.KeepFirst)
		if err != nil {
			r.Fatal(err)
		}
		shuffled := slices.Clone(answers)
		rand.Shuffle(len(shuffled), func(a, b int) { shuffled[a], shuffled[b] = shuffled[b], shuffled[a] })
		other, err := table.New(shuffled, table.KeepLast)
		if err != nil {
			r.Fatal(err)
		}
		if got, want := show(other), show(tab); got != want {
			r.Fatalf("shuffled: %s, want %s", got, want)
		}
	})
}

func TestWhereLeavesNumbersAlone(t *testing.T) {
	tab, err := table.New([]answer{{"t1", "w1", 1}, {"t1", "w2", 2}, {"t2", "w2", 3}}, table.KeepFirst)
	if err != nil {
		t.Fatal(err)
	}
	rest := tab.Where(func(task, n int) bool { return task == 0 && n == 1 })
	if got, want := show(rest), "t1:w2=2"; got != want || rest.Len() != 1 || len(rest.Votes(1)) != 0 {
		t.Errorf("the second vote of t1: %s, %d votes; want %s", got, rest.Len(), want)
	}
	if got, want := show(tab), "t1:w1=1 t1:w2=2 t2:w2=3"; got != want {
		t.Errorf("the table became %s, want %s", got, want)
	}
}

func BenchmarkNew(b *testing.B) {
	answers := make([]answer, 0, 200_000)
	for i := range 40_000 {
		for range 5 {
			answers = append(answers, answer{fmt.Sprint(i), fmt.Sprint(rand.IntN(2000)), 0})
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := table.New(answers, table.KeepFirst); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(answers)*b.N)/b.Elapsed().Seconds()/1e6, "Manswers/s")
}
