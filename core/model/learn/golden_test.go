package learn_test

import (
	"slices"
	"testing"

	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/internal/recorded"
	"github.com/alaya-network/alaya/internal/samples"
)

// learner returns the learner of a config.
func learner(t testing.TB, c learn.Config) learn.Learner {
	t.Helper()
	l, err := learn.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// right learns the items once and counts the right answers of others.
func right(l learn.Learner, train, test []samples.Item) int {
	var s learn.Memory
	for _, i := range train {
		l.Update(&s, i.Input, i.Label)
	}
	count := 0
	for _, i := range test {
		if class, _ := learn.Predict(l, &s, i.Input); int64(class) == i.Label {
			count++
		}
	}
	return count
}

// golden is a row of the tables: a family, the right answers on clean labels,
// and their mean share in thousandths with 14 % and 30 % of the labels turned.
type golden struct {
	family string
	clean  int
	p14    int
	p30    int
}

// thousandths rounds a share.
func thousandths(count, of int) int { return (count*1000 + of/2) / of }

func check(t *testing.T, name string, s samples.Set, g golden) {
	t.Run(name+"/"+g.family, func(t *testing.T) {
		t.Parallel()
		params := learn.Params{}
		if g.family == learn.Neighbours {
			params.Cap = 8192
		}
		l := learner(t, learn.Config{Family: g.family, Classes: 2, Features: s.Features, Params: params})
		if got := right(l, s.Train, s.Test); got != g.clean {
			t.Errorf("%d right of %d, want %d", got, len(s.Test), g.clean)
		}
		if testing.Short() {
			return
		}
		seeds := 5
		if g.family == learn.Neighbours {
			seeds = 1
		}
		for _, turn := range []struct {
			share float64
			want  int
		}{{1.0 / 7, g.p14}, {.3, g.p30}} {
			sum := 0
			for seed := range seeds {
				sum += right(l, samples.Turn(s.Train, seed, turn.share), s.Test)
			}
			if got := thousandths(sum, seeds*len(s.Test)); got != turn.want {
				t.Errorf("%.2f of the labels turned: %d thousandths right, want %d", turn.share, got, turn.want)
			}
		}
	})
}

func TestReviewsGiveTheReferenceCounts(t *testing.T) {
	b := reviews(t)
	for _, g := range []golden{
		{learn.Centroid, 745, 747, 731},
		{learn.Neighbours, 748, 735, 652},
		{learn.Average, 817, 764, 707},
		{learn.Passive, 811, 727, 646},
		{learn.Arow, 832, 778, 693},
		{learn.Logistic, 841, 780, 698},
		{learn.Bayes, 821, 815, 803},
		{learn.Complement, 823, 814, 803},
		{learn.BayesWeights, 838, 817, 794},
	} {
		check(t, "words", b.Words, g)
	}
	for _, g := range []golden{
		{learn.Bayes, 836, 818, 789},
		{learn.Arow, 828, 772, 667},
		{learn.Logistic, 800, 738, 639},
		{learn.BayesWeights, 847, 812, 771},
	} {
		check(t, "hashed", b.Pairs, g)
	}
}

func TestSentencesGiveTheReferenceCounts(t *testing.T) {
	b := sentences(t)
	for _, g := range []golden{
		{learn.Centroid, 427, 709, 667},
		{learn.Neighbours, 434, 715, 635},
		{learn.Average, 457, 728, 664},
		{learn.Passive, 453, 729, 670},
		{learn.Arow, 494, 777, 701},
		{learn.Logistic, 484, 774, 714},
		{learn.Bayes, 489, 774, 729},
		{learn.Complement, 490, 773, 725},
		{learn.BayesWeights, 490, 776, 729},
	} {
		check(t, "words", b.Words, g)
	}
	for _, g := range []golden{
		{learn.Bayes, 501, 795, 723},
		{learn.Arow, 498, 782, 708},
		{learn.Logistic, 503, 778, 706},
		{learn.BayesWeights, 507, 798, 716},
	} {
		check(t, "hashed", b.Pairs, g)
	}
}

func TestPassengersGiveTheReferenceCounts(t *testing.T) {
	e, all, err := samples.Passengers(recorded.Root(t))
	if err == nil {
		err = e.Validate()
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range []struct {
		family string
		right  int // of 891
	}{
		{learn.Bayes, 675},
		{learn.BayesWeights, 681},
		{learn.Logistic, 693},
		{learn.Tree, 701},
		{learn.Arow, 704},
	} {
		t.Run(g.family, func(t *testing.T) {
			c := learn.Config{Family: g.family, Classes: 2, Features: e.Features()}
			if g.family == learn.Tree {
				c.Params.Columns = e.Bins()
			}
			l := learner(t, c)
			got := 0
			for fold := range 5 {
				from, to := len(all)*fold/5, len(all)*(fold+1)/5
				got += right(l, slices.Concat(all[:from], all[to:]), all[from:to])
			}
			if got != g.right {
				t.Errorf("%d right of %d, want %d", got, len(all), g.right)
			}
		})
	}
}
