package consensus

import (
	"slices"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/pairwise"
)

// order is the kind of rankings: each tells of every two options which is
// better.
type order struct {
	salt  [32]byte
	count int
}

func newOrder(c answer.Control, s settings) kind { return order{s.salt, len(c.Options)} }

// similarity is the share of pairs of options that both put in one order.
func (order) similarity(a, b answer.Value) num.Ppm {
	p, q := a.(answer.Ranking), b.(answer.Ranking)
	place := make(map[string]int, len(q))
	for i, option := range q {
		place[option] = i
	}
	var same, all int64
	for i, better := range p {
		for _, worse := range p[i+1:] {
			all++
			if place[better] < place[worse] {
				same++
			}
		}
	}
	return share(same, all)
}

// guess is that of a half for two options, and of a sixth for three or four at
// the usual match, which is not exceeded by more.
func (k order) guess(num.Ppm) num.Ppm {
	if k.count == 2 {
		return num.One / 2
	}
	return num.One / 6
}

func (k order) merge(t *values) ([]answer.Value, error) {
	merged := make([]answer.Value, len(t.Tasks))
	for i := range merged {
		votes := t.Votes(i)
		if len(votes) == 0 {
			continue
		}
		var picks []pairwise.Choice
		for _, v := range votes {
			picks = append(picks, pairs(t.Workers[v.Worker], v.Value.(answer.Ranking))...)
		}
		duels, err := pairwise.NewTable(picks, pairwise.Rules{Salt: k.salt})
		if err != nil {
			return nil, err
		}
		var ranking answer.Ranking
		for _, item := range (pairwise.BradleyTerry{}).Aggregate(duels).Order() {
			ranking = append(ranking, duels.Items[item])
		}
		merged[i] = ranking
	}
	return merged, nil
}

// pairs returns what a ranking says of every two options.
func pairs(worker string, r answer.Ranking) []pairwise.Choice {
	var picks []pairwise.Choice
	for i, better := range r {
		for _, worse := range r[i+1:] {
			pair := []string{better, worse}
			slices.Sort(pair)
			picks = append(picks, pairwise.Choice{Worker: worker, Left: pair[0], Right: pair[1], Winner: better})
		}
	}
	return picks
}
