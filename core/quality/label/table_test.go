package label_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/label"
)

func TestTablePutsAnswersInOrder(t *testing.T) {
	answers := []label.Answer{
		{"t2", "w1", "b"}, {"t1", "w2", "a"}, {"t1", "w1", "c"}, {"t2", "w1", "a"}, {"t1", "w3", "x"},
	}
	tests := []struct {
		name              string
		rules             label.Rules
		labels, votes     string
		repeated, foreign int
	}{
		{"any label, first kept", label.Rules{}, "[a b c x]", "t1:w1=c t1:w2=a t1:w3=x t2:w1=b", 1, 0},
		{"any label, last kept", label.Rules{Keep: label.KeepLast}, "[a b c x]", "t1:w1=c t1:w2=a t1:w3=x t2:w1=a", 1, 0},
		{"an ontology drops the others", label.Rules{Labels: []string{"c", "a", "b", "a", "d"}}, "[a b c d]", "t1:w1=c t1:w2=a t2:w1=b", 1, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tab, err := label.NewTable(answers, tt.rules)
			if err != nil {
				t.Fatal(err)
			}
			var votes []string
			for i, task := range tab.Tasks {
				for _, v := range tab.Votes(i) {
					votes = append(votes, fmt.Sprintf("%s:%s=%s", task, tab.Workers[v.Worker], tab.Labels[v.Label]))
				}
			}
			if got := strings.Join(votes, " "); got != tt.votes || fmt.Sprint(tab.Labels) != tt.labels {
				t.Errorf("votes %s of %v; want %s of %s", got, tab.Labels, tt.votes, tt.labels)
			}
			if tab.Repeated != tt.repeated || tab.Foreign != tt.foreign || tab.Len() != len(votes) {
				t.Errorf("repeated %d, foreign %d, len %d; want %d, %d, %d",
					tab.Repeated, tab.Foreign, tab.Len(), tt.repeated, tt.foreign, len(votes))
			}
		})
	}
}

func TestTableRefusesWhatItCannotHold(t *testing.T) {
	if _, err := label.NewTable([]label.Answer{{"t", "w", "a"}, {"", "w", "a"}}, label.Rules{}); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("an empty task: error %v, want kind invalid", err)
	}
	if _, err := label.NewTable([]label.Answer{{"t", "", "a"}}, label.Rules{}); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("an empty worker: error %v, want kind invalid", err)
	}
	many := make([]label.Answer, label.MaxLabels+1)
	for i := range many {
		many[i] = label.Answer{Task: "t", Worker: fmt.Sprint(i), Label: fmt.Sprint(i)}
	}
	if _, err := label.NewTable(many, label.Rules{}); !fault.Is(err, fault.KindLimit) {
		t.Errorf("%d labels: error %v, want kind limit", len(many), err)
	}
}

func TestWithoutLeavesNumbersAlone(t *testing.T) {
	tab := table(t, []label.Answer{{"t1", "w1", "a"}, {"t1", "w2", "b"}, {"t2", "w2", "a"}})
	rest := tab.Without([]bool{false, true})
	if len(rest.Votes(0)) != 1 || len(rest.Votes(1)) != 0 || !slices.Equal(rest.Workers, tab.Workers) {
		t.Errorf("without w2: votes %v, %v of %v", rest.Votes(0), rest.Votes(1), rest.Workers)
	}
	if tab.Len() != 3 || rest.Len() != 1 {
		t.Errorf("lengths %d, %d; want 3, 1", tab.Len(), rest.Len())
	}
}

func TestTiesGoWhereTheSaltSays(t *testing.T) {
	answers := []label.Answer{{"t", "w1", "a"}, {"t", "w2", "b"}, {"t", "w3", "c"}, {"t", "w4", "c"}, {"t", "w5", "b"}}
	seen := map[string]int{}
	for salt := range byte(64) {
		tab, err := label.NewTable(answers, label.Rules{Salt: [32]byte{salt}})
		if err != nil {
			t.Fatal(err)
		}
		winner := label.Majority{}.Aggregate(tab, nil).Labels[0]
		seen[tab.Labels[winner]]++
	}
	if seen["a"] > 0 || seen["b"] < 16 || seen["c"] < 16 {
		t.Errorf("winners of a tie between b and c over 64 salts: %v", seen)
	}
}

func TestPosteriorsAreSharesAndGoldIsCertain(t *testing.T) {
	var methods []label.Method
	for _, name := range label.Names() {
		m, err := label.New(name)
		if err != nil || m.Name() != name {
			t.Fatalf("New(%q) = %v, %v", name, m, err)
		}
		methods = append(methods, m)
	}
	rapid.Check(t, func(r *rapid.T) {
		answers := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) label.Answer {
			return label.Answer{
				Task:   fmt.Sprint(rapid.IntRange(0, 9).Draw(r, "task")),
				Worker: fmt.Sprint(rapid.IntRange(0, 5).Draw(r, "worker")),
				Label:  fmt.Sprint(rapid.IntRange(0, 3).Draw(r, "label")),
			}
		}), 1, 60).Draw(r, "answers")
		tab := table(t, answers)
		gold := tab.Gold([]label.Truth{{Task: answers[0].Task, Label: answers[len(answers)-1].Label}})
		for _, m := range methods {
			result := m.Aggregate(tab, gold)
			for i := range tab.Tasks {
				row := result.Row(i)
				var sum float64
				for c, z := range row {
					sum += z
					if z < 0 || z > row[result.Labels[i]] {
						r.Fatalf("%s, task %d: class %d has %v of %v, label %d", m.Name(), i, c, z, row, result.Labels[i])
					}
				}
				if sum < 1-1e-9 || sum > 1+1e-9 {
					r.Fatalf("%s, task %d: %v sums to %v", m.Name(), i, row, sum)
				}
				if class := gold.At(i); class != label.None && row[class] != 1 {
					r.Fatalf("%s, gold task %d: %v, want certain of %d", m.Name(), i, row, class)
				}
			}
		}
	})
}
