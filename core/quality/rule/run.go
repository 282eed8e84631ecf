package rule

import (
	"fmt"

	"github.com/alaya-network/alaya/core/num"
)

// Failure is a rule that does not hold.
type Failure struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	// Row is the record's place, NoRow for the table as a whole.
	Row     int    `json:"row"`
	Message string `json:"message"`
}

// NoRow is the row of a failure of the whole table.
const NoRow = -1

// Check runs the rules for records on one, at submission, and returns what
// fails, by rule. Severity Error refuses the record.
func (s *Set) Check(r Record, refs References) []Failure {
	var failures []Failure
	for _, c := range s.rules {
		if c.record == nil {
			continue
		}
		if message, failed := c.fails(r, refs); failed {
			failures = append(failures, Failure{c.ID, c.Severity, 0, message})
		}
	}
	return failures
}

// fails runs a rule on a record and says what is wrong.
func (c compiled) fails(r Record, refs References) (message string, failed bool) {
	v, there := r.field(c.Field)
	if !there {
		return c.say("missing", "a value"), c.Family == "present"
	}
	found, wanted := c.record(v, r, refs)
	return c.say(found, wanted), found != ""
}

// say returns the rule's own message, or a sentence.
func (c compiled) say(found, wanted string) string {
	if c.Message != "" {
		return c.Message
	}
	if c.Field == "" {
		return fmt.Sprintf("%s, want %s", found, wanted)
	}
	return fmt.Sprintf("%s: %s, want %s", c.Field, found, wanted)
}

// Outcome is how a rule fared on a table.
type Outcome struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	// Checked counts records that have the field, all for family present; of
	// them Failed.
	Checked int `json:"checked"`
	Failed  int `json:"failed"`
	// Held says whether the rule holds for enough of the records.
	Held bool `json:"held"`
	// Doubtful says that it failed more than a fifth of the first hundred it
	// was checked on: the rule is probably wrong.
	Doubtful bool `json:"doubtful"`
	// Evidence are the first failures, up to ten.
	Evidence []Failure `json:"evidence,omitempty"`
}

// The first trial records tell whether a rule is doubtful, from fewest on, when
// more than one in doubt fails.
const (
	trial        = 100
	fewest       = 20
	doubt        = 5
	mostEvidence = 10
)

// Accept runs all rules on a table and returns their outcomes, by rule.
func (s *Set) Accept(rows []Record, refs References) []Outcome {
	outcomes := make([]Outcome, len(s.rules))
	for i, c := range s.rules {
		if c.record != nil {
			outcomes[i] = c.eachRow(rows, refs)
		} else {
			outcomes[i] = c.whole(rows)
		}
	}
	return outcomes
}

// Accepted says whether every rule of severity Error holds.
func Accepted(outcomes []Outcome) bool {
	for _, o := range outcomes {
		if o.Severity == Error && !o.Held {
			return false
		}
	}
	return true
}

func (c compiled) eachRow(rows []Record, refs References) Outcome {
	o := Outcome{Rule: c.ID, Severity: c.Severity}
	early := 0
	for i, row := range rows {
		if _, there := row.field(c.Field); !there && c.Family != "present" {
			continue
		}
		o.Checked++
		message, failed := c.fails(row, refs)
		if failed {
			o.note(Failure{c.ID, c.Severity, i, message})
		}
		if o.Checked <= trial {
			early = o.Failed
		}
	}
	first := min(o.Checked, trial)
	o.Doubtful = first >= fewest && early*doubt > first
	o.Held = c.enough(o)
	return o
}

func (c compiled) whole(rows []Record) Outcome {
	o := Outcome{Rule: c.ID, Severity: c.Severity, Checked: len(rows)}
	failed, found, wanted := c.table(rows)
	if found != "" {
		o.Evidence = append(o.Evidence, Failure{c.ID, c.Severity, NoRow, c.say(found, wanted)})
	}
	for _, i := range failed {
		v, _ := rows[i].field(c.Field)
		what := "a number"
		if c.Family == "unique" {
			what = "a value of its own"
		}
		o.note(Failure{c.ID, c.Severity, i, c.say(v.short(), what)})
	}
	o.Held = c.enough(o) && (found == "" || c.Family == "unique")
	return o
}

func (o *Outcome) note(f Failure) {
	o.Failed++
	if len(o.Evidence) < mostEvidence {
		o.Evidence = append(o.Evidence, f)
	}
}

// enough says whether a rule holds for the share of records it must.
func (c compiled) enough(o Outcome) bool {
	mostly := c.Mostly
	if mostly == 0 {
		mostly = num.One
	}
	return int64(o.Checked-o.Failed)*int64(num.One) >= int64(o.Checked)*int64(mostly)
}
