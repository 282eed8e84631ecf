package consensus

import (
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
	"github.com/alaya-network/alaya/core/quality/table"
	"github.com/alaya-network/alaya/core/quality/watch"
)

// draws is the number of pairs of answers from which the distance to be
// expected by chance is estimated.
const draws = 200

// fewPeers bounds the others of its task that an answer's distance is taken to.
const fewPeers = 8

// alpha is Krippendorff's, with one minus the similarity for the distance of
// two answers: 1 less the mean distance within tasks over that between any two
// answers. One where nothing differs, or nothing can be compared.
func alpha[V any](t *table.Table[V], similarity func(a, b V) num.Ppm, salt [32]byte) num.Ppm {
	var within float64
	var pairable []V
	for i := range t.Tasks {
		votes := t.Votes(i)
		if len(votes) < 2 {
			continue
		}
		peers := min(len(votes)-1, fewPeers)
		var sum num.Ppm
		for a, v := range votes {
			pairable = append(pairable, v.Value)
			for d := range peers {
				sum += num.One - similarity(v.Value, votes[(a+d+1)%len(votes)].Value)
			}
		}
		within += float64(sum) / float64(peers)
	}
	if len(pairable) == 0 {
		return num.One
	}
	random := strict.NewRandom(salt, "alpha")
	var between num.Ppm
	for range draws {
		a := random.IntN(len(pairable))
		b := (a + 1 + random.IntN(len(pairable)-1)) % len(pairable)
		between += num.One - similarity(pairable[a], pairable[b])
	}
	if between == 0 {
		return num.One
	}
	return strict.Ppm(1 - within/float64(len(pairable))/(float64(between)/draws))
}

// findings gathers evidence on how fast and how evenly workers worked.
func (c *formCase) findings() ([]watch.Finding, error) {
	var answers []label.Answer
	for i, task := range c.crowd.Tasks {
		for _, v := range c.crowd.Votes(i) {
			answers = append(answers, label.Answer{Task: task, Worker: c.crowd.Workers[v.Worker], Label: "answered"})
		}
	}
	t, err := label.NewTable(answers, label.Rules{})
	if err != nil {
		return nil, err
	}
	times := c.times()
	findings := append(watch.Speed(t, times), watch.Pace(t, times)...)
	watch.Sort(findings)
	return findings, nil
}
