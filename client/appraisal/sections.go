package appraisal

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/alaya-network/alaya/core/quality/agree"
	"github.com/alaya-network/alaya/core/quality/label"
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

// doubts returns tasks whose gold the crowd surely contradicts, and tasks on
// which it is split.
func (a *appraising) doubts() []Doubt {
	var list []Doubt
	for i, item := range a.verdict.Items {
		votes, top := a.votes(i)
		d := Doubt{Task: item.Task, Label: item.Label, Confidence: ratio(item.Posterior), Votes: votes}
		class := a.gold.At(i)
		switch {
		case class != label.None && top != class:
			d.Given = a.table.Labels[class]
			d.Why = "most workers contradict the gold"
		case class == label.None && ratio(item.Posterior) < .75:
			d.Why = "the answers do not settle it"
		default:
			continue
		}
		list = append(list, d)
	}
	slices.SortStableFunc(list, func(x, y Doubt) int {
		return cmp.Or(cmp.Compare(len(y.Given), len(x.Given)), cmp.Compare(x.Confidence, y.Confidence))
	})
	return list[:min(len(list), maxDoubts)]
}

// votes writes the votes of a task, "7 × a, 2 × b", and returns the class of
// the most.
func (a *appraising) votes(task int) (text string, top int32) {
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
	return strings.Join(parts, ", "), order[0]
}

// drift cuts the work into blocks, by time where every answer has one.
func (a *appraising) drift() *Drift {
	log := slices.Clone(a.crowd.Log)
	if len(log) < 10*driftBlocks {
		return nil
	}
	d := &Drift{By: "order"}
	if !slices.ContainsFunc(log, func(e Entry) bool { return e.At == 0 }) {
		d.By = "time"
		slices.SortStableFunc(log, func(x, y Entry) int { return cmp.Compare(x.At, y.At) })
	}
	for b := range driftBlocks {
		from, to := b*len(log)/driftBlocks, (b+1)*len(log)/driftBlocks
		d.Blocks = append(d.Blocks, a.block(d.By, from, log[from:to]))
	}
	return d
}

func (a *appraising) block(by string, from int, log []Entry) DriftBlock {
	b := DriftBlock{From: strconv.Itoa(from + 1), Answers: len(log), Mix: make([]float64, a.table.K())}
	if by == "time" {
		b.From = time.UnixMilli(log[0].At).UTC().Format("2006-01-02 15:04")
	}
	seen := map[int32]struct{}{}
	var times []int64
	for _, e := range log {
		seen[e.Worker] = struct{}{}
		class, _ := slices.BinarySearch(a.table.Labels, e.Label)
		b.Mix[class] += 1 / float64(len(log))
		if int32(class) == a.found[e.Task] {
			b.Agrees += 1 / float64(len(log))
		}
		if e.Millis > 0 {
			times = append(times, e.Millis)
		}
	}
	b.Workers, b.Millis = len(seen), median(times)
	return b
}

// points says what stands out.
func points(r *Report) []Point {
	var list []Point
	say := func(tone Tone, format string, args ...any) {
		list = append(list, Point{tone, fmt.Sprintf(format, args...)})
	}
	alpha := r.Agreement[0]
	word, tone := degree(alpha.Value)
	say(tone, "Workers agree %s: %s is %.2f (95 %%: %.2f to %.2f).", word, alpha.Name, alpha.Value, alpha.Lower, alpha.Upper)
	if s := r.Scores; s != nil {
		say(Info, "Of %d tasks with gold, %.1f %% are labelled right when gold is kept from the method.", s.Scored, 100**s.Accuracy)
		if s.ECE != nil {
			tone := Good
			if *s.ECE > .05 {
				tone = Warn
			}
			say(tone, "Confidences miss the accuracy by %.1f points on average.", 100**s.ECE)
		}
	}
	if n := r.Totals.Flagged; n > 0 {
		answers := 0
		for _, s := range r.Suspects {
			answers += s.Answers
		}
		say(Warn, "%d of %d workers stand out; %.1f %% of the answers are theirs.", n, r.Totals.Workers, 100*float64(answers)/float64(max(1, r.Totals.Answers)))
	} else {
		say(Good, "No worker stands out.")
	}
	if n := r.Totals.Dropped; n > 0 {
		say(Bad, "%d workers fail on gold; their answers do not count.", n)
	}
	if n := r.Totals.Repeated; n > 0 {
		say(Info, "%d answers are left out: the worker had answered the task.", n)
	}
	if n := r.Certainty.Delivered + r.Certainty.Contested; n > 0 {
		say(Info, "%d of %d labels are less sure than was asked for.", n, r.Totals.Tasks)
	}
	return list
}

// degree names an agreement, by Krippendorff's limits.
func degree(alpha float64) (string, Tone) {
	switch {
	case alpha >= .8:
		return "well", Good
	case alpha >= .667:
		return "fairly", Info
	case alpha >= .3:
		return "poorly", Warn
	default:
		return "hardly beyond chance", Bad
	}
}
