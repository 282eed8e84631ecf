// Package pay says what answers are worth, so that honest work earns more than
// anything else: by gold where there is some, by what peers say where there is
// none, and it divides a budget by it.
//
// Words: a rule gives every worker a score, what one of his answers is worth on
// the average; One is the worth of ideal work, below 0 is worse than nothing. A
// claim is a score in money, before the budget speaks. An honest worker looks
// at the task and says what he sees.
//
// Rules:
//
//	gold      accuracy on gold: 0 for guessing, One from the contract accuracy on
//	balanced  the same, every class of the same weight
//	output    agreement with peers; pays the constant answer, never use it alone
//	ca        Correlated Agreement: agreement beyond what the crowd's habits give
//	drawn     Correlated Agreement by single draws; same mean, more variance
//	dmi       determinant mutual information: a square of independent halves
//	pts       peer truth serum: agreement, worth more the rarer the answer
//	combined  balanced gold, and a little of ca on top
//
// Recalls is no rule: by labels that were found it bounds what a worker may
// earn, so that who ignores the tasks of a skewed question earns nothing.
//
// Assumptions: workers answer tasks without talking to each other, tasks are
// alike and drawn for them, and every worker keeps one strategy. Where they do
// talk, no rule without gold helps: a ring that agrees on answers beats ca, dmi
// and pts (package simulate shows it), and who copies an honest worker is paid
// as one (package watch finds him).
//
// Measured on four public sets of two classes (bluebird, rte, SP_amt,
// D_PosSent): ca ranks workers as gold does with a rank correlation of .70 to
// .93, pts of .67 to .93, dmi of .55 to .90, drawn of .34 to .74; where 12 % of
// the tasks are positive and three answer each (D_Product), of .36 to .46.
//
// When not to use: do not punish by these scores, they are noisy; watch.Test is
// made for that. Do not pay small jobs by dmi: below some dozens of shared
// tasks it is noise.
//
// Invariants:
//  1. All is integers; roundings are named; a score depends on the answers, the
//     gold and the salt, not on order, machine or threads.
//  2. Nobody moves the yardstick he is measured by: ca learns the crowd's
//     habits without him, pts counts the reports of others on other tasks.
//  3. What is paid out is the budget, or the claims rounded down in sum,
//     whichever is less; nobody gets a unit more than his claim, and nobody
//     with a claim of 0 gets any.
//  4. Who claims more never gets less.
//
// Sources: Shnayder, Agarwal, Frongillo and Parkes, Informed Truthfulness in
// Multi-Task Peer Prediction, EC 2016; Kong, Dominantly Truthful Multi-Task Peer
// Prediction with a Constant Number of Tasks, SODA 2020; Radanovic, Faltings and
// Jurca, Incentives for Effort in Crowdsourcing Using the Peer Truth Serum, ACM
// TIST 2016; Bareiss, Mathematics of Computation 22, 1968; Gneiting and Raftery,
// Strictly Proper Scoring Rules, JASA 102, 2007.
package pay

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
)

// Score is what a rule makes of one worker.
type Score struct {
	// Value is the worth of one of his answers on the average: One for ideal
	// work, 0 for what needs no look at the task; it may be negative.
	Value num.Ppm
	// Evidence counts what the value rests on: gold answers, comparisons or
	// peers, as the rule says. Without any the value is the rule's default.
	Evidence int64
}

// Rule scores the workers of a table. It must be pure and may be called
// concurrently.
type Rule interface {
	// Name is the word for the rule.
	Name() string
	// Scores returns a score for each worker of t, by his number.
	Scores(t *label.Table, gold label.Gold) ([]Score, error)
}

// Rules returns all rules for a contract accuracy, which must be above what
// guessing gives, 1/K.
func Rules(contract num.Ppm) []Rule {
	balanced := Gold{Contract: contract, Weigh: ByClass}
	return []Rule{
		OutputAgreement{},
		Gold{Contract: contract},
		balanced,
		CorrelatedAgreement{},
		DrawnAgreement{},
		Determinant{},
		TruthSerum{Floor: 50_000},
		Combined{Gold: balanced, Peers: CorrelatedAgreement{}, Bonus: 100_000},
	}
}

// New returns the rule of a name, as Rules has it.
func New(name string, contract num.Ppm) (Rule, error) {
	for _, r := range Rules(contract) {
		if r.Name() == name {
			return r, nil
		}
	}
	return nil, fault.Invalid("quality: pay rule %.40q: want output, gold, balanced, ca, drawn, dmi, pts or combined", name)
}
