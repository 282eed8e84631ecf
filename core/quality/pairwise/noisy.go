package pairwise

import "github.com/alaya-network/alaya/core/quality/strict"

// Noisy is Bradley-Terry where a worker looks at the items with a probability
// of his own, his reliability, and else chooses by place, left with another
// probability of his own. It tells careless workers from others, and weighs
// each choice by the probability that he looked. It wants a score of choices
// per worker; with fewer, BradleyTerry is as good.
type Noisy struct{}

// Name returns "noisy".
func (Noisy) Name() string { return "noisy" }

// Constants of Noisy: the rounds of estimating choices and scores in turn, the
// sweeps of scores in each; the wins over the dummy, and by it, more than with
// BradleyTerry as scores with few choices would explain too many as guesses;
// the choices that the prior is worth: with and without looking, and of the
// latter for either place.
const (
	noisyRounds   = 50
	noisySweeps   = 5
	noisyDummy    = 0.5
	priorLooked   = 4.0
	priorGuessed  = 1.0
	priorPerPlace = 1.0
)

// looks counts how a worker is believed to have chosen.
type looks struct {
	looked, guessed, guessedLeft float64
}

func (l looks) reliability() float64 {
	return (l.looked + priorLooked) / (l.looked + l.guessed + priorLooked + priorGuessed)
}

func (l looks) left() float64 {
	return (l.guessedLeft + priorPerPlace) / (l.guessed + 2*priorPerPlace)
}

// Aggregate runs all rounds from the scores by equal strengths.
func (Noisy) Aggregate(t *Table) Result {
	strength, wins := t.equal(), make([]float64, 2*t.pairs)
	workers := make([]looks, len(t.Workers))
	for range noisyRounds {
		workers = t.look(strength, wins, workers)
		t.climb(strength, wins, noisyDummy, noisySweeps)
	}
	r := newResult(t, strength)
	for j, l := range workers {
		r.Workers[j].Reliability = strict.Ppm(l.reliability())
		r.Workers[j].Left = strict.Ppm(l.left())
	}
	return r
}

// look estimates, choice by choice, whether the worker looked, sums wins by
// that, and returns the new counts of the workers.
func (t *Table) look(strength, wins []float64, workers []looks) []looks {
	clear(wins)
	next := make([]looks, len(workers))
	reliability, left := make([]float64, len(workers)), make([]float64, len(workers))
	for j, l := range workers {
		reliability[j], left[j] = l.reliability(), l.left()
	}
	for _, c := range t.choices {
		looked := float64(reliability[c.worker] * strength[c.winner] / (strength[c.winner] + strength[c.loser]))
		place := left[c.worker]
		if !c.left {
			place = 1 - place
		}
		guessed := float64((1 - reliability[c.worker]) * place)
		p := looked / (looked + guessed)
		wins[c.win] += p
		l := &next[c.worker]
		l.looked += p
		l.guessed += 1 - p
		if c.left {
			l.guessedLeft += 1 - p
		}
	}
	return next
}
