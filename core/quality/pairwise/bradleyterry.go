package pairwise

import "github.com/alaya-network/alaya/core/quality/strict"

// BradleyTerry takes the scores that make the choices most probable, every
// worker's counting alike. Use it unless some workers are suspected of choosing
// without looking.
type BradleyTerry struct{}

// Name returns "bt".
func (BradleyTerry) Name() string { return "bt" }

// Aggregate scores items.
func (BradleyTerry) Aggregate(t *Table) Result {
	wins := make([]float64, 2*t.pairs)
	for _, c := range t.choices {
		wins[c.win]++
	}
	strength := t.equal()
	t.climb(strength, wins, btDummy, btSweeps)
	r := newResult(t, strength)
	followed, left := make([]float64, len(t.Workers)), make([]float64, len(t.Workers))
	for _, c := range t.choices {
		switch better := r.Items[c.winner].Score - r.Items[c.loser].Score; {
		case better > 0:
			followed[c.worker]++
		case better == 0:
			followed[c.worker] += 0.5
		}
		if c.left {
			left[c.worker]++
		}
	}
	for j := range r.Workers {
		w := &r.Workers[j]
		w.Reliability = strict.Ppm(followed[j] / float64(w.Choices))
		w.Left = strict.Ppm(left[j] / float64(w.Choices))
	}
	return r
}

// Constants of Bradley-Terry: the wins over the dummy, and by it; the dummy's
// strength; the sweeps.
const (
	btDummy       = 0.1
	btSweeps      = 100
	dummyStrength = 1
)

// equal returns the strengths to start from.
func (t *Table) equal() []float64 {
	strength := make([]float64, len(t.Items))
	for a := range strength {
		strength[a] = dummyStrength
	}
	return strength
}

// climb raises the probability of the wins, sweep by sweep, by changing the
// strengths one after the other; dummy is the wins over the dummy, and by it.
func (t *Table) climb(strength, wins []float64, dummy float64, sweeps int) {
	for range sweeps {
		for a, met := range t.met {
			own := strength[a]
			won := dummy / (own + dummyStrength) // each win, weighed by the other's strength
			lost := won
			for _, o := range met {
				other := strength[o.item]
				share := 1 / (own + other)
				won += float64(wins[o.win] * float64(other*share))
				lost += float64(wins[o.win^1] * share)
			}
			strength[a] = won / lost
		}
	}
}
