package pay_test

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/pay"
	"github.com/alaya-network/alaya/internal/recorded"
)

// load reads a crowd set, or skips the test.
func load(t testing.TB, name string) (*label.Table, label.Gold) {
	t.Helper()
	answers, truths := recorded.Crowd(t, name)
	tab, err := label.NewTable(answers, label.Rules{Salt: [32]byte{1}})
	if err != nil {
		t.Fatal(err)
	}
	return tab, tab.Gold(truths)
}

// ranks returns the place of each value in the order of all.
func ranks[V cmp.Ordered](values []V) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(values[i], values[j]) })
	place := make([]float64, len(values))
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && values[order[to]] == values[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			place[i] = float64(from+to-1) / 2
		}
		from = to
	}
	return place
}

// spearman returns the correlation of ranks.
func spearman[V cmp.Ordered](x, y []V) float64 {
	a, b := ranks(x), ranks(y)
	mean := float64(len(a)-1) / 2
	var ab, aa, bb float64
	for i := range a {
		ab += (a[i] - mean) * (b[i] - mean)
		aa += (a[i] - mean) * (a[i] - mean)
		bb += (b[i] - mean) * (b[i] - mean)
	}
	return ab / math.Sqrt(aa*bb)
}

// Peers' rules see no gold, yet must rank real workers much as gold does.
func TestPeersRankRealWorkersMuchAsGoldDoes(t *testing.T) {
	const enough = 20 // gold answers
	for _, set := range []struct {
		name  string
		least map[string]float64
	}{
		{"bluebird", map[string]float64{"ca": .6, "drawn": .3, "dmi": .6, "pts": .6}},
		{"rte", map[string]float64{"ca": .6, "drawn": .3, "dmi": .3, "pts": .6}},
		{"SP_amt", map[string]float64{"ca": .6, "drawn": .3, "dmi": .3, "pts": .6}},
		{"D_PosSent", map[string]float64{"ca": .6, "drawn": .3, "dmi": .3, "pts": .6}},
		{"D_Product", map[string]float64{"ca": .3, "drawn": .2, "pts": .3}},
	} {
		t.Run(set.name, func(t *testing.T) {
			tab, gold := load(t, set.name)
			byGold, err := pay.Gold{Contract: num.One, Weigh: pay.ByClass}.Scores(tab, gold)
			if err != nil {
				t.Fatal(err)
			}
			for _, rule := range pay.Rules(num.One) {
				least, tested := set.least[rule.Name()]
				if !tested {
					continue
				}
				scores, err := rule.Scores(tab, nil)
				if err != nil {
					t.Fatal(err)
				}
				var x, y []num.Ppm
				for w, s := range scores {
					if byGold[w].Evidence >= enough && s.Evidence > 0 {
						x, y = append(x, s.Value), append(y, byGold[w].Value)
					}
				}
				got := spearman(x, y)
				t.Logf("%s, %d workers: rank correlation %.2f", rule.Name(), len(x), got)
				if got < least {
					t.Errorf("%s: rank correlation with gold %.2f, want %.2f", rule.Name(), got, least)
				}
			}
		})
	}
}

func BenchmarkRules(b *testing.B) {
	tab, gold := load(b, "S_Rel")
	for _, rule := range pay.Rules(num.One) {
		b.Run(rule.Name(), func(b *testing.B) {
			for b.Loop() {
				if _, err := rule.Scores(tab, gold); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(tab.Len())*float64(b.N)/b.Elapsed().Seconds(), "answers/s")
		})
	}
}
