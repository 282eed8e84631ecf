package pay

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// OutputAgreement pays by agreement with the others on the same task. It stands
// here to be compared with: saying the most frequent label always agrees best.
// Evidence is comparisons.
type OutputAgreement struct{}

// Name returns output.
func (OutputAgreement) Name() string { return "output" }

// Scores never fails.
func (OutputAgreement) Scores(t *label.Table, _ label.Gold) ([]Score, error) {
	c := newCrowd(t)
	return c.each(func() func(int) Score {
		return func(w int) Score {
			agreed, met := c.met(w, c.same)
			if met == 0 {
				return Score{}
			}
			return Score{Value: ratio(agreed, met, num.Down), Evidence: met}
		}
	}), nil
}

// met counts the peers on a worker's tasks, and those whose labels agree with
// his in some sense.
func (c *crowd) met(w int, agree func(answer) int64) (agreed, met int64) {
	for _, a := range c.of(w) {
		agreed += agree(a)
		met += c.peers(a.task)
	}
	return agreed, met
}

// CorrelatedAgreement pays agreement on a task less agreement across tasks,
// where two labels agree if the rest of the crowd gives them together more
// often than apart:
//
//	S_ab  = 1 if P(a,b) > P(a)·P(b), over pairs of others on one task
//	value = mean of S over all (x; p): my label of x, p's label of x
//	      - mean of S over all (m; t, p): my label of m, p's label of t ≠ m
//
// which is the mean over all draws that DrawnAgreement may make. Whatever
// ignores the task earns 0 on the average, an honest crowd 1 - Σ P(a)² if it
// never errs. Evidence is comparisons on one task.
type CorrelatedAgreement struct{}

// Name returns ca.
func (CorrelatedAgreement) Name() string { return "ca" }

// Scores never fails. It takes time in votes × labels.
func (CorrelatedAgreement) Scores(t *label.Table, _ label.Gold) ([]Score, error) {
	c := newCrowd(t)
	all := c.together()
	return c.each(func() func(int) Score {
		h := newHabits(c, all)
		return func(w int) Score {
			h.without(w)
			agreed, met := c.met(w, h.agreed)
			own := int64(len(c.of(w)))
			across := own*(int64(c.Len())-own) - met
			if met == 0 || across == 0 {
				return Score{}
			}
			chance := ratio(h.across(w)-agreed, across, num.Up)
			return Score{Value: ratio(agreed, met, num.Down) - chance, Evidence: met}
		}
	}), nil
}

// DrawnAgreement is CorrelatedAgreement as its paper draws it: for each answer
// one peer on the task and one pair of other tasks, after the answers are
// revealed. Evidence is draws.
type DrawnAgreement struct{}

// Name returns drawn.
func (DrawnAgreement) Name() string { return "drawn" }

// Scores never fails. The table's salt must be unknown when answers are given.
func (DrawnAgreement) Scores(t *label.Table, _ label.Gold) ([]Score, error) {
	c := newCrowd(t)
	all := c.together()
	return c.each(func() func(int) Score {
		h := newHabits(c, all)
		return func(w int) Score {
			h.without(w)
			var sum, draws int64
			for _, a := range c.of(w) {
				if value, ok := c.draw(w, a, h); ok {
					sum += value
					draws++
				}
			}
			if draws == 0 {
				return Score{}
			}
			return Score{Value: num.Ppm(sum * int64(num.One) / draws), Evidence: draws}
		}
	}), nil
}

// draw compares one answer of w with a peer's, and answers of both to two
// other tasks.
func (c *crowd) draw(w int, a answer, h *habits) (value int64, ok bool) {
	votes := c.Votes(int(a.task))
	if len(votes) < 2 {
		return 0, false
	}
	random := strict.NewRandom(c.Salt(), "pay/ca", uint64(w), uint64(a.task))
	at := random.IntN(len(votes) - 1)
	if votes[at].Worker >= int32(w) { // votes are in worker order: step over his own
		at++
	}
	peer := votes[at]
	mine, ok := other(c.of(w), &random, a.task, a.task)
	if !ok {
		return 0, false
	}
	theirs, ok := other(c.of(int(peer.Worker)), &random, a.task, mine.task)
	return h.both(a.label, peer.Label) - h.both(mine.label, theirs.label), ok
}

// other draws an answer to a task that is neither of two.
func other(answers []answer, random *strict.Random, x, y int32) (answer, bool) {
	var not []int
	for _, task := range []int32{min(x, y), max(x, y)} {
		at, found := slices.BinarySearchFunc(answers, task, func(a answer, task int32) int { return cmp.Compare(a.task, task) })
		if found && !slices.Contains(not, at) {
			not = append(not, at)
		}
	}
	if len(answers) == len(not) {
		return answer{}, false
	}
	at := random.IntN(len(answers) - len(not))
	for _, skip := range not {
		if at >= skip {
			at++
		}
	}
	return answers[at], true
}
