package appraisal

import (
	"math"
	"strconv"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/pairwise"
	"github.com/alaya-network/alaya/core/quality/table"
)

// contests are answers that say which of two is better.
type contests struct {
	rules   pairwise.Rules
	names   map[string]string
	choices []pairwise.Choice
	table   *pairwise.Table
}

func newContests(repeated Repeated) *contests {
	c := &contests{names: map[string]string{}}
	if repeated == KeepLast {
		c.rules.Keep = table.KeepLast
	}
	return c
}

func (c *contests) add(a *answer) error {
	choice := pairwise.Choice{Worker: c.name(a.worker), Left: c.name(a.left), Right: c.name(a.right), Winner: c.name(a.label)}
	if choice.Left == "" || choice.Right == "" || choice.Left == choice.Right {
		return fault.Invalid("left %s, right %s: want two different names", quoted(a.left), quoted(a.right))
	}
	if choice.Winner != choice.Left && choice.Winner != choice.Right {
		return fault.Invalid("%s: want left %s or right %s", quoted(a.label), quoted(a.left), quoted(a.right))
	}
	c.choices = append(c.choices, choice)
	return nil
}

// name returns the one string of a name.
func (c *contests) name(text []byte) string {
	if name, known := c.names[string(text)]; known {
		return name
	}
	name := string(text)
	c.names[name] = name
	return name
}

func (c *contests) order() (s summary, err error) {
	if c.table, err = pairwise.NewTable(c.choices, c.rules); err != nil {
		return s, err
	}
	c.choices, c.names = nil, nil
	return summary{c.table.Items, c.table.Workers, c.table.Repeated}, nil
}

// aggregate scores what was compared. The confidence of a score is the
// probability that it beats the next in rank; of the last, that the one before
// beats it.
func (c *contests) aggregate(o Options) (*Outcome, error) {
	if len(o.Gold) > 0 {
		return nil, fault.Invalid("gold is of no use to pairs: evaluate against it")
	}
	if o.Method == Auto {
		o.Method = pairwise.BradleyTerry{}.Name()
	}
	method, err := pairwise.New(o.Method)
	if err != nil {
		return nil, err
	}
	r := method.Aggregate(c.table)
	out := &Outcome{Kind: Pairs, Method: o.Method}
	if r.Parts > 1 {
		out.Notes = append(out.Notes, strconv.Itoa(r.Parts)+" groups that no comparison connects: scores compare within a group only")
	}
	order := r.Order()
	for i, found := range r.Items {
		next := order[min(found.Rank+1, len(order)-1)]
		if found.Rank == len(order)-1 {
			next = order[max(0, found.Rank-1)]
		}
		lead := math.Abs(ratio(found.Score) - ratio(r.Items[next].Score))
		item := Item{
			Task: c.table.Items[i], Label: strconv.FormatFloat(ratio(found.Score), 'f', -1, 64),
			Confidence: share(1 / (1 + math.Exp(-lead))), Answers: found.Choices, Rank: found.Rank + 1,
		}
		item.Status = o.status(item.Confidence)
		out.Items = append(out.Items, item)
	}
	for j, w := range r.Workers {
		out.Workers = append(out.Workers, Worker{
			Worker: c.table.Workers[j], Skill: share(ratio(w.Reliability)), Answers: w.Choices, Flags: sided(ratio(w.Left), w.Choices),
		})
	}
	return out, nil
}

// sided flags a worker who chooses one side far more often than the other.
func sided(left float64, choices int) string {
	const fewest, limit = 20, .9
	switch {
	case choices >= fewest && left > limit:
		return "left"
	case choices >= fewest && left < 1-limit:
		return "right"
	default:
		return ""
	}
}

// measureRanks scores scores by their rank correlation with the truth.
func (s *Scores) measureRanks(guesses []Guess) error {
	given, wanted := make([]float64, len(guesses)), make([]float64, len(guesses))
	for i, g := range guesses {
		var err error
		if given[i], err = parseNumber([]byte(g.Label)); err != nil {
			return err
		}
		if wanted[i], err = parseNumber([]byte(g.Gold)); err != nil {
			return err
		}
	}
	s.Spearman = pointer(correlation(midranks(given), midranks(wanted)))
	return nil
}

// correlation returns Pearson's, 0 where either side is all equal.
func correlation(a, b []float64) float64 {
	n := float64(len(a))
	var sumA, sumB, aa, bb, ab float64
	for i := range a {
		sumA, sumB = sumA+a[i], sumB+b[i]
	}
	for i := range a {
		x, y := a[i]-sumA/n, b[i]-sumB/n
		aa, bb, ab = aa+x*x, bb+y*y, ab+x*y
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}
