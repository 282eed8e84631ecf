package learn

import "github.com/alaya-network/alaya/core/model/fixed"

// bayes is multinomial naive Bayes over the features an item has, with one
// added to each count. Scores are logarithms to base 2 of likelihood times
// prior, in Q20. Source: McCallum and Nigam, A comparison of event models for
// naive Bayes text classification (AAAI workshop, 1998).
//
// Use it first: it is right early, hardly minds wrong labels and can forget
// exactly. Not where features say the same thing many times over: it counts
// them all, and is too sure of itself.
type bayes struct {
	counts
}

func newBayes(c Config) (Learner, error) { return bayes{counts{c.Classes, c.Features}}, nil }

func (b bayes) Scores(s State, x Input) []int64 {
	known, length := b.known(s), int64(len(x.Indices))
	all := make([]int64, b.classes)
	for c := range b.classes {
		score := fixed.Log2(b.items(s, c)+1) - length*fixed.Log2(b.tokens(s, c)+known)
		for _, i := range x.Indices {
			score += fixed.Log2(b.of(s, c, i) + 1)
		}
		all[c] = score
	}
	return all
}

func (b bayes) Update(s State, x Input, label int64) { b.count(s, x, label, 1) }

func (b bayes) Remove(s State, x Input, label int64) { b.count(s, x, label, -1) }

func (b bayes) Cost(x Input) uint64 { return countCost(b.classes, x) }

// countCost is every count of the input's features, and the scalars.
func countCost(classes uint32, x Input) uint64 {
	return uint64(classes)*(uint64(len(x.Indices))+2) + 1
}

// complement is naive Bayes that asks how little the other classes look like
// the item. Scores are in bits, as those of bayes. Source: Rennie and others,
// Tackling the poor assumptions of naive Bayes text classifiers (ICML 2003),
// without its weight normalisation.
//
// Use it in place of bayes when classes differ much in size; with two classes
// of like size they answer alike.
type complement struct {
	counts
}

func newComplement(c Config) (Learner, error) { return complement{counts{c.Classes, c.Features}}, nil }

func (n complement) Scores(s State, x Input) []int64 {
	known, length := n.known(s), int64(len(x.Indices))
	features, sum := n.every(s, n.tokens)
	totals := n.totals(s, x)
	all := make([]int64, n.classes)
	for c := range n.classes {
		score := length * fixed.Log2(sum-features[c]+known)
		for k, i := range x.Indices {
			score -= fixed.Log2(totals[k] - n.of(s, c, i) + 1)
		}
		all[c] = score
	}
	return all
}

func (n complement) Update(s State, x Input, label int64) { n.count(s, x, label, 1) }

func (n complement) Remove(s State, x Input, label int64) { n.count(s, x, label, -1) }

func (n complement) Cost(x Input) uint64 { return countCost(n.classes, x) }
