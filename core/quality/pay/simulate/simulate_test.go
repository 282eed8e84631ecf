package simulate_test

import (
	"reflect"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/pay"
	"github.com/alaya-network/alaya/core/quality/pay/simulate"
)

// play runs the default scenario as changed, with a crowd of honest workers
// and one kind of cheaters.
func play(t *testing.T, honest int, cheat simulate.Strategy, cheaters int, change func(*simulate.Scenario)) simulate.Outcome {
	t.Helper()
	s := simulate.Default()
	s.Rounds, s.Tasks = 4, 600
	s.Crowd = simulate.Crowd{simulate.Honest: honest}
	s.Crowd[cheat] += cheaters
	if change != nil {
		change(&s)
	}
	o, err := simulate.Run(s)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// premium is what honesty earns above the best cheater.
func premium(t *testing.T, o simulate.Outcome, rule string) num.Ppm {
	t.Helper()
	best, ok := o.Best(rule)
	if !ok {
		t.Fatalf("no cheater in %+v", o)
	}
	return best.Premium
}

func TestHonestyPaysWhereTheTheorySaysSo(t *testing.T) {
	skewed := func(s *simulate.Scenario) { s.Skew = 750_000 }
	classes := func(s *simulate.Scenario) { s.Labels, s.Skew = 3, 400_000 }
	all := []string{"gold", "balanced", "ca", "drawn", "dmi", "pts", "combined"}
	notGold := []string{"balanced", "ca", "drawn", "dmi", "pts", "combined"}
	tests := []struct {
		name   string
		cheat  simulate.Strategy
		change func(*simulate.Scenario)
		rules  []string
	}{
		{"against the lazy", simulate.Lazy, nil, all},
		{"against the constant", simulate.Constant, nil, all},
		{"against the random", simulate.Random, nil, all},
		{"against a small ring", simulate.Colluding, nil, all},
		{"against the constant where one class is frequent", simulate.Constant, skewed, notGold},
		{"against the lazy where one class is frequent", simulate.Lazy, skewed, notGold},
		{"against the constant with three classes", simulate.Constant, classes, all},
		{"against the random with three classes", simulate.Random, classes, all},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := play(t, 48, tt.cheat, 8, tt.change)
			for _, rule := range tt.rules {
				if got := premium(t, o, rule); got < 40_000 {
					t.Errorf("%s: honesty earns %v of the price above the cheater, want 4%%", rule, got)
				}
			}
		})
	}
}

func TestWhereRulesFail(t *testing.T) {
	skewed := func(s *simulate.Scenario) { s.Skew = 850_000 }
	tests := []struct {
		name             string
		honest, cheaters int
		cheat            simulate.Strategy
		change           func(*simulate.Scenario)
		fail, hold       []string
	}{
		{"output agreement and plain gold pay the constant answer where one class is frequent",
			48, 8, simulate.Constant, skewed, []string{"output", "gold"}, []string{"balanced", "ca", "pts"}},
		{"a large ring beats every rule without gold",
			20, 40, simulate.Colluding, nil, []string{"output", "ca", "drawn", "dmi", "pts"}, []string{"gold", "balanced", "combined"}},
		{"who copies honest work is paid for it by every rule",
			48, 8, simulate.Copying, nil, []string{"output", "gold", "balanced", "ca", "drawn", "dmi", "pts", "combined"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := play(t, tt.honest, tt.cheat, tt.cheaters, tt.change)
			for _, rule := range tt.fail {
				if got := premium(t, o, rule); got > 0 {
					t.Errorf("%s: honesty earns %v more, and was to earn less", rule, got)
				}
			}
			for _, rule := range tt.hold {
				if got := premium(t, o, rule); got < 40_000 {
					t.Errorf("%s: honesty earns %v of the price above the cheater, want 4%%", rule, got)
				}
			}
		})
	}
}

func TestAnHonestCrowdEarnsThePrice(t *testing.T) {
	s := simulate.Default()
	s.Rounds, s.Tasks, s.Crowd = 3, 400, simulate.Crowd{simulate.Honest: 30}
	o, err := simulate.Run(s)
	if err != nil || len(o.Lines) != len(pay.Rules(s.Contract)) {
		t.Fatalf("%+v, %v; want a line for each rule", o, err)
	}
	for _, l := range o.Lines {
		// What is cut off at 0 or capped by the budget shows as a difference.
		if l.Pay < 850_000 || l.Pay > num.One || l.Profit != l.Pay-s.Cost || l.Premium != 0 || l.Effort != num.One {
			t.Errorf("%+v: want about the price", l)
		}
		if _, ok := o.Best(l.Rule); ok {
			t.Errorf("%s: a best cheater among the honest", l.Rule)
		}
	}
}

func TestTheBudgetBoundsWhatIsEarned(t *testing.T) {
	s := simulate.Default()
	s.Rounds = 3
	o, err := simulate.Run(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range pay.Rules(s.Contract) {
		var sum num.Ppm
		for _, l := range o.Lines {
			if l.Rule == rule.Name() {
				sum += l.Pay * num.Ppm(l.Workers)
			}
		}
		// Workers of one round have different numbers of answers, so the mean
		// over workers may pass the mean over answers a little.
		if mean := sum / num.Ppm(s.Crowd.Size()); mean > num.One*103/100 {
			t.Errorf("%s pays %v of the price on the average", rule.Name(), mean)
		}
	}
}

func TestAnOutcomeDependsOnTheScenarioAlone(t *testing.T) {
	s := simulate.Default()
	s.Rounds, s.Tasks = 1, 100
	first, err1 := simulate.Run(s)
	again, err2 := simulate.Run(s)
	s.Seed++
	other, err3 := simulate.Run(s)
	if err1 != nil || err2 != nil || err3 != nil {
		t.Fatal(err1, err2, err3)
	}
	if !reflect.DeepEqual(first, again) || reflect.DeepEqual(first, other) {
		t.Errorf("%+v\nagain %+v\nby another seed %+v", first, again, other)
	}
}

func TestRulesAreChosenByName(t *testing.T) {
	s := simulate.Default()
	s.Rounds, s.Rules = 1, []string{"pts", "gold"}
	o, err := simulate.Run(s)
	if err != nil || len(o.Lines) != 12 || o.Lines[0].Rule != "pts" || o.Lines[6].Rule != "gold" {
		t.Errorf("%+v, %v; want six lines of pts, six of gold", o, err)
	}
	if _, ok := o.Line("gold", simulate.Copying); !ok {
		t.Error("no line of gold, copying")
	}
	if l, ok := o.Line("ca", simulate.Copying); ok {
		t.Errorf("a line of a rule not played: %+v", l)
	}
}

func TestScenariosOutOfBoundsAreRefused(t *testing.T) {
	tests := []struct {
		name   string
		change func(*simulate.Scenario)
	}{
		{"no rounds", func(s *simulate.Scenario) { s.Rounds = 0 }},
		{"one label", func(s *simulate.Scenario) { s.Labels = 1 }},
		{"nine labels", func(s *simulate.Scenario) { s.Labels = 9 }},
		{"a first label that is not the most frequent", func(s *simulate.Scenario) { s.Skew = 400_000 }},
		{"one truth for all", func(s *simulate.Scenario) { s.Skew = num.One }},
		{"a page beyond the tasks", func(s *simulate.Scenario) { s.Page = s.Tasks + 1 }},
		{"too many tasks", func(s *simulate.Scenario) { s.Tasks = 100_001 }},
		{"one answer", func(s *simulate.Scenario) { s.Answers = 1 }},
		{"more answers than workers", func(s *simulate.Scenario) { s.Answers = 61 }},
		{"too many workers", func(s *simulate.Scenario) { s.Crowd[simulate.Random] = 10_000 }},
		{"fewer than no workers", func(s *simulate.Scenario) { s.Crowd[simulate.Random] = -1 }},
		{"nobody honest", func(s *simulate.Scenario) { s.Crowd[simulate.Honest] = 0 }},
		{"an accuracy above one", func(s *simulate.Scenario) { s.Accuracy = num.One + 1 }},
		{"a negative share of gold", func(s *simulate.Scenario) { s.Gold = -1 }},
		{"a contract for guessing", func(s *simulate.Scenario) { s.Contract = 500_000 }},
		{"a price too small to divide", func(s *simulate.Scenario) { s.Price = 999 }},
		{"a cost above the price", func(s *simulate.Scenario) { s.Cost = num.One + 1 }},
		{"a rule nobody knows", func(s *simulate.Scenario) { s.Rules = []string{"tips"} }},
		{"gold without gold", func(s *simulate.Scenario) { s.Gold, s.Rules = 0, []string{"gold"} }},
		{"determinants on short pages", func(s *simulate.Scenario) { s.Tasks, s.Page, s.Rules = 20, 2, []string{"dmi"} }},
	}
	for _, tt := range tests {
		s := simulate.Default()
		s.Rounds = 1
		tt.change(&s)
		if _, err := simulate.Run(s); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: error %v, want kind invalid", tt.name, err)
		}
	}
}

func TestStrategiesHaveNames(t *testing.T) {
	for s, want := range map[simulate.Strategy]string{simulate.Honest: "honest", simulate.Colluding: "colluding", 9: "strategy(9)"} {
		if text, err := s.MarshalText(); string(text) != want || err != nil {
			t.Errorf("%q, %v; want %q", text, err, want)
		}
	}
}
