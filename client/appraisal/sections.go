package appraisal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/alaya-network/alaya/core/quality/agree"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/mislabel"
)

// Limits of a report's lists: the page is to be read.
const (
	pairWorkers = 24 // in the matrix of pairs
	sharedTasks = 5  // least, of a pair
	maxDoubts   = 100
	driftBlocks = 12
)

// pairs returns the matrix of the workers with the most answers.
func (a *appraising) pairs() *PairMatrix {
	order := make([]int, len(a.verdict.Workers))
	for j := range order {
		order[j] = j
	}
	slices.SortStableFunc(order, func(x, y int) int {
		return cmp.Compare(a.verdict.Workers[y].Answers, a.verdict.Workers[x].Answers)
	})
	order = order[:min(len(order), pairWorkers)]
	place := map[int32]int{}
	m := &PairMatrix{}
	for at, j := range order {
		place[int32(j)] = at
		m.Workers = append(m.Workers, a.table.Workers[j])
		m.Kappa = append(m.Kappa, make([]*Kappa, len(order)))
	}
	met := false
	for _, p := range agree.Pairwise(a.table, sharedTasks) {
		x, ok := place[p.A]
		y, too := place[p.B]
		if ok && too {
			k := &Kappa{ratio(p.Kappa), int(p.Shared)}
			m.Kappa[x][y], m.Kappa[y][x] = k, k
			met = true
		}
	}
	if !met {
		return nil
	}
	return m
}

// unsettled is the confidence below which a label is to be looked at again.
const unsettled = .75

// doubts returns tasks whose gold the answers speak against, by confident
// learning, and tasks that the answers do not settle.
func (a *appraising) doubts() ([]Doubt, error) {
	list, err := a.goldInDoubt()
	if err != nil {
		return nil, err
	}
	var split []Doubt
	for i, item := range a.items {
		if a.gold.At(i) == label.None && item.Confidence < unsettled {
			d := a.doubt(i)
			d.Why = "the answers do not settle it"
			split = append(split, d)
		}
	}
	slices.SortStableFunc(split, func(x, y Doubt) int { return cmp.Compare(x.Confidence, y.Confidence) })
	list = append(list, split...)
	return list[:min(len(list), maxDoubts)], nil
}

// goldInDoubt holds gold against what is believed without it.
func (a *appraising) goldInDoubt() ([]Doubt, error) {
	k := a.table.K()
	var tasks []int
	var given []int32
	var belief []float64
	for i := range a.table.Tasks {
		if class := a.gold.At(i); class != label.None {
			tasks, given = append(tasks, i), append(given, class)
			belief = append(belief, a.blind.belief.Row(i)...)
		}
	}
	if len(tasks) == 0 {
		return nil, nil
	}
	found, err := mislabel.Find(given, belief, k)
	if err != nil {
		return nil, err
	}
	var list []Doubt
	for _, s := range found.Suspects {
		d := a.doubt(tasks[s.Item])
		d.Label, d.Given = a.table.Labels[s.Likely], a.table.Labels[s.Given]
		d.Why = "the answers speak against the gold"
		list = append(list, d)
	}
	return list, nil
}

// doubt tells of a task.
func (a *appraising) doubt(task int) Doubt {
	item := a.items[task]
	return Doubt{Task: item.Task, Label: item.Label, Confidence: item.Confidence, Votes: a.votes(task), Text: a.texts[item.Task]}
}

// votes writes the votes of a task, "7 × a, 2 × b".
func (a *appraising) votes(task int) string {
	counts := make([]int, a.table.K())
	for _, v := range a.table.Votes(task) {
		counts[v.Label]++
	}
	order := make([]int32, len(counts))
	for k := range order {
		order[k] = int32(k)
	}
	slices.SortStableFunc(order, func(x, y int32) int { return cmp.Compare(counts[y], counts[x]) })
	var parts []string
	for _, k := range order {
		if counts[k] > 0 {
			parts = append(parts, fmt.Sprintf("%d × %s", counts[k], a.table.Labels[k]))
		}
	}
	return strings.Join(parts, ", ")
}
