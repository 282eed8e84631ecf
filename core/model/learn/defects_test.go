package learn_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/feature"
	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/internal/samples"
)

// The defects of DCAI's classifiers, each by its number in the published
// survey of them, as tests that fail here if we had them.

func TestPeersGiveTheirReferenceCounts(t *testing.T) {
	films, goods := reviews(t).Words, sentences(t).Words
	for _, tt := range []struct {
		name string
		peer func() peer
		data samples.Set
		want [3]int // right on clean labels; thousandths with 14 % and 30 % turned
	}{
		{"perceptron on reviews", func() peer { return &solPerceptron{weights: map[uint32]int64{}, rate: 1} }, films, [3]int{782, 687, 610}},
		{"naive Bayes on reviews", func() peer { return newSolBayes(500) }, films, [3]int{526, 526, 526}},
		{"centroid on reviews", func() peer { return newSolCentroid() }, films, [3]int{745, 747, 731}},
		{"perceptron on sentences", func() peer { return &solPerceptron{weights: map[uint32]int64{}, rate: 1} }, goods, [3]int{452, 627, 578}},
		{"naive Bayes on sentences", func() peer { return newSolBayes(1000) }, goods, [3]int{367, 609, 594}},
		{"centroid on sentences", func() peer { return newSolCentroid() }, goods, [3]int{427, 709, 667}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := [3]int{rightPeer(tt.peer(), tt.data.Train, tt.data.Test)}
			for k, share := range []float64{1.0 / 7, .3} {
				sum := 0
				for seed := range 5 {
					sum += rightPeer(tt.peer(), samples.Turn(tt.data.Train, seed, share), tt.data.Test)
				}
				got[k+1] = thousandths(sum, 5*len(tt.data.Test))
			}
			if got[0] != tt.want[0] || !near(got[1], tt.want[1]) || !near(got[2], tt.want[2]) {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}

// near allows what two roundings to thousandths may differ by.
func near(a, b int) bool { return a-b <= 1 && b-a <= 1 }

func TestD1LongDocumentsKeepTheirClass(t *testing.T) {
	words := reviews(t).Words
	theirs := newSolBayes(words.Features)
	if got := rightPeer(theirs, words.Train, words.Test); got != 526 {
		t.Errorf("theirs: %d of 1000 right, want the 526 of class 0", got)
	}
	for _, i := range words.Test[:200] {
		if class := theirs.predict(i.Input.Indices); class != 0 {
			t.Fatalf("theirs answers %d to a review: want 0 to all", class)
		}
	}
	l := learner(t, config(learn.Bayes, 2, words.Features))
	if got := right(l, words.Train, words.Test); got < 820 {
		t.Errorf("ours: %d of 1000 right, want at least 820", got)
	}
}

func TestD1TheLongestItemIsStillTold(t *testing.T) {
	for _, family := range []string{learn.Bayes, learn.Complement, learn.BayesWeights} {
		l := learner(t, config(family, 2, learn.MaxIndices+1))
		var s learn.Memory
		for range 50 {
			l.Update(&s, learn.Input{Indices: []uint32{learn.MaxIndices}}, 0)
			l.Update(&s, longest(learn.MaxIndices), 1)
		}
		if class, margin := learn.Predict(l, &s, longest(learn.MaxIndices)); class != 1 || margin < fixed.One {
			t.Errorf("%s: class %d by %d, want 1 by at least 1", family, class, margin)
		}
	}
}

func TestD2LabelsThatAreNoClassAreRefused(t *testing.T) {
	theirs := &solPerceptron{weights: map[uint32]int64{1: 1}, rate: 1}
	theirs.update([]uint32{1}, 2)
	if theirs.weights[1] != 2 {
		t.Error("theirs should take label 2 and move: the test shows nothing")
	}
	for _, classes := range []uint32{2, 5, 64} {
		c := config(learn.Perceptron, classes, 10)
		for _, label := range []int64{-1, int64(classes), int64(classes) + 1, math.MaxInt64, math.MinInt64} {
			if err := c.CheckLabel(label); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("%d classes: label %d: %v", classes, label, err)
			}
		}
	}
}

// theirTokens is how DCAI's client encodes a text: unknown words are all
// number 1337, and what occurs twice is there twice.
func theirTokens(known []string, words []string) []uint32 {
	var all []uint32
	for _, w := range words {
		i, ok := slices.BinarySearch(known, w)
		if !ok {
			i = 1337
		}
		all = append(all, uint32(i))
	}
	return all
}

func TestD3UnknownWordsDoNotBecomeOne(t *testing.T) {
	e := feature.Encoder{Kind: feature.Words, Words: []string{"bad", "good"}}
	text := []string{"such", "a", "good", "good", "film"}
	if theirs := theirTokens(e.Words, text); !slices.Equal(theirs, []uint32{1337, 1337, 1, 1, 1337}) {
		t.Fatalf("theirs gives %v: the test shows nothing", theirs)
	}
	if x, err := e.Tokens(text); err != nil || !slices.Equal(x.Indices, []uint32{1}) {
		t.Errorf("ours gives %v, %v; want [1]", x.Indices, err)
	}
	h := feature.Encoder{Kind: feature.Hashed, Bits: 20}
	x, err := h.Tokens(text)
	if err != nil || len(x.Indices) != 4 || x.Validate(h.Features()) != nil {
		t.Errorf("hashed: %v, %v; want 4 features", x.Indices, err)
	}
}

func TestD9IndicesAscendAndClassesMayBeEmpty(t *testing.T) {
	theirs := newSolCentroid()
	theirs.update([]uint32{5}, 0)
	if d := theirs.distance(0, []uint32{5, 5, 5}); d.Sign() >= 0 {
		t.Errorf("theirs: distance %v of repeated indices, want a negative one: the test shows nothing", d)
	}
	for _, family := range learn.Families() {
		c := config(family, 2, 100)
		for _, indices := range [][]uint32{{5, 5}, {6, 5}} {
			if c.Check(learn.Input{Indices: indices}) == nil {
				t.Errorf("%s takes %v", family, indices)
			}
		}
	}
	for _, family := range []string{learn.Centroid, learn.Dense} {
		l := learner(t, config(family, 3, 2))
		var s learn.Memory
		x := learn.Input{Indices: []uint32{0, 1}}
		if class, _ := learn.Predict(l, &s, x); class != 0 {
			t.Errorf("%s: class %d of none, want 0", family, class)
		}
		l.Update(&s, x, 2)
		if class, _ := learn.Predict(l, &s, x); class != 2 {
			t.Errorf("%s: class %d, want the only one that has items", family, class)
		}
		l.Update(&s, x, 1)
		if class, _ := learn.Predict(l, &s, x); class != 1 {
			t.Errorf("%s: class %d, want the lowest of two with equal items", family, class)
		}
	}
}

func TestD10IndicesOutOfRangeAreRefusedNotCut(t *testing.T) {
	wide := uint64(1)<<32 + 5 // the same as 5 in 32 bits
	if uint32(wide) != 5 {
		t.Fatal("the test shows nothing")
	}
	if x, err := learn.DecodeInput([]byte{2, 0x85, 0x80, 0x80, 0x80, 0x10}); err == nil {
		t.Errorf("index %d came out as %v", wide, x.Indices)
	}
	for _, family := range learn.Families() {
		c := config(family, 2, 100)
		for _, i := range []uint32{100, 1 << 20, math.MaxUint32} {
			err := c.Check(learn.Input{Indices: []uint32{i}})
			if !fault.Is(err, fault.KindLimit) || !strings.Contains(err.Error(), "0 to 99") {
				t.Errorf("%s: index %d: %v", family, i, err)
			}
		}
	}
}

func TestD11TheBiasCountsAsMuchAsAWeight(t *testing.T) {
	one := []int64{toFloat}
	if m := dot(-5*toFloat, one, one); m <= 0 {
		t.Fatalf("theirs: margin %d of weight 1 and bias -5: the test shows nothing", m)
	}
	for _, family := range []string{learn.Perceptron, learn.Passive, learn.Logistic, learn.Arow} {
		l := learner(t, config(family, 2, 10))
		var s learn.Memory
		learn.Load(&s, learn.WeightCells([]int64{0, -5 * fixed.One}, [][]int64{nil, {fixed.One}}))
		x := learn.Input{Indices: []uint32{0}, Values: []int64{fixed.One}}
		if got := l.Scores(&s, x)[1]; got != -4*fixed.One {
			t.Errorf("%s: score %d of weight 1 and bias -5, want %d", family, got, -4*fixed.One)
		}
	}
}

func TestD12NothingWrapsAndNothingIsEmpty(t *testing.T) {
	l := learner(t, config(learn.Perceptron, 2, 10))
	var s learn.Memory
	learn.Load(&s, learn.WeightCells([]int64{0, math.MaxInt64}, [][]int64{nil, {math.MaxInt64, math.MaxInt64}}))
	if got := l.Scores(&s, longest(2))[1]; got != math.MaxInt64 {
		t.Errorf("score %d of three times the largest number, want the largest", got)
	}
	for _, family := range learn.Families() {
		c := config(family, 2, 1<<20)
		for _, n := range []uint32{0, learn.MaxIndices + 1} {
			err := c.Check(longest(n))
			if !fault.Is(err, fault.KindLimit) || !strings.Contains(err.Error(), "1 to 1024") {
				t.Errorf("%s: %d indices: %v", family, n, err)
			}
		}
	}
}
