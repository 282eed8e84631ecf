package learn_test

import (
	"slices"
	"testing"

	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/model/learn/learntest"
)

// words draws an item of 12 features out of 400, most of them of its class.
func words(classes uint64) func(uint64) learntest.Item {
	return func(n uint64) learntest.Item {
		label := learntest.Draw(n) % classes
		var all []uint32
		for k := range uint64(12) {
			d := learntest.Draw(n<<8 | k | 1<<60)
			i := d >> 8 % 400
			if d%4 != 0 {
				i = i/classes*classes + label
			}
			all = append(all, uint32(min(i, 399)))
		}
		slices.Sort(all)
		return learntest.Item{Input: learn.Input{Indices: slices.Compact(all)}, Label: int64(label)}
	}
}

// vectors draws an item of 6 numbers around the middle of its class.
func vectors(classes uint64) func(uint64) learntest.Item {
	return func(n uint64) learntest.Item {
		label := learntest.Draw(n) % classes
		i := learntest.Item{Label: int64(label)}
		for k := range uint64(6) {
			middle := int64(learntest.Draw(label<<8|k|1<<61)%(4<<20)) - 2*fixed.One
			noise := int64(learntest.Draw(n<<8|k|1<<62)%(1<<20)) - fixed.One/2
			i.Input.Indices = append(i.Input.Indices, uint32(k))
			i.Input.Values = append(i.Input.Values, middle+noise)
		}
		return i
	}
}

// numbers draws an item whose label is a weighted sum of its 4 numbers.
func numbers(n uint64) learntest.Item {
	var i learntest.Item
	for k := range uint64(4) {
		v := int64(learntest.Draw(n<<8|k|1<<62)%(2<<20)) - fixed.One
		i.Input.Indices = append(i.Input.Indices, uint32(k))
		i.Input.Values = append(i.Input.Values, v)
		i.Label += v * int64(k+1) / 2
	}
	return i
}

// rows draws a table row of a category and two numbers; the class is whether
// category and first number agree, which no linear family can see.
func rows(n uint64) learntest.Item {
	category, first, second := learntest.Draw(n)%2, learntest.Draw(n|1<<60)%8, learntest.Draw(n|1<<61)%8
	label := int64(0)
	if (category == 0) == (first < 3) {
		label = 1
	}
	indices := []uint32{uint32(category), uint32(2 + first), uint32(10 + second)}
	return learntest.Item{Input: learn.Input{Indices: indices}, Label: label}
}

var columns = []learn.Column{{Bins: 2}, {Bins: 8, Ordered: true}, {Bins: 8, Ordered: true}}

func config(family string, classes, features uint32) learn.Config {
	return learn.Config{Family: family, Classes: classes, Features: features}
}

func TestEveryFamilyKeepsTheLaw(t *testing.T) {
	trials := map[string]learntest.Trial{}
	for _, family := range []string{
		learn.Perceptron, learn.Average, learn.Passive, learn.Logistic, learn.Arow,
		learn.Bayes, learn.Complement, learn.BayesWeights, learn.Centroid,
	} {
		trials[family+" of 2 classes"] = learntest.Trial{Config: config(family, 2, 400), Draw: words(2), Least: 90, Items: 400}
		trials[family+" of 3 classes"] = learntest.Trial{Config: config(family, 3, 400), Draw: words(3), Least: 85, Items: 400}
	}
	for _, family := range []string{learn.Perceptron, learn.Average, learn.Passive, learn.Logistic, learn.Arow, learn.Dense} {
		trials[family+" of vectors"] = learntest.Trial{Config: config(family, 3, 6), Draw: vectors(3), Least: 90, Items: 400}
	}
	knn := config(learn.Neighbours, 3, 400)
	knn.Params = learn.Params{Neighbours: 5, Cap: 1024}
	trials["knn"] = learntest.Trial{Config: knn, Draw: words(3), Least: 70, Items: 400, Keeps: true}
	trials["linear as pa"] = learntest.Trial{Config: config(learn.Linear, 1, 4), Draw: numbers, Least: 95, Items: 400}
	ridge := config(learn.Linear, 1, 4)
	ridge.Params.Ridge = 1
	trials["linear as ridge"] = learntest.Trial{Config: ridge, Draw: numbers, Least: 95, Items: 400}
	tree := config(learn.Tree, 2, 18)
	tree.Params.Columns = columns
	trials["tree"] = learntest.Trial{Config: tree, Draw: rows, Least: 90, Items: 3000}
	network := config(learn.Network, 3, 6)
	network.Params = learn.Params{Hidden: 32, Seed: 1}
	trials["network"] = learntest.Trial{Config: network, Draw: vectors(3), Least: 90, Items: 400}
	for name, trial := range trials {
		t.Run(name, func(t *testing.T) { learntest.Run(t, trial) })
	}
}
