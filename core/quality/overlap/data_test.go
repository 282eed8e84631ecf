package overlap_test

import (
	"fmt"
	"testing"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/overlap"
	"github.com/alaya-network/alaya/core/quality/strict"
	"github.com/alaya-network/alaya/internal/recorded"
)

// load reads a crowd set, or skips the test.
func load(t testing.TB, name string) (*label.Table, label.Gold) {
	t.Helper()
	answers, truths := recorded.Crowd(t, name)
	tab, err := label.NewTable(answers, label.Rules{})
	if err != nil {
		t.Fatal(err)
	}
	return tab, tab.Gold(truths)
}

// drawn makes a share of the truth known, by a seed.
func drawn(truth label.Gold, share num.Ppm, seed byte) label.Gold {
	gold := make(label.Gold, len(truth))
	for i := range truth {
		r := strict.NewRandom([32]byte{seed}, "gold", uint64(i))
		if gold[i] = truth[i]; r.IntN(int(num.One)) >= int(share) {
			gold[i] = label.None
		}
	}
	return gold
}

// The figures: what the rule buys, in per cent of the answers, and what it
// loses, in points of accuracy, on the mean over orders. With several workers
// at hand the most telling one is asked; with one, whoever comes.
func TestDynamicOverlapKeepsTheAccuracyOfAllAnswers(t *testing.T) {
	const orders = 8
	tests := []struct {
		set          string
		hands        int
		gold         num.Ppm
		bought, lost float64
	}{
		{"D_PosSent", 3, 0, 35, .5},
		{"SP_amt", 3, 0, 20, .5},
		{"rte", 3, 0, 60, .5},
		{"bluebird", 3, 0, 45, 1},
		{"bluebird", 3, 100_000, 45, 1},
		{"D_PosSent", 1, 0, 35, .6},
		{"SP_amt", 1, 0, 20, .5},
		{"rte", 1, 0, 65, .6},
		{"bluebird", 1, 0, 45, 1},
		{"bluebird", 1, 100_000, 45, 1},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%s, %d at hand, %v gold", tt.set, tt.hands, tt.gold), func(t *testing.T) {
			tab, truth := load(t, tt.set)
			bought, lost := 0.0, 0.0
			for seed := range byte(orders) {
				gold := drawn(truth, tt.gold, seed)
				all, _ := overlap.Accuracy(overlap.Believe(tab, gold, overlap.Method()).Result, gold, truth)
				rule := overlap.Rule{Salt: [32]byte{seed}, Target: 990_000, Min: 3, Max: 100}
				o, err := overlap.Replay{Rule: rule, Method: overlap.Method(), Hands: tt.hands}.Run(tab, gold)
				if err != nil {
					t.Fatal(err)
				}
				part, _ := overlap.Accuracy(o.Belief.Result, gold, truth)
				bought += 100 * float64(o.Bought.Len()) / float64(tab.Len()) / orders
				lost += float64(all-part) / 1e4 / orders
			}
			t.Logf("bought %.1f%% of the answers, lost %.2f points", bought, lost)
			if bought > tt.bought || lost > tt.lost {
				t.Errorf("bought %.1f%%, lost %.2f points; want at most %v%%, %v", bought, lost, tt.bought, tt.lost)
			}
		})
	}
}
