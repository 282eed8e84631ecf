package pay_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/pay"
)

// table reads a line per worker, a character per task, "." for no answer. The
// workers are called a, b, c, … in the order of lines.
func table(t testing.TB, labels string, lines ...string) *label.Table {
	t.Helper()
	var answers []label.Answer
	for w, line := range lines {
		for task, char := range line {
			if char != '.' {
				answers = append(answers, label.Answer{Task: fmt.Sprintf("%03d", task), Worker: string(rune('a' + w)), Label: string(char)})
			}
		}
	}
	tab, err := label.NewTable(answers, label.Rules{Salt: [32]byte{1}, Labels: strings.Split(labels, "")})
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

// truths reads a character per task, "." for a task that is no gold.
func truths(tab *label.Table, line string) label.Gold {
	var gold []label.Truth
	for task, char := range line {
		if char != '.' {
			gold = append(gold, label.Truth{Task: fmt.Sprintf("%03d", task), Label: string(char)})
		}
	}
	return tab.Gold(gold)
}

func TestRulesScoreByHand(t *testing.T) {
	gold := pay.Gold{Contract: 900_000, Unproved: 250_000}
	balanced := pay.Gold{Contract: 900_000, Weigh: pay.ByClass, Unproved: 250_000}
	tests := []struct {
		name  string
		rule  pay.Rule
		lines []string
		gold  string
		want  []pay.Score
	}{
		{"gold pays nothing for guessing, all from the contract on, by the line between", gold,
			[]string{"0000000000", "0101010101", "0000000001", "00000001..", "0........."}, "0000000000",
			[]pay.Score{{1_000_000, 10}, {0, 10}, {1_000_000, 10}, {937_500, 8}, {1_000_000, 1}}},
		{"gold pays the stated value where there is none", gold, []string{"0011", "0.11"}, ".1..",
			[]pay.Score{{0, 1}, {250_000, 0}}},
		{"gold by task pays the constant answer where one class is frequent", gold, []string{"0000000000"}, "0000000001",
			[]pay.Score{{1_000_000, 10}}},
		{"gold by class does not", balanced, []string{"0000000000", "0000000001", "0000001111"}, "0000000001",
			[]pay.Score{{0, 10}, {1_000_000, 10}, {833_332, 10}}},
		{"gold by class wants two of them", balanced, []string{"00"}, "00", []pay.Score{{250_000, 2}}},
		{"output agreement is a share of comparisons", pay.OutputAgreement{}, []string{"00.", "01.", "011"}, "",
			[]pay.Score{{500_000, 4}, {750_000, 4}, {750_000, 4}}},
		{"nobody to agree with", pay.OutputAgreement{}, []string{"0.", ".1"}, "", []pay.Score{{}, {}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tab := table(t, "01", tt.lines...)
			got, err := tt.rule.Scores(tab, truths(tab, tt.gold))
			if err != nil || !slices.Equal(got, tt.want) {
				t.Errorf("%s: %v, %v; want %v", tt.rule.Name(), got, err, tt.want)
			}
		})
	}
}

// value returns the score of the first worker.
func value(t *testing.T, rule pay.Rule, tab *label.Table) pay.Score {
	t.Helper()
	scores, err := rule.Scores(tab, nil)
	if err != nil {
		t.Fatal(err)
	}
	return scores[0]
}

func TestPeerRulesTellWorkFromHabit(t *testing.T) {
	const truth = "0110100110010110100101100110100110010110011010010110100110010110"
	inverse := strings.NewReplacer("0", "1", "1", "0").Replace(truth)
	constant := strings.Repeat("0", len(truth))
	tests := []struct {
		name     string
		first    string
		low, top num.Ppm // of One, for all rules
	}{
		{"who sees the truth among those who see it", truth, 400_000, num.One},
		{"a constant answer", constant, 0, 0},
	}
	for _, rule := range []pay.Rule{pay.CorrelatedAgreement{}, pay.DrawnAgreement{}, pay.Determinant{}, pay.TruthSerum{Floor: 50_000}} {
		for _, tt := range tests {
			t.Run(rule.Name()+": "+tt.name, func(t *testing.T) {
				got := value(t, rule, table(t, "01", tt.first, truth, truth, truth))
				if noise := num.Ppm(70_000); got.Value < tt.low-noise || got.Value > tt.top+noise || got.Evidence == 0 {
					t.Errorf("%+v, want %v to %v", got, tt.low, tt.top)
				}
			})
		}
	}
	if got := value(t, pay.CorrelatedAgreement{}, table(t, "01", inverse, truth, truth)); got.Value > -400_000 {
		t.Errorf("ca pays %v for the opposite of the truth", got.Value)
	}
}

func TestCorrelatedAgreementByHand(t *testing.T) {
	// Without a: b and c agree on all of 0, 0, 1, 1: both labels go with
	// themselves. a agrees in 6 of 8 comparisons. Across tasks, his 3 zeros
	// and 1 one meet 4 zeros and 4 ones: 16 of 32, less those 6: 10 of 24.
	got := value(t, pay.CorrelatedAgreement{}, table(t, "01", "0001", "0011", "0011"))
	if want := (pay.Score{Value: 750_000 - 416_667, Evidence: 8}); got != want {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestTruthSerumByHand(t *testing.T) {
	tab := table(t, "01", "0111", "0111", "0011")
	// a's first answer is given by both peers, elsewhere in 1 of their 6 answers:
	// 1/.166666 - 1. His second by one of two, elsewhere 4 of 6: .5/.666666 - 1.
	// The others by both, elsewhere 3 of 6: 1.
	if got, want := value(t, pay.TruthSerum{Floor: 50_000}, tab), (pay.Score{Value: (5_000_024 - 250_000 + 2_000_000) / 4, Evidence: 4}); got != want {
		t.Errorf("%v, want %v", got, want)
	}
	if got, want := value(t, pay.TruthSerum{Floor: num.One}, tab), (pay.Score{Value: -125_000, Evidence: 4}); got != want {
		t.Errorf("with a floor of one: %v, want %v", got, want)
	}
}

func TestDeterminantKnowsNoNamesOfClasses(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		k := rapid.IntRange(2, 4).Draw(r, "k")
		labels := "0123"[:k]
		line := rapid.StringOfN(rapid.RuneFrom([]rune(labels)), 40, 40, -1)
		a, b := line.Draw(r, "a"), line.Draw(r, "b")
		turned := strings.Map(func(c rune) rune { return '0' + (c-'0'+1)%rune(k) }, a)
		got, same := value(t, pay.Determinant{}, table(t, labels, a, b)), value(t, pay.Determinant{}, table(t, labels, turned, b))
		if got != same || got.Value > num.One || got.Value < -num.One || got.Evidence != 1 {
			r.Fatalf("%v, with the classes renamed %v", got, same)
		}
		back, err := pay.Determinant{}.Scores(table(t, labels, a, b), nil)
		if err != nil || back[0] != back[1] {
			r.Fatalf("a is worth %v to b, b to a %v, %v", back[0], back[1], err)
		}
	})
}

func TestDeterminantWantsEnoughSharedTasks(t *testing.T) {
	for tasks, evidence := range []int64{3: 0, 4: 1} {
		if tasks < 3 {
			continue
		}
		if got := value(t, pay.Determinant{}, table(t, "01", "0101"[:tasks], "0101"[:tasks])); got.Evidence != evidence {
			t.Errorf("%d shared tasks: %+v, want %d peers", tasks, got, evidence)
		}
	}
	wide := table(t, "012345678", "012345678", "012345678")
	if _, err := (pay.Determinant{}).Scores(wide, nil); !fault.Is(err, fault.KindLimit) {
		t.Errorf("nine labels: error %v, want kind limit", err)
	}
}

// The order of arrival, of names in the crowd, and of threads must not count.
func TestScoresDoNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var answers []label.Answer
		for task := range rapid.IntRange(1, 30).Draw(r, "tasks") {
			for worker := range rapid.IntRange(1, 6).Draw(r, "workers") {
				answers = append(answers, label.Answer{Task: fmt.Sprint(task), Worker: fmt.Sprint(worker), Label: fmt.Sprint(rapid.IntRange(0, 2).Draw(r, "label"))})
			}
		}
		shuffled := slices.Clone(answers)
		rand.New(rand.NewPCG(1, rapid.Uint64().Draw(r, "order"))).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		rules := label.Rules{Salt: [32]byte{2}, Labels: []string{"0", "1", "2"}}
		first, err1 := label.NewTable(answers, rules)
		second, err2 := label.NewTable(shuffled, rules)
		if err1 != nil || err2 != nil {
			r.Fatal(err1, err2)
		}
		gold := []label.Truth{{Task: "0", Label: "1"}, {Task: "3", Label: "2"}}
		for _, rule := range pay.Rules(800_000) {
			a, err1 := rule.Scores(first, first.Gold(gold))
			b, err2 := rule.Scores(second, second.Gold(gold))
			if err1 != nil || err2 != nil || !slices.Equal(a, b) {
				r.Fatalf("%s: %v, %v; shuffled %v, %v", rule.Name(), a, err1, b, err2)
			}
		}
	})
}

func TestAnAnswerToATaskOfOnesOwnIsWorthNothing(t *testing.T) {
	for _, rule := range []pay.Rule{pay.OutputAgreement{}, pay.Determinant{}, pay.TruthSerum{Floor: 50_000}} {
		with := value(t, rule, table(t, "01", "01101", "0110.", "0111."))
		without := value(t, rule, table(t, "01", "0110.", "0110.", "0111."))
		if with != without {
			t.Errorf("%s: %v with an answer that nobody else gave, %v without", rule.Name(), with, without)
		}
	}
}

func TestCombinedIsGoldAndPlaceAmongPeers(t *testing.T) {
	tab := table(t, "01", "00110011", "00110011", "00110110", "10101010")
	gold := truths(tab, "00110011")
	rule := pay.Combined{Gold: pay.Gold{Contract: 900_000}, Peers: pay.CorrelatedAgreement{}, Bonus: 100_000}
	got, err := rule.Scores(tab, gold)
	if err != nil {
		t.Fatal(err)
	}
	alone, err := rule.Gold.Scores(tab, gold)
	if err != nil {
		t.Fatal(err)
	}
	var sum num.Ppm
	for w, s := range got {
		extra := s.Value - alone[w].Value
		if extra > 200_000 || extra < -200_000 || s.Evidence != alone[w].Evidence {
			t.Errorf("worker %d: %v, by gold %v: want at most two standard deviations apart", w, s, alone[w])
		}
		sum += extra
	}
	if got[0].Value <= alone[0].Value || got[3].Value >= alone[3].Value || sum > 4 || sum < -4 {
		t.Errorf("%v, by gold %v: want more for the first, less for the last, the same in sum", got, alone)
	}
	equal := table(t, "01", "01", "01")
	if got, err := rule.Scores(equal, nil); err != nil || got[0].Value != 0 {
		t.Errorf("equals without gold: %v, %v; want 0", got, err)
	}
}

func TestRulesRefuseWhatTheyCannotUse(t *testing.T) {
	tab := table(t, "01", "01", "01")
	for _, rule := range []pay.Rule{
		pay.Gold{Contract: 500_000}, pay.Gold{Contract: 1_000_001}, pay.TruthSerum{}, pay.TruthSerum{Floor: 1_000_001},
		pay.Combined{Gold: pay.Gold{Contract: 500_000}, Peers: pay.CorrelatedAgreement{}},
		pay.Combined{Gold: pay.Gold{Contract: 600_000}, Peers: pay.TruthSerum{}},
	} {
		if got, err := rule.Scores(tab, nil); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%#v: %v, %v; want an error of kind invalid", rule, got, err)
		}
	}
	if _, err := pay.New("tips", 800_000); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("rule tips: error %v, want kind invalid", err)
	}
}

func TestEveryRuleIsFoundByItsName(t *testing.T) {
	for _, rule := range pay.Rules(800_000) {
		if got, err := pay.New(rule.Name(), 800_000); err != nil || !reflect.DeepEqual(got, rule) {
			t.Errorf("New(%q) = %v, %v; want %v", rule.Name(), got, err, rule)
		}
	}
}

func TestNoAnswersNoScores(t *testing.T) {
	for _, rule := range pay.Rules(800_000) {
		if got, err := rule.Scores(table(t, "01"), nil); err != nil || len(got) != 0 {
			t.Errorf("%s: %v, %v; want none", rule.Name(), got, err)
		}
	}
}
