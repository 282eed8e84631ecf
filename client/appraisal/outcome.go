package appraisal

import (
	"iter"
	"slices"

	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
)

// Truth is the true label of a task.
type Truth struct{ Task, Label string }

// Auto is the method that chooses one.
const Auto = "auto"

// Options say how to label tasks.
type Options struct {
	// Method is Auto, or a name of the kind's.
	Method string
	// Gold is known: those tasks keep their labels, workers are tried by it and
	// confidences fitted to it.
	Gold []Truth
	// Predictions of a classifier, for choices; nil for none.
	Predictions *Predictions
	// Target is the confidence from which a label is accepted.
	Target num.Ppm
	// Salt keys the breaking of ties and everything else that is drawn.
	Salt [32]byte

	log *Crowd // whose log tells more of workers
}

// Outcome is what the answers come to.
type Outcome struct {
	Kind   Kind   `json:"kind"`
	Method string `json:"method"`
	// Notes say in sentences what was chosen and why.
	Notes   []string `json:"notes,omitempty"`
	Items   []Item   `json:"items"`   // sorted by task
	Workers []Worker `json:"workers"` // sorted by name
}

// The statuses of an item.
const (
	Gold      = "gold"      // its label was given
	Accepted  = "accepted"  // as sure as was asked for
	Delivered = "delivered" // not as sure
	Contested = "contested" // no answer to it counts
)

// Item is the label of one task.
type Item struct {
	Task       string  `json:"task" parquet:"task"`
	Label      string  `json:"label" parquet:"label,dict"`
	Confidence float64 `json:"confidence" parquet:"confidence"` // 0 to 1
	Answers    int     `json:"answers" parquet:"answers"`       // that counted
	Status     string  `json:"status" parquet:"status,dict"`
	// Margin of a number: with 95 % confidence it is right to that much.
	Margin float64 `json:"-" parquet:"-"`
	// Rank of what was compared in pairs, from 1, the best.
	Rank int `json:"-" parquet:"-"`
}

// measured is an item of kind number as it is written.
type measured struct {
	Task       string  `json:"task" parquet:"task"`
	Label      string  `json:"label" parquet:"label"`
	Confidence float64 `json:"confidence" parquet:"confidence"`
	Answers    int     `json:"answers" parquet:"answers"`
	Status     string  `json:"status" parquet:"status,dict"`
	Margin     float64 `json:"margin" parquet:"margin"`
}

// ranked is an item of kind pairs as it is written.
type ranked struct {
	Task       string  `json:"task" parquet:"task"`
	Label      string  `json:"label" parquet:"label"`
	Confidence float64 `json:"confidence" parquet:"confidence"`
	Answers    int     `json:"answers" parquet:"answers"`
	Status     string  `json:"status" parquet:"status,dict"`
	Rank       int     `json:"rank" parquet:"rank"`
}

// Write writes the labels as a table: task, label, confidence, answers,
// status; of numbers margin too, of pairs rank.
func (o *Outcome) Write(to sheet.Target) error {
	switch o.Kind {
	case Number:
		return sheet.Write(to, each(o.Items, func(i Item) measured {
			return measured{i.Task, i.Label, i.Confidence, i.Answers, i.Status, i.Margin}
		}))
	case Pairs:
		return sheet.Write(to, each(o.Items, func(i Item) ranked {
			return ranked{i.Task, i.Label, i.Confidence, i.Answers, i.Status, i.Rank}
		}))
	default:
		return sheet.Write(to, slices.Values(o.Items))
	}
}

// each returns the rows that items become.
func each[T any](items []Item, row func(Item) T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for _, i := range items {
			if !yield(row(i)) {
				return
			}
		}
	}
}

// WriteWorkers writes what is known of the workers as a table.
func (o *Outcome) WriteWorkers(to sheet.Target) error {
	return sheet.Write(to, slices.Values(o.Workers))
}

// Worker is what is known of one worker.
type Worker struct {
	Worker  string  `json:"worker" parquet:"worker"`
	Skill   float64 `json:"skill" parquet:"skill"` // 0 to 1
	Answers int     `json:"answers" parquet:"answers"`
	// Gold counts his answers to tasks of known label, GoldRight the right ones.
	Gold      int `json:"gold" parquet:"gold"`
	GoldRight int `json:"gold_right" parquet:"gold_right"`
	// Flags are kinds of evidence against him, and dropped where his answers
	// did not count; joined by semicolons.
	Flags string `json:"flags" parquet:"flags"`
}

// Aggregate labels the tasks of a crowd.
func Aggregate(c *Crowd, o Options) (*Outcome, error) {
	if o.Method == "" {
		o.Method = Auto
	}
	if o.Predictions != nil && c.Kind != Choice {
		return nil, fault.Invalid("predictions are for choices: these answers are of kind %s", c.Kind)
	}
	o.log = c
	return c.subject.aggregate(o)
}

// ratio returns a share as a fraction.
func ratio(p num.Ppm) float64 { return float64(p) / float64(num.One) }
