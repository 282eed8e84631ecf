package learn_test

import (
	"math/big"

	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/internal/samples"
)

// The classifiers of DCAI (github.com/microsoft/0xDeCA10B, commit f97e40d, MIT
// licence) in its own arithmetic: signed 80 and unsigned 256 bits, toFloat 1e9.
const toFloat = 1_000_000_000

// peer is a classifier of DCAI.
type peer interface {
	predict(indices []uint32) int64
	update(indices []uint32, label int64)
}

// solPerceptron is SparsePerceptron.sol: the intercept never changes, and any
// label above 0 counts as class 1.
type solPerceptron struct {
	weights map[uint32]int64
	bias    int64
	rate    int64
}

func (p *solPerceptron) predict(indices []uint32) int64 {
	m := p.bias
	for _, i := range indices {
		m += p.weights[i]
	}
	if m > 0 {
		return 1
	}
	return 0
}

func (p *solPerceptron) update(indices []uint32, label int64) {
	if p.predict(indices) == label {
		return
	}
	for _, i := range indices {
		if label > 0 {
			p.weights[i] += p.rate
		} else {
			p.weights[i] -= p.rate
		}
	}
}

// solBayes is NaiveBayes.sol: probabilities times 1e9, multiplied one by one
// and rounded down each time.
type solBayes struct {
	features int64 // of the whole vocabulary
	items    [2]int64
	total    [2]int64
	counts   [2]map[uint32]int64
}

func newSolBayes(features uint32) *solBayes {
	return &solBayes{features: int64(features), counts: [2]map[uint32]int64{{}, {}}}
}

func (n *solBayes) predict(indices []uint32) int64 {
	best, class := new(big.Int), int64(0)
	for c := range n.items {
		p := big.NewInt(n.items[c] * toFloat)
		below := big.NewInt(n.total[c]*toFloat + toFloat*n.features)
		for _, i := range indices {
			p.Mul(p, big.NewInt(toFloat*n.counts[c][i]+toFloat))
			p.Quo(p, below)
		}
		if p.Cmp(best) > 0 {
			best, class = p, int64(c)
		}
	}
	return class
}

func (n *solBayes) update(indices []uint32, label int64) {
	n.items[label]++
	n.total[label] += int64(len(indices))
	for _, i := range indices {
		n.counts[label][i]++
	}
}

// solCentroid is SparseNearestCentroidClassifier.sol, with centroids times 1e9
// that are rounded at every update; in integers that do not wrap.
type solCentroid struct {
	items   [2]int64
	squares [2]*big.Int
	values  [2]map[uint32][2]int64 // centroid and items when it was last touched
}

func newSolCentroid() *solCentroid {
	return &solCentroid{
		squares: [2]*big.Int{new(big.Int), new(big.Int)},
		values:  [2]map[uint32][2]int64{{}, {}},
	}
}

// value returns a centroid's coordinate, scaled to today's items.
func (n *solCentroid) value(class int, i uint32) int64 {
	v := n.values[class][i]
	if v[1] == 0 {
		return 0
	}
	return new(big.Int).Quo(new(big.Int).Mul(big.NewInt(v[0]), big.NewInt(v[1])), big.NewInt(n.items[class])).Int64()
}

// distance is the squared distance times 1e18; it may come out negative when
// indices repeat, and then wraps to 2^256 there.
func (n *solCentroid) distance(class int, indices []uint32) *big.Int {
	d := new(big.Int).Set(n.squares[class])
	for _, i := range indices {
		d.Add(d, new(big.Int).Mul(big.NewInt(toFloat), big.NewInt(toFloat-2*n.value(class, i))))
	}
	return d
}

func (n *solCentroid) predict(indices []uint32) int64 {
	if n.distance(1, indices).Cmp(n.distance(0, indices)) < 0 {
		return 1
	}
	return 0
}

func (n *solCentroid) update(indices []uint32, label int64) {
	before, after := n.items[label], n.items[label]+1
	old, fresh := new(big.Int), new(big.Int)
	values := map[uint32]int64{}
	for _, i := range indices {
		v := n.value(int(label), i)
		old.Add(old, new(big.Int).Mul(big.NewInt(v), big.NewInt(v)))
		v = new(big.Int).Quo(new(big.Int).Add(new(big.Int).Mul(big.NewInt(before), big.NewInt(v)), big.NewInt(toFloat)), big.NewInt(after)).Int64()
		fresh.Add(fresh, new(big.Int).Mul(big.NewInt(v), big.NewInt(v)))
		values[i] = v
	}
	rest := new(big.Int).Sub(n.squares[label], old)
	rest.Mul(rest, big.NewInt(before*before)).Quo(rest, big.NewInt(after*after))
	n.squares[label].Add(rest, fresh)
	n.items[label] = after
	for i, v := range values {
		n.values[label][i] = [2]int64{v, after}
	}
}

// rightPeer is right for a classifier of DCAI.
func rightPeer(p peer, train, test []samples.Item) int {
	for _, i := range train {
		p.update(i.Input.Indices, i.Label)
	}
	count := 0
	for _, i := range test {
		if p.predict(i.Input.Indices) == i.Label {
			count++
		}
	}
	return count
}

// dot is the margin of DensePerceptron.sol: the intercept, scaled by 1e9, is
// added to products that are scaled by 1e18.
func dot(bias int64, weights, values []int64) int64 {
	for k, w := range weights {
		bias += w * values[k]
	}
	return bias
}

var _ = []peer{(*solPerceptron)(nil), (*solBayes)(nil), (*solCentroid)(nil)}

// longest returns an input of n features from 0 on.
func longest(n uint32) learn.Input {
	var x learn.Input
	for i := range n {
		x.Indices = append(x.Indices, i)
	}
	return x
}
