package quality

import (
	"fmt"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/overlap"
	"github.com/alaya-network/alaya/core/quality/watch"
)

// Verdict is what a job comes to.
type Verdict struct {
	Method  string `json:"method"`
	Version uint32 `json:"version"`
	// Items holds every task with an answer, sorted by name.
	Items []Item `json:"items"`
	// Workers holds everyone who answered, sorted by name.
	Workers []Worker `json:"workers"`
	Measure Measure  `json:"measure"`
	// Temperature by which posteriors were softened to fit gold; One leaves
	// them as they are.
	Temperature num.Ppm `json:"temperature"`
	// Doubt is the share of items on which the crowd seems sure and gold says
	// otherwise. It does not enter the posteriors of items, as no further
	// answer would help; it does enter the measure.
	Doubt num.Ppm `json:"doubt"`
	// Agreement is Krippendorff's alpha over all answers.
	Agreement num.Ppm `json:"agreement"`
	// Controls say it of each control of a form; of labels there are none.
	Controls []Control `json:"controls,omitempty"`
	// Repeated and Foreign count answers that were passed over: the worker had
	// answered the task, or the label is not allowed.
	Repeated int `json:"repeated"`
	Foreign  int `json:"foreign"`
	// Findings are evidence for a reviewer, sorted; they decide nothing.
	Findings []watch.Finding `json:"findings"`
}

// Control is how far answers to one control of a form agree.
type Control struct {
	Name string `json:"name"`
	Type string `json:"type"`
	// Answers that filled it in.
	Answers int `json:"answers"`
	// Agreement is Krippendorff's alpha with one minus the similarity of two
	// values for their distance; Support the mean similarity of the values to
	// those they were merged to.
	Agreement num.Ppm `json:"agreement"`
	Support   num.Ppm `json:"support"`
}

// Item is the label of one task, or the text of the value of a form; its
// posterior is then the similarity of the answers to it.
type Item struct {
	Task      string  `json:"task"`
	Label     string  `json:"label"`
	Posterior num.Ppm `json:"posterior"` // of the label, softened to fit gold
	Answers   int     `json:"answers"`   // that counted
	Status    Status  `json:"status"`
}

// Status says what becomes of an item.
type Status uint8

// The statuses.
const (
	// Contested items need another answer. In a final job only an item whose
	// answers all come from dropped workers stays contested.
	Contested Status = iota
	// Accepted items have at least MinAnswers answers and a posterior of at
	// least Target.
	Accepted
	// Delivered items fell short of Target, but have MaxAnswers answers or will
	// get no more.
	Delivered
)

// StatusOf names what becomes of an item by its task's state.
func StatusOf(s overlap.State) Status {
	switch s {
	case overlap.Sure:
		return Accepted
	case overlap.Spent:
		return Delivered
	default:
		return Contested
	}
}

var statusNames = [...]string{"contested", "accepted", "delivered"}

// String returns the status in lower case.
func (s Status) String() string {
	if int(s) < len(statusNames) {
		return statusNames[s]
	}
	return fmt.Sprintf("status(%d)", uint8(s))
}

// MarshalText writes the status as String does.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Worker is the record of one worker in a job.
type Worker struct {
	Worker string `json:"worker"`
	// Skill is the share of answers expected to be right, drawn by two answers
	// towards that of all workers.
	Skill num.Ppm `json:"skill"`
	// Answers that were kept, of which GoldSeen were to gold and GoldRight
	// right there.
	Answers   int `json:"answers"`
	GoldRight int `json:"gold_right"`
	GoldSeen  int `json:"gold_seen"`
	// Resolved counts his answers to items accepted or delivered; Right is the
	// expected number of right ones among them, in ppm of one answer, and Wrong
	// the rest: Right + Wrong = Resolved × One.
	Resolved int   `json:"resolved"`
	Right    int64 `json:"right"`
	Wrong    int64 `json:"wrong"`
	// Suspicion is the sequential test's sum, ppm of a nat.
	Suspicion int64 `json:"suspicion"`
	// Dropped: his answers did not count, as he is spam, or his gold record is
	// less than 0.15 above guessing on five answers or more.
	Dropped bool `json:"dropped"`
	// Spam: the sequential test decided against him.
	Spam bool `json:"spam"`
}

// The kinds of evidence a measure may rest on.
const (
	EvidenceGold      = "gold"
	EvidencePosterior = "posterior"
)

// Measure is the clause's metric, as far as the evidence shows it.
type Measure struct {
	Metric string `json:"metric"`
	// Evidence is gold where there is enough, otherwise the posteriors, which
	// are the model's own opinion: read them with care.
	Evidence string `json:"evidence"`
	// Right of Items: gold items labelled right without knowing their gold; or
	// the expected number of right labels, rounded down, of all items.
	Right int `json:"right"`
	Items int `json:"items"`
	// Estimate is Right/Items, Lower its one-sided bound.
	Estimate num.Ppm `json:"estimate"`
	Lower    num.Ppm `json:"lower"`
}

// Bounded returns the measure with estimate and bound at a confidence that
// num.WilsonLower knows; both are 0 without items.
func (m Measure) Bounded(confidence num.Ppm) (Measure, error) {
	if m.Items == 0 {
		return m, nil
	}
	var err error
	if m.Estimate, err = num.Ratio(int64(m.Right), int64(m.Items), num.Down); err != nil {
		return m, err
	}
	m.Lower, err = num.WilsonLower(uint64(m.Right), uint64(m.Items), confidence)
	return m, err
}
