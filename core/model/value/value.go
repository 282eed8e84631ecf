// Package value says what each item was worth to a model: three answers, from
// cheap and narrow to dear and fair.
//
// Words: utility is how good a model taught with some of the items is, a whole
// number of the caller's unit; a value is an item's share of it, and may be
// negative; a coalition is a set of items.
//
//	Without      leave-one-out: what is lost without the item. n+1 trainings;
//	             of two copies each is worth nothing.
//	Neighbours   exact Shapley values of a k-nearest-neighbour model, by one sort
//	             per test item. Fair to copies; needs no training.
//	Banzhaf      mean utility with the item less without, over coalitions drawn
//	             from a seed: the one that minds noisy utilities least.
//
// Credit follows value; money should follow core/model/bounty, whose pay adds
// up to what was achieved.
//
// Invariants:
//  1. The same inputs give the same values on every machine; seed, number of
//     coalitions and utilities let anybody recompute them.
//  2. Neighbours: values of one test item sum up to its utility, to the rounding.
//
// Sources: Jia and others, Efficient task-specific data valuation for nearest
// neighbor algorithms (VLDB 2019); Wang and Jia, Data Banzhaf (AISTATS 2023).
package value

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/learn"
)

// Bounds of what is valued at once.
const (
	MaxItems      = 5_000
	MaxCoalitions = 10_000
)

// Utility says how good a coalition is: in[i] says whether item i is in it.
type Utility func(in []bool) (int64, error)

// Without returns every item's leave-one-out value: the utility of all less
// that of all others.
func Without(items int, u Utility) ([]int64, error) {
	if err := checkItems(items); err != nil {
		return nil, err
	}
	in := slices.Repeat([]bool{true}, items)
	all, err := u(in)
	if err != nil {
		return nil, err
	}
	values := make([]int64, items)
	for i := range values {
		in[i] = false
		others, err := u(in)
		if err != nil {
			return nil, err
		}
		in[i] = true
		values[i] = all - others
	}
	return values, nil
}

// Banzhaf returns the values by coalitions drawn from a seed, in Q20 of the
// utility's unit: the mean with the item less the mean without, floored; 0 for
// an item that was in all or in none.
func Banzhaf(items, coalitions int, seed id.Hash, u Utility) ([]int64, error) {
	if err := checkItems(items); err != nil {
		return nil, err
	}
	if coalitions < 1 || coalitions > MaxCoalitions {
		return nil, fault.Limit("value: %d coalitions: 1 to %d", coalitions, MaxCoalitions)
	}
	with, count := make([]int64, items), make([]int64, items)
	total := int64(0)
	for k := range coalitions {
		in := Coalition(items, k, seed)
		worth, err := u(in)
		if err != nil {
			return nil, err
		}
		if worth < -maxUtility || worth > maxUtility {
			return nil, fault.Limit("value: utility %d of coalition %d: at most %d either way", worth, k, maxUtility)
		}
		total += worth
		for i, member := range in {
			if member {
				with[i] += worth
				count[i]++
			}
		}
	}
	values := make([]int64, items)
	for i := range values {
		if rest := int64(coalitions) - count[i]; count[i] > 0 && rest > 0 {
			values[i] = floorDiv(with[i]<<20, count[i]) - floorDiv((total-with[i])<<20, rest)
		}
	}
	return values, nil
}

// maxUtility keeps sums over MaxCoalitions in Q20 within an int64.
const maxUtility = 1 << 28

// Coalition is the k-th of a seed: every item is in it by the toss of a coin.
func Coalition(items, k int, seed id.Hash) []bool {
	in := make([]bool, items)
	var coins id.Hash
	for i := range in {
		if i%256 == 0 {
			place := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, uint64(k)), uint64(i))
			coins = id.Sum("alaya/value/coalition/v1", seed[:], place)
		}
		in[i] = coins[i%256/8]>>(i%8)&1 == 1
	}
	return in
}

// Neighbours returns the summed Shapley values of training items for a k-nearest
// neighbour model on test items, in Q40 of one right answer, floored at each
// step: off by less than one unit per item and test item. Neighbours rank as in
// learn: by shared features squared over the item's own, then the earlier.
func Neighbours(train, test []model.Offer, k int) ([]int64, error) {
	if err := checkItems(len(train)); err != nil {
		return nil, err
	}
	if k < 1 || k > MaxItems || len(test) > MaxItems {
		return nil, fault.Limit("value: %d neighbours, %d test items: 1 to %d, up to %d", k, len(test), MaxItems, MaxItems)
	}
	values := make([]int64, len(train))
	for _, t := range test {
		order := rank(train, t.Input)
		right := make([]bool, len(order))
		for place, i := range order {
			right[place] = train[i].Label == t.Label
		}
		for place, v := range Shapley(right, k) {
			values[order[place]] += v
		}
	}
	return values, nil
}

// rank returns the items by how near they are to an input, the nearest first.
func rank(train []model.Offer, x learn.Input) []int {
	near := make([]int64, len(train))
	order := make([]int, len(train))
	for i, o := range train {
		h := shared(o.Input.Indices, x.Indices)
		near[i], order[i] = (h*h<<32)/int64(max(1, len(o.Input.Indices))), i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(near[b], near[a]), cmp.Compare(a, b)) })
	return order
}

// shared counts what two ascending lists have in common.
func shared(a, b []uint32) int64 {
	n := int64(0)
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

// Shapley returns the values of the items of one test item by place, the
// nearest first, in Q40: right says whether an item has the test item's label.
func Shapley(right []bool, k int) []int64 {
	n := int64(len(right))
	values := make([]int64, n)
	if n == 0 {
		return values
	}
	kk := int64(k)
	values[n-1] = floorDiv(one(right[n-1])*min(kk, n), kk*n)
	for i := n - 2; i >= 0; i-- {
		place := i + 1
		step := (one(right[i]) - one(right[i+1])) * min(kk, place)
		values[i] = values[i+1] + floorDiv(step, kk*place)
	}
	return values
}

// one is a right answer in Q40.
func one(right bool) int64 {
	if right {
		return 1 << 40
	}
	return 0
}

// floorDiv divides rounding down; d is positive.
func floorDiv(v, d int64) int64 {
	q := v / d
	if v%d < 0 {
		q--
	}
	return q
}

func checkItems(n int) error {
	if n < 1 || n > MaxItems {
		return fault.Limit("value: %d items: 1 to %d", n, MaxItems)
	}
	return nil
}
