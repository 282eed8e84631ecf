package consensus

import (
	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/strict"
	"github.com/alaya-network/alaya/core/quality/table"
)

// crowd holds the answers to a form, and those to each control of it in the
// same places, nil where one was not filled in.
type crowd struct {
	Measure
	*table.Table[answer.Values]
	columns []*values
}

func newCrowd(m Measure, t *table.Table[answer.Values]) (*crowd, error) {
	c := &crowd{Measure: m, Table: t}
	for n := range m.kinds {
		answers := make([]table.Answer[answer.Value], 0, t.Len())
		for i, task := range t.Tasks {
			for _, v := range t.Votes(i) {
				answers = append(answers, table.Answer[answer.Value]{Task: task, Worker: t.Workers[v.Worker], Value: v.Value[n]})
			}
		}
		column, err := table.New(answers, table.KeepFirst)
		if err != nil {
			return nil, err
		}
		c.columns = append(c.columns, column)
	}
	return c, nil
}

// merge finds the consensus of every task from the votes that are kept; nil for
// one without.
func (c *crowd) merge(keep func(task, n int) bool) ([]answer.Values, error) {
	t := c.Where(keep)
	found := make([]answer.Values, len(t.Tasks))
	for i := range found {
		if len(t.Votes(i)) > 0 {
			found[i] = make(answer.Values, len(c.kinds))
		}
	}
	for n, all := range c.columns {
		column := all.Where(func(task, vote int) bool { return keep(task, vote) && all.Votes(task)[vote].Value != nil })
		merged, err := c.settle(column, n)
		if err != nil {
			return nil, err
		}
		for i := range found {
			if found[i] != nil && len(column.Votes(i)) >= quorum(t.Votes(i), len(c.kinds)) {
				found[i][n] = merged[i]
			}
		}
	}
	for i := range found {
		if found[i] != nil && len(c.form.Encode(found[i])) > answer.MaxValue {
			found[i] = medoid(t.Votes(i), c.Similarity, c.spell)
		}
	}
	return found, nil
}

func (c *crowd) spell(v answer.Values) string { return string(c.form.Encode(v)) }

// quorum is how many of the votes must fill a control in for it to be part of
// the consensus: half of them, or as many as fill in any.
func quorum(votes []table.Vote[answer.Values], controls int) int {
	most := 0
	for c := range controls {
		n := 0
		for _, v := range votes {
			if v.Value[c] != nil {
				n++
			}
		}
		most = max(most, n)
	}
	return max(1, min(most, (len(votes)+1)/2))
}

// settle finds the value of every task of a column: what the kind makes of the
// votes, unless it is less than half as like them as one of themselves.
func (m Measure) settle(t *values, c int) ([]answer.Value, error) {
	control, k := m.form.Controls[c], m.kinds[c]
	merged, err := k.merge(t)
	if fault.Is(err, fault.KindLimit) {
		merged, err = make([]answer.Value, len(t.Tasks)), nil
	}
	if err != nil {
		return nil, err
	}
	strict.Each(len(t.Tasks), t.Len()<<8, func(i int) {
		votes := t.Votes(i)
		switch {
		case len(votes) == 0:
			merged[i] = nil
		case unanimous(votes):
			merged[i] = votes[0].Value
		default:
			given := medoid(votes, k.similarity, spell)
			if merged[i] == nil || answer.Check(control, merged[i]) != nil || 2*likeness(votes, merged[i], k) < likeness(votes, given, k) {
				merged[i] = given
			}
		}
	})
	return merged, nil
}

// likeness sums up how alike a value is to the votes.
func likeness(votes []table.Vote[answer.Value], v answer.Value, k kind) (sum num.Ppm) {
	for _, vote := range votes[:min(len(votes), maxPeers)] {
		sum += k.similarity(vote.Value, v)
	}
	return sum
}

func spell(v answer.Value) string { return string(answer.Encode(v)) }

// unanimous says whether all votes are the same to the byte.
func unanimous(votes []table.Vote[answer.Value]) bool {
	first := spell(votes[0].Value)
	for _, v := range votes[1:] {
		if spell(v.Value) != first {
			return false
		}
	}
	return true
}

// maxPeers bounds the others of its task that an answer is compared with.
const maxPeers = 64

// medoid is the vote most like the others, the first in its spelling among
// equals.
func medoid[V any](votes []table.Vote[V], similarity func(a, b V) num.Ppm, spell func(V) string) V {
	best, most, text := 0, num.Ppm(-1), ""
	for a := range votes {
		var sum num.Ppm
		for d := range min(len(votes)-1, maxPeers) {
			sum += similarity(votes[a].Value, votes[(a+d+1)%len(votes)].Value)
		}
		if spelled := spell(votes[a].Value); sum > most || sum == most && spelled < text {
			best, most, text = a, sum, spelled
		}
	}
	return votes[best].Value
}
