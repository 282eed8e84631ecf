package learn

import "github.com/alaya-network/alaya/core/model/fixed"

// bayesWeights is logistic regression over the log-count ratios of naive
// Bayes: it starts as naive Bayes and learns how much to trust each feature's
// ratio. Scores are log-odds in Q20 nats; with more than two classes each is
// against the rest. Source: Wang and Manning, Baselines and bigrams (ACL 2012),
// learnt item by item.
//
// Use it for text with hashed words and pairs of words, when most labels are
// right: the best of all there. Under many wrong labels bayes is steadier, and
// only bayes can forget.
type bayesWeights struct {
	counts
	rest rest
	rate int64
}

const bayesWeightsStart = fixed.One / 10 // the slope of a weight that never moved

func newBayesWeights(c Config) (Learner, error) {
	rate, err := setting("rate", c.Params.Rate, fixed.One/10, maxRate)
	return bayesWeights{counts{c.Classes, c.Features}, rest{c.Classes, c.Features}, rate}, err
}

// odds are the parts of a class's log-odds against the rest.
type odds struct {
	prior  int64
	ratios []int64 // per index of the input
}

// odds returns a class's parts; totals are those of the input.
func (b bayesWeights) odds(s State, class uint32, x Input, totals []int64) odds {
	items, allItems := b.every(s, b.items)
	features, allFeatures := b.every(s, b.tokens)
	known := b.known(s)
	length := fixed.Ln(features[class]+known) - fixed.Ln(allFeatures-features[class]+known)
	o := odds{
		prior:  fixed.Ln(items[class]+1) - fixed.Ln(allItems-items[class]+1),
		ratios: make([]int64, len(x.Indices)),
	}
	for k, i := range x.Indices {
		here := b.of(s, class, i)
		o.ratios[k] = fixed.Ln(here+1) - fixed.Ln(totals[k]-here+1) - length
	}
	return o
}

// sum returns the log-odds, each ratio weighted by One plus its weight.
func (o odds) sum(s State, class uint32, x Input) int64 {
	sum := o.prior
	for k, i := range x.Indices {
		weight := fixed.Add(fixed.One, s.Get(Cell{tableWeight, class, i}))
		sum = fixed.Add(sum, fixed.Mul(weight, o.ratios[k]))
	}
	return sum
}

func (b bayesWeights) Scores(s State, x Input) []int64 {
	totals := b.totals(s, x)
	return b.rest.scores(func(class uint32) int64 { return b.odds(s, class, x, totals).sum(s, class, x) })
}

func (b bayesWeights) Update(s State, x Input, label int64) {
	totals := b.totals(s, x)
	b.rest.each(label, func(class uint32, sign int64) {
		o := b.odds(s, class, x, totals)
		wrong := mistake(o.sum(s, class, x), sign)
		a := adaptive{b.rate, bayesWeightsStart}
		for k, i := range x.Indices {
			a.step(s, Cell{tableWeight, class, i}, Cell{tableSlope, class, i}, fixed.Mul(wrong, o.ratios[k]))
		}
	})
	b.count(s, x, label, 1)
}

func (b bayesWeights) Cost(x Input) uint64 {
	return countCost(b.classes, x) + b.rest.cost(x, 2, 0)
}

func (b bayesWeights) Size() uint64 { return b.counts.Size() + b.rest.size(2) }
