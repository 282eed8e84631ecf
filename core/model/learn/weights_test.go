package learn_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
)

func TestWeightsGiveTheScores(t *testing.T) {
	for _, family := range []string{
		learn.Perceptron, learn.Average, learn.Passive, learn.Logistic, learn.Arow,
		learn.Bayes, learn.Complement, learn.BayesWeights,
	} {
		for _, classes := range []uint32{2, 3} {
			l := learner(t, config(family, classes, 400))
			draw := words(uint64(classes))
			var s learn.Memory
			for n := range uint64(200) {
				i := draw(n)
				l.Update(&s, i.Input, i.Label)
			}
			w, ok := l.(learn.Weigher)
			if !ok {
				t.Fatalf("%s has no weights", family)
			}
			x := draw(1_000_000).Input
			slack := int64(0)
			if family == learn.Average {
				slack = int64(len(x.Indices)) + 2
			}
			for class, want := range l.Scores(&s, x) {
				got := w.Bias(&s, uint32(class))
				for _, i := range x.Indices {
					got += w.Weight(&s, uint32(class), i)
				}
				if off := max(got-want, want-got); off > slack {
					t.Errorf("%s of %d classes: score %d of class %d, want %d", family, classes, got, class, want)
				}
			}
		}
	}
}

func TestModelsStartFromKnownWeights(t *testing.T) {
	var s learn.Memory
	learn.Load(&s, learn.MiddleCells([]int64{3, 7}, [][]int64{{fixed.One, 0}, {0, fixed.One}}))
	l := learner(t, config(learn.Dense, 2, 2))
	x := learn.Input{Indices: []uint32{0, 1}, Values: []int64{0, fixed.One}}
	if got := l.Scores(&s, x); got[0] != -2*fixed.One || got[1] != 0 {
		t.Errorf("scores %v, want minus 2 and 0", got)
	}
	rows := [][]int8{{127, 0}, {0, 127}}
	cells, err := learn.EncoderCells(rows, []int64{0, 0})
	if err != nil {
		t.Fatal(err)
	}
	network := config(learn.Network, 2, 2)
	network.Params.Hidden = 2
	n := learner(t, network)
	var frozen learn.Memory
	learn.Load(&frozen, cells)
	for k := range 200 {
		n.Update(&frozen, learn.Input{Indices: []uint32{uint32(k % 2)}}, int64(k%2))
	}
	for k := range 2 {
		if class, _ := learn.Predict(n, &frozen, learn.Input{Indices: []uint32{uint32(k)}}); int(class) != k {
			t.Errorf("through the frozen layer: class %d, want %d", class, k)
		}
	}
	if _, err := learn.EncoderCells(rows, []int64{0}); err == nil {
		t.Error("a row of two units for one bias: accepted")
	}
}
