package simulate

import (
	"fmt"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/pay"
)

// Strategy is what a worker does to earn.
type Strategy uint8

// The strategies.
const (
	// Honest looks at every task and says what he sees; right as often as the
	// scenario's Accuracy, wrong evenly.
	Honest Strategy = iota
	// Lazy looks at every second task, and gives the first label to the rest.
	Lazy
	// Constant gives the first label, the most frequent, to all.
	Constant
	// Random gives any label, evenly.
	Random
	// Copying says what an honest worker said on the page; without one, as
	// Constant.
	Copying
	// Colluding says what the ring's key says: a label drawn for the task as
	// often as it is true, without a look at it.
	Colluding
)

const strategies Strategy = 6

// String names the strategy.
func (s Strategy) String() string {
	names := [...]string{"honest", "lazy", "constant", "random", "copying", "colluding"}
	if int(s) < len(names) {
		return names[s]
	}
	return fmt.Sprintf("strategy(%d)", uint8(s))
}

// MarshalText writes the name.
func (s Strategy) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// effort is the share of tasks that the worker looks at.
func (s Strategy) effort() num.Ppm {
	switch s {
	case Honest:
		return num.One
	case Lazy:
		return num.One / 2
	default:
		return 0
	}
}

// Crowd is how many workers follow each strategy, by Strategy.
type Crowd [strategies]int

// Size returns the number of workers.
func (c Crowd) Size() int {
	n := 0
	for _, workers := range c {
		n += workers
	}
	return n
}

// Scenario says who plays for what.
type Scenario struct {
	// Seed keys all draws.
	Seed uint64
	// Rounds are jobs played one after the other, 1 to 1000.
	Rounds int
	// Labels is K, 2 to 8. The first is true with probability Skew, from 1/K to
	// below One; the others share the rest evenly.
	Labels int
	Skew   num.Ppm
	// Tasks of a job, up to 100,000; Page of them are given together, each page
	// to Answers workers, from 2.
	Tasks, Page, Answers int
	Crowd                Crowd
	// Accuracy of an honest worker, Gold the share of tasks whose truth is
	// known, Contract the accuracy that earns the full price by gold.
	Accuracy, Gold, Contract num.Ppm
	// Price of an answer, from 1000 ualy, and Cost of looking at a task, in ppm
	// of the price.
	Price num.Amount
	Cost  num.Ppm
	// Rules names the rules to play; none plays all that pay.Rules has.
	Rules []string
}

// Default returns a scenario to start from: sixty workers, half of them honest,
// on a job of two even classes with a tenth of gold.
func Default() Scenario {
	return Scenario{
		Seed: 1, Rounds: 20, Labels: 2, Skew: num.One / 2, Tasks: 1000, Page: 20, Answers: 5,
		Crowd:    Crowd{Honest: 30, Lazy: 6, Constant: 6, Random: 6, Copying: 6, Colluding: 6},
		Accuracy: 850_000, Gold: 100_000, Contract: 850_000,
		Price: 10_000, Cost: 300_000,
	}
}

// Validate checks the bounds.
func (s Scenario) Validate() error {
	k := num.Ppm(max(s.Labels, 1))
	checks := []struct {
		ok    bool
		name  string
		value any
		want  string
	}{
		{s.Rounds >= 1 && s.Rounds <= 1000, "rounds", s.Rounds, "1 to 1000"},
		{s.Labels >= 2 && s.Labels <= pay.MaxClasses, "labels", s.Labels, "2 to 8"},
		{s.Skew >= num.One/k && s.Skew < num.One, "skew", s.Skew, "1/labels to below 100%"},
		{s.Page >= 1 && s.Page <= s.Tasks, "page", s.Page, "1 to the tasks"},
		{s.Tasks <= 100_000, "tasks", s.Tasks, "at most 100000"},
		{s.Answers >= 2 && s.Answers <= s.Crowd.Size(), "answers", s.Answers, "2 to the workers"},
		{s.Crowd.Size() <= 10_000, "workers", s.Crowd.Size(), "at most 10000"},
		{slices.Min(s.Crowd[:]) >= 0, "crowd", s.Crowd, "no negative number"},
		{s.Crowd[Honest] > 0, "honest workers", s.Crowd[Honest], "at least 1"},
		{s.Accuracy == s.Accuracy.Clip(), "accuracy", s.Accuracy, "0 to 100%"},
		{s.Gold == s.Gold.Clip(), "gold", s.Gold, "0 to 100%"},
		{s.Contract > num.One/k && s.Contract <= num.One, "contract", s.Contract, "above 1/labels, at most 100%"},
		{s.Price >= 1000 && s.Price <= num.ALY, "price", s.Price, "1000 ualy to 1 ALY"},
		{s.Cost == s.Cost.Clip(), "cost", s.Cost, "0 to 100%"},
	}
	for _, c := range checks {
		if !c.ok {
			return fault.Invalid("quality: scenario's %s: %v: want %s", c.name, c.value, c.want)
		}
	}
	return nil
}

func (s Scenario) rules() ([]pay.Rule, error) {
	if len(s.Rules) == 0 {
		return pay.Rules(s.Contract), nil
	}
	rules := make([]pay.Rule, len(s.Rules))
	for i, name := range s.Rules {
		rule, err := pay.New(name, s.Contract)
		if err != nil {
			return nil, err
		}
		rules[i] = rule
	}
	return rules, nil
}

// honest returns a crowd of the same size in which all are honest.
func (s Scenario) honest() Crowd { return Crowd{Honest: s.Crowd.Size()} }
