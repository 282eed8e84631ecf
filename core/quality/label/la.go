package label

import (
	"github.com/alaya-network/alaya/core/quality/strict"
)

// LA is the light-weight aggregation of streams: each vote weighs its worker's
// agreement so far with the labels decided. The first pass decides tasks one
// after the other, in canonical order but gold first; the second, if there is
// one, decides all again by the weights the first ended with. It costs hardly
// more than counting and keeps two integers per worker. It assumes errors
// spread evenly over the other classes and workers who keep their skill;
// early tasks are decided by little, so take two passes unless labels are
// wanted at once: see Stream.
//
// Posteriors are shares of the weights after one pass; after two they are what
// the weights, as linear log odds, stand for.
//
// Source: Yang, Zhao, Wu, Zhuo, Liu, Bai and Li, A Lightweight, Effective and
// Efficient Model for Label Aggregation in Crowdsourcing, TKDD 2024, arXiv
// 2212.00007.
type LA struct {
	Passes int // 1 or 2
}

// Name returns "la1" or "la2".
func (m LA) Name() string {
	if m.Passes == 1 {
		return "la1"
	}
	return "la2"
}

// Aggregate runs the passes.
func (m LA) Aggregate(t *Table, gold Gold) Result {
	k := t.K()
	r := Result{make([]float64, len(t.Tasks)*k), make([]int32, len(t.Tasks))}
	memory := memory{table: t, records: make([]record, len(t.Workers)), score: make([]int64, k)}
	for j := range memory.records {
		memory.records[j] = newcomer
	}
	for i := range t.Tasks {
		if class := gold.At(i); class != None {
			clamp(r.Posterior[i*k:][:k], class)
			r.Labels[i] = class
			memory.learn(i, class)
		}
	}
	for i := range t.Tasks {
		if gold.At(i) == None {
			r.Labels[i] = memory.decide(i, r.Posterior[i*k:][:k])
			memory.learn(i, r.Labels[i])
		}
	}
	if m.Passes > 1 {
		memory.again(gold, r)
	}
	return r
}

// record is what is known of a worker: of all labels decided on his tasks, so
// many agreed with him.
type record struct {
	agreed, all uint32
}

// newcomer agreed once of two times.
var newcomer = record{1, 2}

// share returns agreed / all in Q32.32, rounded to the nearest.
func (r record) share() int64 {
	return int64((uint64(r.agreed)<<32 + uint64(r.all)/2) / uint64(r.all))
}

// one is 1 in Q32.32.
const one = 1 << 32

// memory is the state of LA: integers, so that sums are exact.
type memory struct {
	table   *Table
	records []record
	score   []int64 // of the classes of the task at hand, in Q32.32
}

// learn notes how the workers of a task agree with its label.
func (m *memory) learn(task int, label int32) {
	for _, v := range m.table.Votes(task) {
		r := &m.records[v.Worker]
		r.all++
		if v.Label == label {
			r.agreed++
		}
	}
}

// decide returns the label of most weight, and sets row to the shares.
func (m *memory) decide(task int, row []float64) int32 {
	clear(m.score)
	var sum int64
	for _, v := range m.table.Votes(task) {
		share := m.records[v.Worker].share()
		m.score[v.Label] += share
		sum += share
	}
	for c, s := range m.score {
		row[c] = float64(s) // exact below two million votes
	}
	label := m.table.best(task, row)
	for c := range row {
		if sum == 0 {
			row[c] = 1 / float64(len(row))
		} else {
			row[c] /= float64(sum)
		}
	}
	return label
}

// again decides every task by the final records: the weight of a vote is
// share·K - 1, which is K/(K-1) times less than the log odds near 1/K.
func (m *memory) again(gold Gold, r Result) {
	t, k := m.table, m.table.K()
	weights := make([]int64, len(m.records))
	for j, record := range m.records {
		weights[j] = record.share()*int64(k) - one
	}
	odds := float64(k) / float64(max(1, k-1)) / one
	strict.EachShard(len(t.Tasks), t.Len()+8*len(r.Posterior), func(from, to int) {
		for i := from; i < to; i++ {
			row := r.Posterior[i*k:][:k]
			if class := gold.At(i); class != None {
				clamp(row, class)
				r.Labels[i] = class
				continue
			}
			clear(row)
			for _, v := range t.Votes(i) {
				row[v.Label] += float64(weights[v.Worker]) // integers: exact
			}
			r.Labels[i] = t.best(i, row)
			for c := range row {
				row[c] = float64(row[c] * odds)
			}
			strict.Softmax(row)
		}
	})
}
