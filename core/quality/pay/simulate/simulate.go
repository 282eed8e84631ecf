// Package simulate plays crowds of honest and cheating workers against payment
// rules, and says who earns what.
//
// Words: a strategy is what a worker does instead of working; effort is the
// share of tasks that he looks at. A round is one job: tasks cut into pages,
// each page given to some workers drawn for it. Pay is per answer, in ppm of
// the price; profit is pay less the cost of the effort. The premium of a rule
// over a strategy is the honest profit less that of the strategy.
//
// Every rule is priced the same way: its Par is measured on a crowd of honest
// workers only, so that they earn the price. Then the crowd of the scenario
// answers, claims, and divides a budget of price × answers.
//
// What it shows: where honesty pays, and where no rule helps. A copier of
// honest work earns like it; a ring that agrees on random answers beats every
// rule without gold once it is large.
//
// Invariants:
//  1. An outcome depends on the scenario alone; all is integers.
//  2. No round pays out more than its budget.
package simulate

import (
	"encoding/binary"
	"math/big"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/pay"
)

// Line is what the workers of one strategy earn by one rule.
type Line struct {
	Rule     string   `json:"rule"`
	Strategy Strategy `json:"strategy"`
	Workers  int      `json:"workers"`
	Effort   num.Ppm  `json:"effort"`
	// Pay is the mean, Spread the standard deviation between workers and
	// rounds, both per answer in ppm of the price.
	Pay    num.Ppm `json:"pay"`
	Spread num.Ppm `json:"spread"`
	// Profit is the pay less what the effort costs, Premium what honesty earns
	// above it.
	Profit  num.Ppm `json:"profit"`
	Premium num.Ppm `json:"premium"`
}

// Outcome is a table: a line for each rule and strategy, in the order of both.
type Outcome struct {
	Lines []Line `json:"lines"`
}

// Line returns the line of a rule and a strategy; ok says whether it is there.
func (o Outcome) Line(rule string, s Strategy) (line Line, ok bool) {
	for _, l := range o.Lines {
		if l.Rule == rule && l.Strategy == s {
			return l, true
		}
	}
	return Line{}, false
}

// Best returns the line of the cheater who earns most by a rule: its Premium
// is the rule's. ok says whether there is one.
func (o Outcome) Best(rule string) (line Line, ok bool) {
	for _, l := range o.Lines {
		if l.Rule == rule && l.Strategy != Honest && (!ok || l.Profit > line.Profit) {
			line, ok = l, true
		}
	}
	return line, ok
}

// Run plays a scenario. It returns an error of kind invalid for a scenario out
// of bounds, or a rule by which an honest crowd is worth nothing: dmi on pages
// of fewer than 2K tasks, gold without gold.
func Run(s Scenario) (Outcome, error) {
	if err := s.Validate(); err != nil {
		return Outcome{}, err
	}
	rules, err := s.rules()
	if err != nil {
		return Outcome{}, err
	}
	honest, err := s.play(s.honest())
	if err != nil {
		return Outcome{}, err
	}
	crowd, err := s.play(s.Crowd)
	if err != nil {
		return Outcome{}, err
	}
	var o Outcome
	for _, rule := range rules {
		par, err := worth(rule, honest)
		if err != nil {
			return Outcome{}, err
		}
		earned, err := s.earned(rule, par, crowd)
		if err != nil {
			return Outcome{}, err
		}
		if len(earned[Honest]) == 0 {
			return Outcome{}, fault.Invalid("quality: no page was given to one of %d honest workers among %d: want more pages", s.Crowd[Honest], s.Crowd.Size())
		}
		o.add(rule.Name(), s, earned)
	}
	return o, nil
}

// worth returns the mean value by a rule over all workers of some rounds.
func worth(rule pay.Rule, rounds []round) (num.Ppm, error) {
	var sum, n num.Ppm
	for _, r := range rounds {
		scores, err := rule.Scores(r.table, r.gold)
		if err != nil {
			return 0, err
		}
		for _, score := range scores {
			sum += score.Value
			n++
		}
	}
	if sum < n {
		return 0, fault.Invalid("quality: an honest crowd is worth nothing by rule %s: want gold for gold, pages of 2K tasks for dmi", rule.Name())
	}
	return sum / n, nil
}

// earned returns what each worker earned per answer in each round, by strategy.
func (s Scenario) earned(rule pay.Rule, par num.Ppm, rounds []round) (earned [strategies][]num.Ppm, err error) {
	terms := pay.Terms{Price: s.Price, Par: par}
	for _, r := range rounds {
		scores, err := rule.Scores(r.table, r.gold)
		if err != nil {
			return earned, err
		}
		claims, err := terms.Claims(r.table, scores)
		if err != nil {
			return earned, err
		}
		budget, err := s.Price.Mul(int64(r.table.Len()))
		if err != nil {
			return earned, err
		}
		paid, err := pay.Divide(budget, r.table.Salt(), claims)
		if err != nil {
			return earned, err
		}
		if err := pay.Check(budget, claims, paid); err != nil {
			return earned, err
		}
		answers := answersOf(r.table)
		for w, a := range paid {
			strategy := r.strategy[w]
			perAnswer, _ := num.Ratio(int64(a), int64(s.Price)*answers[w], num.Down) // a positive price, checked above
			earned[strategy] = append(earned[strategy], perAnswer)
		}
	}
	return earned, nil
}

// answersOf counts the answers of each worker.
func answersOf(t *label.Table) []int64 {
	n := make([]int64, len(t.Workers))
	for i := range t.Tasks {
		for _, v := range t.Votes(i) {
			n[v.Worker]++
		}
	}
	return n
}

// add writes the lines of one rule.
func (o *Outcome) add(rule string, s Scenario, earned [strategies][]num.Ppm) {
	var honest num.Ppm
	for strategy := range strategies {
		values := earned[strategy]
		if len(values) == 0 {
			continue
		}
		line := Line{Rule: rule, Strategy: strategy, Workers: s.Crowd[strategy], Effort: strategy.effort()}
		line.Pay, line.Spread = moments(values)
		line.Profit = line.Pay - s.Cost*line.Effort/num.One
		if strategy == Honest {
			honest = line.Profit
		}
		line.Premium = honest - line.Profit
		o.Lines = append(o.Lines, line)
	}
}

// moments returns mean and standard deviation, rounded down.
func moments(values []num.Ppm) (mean, spread num.Ppm) {
	n := int64(len(values))
	var sum int64
	squares := new(big.Int)
	for _, v := range values {
		sum += int64(v)
		square := big.NewInt(int64(v))
		squares.Add(squares, square.Mul(square, square))
	}
	squares.Mul(squares, big.NewInt(n))
	squares.Sub(squares, new(big.Int).Mul(big.NewInt(sum), big.NewInt(sum)))
	squares.Sqrt(squares)
	return num.Ppm(sum / n), num.Ppm(squares.Int64() / n)
}

// salt keys the draws of one round.
func (s Scenario) salt(round int) (salt [32]byte) {
	binary.BigEndian.PutUint64(salt[:], s.Seed)
	binary.BigEndian.PutUint64(salt[8:], uint64(round))
	return salt
}
