package value_test

import (
	"math/bits"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/model/simulate"
	"github.com/alaya-network/alaya/core/model/value"
)

const q40 = int64(1) << 40

func TestShapleyHasTheGoldenValues(t *testing.T) {
	got := value.Shapley([]bool{true, false, true, true, false}, 2)
	if want := []int64{q40 / 4, -q40 / 4, q40 / 4, q40 / 4, 0}; !slices.Equal(got, want) {
		t.Errorf("values %v, want %v", got, want)
	}
	if got := value.Shapley(nil, 2); len(got) != 0 {
		t.Errorf("values of nothing: %v", got)
	}
}

// exact is the Shapley value by the definition: the mean over all orders of
// what the item adds to the share of right ones among the k nearest.
func exact(right []bool, k int) []float64 {
	n := len(right)
	utility := func(set uint) float64 {
		sum, seen := 0.0, 0
		for i := range n {
			if set>>i&1 == 1 && seen < k {
				seen++
				if right[i] {
					sum++
				}
			}
		}
		return sum / float64(k)
	}
	choose := func(n, k int) float64 {
		c := 1.0
		for i := range k {
			c = c * float64(n-i) / float64(i+1)
		}
		return c
	}
	values := make([]float64, n)
	for i := range n {
		for set := range uint(1) << n {
			if set>>i&1 == 0 {
				values[i] += (utility(set|1<<i) - utility(set)) / float64(n) / choose(n-1, bits.OnesCount(set))
			}
		}
	}
	return values
}

func TestShapleyIsTheMeanOverAllOrders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		right := rapid.SliceOfN(rapid.Bool(), 1, 7).Draw(t, "right")
		k := rapid.IntRange(1, 5).Draw(t, "k")
		for i, v := range value.Shapley(right, k) {
			if off := float64(v) - exact(right, k)[i]*float64(q40); off > 1 || off < -float64(len(right)) {
				t.Fatalf("place %d of %v, k %d: %d, off by %g units", i, right, k, v, off)
			}
		}
	})
}

func TestValuesOfATestItemSumUpToItsUtility(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		right := rapid.SliceOfN(rapid.Bool(), 1, 500).Draw(t, "right")
		k := rapid.IntRange(1, 30).Draw(t, "k")
		sum, utility := int64(0), int64(0)
		for _, v := range value.Shapley(right, k) {
			sum += v
		}
		for _, r := range right[:min(k, len(right))] {
			if r {
				utility += q40 / int64(k)
			}
		}
		n := int64(len(right))
		if off := sum - utility; off > n+int64(k) || off < -n*n-n {
			t.Fatalf("values sum up to %d, utility %d", sum, utility)
		}
	})
}

func TestNeighboursValueTrueItemsAboveFlippedOnes(t *testing.T) {
	data := simulate.Synthetic(1, 300)
	train, test := slices.Clone(data[:200]), data[200:]
	for k := range 50 {
		train[k].Label = 1 - train[k].Label
	}
	values, err := value.Neighbours(train, test, 10)
	if err != nil {
		t.Fatal(err)
	}
	flipped, honest := int64(0), int64(0)
	for k, v := range values {
		if k < 50 {
			flipped += v / 50
		} else {
			honest += v / 150
		}
	}
	if honest < flipped*3/2 {
		t.Errorf("mean value of flipped items %d, of true ones %d", flipped, honest)
	}
}

// right counts what naive Bayes taught with a coalition gets right.
func right(t testing.TB, train, test []model.Offer) value.Utility {
	l, err := learn.New(learn.Config{Family: learn.Bayes, Classes: 2, Features: simulate.SyntheticFeatures})
	if err != nil {
		t.Fatal(err)
	}
	return func(in []bool) (int64, error) {
		var s learn.Memory
		for i, o := range train {
			if in[i] {
				l.Update(&s, o.Input, o.Label)
			}
		}
		n := int64(0)
		for _, o := range test {
			if class, _ := learn.Predict(l, &s, o.Input); int64(class) == o.Label {
				n++
			}
		}
		return n, nil
	}
}

func TestBanzhafValuesTrueItemsAboveFlippedOnes(t *testing.T) {
	data := simulate.Synthetic(2, 140)
	train, test := slices.Clone(data[:40]), data[40:]
	for k := range 10 {
		train[k].Label = 1 - train[k].Label
	}
	u := right(t, train, test)
	values, err := value.Banzhaf(40, 200, id.Hash{1}, u)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := value.Banzhaf(40, 200, id.Hash{1}, u)
	other, _ := value.Banzhaf(40, 200, id.Hash{2}, u)
	if !slices.Equal(values, again) || slices.Equal(values, other) {
		t.Error("values do not follow from the seed")
	}
	flipped, honest := int64(0), int64(0)
	for k, v := range values {
		if k < 10 {
			flipped += v / 10
		} else {
			honest += v / 30
		}
	}
	if flipped >= 0 || honest <= 0 {
		t.Errorf("mean value of flipped items %d, of true ones %d", flipped, honest)
	}
}

func TestBanzhafOfASumIsEachItemsPart(t *testing.T) {
	worth := []int64{5, -3, 0, 8}
	values, err := value.Banzhaf(4, 4_000, id.Hash{7}, func(in []bool) (int64, error) {
		sum := int64(0)
		for i, w := range worth {
			if in[i] {
				sum += w
			}
		}
		return sum, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range values {
		if off := v - worth[i]<<20; off > 1<<19 || off < -1<<19 {
			t.Errorf("item %d is worth %d in Q20, want about %d", i, v, worth[i]<<20)
		}
	}
}

func TestWithoutIsWhatIsLost(t *testing.T) {
	values, err := value.Without(3, func(in []bool) (int64, error) {
		switch {
		case in[0] && in[1]:
			return 10, nil // the second is needed with the first, the third is not
		case in[0]:
			return 4, nil
		default:
			return 1, nil
		}
	})
	if want := []int64{9, 6, 0}; err != nil || !slices.Equal(values, want) {
		t.Errorf("values %v, %v, want %v", values, err, want)
	}
}

func TestValuesRefuse(t *testing.T) {
	u := func([]bool) (int64, error) { return 1 << 40, nil }
	_, e1 := value.Without(0, u)
	_, e2 := value.Without(value.MaxItems+1, u)
	_, e3 := value.Banzhaf(2, 0, id.Hash{}, u)
	_, e4 := value.Banzhaf(2, value.MaxCoalitions+1, id.Hash{}, u)
	_, e5 := value.Banzhaf(2, 5, id.Hash{}, u)
	_, e6 := value.Neighbours(make([]model.Offer, 1), nil, 0)
	for i, err := range []error{e1, e2, e3, e4, e5, e6} {
		if !fault.Is(err, fault.KindLimit) {
			t.Errorf("case %d: %v, want kind limit", i+1, err)
		}
	}
}
