package main

import (
	"math/bits"

	"github.com/alaya-network/alaya/core/model/learn"
)

// pupil is what is compared: it learns items one by one, and answers.
type pupil interface {
	learn(x learn.Input, label int64)
	answer(x learn.Input) int64
}

// ours is a family of core/model/learn.
type ours struct {
	learn.Learner
	state learn.Memory
}

func (o *ours) learn(x learn.Input, label int64) { o.Update(&o.state, x, label) }

func (o *ours) answer(x learn.Input) int64 {
	class, _ := learn.Predict(o.Learner, &o.state, x)
	return int64(class)
}

// The contracts of DCAI (github.com/microsoft/0xDeCA10B, f97e40d), to the
// integer. scale is their toFloat.
const scale = 1_000_000_000

// perceptronSol is SparsePerceptron.sol: the bias never moves.
type perceptronSol struct{ weights []int64 }

func newPerceptronSol(features uint32) pupil {
	return &perceptronSol{make([]int64, features)}
}

func (p *perceptronSol) answer(x learn.Input) int64 {
	m := int64(0)
	for _, i := range x.Indices {
		m += p.weights[i]
	}
	if m > 0 {
		return 1
	}
	return 0
}

func (p *perceptronSol) learn(x learn.Input, label int64) {
	if p.answer(x) == label {
		return
	}
	for _, i := range x.Indices {
		p.weights[i] += (2*label - 1) * scale
	}
}

// bayesSol is NaiveBayes.sol: a product that is cut off after each factor, and
// reaches 0 after a few words.
type bayesSol struct {
	items, words [2]uint64
	counts       [2][]uint64
}

func newBayesSol(features uint32) pupil {
	return &bayesSol{counts: [2][]uint64{make([]uint64, features), make([]uint64, features)}}
}

func (b *bayesSol) answer(x learn.Input) int64 {
	best, class := uint64(0), int64(0)
	for c := range b.items {
		p := b.items[c] * scale
		below := b.words[c]*scale + uint64(len(b.counts[c]))*scale // smoothing 1
		for _, i := range x.Indices {
			high, low := bits.Mul64(p, b.counts[c][i]*scale+scale)
			p, _ = bits.Div64(high, low, below) // the quotient is at most p: count+1 ≤ words+features
		}
		if p > best {
			best, class = p, int64(c)
		}
	}
	return class
}

func (b *bayesSol) learn(x learn.Input, label int64) {
	b.items[label]++
	b.words[label] += uint64(len(x.Indices))
	for _, i := range x.Indices {
		b.counts[label][i]++
	}
}

// centroidSol is SparseNearestCentroidClassifier.sol: means that are scaled to
// the number of items when they are used. It cannot begin from nothing (it
// divides by the number of items), so the first item of a class is given to it.
type centroidSol struct {
	class [2]struct {
		n      int64
		square int64 // of the centroid's length
		value  []int64
		at     []int64 // n when value was set
	}
}

func newCentroidSol(features uint32) pupil {
	p := &centroidSol{}
	for c := range p.class {
		p.class[c].value, p.class[c].at = make([]int64, features), make([]int64, features)
	}
	return p
}

// mean is coordinate i of a class's centroid.
func (p *centroidSol) mean(c int, i uint32) int64 {
	k := &p.class[c]
	if k.n == 0 {
		return 0
	}
	return k.value[i] * k.at[i] / k.n
}

func (p *centroidSol) answer(x learn.Input) int64 {
	best, class := int64(0), int64(-1)
	for c := range p.class {
		d := p.class[c].square
		for _, i := range x.Indices {
			d += (scale - 2*p.mean(c, i)) / 1000 * (scale / 1000)
		}
		if class < 0 || d < best {
			best, class = d, int64(c)
		}
	}
	return class
}

// learn moves a centroid. Squares are kept in millionths of the contract's, so
// that 64 bits hold them; its uint256 holds them whole.
func (p *centroidSol) learn(x learn.Input, label int64) {
	k, c := &p.class[label], int(label)
	gone, come := int64(0), int64(0)
	for _, i := range x.Indices {
		prev := p.mean(c, i)
		v := (k.n*prev + scale) / (k.n + 1)
		gone += prev / 1000 * (prev / 1000)
		come += v / 1000 * (v / 1000)
		k.value[i], k.at[i] = v, k.n+1
	}
	left := float64(k.square-gone) * float64(k.n) / float64(k.n+1) * float64(k.n) / float64(k.n+1)
	k.square, k.n = int64(left)+come, k.n+1
}
