package simulate

import (
	"slices"

	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/learn"
)

// SyntheticFeatures is how many features the built-in data has.
const SyntheticFeatures = 1 << 12

// Synthetic returns n made-up documents of two classes: 12 to 40 words, common
// ones as common as in a language, one in three speaking for a class, and then
// for the right one three times of four. Naive Bayes gets some nine of ten right.
func Synthetic(seed uint64, n int) []model.Offer {
	c := chance{state: seed}
	all := make([]model.Offer, n)
	for k := range all {
		label := c.below(2)
		all[k] = model.Offer{Input: document(&c, label), Label: label}
	}
	return all
}

func document(c *chance, label int64) learn.Input {
	var words []uint32
	for range 12 + c.below(29) {
		word := zipf(c)
		if c.below(3) == 0 {
			side := label
			if c.below(4) == 0 {
				side = 1 - label
			}
			word = SyntheticFeatures/2 + 2*uint32(c.below(100)) + uint32(side)
		}
		words = append(words, word)
	}
	slices.Sort(words)
	return learn.Input{Indices: slices.Compact(words)}
}

// zipf draws a common word: the k-th half as likely as the (k/2)-th.
func zipf(c *chance) uint32 {
	size := int64(1) << (1 + c.below(10))
	return uint32(size - 2 + c.below(size))
}
