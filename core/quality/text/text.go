// Package text finds the right text of each task from what several workers
// wrote: transcriptions, translations, summaries, short answers.
//
// Words: a text is compared after it was normalised and cut into words. The
// agreement of an answer is its mean similarity to the others of its task,
// those of reliable workers counting more; a worker's reliability is the mean
// agreement of his answers. The word error rate (WER) of a text is the number
// of words to change, add or drop to make it the right one, over the words of
// that.
//
// Methods: Rover votes word by word and may write what nobody wrote; Medoid
// picks the answer most like the others and stays readable; Auto takes what is
// nearer to held-out answers.
//
// Assumptions: the answers to a task mean to say the same; workers err
// independently. Where answers have nothing but their meaning in common, as in
// free summaries, look at the support before using either.
//
// Invariants:
//  1. A result depends on the set of answers, the rules and the method alone,
//     not on their order, the machine or the number of threads.
//  2. No tie is broken at random: among answers it goes to the lowest hash,
//     among words to the longer, then to the higher bytes.
//  3. Medoid returns an answer to the task as it was given; Rover uses only
//     words of the answers.
//  4. Time and memory grow with the number of answers, not with its square:
//     an answer is compared with at most MaxPeers others.
//
// Sources: Fiscus, IEEE ASRU 1997 (ROVER); Li, SIGIR 2020 (HRRASA, here without
// embeddings); Wu et al., arXiv 1609.08144 (GLEU); Popović, WMT 2015 (chrF).
package text

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/strict"
	"github.com/alaya-network/alaya/core/quality/table"
)

// Answer is one worker's text for one task.
type Answer = table.Answer[string]

// Table holds answers in canonical order, as they were given.
type Table = table.Table[string]

// Bounds: the size of a text in bytes, the number of others of its task that
// an answer is compared with, and, for Rover, the words of an answer times the
// places of those laid down before it.
const (
	MaxBytes = 64 << 10
	MaxPeers = 64
	MaxCells = 1 << 24
)

// NewTable puts answers in order. It returns an error of kind invalid for an
// empty name, of kind limit for a text longer than MaxBytes.
func NewTable(answers []Answer, keep table.Keep) (*Table, error) {
	for i, a := range answers {
		if len(a.Value) > MaxBytes {
			return nil, fault.Limit("quality: answer %d: text of %d bytes: want at most %d", i, len(a.Value), MaxBytes)
		}
	}
	return table.New(answers, keep)
}

// Method finds texts. It must be pure, give the same result everywhere, and
// may be called concurrently.
type Method interface {
	// Name is the word by which New finds the method.
	Name() string
	// Aggregate finds a text for every task of t, an empty one where it has no
	// votes.
	Aggregate(t *Table) Result
}

// New returns the method of a name:
//
//	rover   word by word, by weighted votes
//	medoid  the answer most like the others, by word n-grams
//	chrf    the same by character n-grams, for languages rich in endings
//	auto    rover or medoid, whichever is nearer to held-out answers; the default
func New(name string, rules Rules) (Method, error) {
	for _, m := range []Method{Rover{rules}, Medoid{rules, GLEU}, Medoid{rules, ChrF}, Auto{rules}} {
		if m.Name() == name {
			return m, nil
		}
	}
	return nil, fault.Invalid("quality: method %.40q: want rover, medoid, chrf or auto", name)
}

// Text is what a method found for a task.
type Text struct {
	Text string
	// Support is the weight of the votes for Rover's words over that of all, or
	// the agreement of Medoid's answer; One for an only answer.
	Support num.Ppm
	Answers int
}

// Worker is how much a worker can be relied on: the mean agreement of his
// answers, shrunk to that of all workers.
type Worker struct {
	Reliability num.Ppm
	Answers     int
}

// Result holds what a method found, by task and by worker.
type Result struct {
	Texts   []Text
	Workers []Worker
}

// newResult fills in all but the texts, which write makes task by task.
func (c *crowd) newResult(write func(i int) (text string, support float64)) Result {
	r := Result{make([]Text, len(c.tasks)), make([]Worker, len(c.reliability))}
	strict.EachShard(len(c.tasks), c.table.Len()<<10, func(from, to int) {
		for i := from; i < to; i++ {
			n := len(c.tasks[i].words)
			r.Texts[i].Answers = n
			if n > 0 {
				text, support := write(i)
				r.Texts[i] = Text{text, strict.Ppm(support), n}
			}
		}
	})
	for j, rel := range c.reliability {
		r.Workers[j] = Worker{strict.Ppm(rel), c.answers[j]}
	}
	return r
}
