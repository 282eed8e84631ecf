// Package overlap decides how many answers each task gets: it stops where the
// label is sure, asks again where it is not, and says which answer to buy next,
// and from whom, within a budget. Answers are bought one round after another;
// in each, everything is inferred anew.
//
// Words: a task is open while it needs another answer, sure when its label's
// posterior reached the target, spent when it fell short of it and will get no
// more. The control sample are tasks that go on to the most answers however
// sure they are, to check the posteriors by. What an answer gains is what it
// is expected to add to the probability that the label is right.
//
// Assumptions: those of package label. Workers who share a mistake make labels
// sure and wrong: calibrate by known tasks, and do not sell the target as a
// guarantee without.
//
// Invariants:
//  1. A decision depends on rule, answers and gold alone.
//  2. With fewer than MinGold known tasks, no target below Cautious counts.
//  3. A task without answers is open.
//  4. A plan asks nobody twice for one task, never beyond the budget, a
//     worker's load or the most answers of a task.
//
// Sources: Sheng, Provost and Ipeirotis, Get Another Label?, KDD 2008 (repeated
// labelling where uncertain); Lindley, On a Measure of the Information Provided
// by an Experiment, 1956 (whom to ask).
package overlap

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
)

// Rule says when a task has answers enough.
type Rule struct {
	// Salt keys the control sample.
	Salt [32]byte
	// Target is the posterior from which a label is sure, above 1/2.
	Target num.Ppm
	// Min and Max bound the answers per task, from 1 to MaxAnswers.
	Min, Max int
	// Control is the share of tasks in the control sample.
	Control num.Ppm
	// Final says that no further answers will come.
	Final bool
}

const (
	// MaxAnswers bounds the answers per task.
	MaxAnswers = 1000
	// MinGold is the number of known tasks from which a target counts as it is.
	MinGold = 30
	// Cautious is the least target with less gold than that.
	Cautious num.Ppm = 990_000
)

// Validate returns an error of kind invalid that names the first value out of
// its bounds.
func (r Rule) Validate() error {
	switch {
	case r.Target <= num.One/2 || r.Target > num.One:
		return fault.Invalid("quality: target is %v: want above 50%%, at most 100%%", r.Target)
	case r.Min < 1 || r.Min > r.Max:
		return fault.Invalid("quality: min answers is %d: want 1 to max answers", r.Min)
	case r.Max > MaxAnswers:
		return fault.Invalid("quality: max answers is %d: want at most %d", r.Max, MaxAnswers)
	case r.Control != r.Control.Clip():
		return fault.Invalid("quality: control is %v: want 0 to 100%%", r.Control)
	}
	return nil
}

// Guarded returns the rule with the target that counts when so many tasks are
// known.
func (r Rule) Guarded(gold int) Rule {
	if gold < MinGold {
		r.Target = max(r.Target, Cautious)
	}
	return r
}

// State says what becomes of a task.
type State uint8

// The states.
const (
	Open State = iota
	Sure
	Spent
)

// State decides on a task of so many answers whose label has a posterior.
func (r Rule) State(task string, answers int, posterior num.Ppm) State {
	full := answers >= r.Max || r.Final
	switch {
	case answers == 0:
		return Open
	case posterior >= r.Target && answers >= r.Min && (full || !r.control(task)):
		return Sure
	case full:
		return Spent
	default:
		return Open
	}
}

// control says whether a task belongs to the control sample.
func (r Rule) control(task string) bool {
	if r.Control == 0 {
		return false
	}
	h := sha256.New()
	h.Write([]byte("alaya/quality/control/v1\x00"))
	h.Write(r.Salt[:])
	h.Write([]byte(task))
	draw := binary.BigEndian.Uint64(h.Sum(nil)) % uint64(num.One)
	return draw < uint64(r.Control)
}
