package overlap

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Replay buys recorded answers as a live job would have: Min to each task,
// then round by round one to each open task. It shows what a rule costs, and
// what it loses against all answers.
type Replay struct {
	// Rule's salt also keys the order in which workers come to a task.
	Rule   Rule
	Method label.Method
	// Hands is the number of workers at hand when an answer is bought: the one
	// whose answer tells most is asked. 1 asks whoever comes.
	Hands int
}

// Outcome is what a replay came to.
type Outcome struct {
	// Bought holds the answers bought, and Belief what they say; Rounds counts
	// the purchases.
	Bought *label.Table
	Belief *Belief
	Rounds int
	// Curve has a point for each round.
	Curve []Point
}

// Run replays the answers of a table; gold is known to the job. It returns the
// errors of Rule.Validate, and one of kind invalid without hands.
func (p Replay) Run(t *label.Table, gold label.Gold) (Outcome, error) {
	if err := p.Rule.Validate(); err != nil {
		return Outcome{}, err
	}
	if p.Hands < 1 {
		return Outcome{}, fault.Invalid("quality: replay with %d workers at hand: want at least 1", p.Hands)
	}
	rule := p.Rule.Guarded(gold.Len())
	shop := p.open(t)
	var o Outcome
	for more := true; more; {
		o.Rounds++
		o.Bought = t.Only(shop.bought)
		o.Belief = Believe(o.Bought, gold, p.Method)
		o.Curve = append(o.Curve, o.Belief.Curve(nil)...)
		more = false
		for i, task := range t.Tasks {
			state := rule.State(task, len(o.Bought.Votes(i)), o.Belief.Posterior(i))
			if state == Open && shop.buy(o.Belief, i, p.Hands) {
				more = true
			}
		}
	}
	return o, nil
}

// shop holds the answers for sale: those of each task in the order its workers
// come, the first sold[i] bought.
type shop struct {
	queue [][]label.Vote
	sold  []int
}

// open draws the orders and sells the least number of answers to each task.
func (p Replay) open(t *label.Table) *shop {
	s := &shop{make([][]label.Vote, len(t.Tasks)), make([]int, len(t.Tasks))}
	for i := range t.Tasks {
		r := strict.NewRandom(p.Rule.Salt, "overlap/replay", uint64(i))
		queue := append([]label.Vote(nil), t.Votes(i)...)
		for n := len(queue) - 1; n > 0; n-- {
			m := r.IntN(n + 1)
			queue[n], queue[m] = queue[m], queue[n]
		}
		s.queue[i], s.sold[i] = queue, min(p.Rule.Min, len(queue))
	}
	return s
}

// bought says whether a vote was sold.
func (s *shop) bought(task int, v label.Vote) bool {
	for _, sold := range s.queue[task][:s.sold[task]] {
		if sold.Worker == v.Worker {
			return true
		}
	}
	return false
}

// buy sells the most telling answer of the workers at hand; of none left it
// sells none.
func (s *shop) buy(b *Belief, task, hands int) bool {
	left := s.queue[task][s.sold[task]:]
	left = left[:min(hands, len(left))]
	if len(left) == 0 {
		return false
	}
	best, top, q := 0, -1.0, b.ask(task)
	for n, v := range left {
		if info := q.information(int(v.Worker)); len(left) > 1 && info > top {
			best, top = n, info
		}
	}
	left[0], left[best] = left[best], left[0]
	s.sold[task]++
	return true
}

// Accuracy returns the share of labels that are the truth, where that is known
// and was not told to the job, and their number.
func Accuracy(r label.Result, gold, truth label.Gold) (share num.Ppm, n int) {
	right := 0
	for i := range r.Labels {
		class := truth.At(i)
		if class == label.None || gold.At(i) != label.None {
			continue
		}
		n++
		if r.Labels[i] == class {
			right++
		}
	}
	return num.Ppm(right) * num.One / num.Ppm(max(1, n)), n
}
