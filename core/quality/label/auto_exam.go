package label

import (
	"math"

	"github.com/alaya-network/alaya/core/quality/calibrate"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Bounds of exams: at most ten, of at most maxQuestions each, such that a sheet
// holds maxSheet numbers; with enoughQuestions asked there are no more.
const (
	exams           = 10
	maxQuestions    = 1 << 17
	maxSheet        = 1 << 21
	enoughQuestions = 2000
)

// unlikely is the least likelihood of an answer.
const unlikely = 1e-300

// exam withholds some answers from methods, to see which foretells them best.
type exam struct {
	rest *Table // what the methods see
	k    int
	by   *ledger // of the rest
	// Worker j is asked questions[asked[j]:asked[j+1]].
	questions []question
	asked     []int32
}

// question asks what a worker answered to a task.
type question struct{ task, label int32 }

// newExam withholds the answers whose hash, of salt and answer, falls into a
// tenth of its range, or into the part of it that the bounds allow.
func newExam(t *Table, tenth int) *exam {
	e := &exam{k: t.K(), asked: make([]int32, len(t.Workers)+1)}
	most := min(maxQuestions, maxSheet/t.K())
	width := uint64(math.MaxUint64 / exams)
	if t.Len()/exams > most {
		width = math.MaxUint64 / uint64(t.Len()) * uint64(most)
	}
	from := uint64(tenth) * (math.MaxUint64 / exams)
	e.rest = t.Only(func(task int, v Vote) bool {
		hash := strict.NewRandom(t.salt, "withheld", uint64(task), uint64(v.Worker))
		return hash.Uint64()-from >= width
	})
	e.by = newLedger(e.rest, nil)
	e.ask(t)
	return e
}

// ask gathers the answers that the rest lacks, by worker.
func (e *exam) ask(t *Table) {
	each := func(f func(task int, v Vote)) {
		for i := range t.Tasks {
			rest := e.rest.Votes(i)
			for _, v := range t.Votes(i) {
				if len(rest) > 0 && rest[0] == v {
					rest = rest[1:]
					continue
				}
				f(i, v)
			}
		}
	}
	each(func(_ int, v Vote) { e.asked[v.Worker+1]++ })
	for j := range t.Workers {
		e.asked[j+1] += e.asked[j]
	}
	e.questions = make([]question, e.asked[len(t.Workers)])
	next := append([]int32(nil), e.asked[:len(t.Workers)]...)
	each(func(i int, v Vote) {
		e.questions[next[v.Worker]] = question{int32(i), v.Label}
		next[v.Worker]++
	})
}

// sheet holds, per question, what a method believes of the task, and how
// likely the worker's label is in each class: K numbers each.
type sheet struct {
	belief, label []float64
}

// sit lets a method answer the exam. What it believes of the rest tells how
// workers answer; that is worked out in one way for all methods, so that they
// differ in what they believe alone.
func (e *exam) sit(m Method, gold Gold) sheet {
	r := m.Aggregate(e.rest, gold)
	s := sheet{make([]float64, len(e.questions)*e.k), make([]float64, len(e.questions)*e.k)}
	crowd := e.crowd(r)
	strict.EachShard(len(e.asked)-1, e.rest.Len()*e.k, func(from, to int) {
		counts, answers := []float64(nil), make([]float64, e.k)
		for j := from; j < to; j++ {
			if e.asked[j] == e.asked[j+1] {
				continue
			}
			counts = e.count(r, j, counts, answers)
			for q := e.asked[j]; q < e.asked[j+1]; q++ {
				asked := e.questions[q]
				copy(s.belief[int(q)*e.k:], r.Row(int(asked.task)))
				row := s.label[int(q)*e.k:][:e.k]
				copy(row, crowd[int(asked.label)*e.k:])
				add(row, e.given(j, asked.label, counts))
				for c := range row {
					row[c] /= answers[c] + poolStrength
				}
			}
		}
	})
	return s
}

// crowd returns the pooled prior: for each label, its counts per class.
func (e *exam) crowd(r Result) []float64 {
	var parts [strict.Shards][]float64
	strict.Each(strict.Shards, e.rest.Len()*e.k, func(s int) {
		parts[s] = make([]float64, e.k*e.k)
		from, to := strict.Range(len(r.Labels), s)
		for i := from; i < to; i++ {
			for _, v := range e.rest.Votes(i) {
				add(parts[s][int(v.Label)*e.k:], r.Row(i))
			}
		}
	})
	for _, part := range parts[1:] {
		add(parts[0], part)
	}
	pool(parts[0], e.k)
	return parts[0]
}

// count returns a worker's counts, per cell and class, in the space given if it
// suffices, and sets answers to their sums.
func (e *exam) count(r Result, worker int, counts, answers []float64) []float64 {
	cells := int(e.by.cells[worker+1]-e.by.cells[worker]) * e.k
	if cap(counts) < cells {
		counts = make([]float64, cells)
	}
	counts = counts[:cells]
	clear(counts)
	clear(answers)
	for _, v := range e.by.of(worker) {
		row := r.Row(int(v.task))
		add(counts[int(v.cell-e.by.cells[worker])*e.k:], row)
		add(answers, row)
	}
	return counts
}

// given returns the part of a worker's counts that is about a label, nothing
// if he did not give it.
func (e *exam) given(worker int, label int32, counts []float64) []float64 {
	for cell := e.by.cells[worker]; cell < e.by.cells[worker+1]; cell++ {
		if e.by.label[cell] == label {
			return counts[int(cell-e.by.cells[worker])*e.k:][:e.k]
		}
	}
	return nil
}

// append adds the answers to another exam.
func (s *sheet) append(more sheet) {
	s.belief = append(s.belief, more.belief...)
	s.label = append(s.label, more.label...)
}

// likelihoods returns, per question, how likely the sheet makes the answer,
// with k classes and beliefs at a temperature of so many tenths.
func (s sheet) likelihoods(k, tenths int) []float64 {
	likely := make([]float64, len(s.belief)/k)
	row := make([]float64, k)
	for q := range likely {
		copy(row, s.belief[q*k:])
		calibrate.Heat(row, tenths)
		var p float64
		for c, z := range row {
			p += float64(z * s.label[q*k+c])
		}
		likely[q] = max(p, unlikely)
	}
	return likely
}
