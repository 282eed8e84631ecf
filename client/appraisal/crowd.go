package appraisal

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/core/fault"
)

// Repeated says what becomes of a second answer of a worker to a task.
type Repeated string

// The rules for repeated answers.
const (
	KeepFirst Repeated = "first"
	KeepLast  Repeated = "last"
	Refuse    Repeated = "error"
)

// Reading says how to read answers. The zero value guesses the kind and keeps
// the first of repeated answers.
type Reading struct {
	Kind     Kind
	Repeated Repeated
	Boxes    BoxLayout
	// Grades of an ordinal scale, from least to most; none takes numbers in
	// their order.
	Grades []string
	// Log keeps the order and the times of answers, 32 B each.
	Log bool
}

// Crowd is all answers to one question.
type Crowd struct {
	Kind Kind
	// Why the kind was taken, if it was guessed.
	Why string
	// Answers that were read; Repeated of them were left out by the rule, and
	// Empty others had no label.
	Answers, Repeated, Empty int
	// Log holds the answers in order of arrival, if they were to be kept.
	Log []Entry

	Tasks, Workers []string // sorted
	subject        subject
}

// Entry is an answer as it arrived; repeated ones are here too.
type Entry struct {
	Task, Worker int32 // positions in the crowd's lists
	Label        string
	At           int64 // when, ms since 1970, or 0
	Millis       int64 // time spent, or 0
}

// subject is what one kind of answers has of its own.
type subject interface {
	// add takes in one answer, or returns an error about its label.
	add(a *answer) error
	// order ends the adding.
	order() (summary, error)
	// aggregate labels the tasks.
	aggregate(o Options) (*Outcome, error)
}

// summary is what order finds.
type summary struct {
	tasks, workers []string
	repeated       int
}

// answer is one row of a table of answers. What it holds is valid until the
// next.
type answer struct {
	task, worker, label []byte
	left, right         []byte // of pairs
	at, millis          int64
}

// columns are those of answers, with the names that deliveries and other
// programs have for them.
func columns() []sheet.Column {
	return []sheet.Column{
		{Names: []string{"task", "item"}, Optional: true}, // pairs may have none
		sheet.Need("worker", "labeller", "performer"), sheet.Need("label"),
		sheet.May("time"), sheet.May("ms", "duration_ms"), sheet.May("left"), sheet.May("right"),
	}
}

// Positions in columns.
const (
	colTask = iota
	colWorker
	colLabel
	colTime
	colMillis
	colLeft
	colRight
)

// ReadCrowd reads a table of answers: task, worker, label and, if there are,
// time (RFC 3339, or seconds or milliseconds since 1970) and ms, the time
// spent. Of pairs: worker, left, right, and as label the one that was chosen.
func ReadCrowd(from sheet.Source, how Reading) (c *Crowd, err error) {
	in, err := sheet.Open(from)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	r := &reading{Reading: how, crowd: &Crowd{Kind: how.Kind}, pairs: hasPairs(in)}
	want := columns()
	want[colTask].Optional = r.pairs
	if err := in.Pick(want...); err != nil {
		return nil, err
	}
	for row, err := range in.Rows() {
		if err != nil {
			return nil, err
		}
		if err := r.take(row); err != nil {
			return nil, err
		}
	}
	return r.finish(in.Name())
}

func hasPairs(in *sheet.Reader) bool {
	return slices.Contains(in.Names(), "left") && slices.Contains(in.Names(), "right")
}

// reading is the state of ReadCrowd.
type reading struct {
	Reading
	crowd  *Crowd
	pairs  bool
	sample []sheet.Row // held back until the kind is known
	seen   map[string]struct{}
	log    logger
}

// take takes in a row, or holds it back while the kind is unknown.
func (r *reading) take(row sheet.Row) error {
	if r.crowd.subject == nil {
		if r.pairs && r.crowd.Kind == "" {
			r.crowd.Kind, r.crowd.Why = Pairs, "there are columns left and right"
		}
		if r.crowd.Kind == "" {
			r.sample = append(r.sample, row.Clone())
			if len(r.sample) < sampleSize {
				return nil
			}
		}
		return r.begin(row)
	}
	return r.add(row)
}

// begin settles the kind and takes in what was held back, or else row.
func (r *reading) begin(row sheet.Row) error {
	if r.crowd.Kind == "" {
		var labels []string
		for _, row := range r.sample {
			if row.Cells[colLabel] != nil {
				labels = append(labels, string(row.Cells[colLabel]))
			}
		}
		r.crowd.Kind, r.crowd.Why = guess(labels)
	} else {
		r.sample = append(r.sample, row)
	}
	var err error
	if r.crowd.subject, err = newSubject(r.crowd.Kind, r.Reading); err != nil {
		return err
	}
	for _, held := range r.sample {
		if err := r.add(held); err != nil {
			return err
		}
	}
	r.sample = nil
	return nil
}

// add takes in a row of known kind.
func (r *reading) add(row sheet.Row) error {
	c := row.Cells
	a := answer{task: c[colTask], worker: c[colWorker], label: c[colLabel], left: c[colLeft], right: c[colRight]}
	if a.label == nil {
		r.crowd.Empty++
		return nil
	}
	if len(a.worker) == 0 {
		return row.Invalid(colWorker, "want a name")
	}
	if len(a.task) == 0 && r.crowd.Kind != Pairs {
		return row.Invalid(colTask, "want a name")
	}
	var ok bool
	if a.at, ok = parseTime(c[colTime]); !ok {
		return row.Invalid(colTime, "want a time such as 2026-03-01T12:00:00Z, or seconds or milliseconds since 1970")
	}
	if a.millis, ok = parseMillis(c[colMillis]); !ok {
		return row.Invalid(colMillis, "want milliseconds, 0 or more")
	}
	if err := r.once(row, &a); err != nil {
		return err
	}
	if err := r.crowd.subject.add(&a); err != nil {
		return row.Wrap(colLabel, err)
	}
	r.crowd.Answers++
	if r.Log {
		r.log.add(&a)
	}
	return nil
}

// once refuses a repeated answer, where that is the rule.
func (r *reading) once(row sheet.Row, a *answer) error {
	if r.Repeated != Refuse {
		return nil
	}
	if r.seen == nil {
		r.seen = map[string]struct{}{}
	}
	key := fmt.Sprintf("%q %q %q %q", a.task, a.worker, a.left, a.right)
	if _, twice := r.seen[key]; twice {
		return row.Invalid(colWorker, fmt.Sprintf("a second answer to task %.60q", a.task))
	}
	r.seen[key] = struct{}{}
	return nil
}

// finish puts the answers in order.
func (r *reading) finish(name string) (*Crowd, error) {
	if r.crowd.subject == nil && len(r.sample) > 0 {
		if err := r.begin(sheet.Row{}); err != nil {
			return nil, err
		}
	}
	if r.crowd.Answers == 0 {
		return nil, fault.Invalid("%s: no answers", name)
	}
	s, err := r.crowd.subject.order()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	r.crowd.Tasks, r.crowd.Workers, r.crowd.Repeated = s.tasks, s.workers, s.repeated
	if r.Log {
		r.crowd.Log = r.log.entries(r.crowd.Tasks, r.crowd.Workers)
	}
	return r.crowd, nil
}

// parseTime reads a time in ms since 1970, 0 of no text.
func parseTime(text []byte) (ms int64, ok bool) {
	if len(text) == 0 {
		return 0, true
	}
	if n, err := strconv.ParseFloat(string(text), 64); err == nil {
		if n < 1e11 { // seconds up to the year 5138
			n *= 1000
		}
		return int64(n), n >= 0 && n < 1e15
	}
	at, err := time.Parse(time.RFC3339Nano, string(text))
	return at.UnixMilli(), err == nil
}

func parseMillis(text []byte) (ms int64, ok bool) {
	if len(text) == 0 {
		return 0, true
	}
	n, err := strconv.ParseFloat(string(text), 64)
	return int64(n), err == nil && n >= 0 && n < 1e15
}
