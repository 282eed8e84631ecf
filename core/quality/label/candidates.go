package label

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/quality/strict"
)

// candidates holds the classes that each task's true one is sought among.
type candidates struct {
	gold Gold
	// Task i has the candidates class[at[i]:at[i+1]], in order, with the
	// posteriors z there; best is the place of the best one.
	class []int32
	z     []float64
	at    []int
	best  []int32
}

// maxCandidates bounds the candidates of a task, less gold.
const maxCandidates = 16

// seek takes the labels of most votes for candidates, and their shares of the
// votes for posteriors; gold is certain.
func seek(t *Table, gold Gold) candidates {
	s := candidates{gold: gold, at: make([]int, len(t.Tasks)+1), best: make([]int32, len(t.Tasks))}
	var found []tally
	for i := range t.Tasks {
		found = t.tallies(i, found[:0])
		if class := gold.At(i); class != None {
			found = certain(found, class)
		}
		slices.SortFunc(found, func(a, b tally) int { return cmp.Compare(a.class, b.class) })
		sum := 0
		for _, f := range found {
			sum += f.votes
		}
		for _, f := range found {
			s.class = append(s.class, f.class)
			s.z = append(s.z, float64(f.votes)/float64(sum))
		}
		s.at[i+1] = len(s.class)
		if len(found) > 0 {
			s.best[i] = t.bestOf(i, s.classes(i), s.row(i))
		}
	}
	return s
}

// adopt takes other posteriors, as far as they are of candidates.
func (s *candidates) adopt(r Result) {
	for i := range s.best {
		var sum float64
		for _, class := range s.classes(i) {
			sum += r.Row(i)[class]
		}
		if sum == 0 {
			continue
		}
		for c, class := range s.classes(i) {
			s.row(i)[c] = r.Row(i)[class] / sum
		}
	}
}

// classes returns the candidates of a task.
func (s *candidates) classes(task int) []int32 { return s.class[s.at[task]:s.at[task+1]] }

// row returns the posteriors of a task's candidates.
func (s *candidates) row(task int) []float64 { return s.z[s.at[task]:s.at[task+1]] }

// tally is a class and its votes.
type tally struct {
	class int32
	votes int
}

// tallies appends the labels of a task to found, at most maxCandidates of most
// votes; ties go to the lowest hash.
func (t *Table) tallies(task int, found []tally) []tally {
	for _, v := range t.Votes(task) {
		found = append(found, tally{v.Label, 1})
	}
	slices.SortFunc(found, func(a, b tally) int { return cmp.Compare(a.class, b.class) })
	n := 0
	for _, f := range found {
		if n > 0 && found[n-1].class == f.class {
			found[n-1].votes++
			continue
		}
		found[n] = f
		n++
	}
	found = found[:n]
	if n <= maxCandidates {
		return found
	}
	slices.SortFunc(found, func(a, b tally) int {
		switch {
		case a.votes != b.votes:
			return b.votes - a.votes
		case t.before(task, a.class, b.class):
			return -1
		default:
			return 1
		}
	})
	return found[:maxCandidates]
}

// certain gives all votes to one class, and adds it if need be.
func certain(found []tally, class int32) []tally {
	met := false
	for x := range found {
		found[x].votes = 0
		if found[x].class == class {
			found[x].votes, met = 1, true
		}
	}
	if !met {
		found = append(found, tally{class, 1})
	}
	return found
}

// bestOf returns the place of the highest score among some classes of a task,
// ties to the lowest hash.
func (t *Table) bestOf(task int, classes []int32, score []float64) int32 {
	best := 0
	for c := 1; c < len(score); c++ {
		if score[c] > score[best] || score[c] == score[best] && t.before(task, classes[c], classes[best]) {
			best = c
		}
	}
	return int32(best)
}

// before orders two classes of a task by hash.
func (t *Table) before(task int, a, b int32) bool {
	return strict.TieCompare(t.salt, t.Labels[a], t.Labels[b], t.Tasks[task]) < 0
}
