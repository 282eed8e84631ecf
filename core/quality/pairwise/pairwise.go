// Package pairwise ranks items from the choices of several workers, each
// between two items at a time.
//
// Words: a choice is one worker's, between a left and a right item; its winner
// is the better one to him. The score of an item is the logarithm of its
// strength: an item wins over another with probability strength / (sum of both
// strengths), so a score higher by 1 wins with .73, by 2 with .88. The dummy is
// an item of score 0 that every item is taken to have beaten, and lost to, a
// fraction of a time, so that scores stay finite.
//
// Assumptions: one order for all; choices are independent. Scores of items
// never compared, not even by way of others, cannot be compared: see
// Result.Parts.
//
// Invariants:
//  1. A result depends on the set of choices, the salt and the method alone,
//     not on their order, the machine or the number of threads.
//  2. Ranks order items by score as published; equal ones by the lowest hash of
//     salt and item.
//
// Sources: Bradley and Terry, Biometrika 39, 1952; Newman, Efficient
// computation of rankings from pairwise comparisons, JMLR 24, 2023 (the
// iteration); Bugakova et al., Aggregation of pairwise comparisons with
// reduction of biases, arXiv 1906.03711, 2019 (noisy Bradley-Terry).
package pairwise

import (
	"cmp"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// Method scores items. It must be pure, give the same bits everywhere, and may
// be called concurrently.
type Method interface {
	// Name is the word by which New finds the method.
	Name() string
	// Aggregate scores all items of t.
	Aggregate(t *Table) Result
}

// New returns the method of a name:
//
//	bt     Bradley-Terry: every choice counts alike; the default
//	noisy  the same, with workers who sometimes choose by place
func New(name string) (Method, error) {
	for _, m := range []Method{BradleyTerry{}, Noisy{}} {
		if m.Name() == name {
			return m, nil
		}
	}
	return nil, fault.Invalid("quality: method %.40q: want bt or noisy", name)
}

// Item is how good an item is.
type Item struct {
	// Score is in millionths, the dummy's is 0.
	Score num.Ppm
	// Rank counts from 0, the best.
	Rank int
	// Choices are those it took part in.
	Choices int
}

// Worker is how a worker chooses.
type Worker struct {
	// Reliability is, by Noisy, the probability that he looks at the items at
	// all; by BradleyTerry, the share of his choices that follow the scores,
	// equal ones counting half.
	Reliability num.Ppm
	// Left is the share of left items he chooses, by Noisy of the choices made
	// without looking.
	Left    num.Ppm
	Choices int
}

// Result holds what a method believes, by item and by worker.
type Result struct {
	Items   []Item
	Workers []Worker
	// Parts is the number of groups of items that no choice connects. Scores
	// compare within a group only.
	Parts int
}

// Order returns the items by rank.
func (r Result) Order() []int32 {
	order := make([]int32, len(r.Items))
	for a, item := range r.Items {
		order[item.Rank] = int32(a)
	}
	return order
}

// newResult fills in all but the workers.
func newResult(t *Table, strength []float64) Result {
	r := Result{Items: make([]Item, len(t.Items)), Workers: make([]Worker, len(t.Workers)), Parts: t.parts()}
	for a, w := range strength {
		r.Items[a].Score = strict.Ppm(strict.Log(w))
	}
	for _, c := range t.choices {
		r.Items[c.winner].Choices++
		r.Items[c.loser].Choices++
		r.Workers[c.worker].Choices++
	}
	order := make([]int32, len(t.Items))
	for a := range order {
		order[a] = int32(a)
	}
	slices.SortFunc(order, func(a, b int32) int {
		if r.Items[a].Score != r.Items[b].Score {
			return cmp.Compare(r.Items[b].Score, r.Items[a].Score)
		}
		return strict.TieCompare(t.salt, t.Items[a], t.Items[b])
	})
	for rank, a := range order {
		r.Items[a].Rank = rank
	}
	return r
}

// Truth is the true score of an item, in any unit.
type Truth struct {
	Item  string
	Score float64
}

// Spearman returns the rank correlation of the scores of t's items with the
// truth, 1 for the same order and -1 for its reverse; ties share their ranks.
// Items unknown to t are passed over. It is 0 where either side is all equal.
func Spearman(t *Table, items []Item, truths []Truth) num.Ppm {
	var got, want []float64
	for _, truth := range truths {
		if a, known := slices.BinarySearch(t.Items, truth.Item); known {
			got = append(got, float64(items[a].Score))
			want = append(want, truth.Score)
		}
	}
	return correlation(midranks(got), midranks(want))
}
