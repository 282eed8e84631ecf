// Package quality turns revealed answers into labels, scores and evidence. It
// is one pure function with two callers: the oracle in every validator, and
// whoever verifies a verdict afterwards; both get the same bits.
//
// Words: a job is what is judged, a verdict what comes out. Gold is a task
// whose true label is known. An item is accepted when its label is sure
// enough, contested when it needs another answer, delivered when it is handed
// over without being sure. A worker is dropped when his gold record is so poor
// that his answers count for nothing, and spam when a sequential test says so.
//
// Parts: strict (arithmetic), label (truth inference), watch (spam and
// collusion), agree (agreement), calibrate (how sure to be), overlap (when an
// item has answers enough), pay (what answers are worth).
//
// Invariants:
//  1. A verdict depends on the job alone: not on the order of tasks, workers
//     or labels, the machine, the time or the number of threads. Of repeated
//     answers the order counts: the first is kept.
//  2. Everything in a verdict is an integer or a name, and every list is sorted.
//  3. Gold speaks twice: workers are dropped by it first, then it is clamped.
//     What is measured on gold is measured before it is clamped.
//  4. Being dropped takes no pay by itself, and nobody is called spam for a
//     single miss.
package quality

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/overlap"
)

// Answer is one worker's label for one task.
type Answer struct {
	Task   string
	Worker string
	Label  string
	// Millis is the time spent on it, 0 when unknown.
	Millis int64
}

// Truth is the true label of a task.
type Truth = label.Truth

// Job is what is judged: all answers to a set of tasks so far, of this round
// and those before.
type Job struct {
	// Salt keys ties and the control sample. It must be fixed before the
	// answers are known, and unknown when they are given.
	Salt   [32]byte
	Params Params
	// Labels are the allowed ones; none allows every label given.
	Labels  []string
	Answers []Answer
	Gold    []Truth
	// Final says that no further answers will come: nothing stays contested
	// that has an answer.
	Final bool
}

// Version is the version of the methods and their constants.
const Version = 1

// Params say how to judge. The zero value is not valid; start from Defaults.
type Params struct {
	// Method is a name that label.New knows, of the given Version.
	Method  string
	Version uint32
	// Target is the posterior from which an item is accepted, above 1/2.
	Target num.Ppm
	// MinAnswers and MaxAnswers bound the answers per item, from 1 to 1000.
	MinAnswers, MaxAnswers int
	// Control is the share of items that go on to MaxAnswers however sure they
	// are, to check the posteriors by.
	Control num.Ppm
	// Metric of the clause; version 1 has accuracy alone.
	Metric string
	// Confidence of the measure's lower bound: one that num.WilsonLower knows.
	Confidence num.Ppm
	// MinEvidence is the number of gold items from which the measure rests on
	// gold alone.
	MinEvidence int
	// Honest and Spam are the accuracies the sequential test tells apart, Risk
	// its probability of error. A Spam of 0 means 0.05 above guessing.
	Honest, Spam, Risk num.Ppm
}

// MetricAccuracy is the share of right labels.
const MetricAccuracy = "accuracy"

// Defaults returns the parameters to start from. The sequential test's are
// milder than the textbook's 0.9 against 0.6, by which a fifth of those called
// spam on one public set were more than 0.7 right; by these, none were.
func Defaults() Params {
	return Params{
		Method: "fds", Version: Version,
		Target: 990_000, MinAnswers: 3, MaxAnswers: 9,
		Metric: MetricAccuracy, Confidence: 950_000, MinEvidence: 30,
		Honest: 800_000, Risk: 10_000,
	}
}

// Validate returns an error of kind invalid that names the first value out of
// its bounds.
func (p Params) Validate() error {
	if _, err := label.New(p.Method); err != nil {
		return err
	}
	if _, err := num.WilsonLower(0, 0, p.Confidence); err != nil {
		return err
	}
	checks := []struct {
		ok    bool
		name  string
		value any
		want  string
	}{
		{p.Version == Version, "version", p.Version, "1"},
		{p.Metric == MetricAccuracy, "metric", p.Metric, "accuracy"},
		{p.MinEvidence >= 1, "min evidence", p.MinEvidence, "at least 1"},
		{p.Honest > 0 && p.Honest < num.One, "honest", p.Honest, "between 0 and 100%"},
		{p.Spam >= 0 && p.Spam < p.Honest, "spam", p.Spam, "0 to below honest"},
		{p.Risk > 0 && p.Risk < num.One/2, "risk", p.Risk, "between 0 and 50%"},
	}
	for _, c := range checks {
		if !c.ok {
			return fault.Invalid("quality: %s is %v: want %s", c.name, c.value, c.want)
		}
	}
	return p.Rule().Validate()
}

// Rule says when an item has answers enough.
func (p Params) Rule() overlap.Rule {
	return overlap.Rule{Target: p.Target, Min: p.MinAnswers, Max: p.MaxAnswers, Control: p.Control}
}
