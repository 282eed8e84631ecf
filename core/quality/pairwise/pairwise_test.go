package pairwise_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/pairwise"
	"github.com/alaya-network/alaya/core/quality/table"
)

// crowd is simulated: items of normal scores, and workers who look at them
// with a probability of their own and else choose left with another.
type crowd struct {
	items, workers, choices int
	looks, left             func(worker int) float64
}

func (c crowd) draw(seed uint64) (choices []pairwise.Choice, truths []pairwise.Truth) {
	r := rand.New(rand.NewPCG(seed, 1))
	for a := range c.items {
		truths = append(truths, pairwise.Truth{Item: fmt.Sprintf("item%03d", a), Score: 1.5 * r.NormFloat64()})
	}
	for n := range c.choices {
		left, right := r.IntN(c.items), r.IntN(c.items-1)
		if right >= left {
			right++
		}
		j := n % c.workers
		chance := 1 / (1 + math.Exp(truths[right].Score-truths[left].Score))
		if r.Float64() >= c.looks(j) {
			chance = c.left(j)
		}
		choice := pairwise.Choice{Worker: fmt.Sprintf("w%02d", j), Left: truths[left].Item, Right: truths[right].Item, Winner: truths[right].Item}
		if r.Float64() < chance {
			choice.Winner = choice.Left
		}
		choices = append(choices, choice)
	}
	return choices, truths
}

func always(p float64) func(int) float64 { return func(int) float64 { return p } }

func ordered(t testing.TB, choices []pairwise.Choice) *pairwise.Table {
	t.Helper()
	tab, err := pairwise.NewTable(choices, pairwise.Rules{})
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func TestMethodsFindTheOrder(t *testing.T) {
	careful := crowd{50, 20, 4000, always(1), always(.5)}
	careless := careful // a third of the workers click on one side
	careless.looks = func(j int) float64 { return []float64{1, .95, .05}[j%3] }
	careless.left = func(j int) float64 { return []float64{.9, .1}[j/3%2] }
	tests := []struct {
		name      string
		crowd     crowd
		bt, noisy num.Ppm // the least rank correlation with the truth
	}{
		{"all look", careful, 970_000, 970_000},
		{"a third do not", careless, 930_000, 950_000},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for seed := range uint64(3) {
				choices, truths := tt.crowd.draw(seed)
				tab := ordered(t, choices)
				bt := pairwise.Spearman(tab, pairwise.BradleyTerry{}.Aggregate(tab).Items, truths)
				noisy := pairwise.Spearman(tab, pairwise.Noisy{}.Aggregate(tab).Items, truths)
				if bt < tt.bt || noisy < tt.noisy {
					t.Errorf("rank correlation: bt %v, noisy %v; want at least %v, %v", bt, noisy, tt.bt, tt.noisy)
				}
				if tt.bt < tt.noisy && noisy <= bt {
					t.Errorf("rank correlation: noisy %v, want above bt's %v", noisy, bt)
				}
			}
		})
	}
}

func TestNoisyFindsWhoDoesNotLook(t *testing.T) {
	c := crowd{50, 20, 6000, nil, nil}
	c.looks = func(j int) float64 { return []float64{1, .5, 0, 0}[j%4] }
	c.left = func(j int) float64 { return []float64{.5, .5, .9, .1}[j%4] }
	choices, _ := c.draw(7)
	for j, w := range (pairwise.Noisy{}).Aggregate(ordered(t, choices)).Workers {
		if want := c.looks(j); math.Abs(float64(w.Reliability)/1e6-want) > .25 || w.Choices < 250 {
			t.Errorf("worker %d: reliability %v in %d choices, want about %v in almost 300", j, w.Reliability, w.Choices, want)
		}
		if want := c.left(j); c.looks(j) == 0 && math.Abs(float64(w.Left)/1e6-want) > .1 {
			t.Errorf("worker %d: left in %v, want about %v", j, w.Left, want)
		}
	}
}

// At the maximum, every item has as many wins as its score lets expect, those
// against the dummy counted.
func TestScoresExplainTheWins(t *testing.T) {
	for _, c := range []crowd{{30, 10, 3000, always(1), always(.5)}, {400, 20, 800, always(1), always(.5)}} {
		choices, _ := c.draw(3)
		tab := ordered(t, choices)
		items := pairwise.BradleyTerry{}.Aggregate(tab).Items
		score := func(name string) float64 {
			a, _ := slices.BinarySearch(tab.Items, name)
			return float64(items[a].Score) / 1e6
		}
		surplus := map[string]float64{}
		for _, choice := range unrepeated(choices) {
			p := 1 / (1 + math.Exp(score(choice.Right)-score(choice.Left)))
			surplus[choice.Winner]++
			surplus[choice.Left] -= p
			surplus[choice.Right] -= 1 - p
		}
		for _, name := range tab.Items {
			dummy := .1 - .2/(1+math.Exp(-score(name)))
			if got := surplus[name] + dummy; math.Abs(got) > .01 {
				t.Errorf("%s of %d: %.4f more wins than expected", name, c.items, got)
			}
		}
	}
}

// unrepeated drops what the table drops.
func unrepeated(choices []pairwise.Choice) []pairwise.Choice {
	seen := map[pairwise.Choice]bool{}
	var kept []pairwise.Choice
	for _, c := range choices {
		key := pairwise.Choice{Worker: c.Worker, Left: c.Left, Right: c.Right}
		if !seen[key] {
			seen[key], kept = true, append(kept, c)
		}
	}
	return kept
}

func TestScoresOfSmallTables(t *testing.T) {
	choice := func(worker, left, right, winner string) pairwise.Choice {
		return pairwise.Choice{Worker: worker, Left: left, Right: right, Winner: winner}
	}
	tests := []struct {
		name     string
		choices  []pairwise.Choice
		order    string
		parts    int
		repeated int
	}{
		{"nothing", nil, "[]", 0, 0},
		{"one choice", []pairwise.Choice{choice("w", "a", "b", "b")}, "[b a]", 1, 0},
		{"a chain", []pairwise.Choice{choice("w", "a", "b", "b"), choice("w", "c", "b", "c")}, "[c b a]", 1, 0},
		{"two parts", []pairwise.Choice{choice("w", "a", "b", "b"), choice("w", "x", "y", "x")}, "[b x a y]", 2, 0},
		{
			"the first of repeated choices",
			[]pairwise.Choice{choice("w", "a", "b", "b"), choice("w", "a", "b", "a"), choice("w", "a", "b", "a")}, "[b a]", 1, 2,
		},
		{
			"shown the other way round is no repetition",
			[]pairwise.Choice{choice("w", "a", "b", "b"), choice("w", "b", "a", "b"), choice("v", "a", "b", "a")}, "[b a]", 1, 0,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tab := ordered(t, tt.choices)
			for _, m := range []pairwise.Method{pairwise.BradleyTerry{}, pairwise.Noisy{}} {
				r := m.Aggregate(tab)
				names := []string{}
				for _, a := range r.Order() {
					names = append(names, tab.Items[a])
				}
				if got := fmt.Sprint(names); got != tt.order || r.Parts != tt.parts || tab.Repeated != tt.repeated {
					t.Errorf("%s: order %s, %d parts, %d repeated; want %s, %d, %d", m.Name(), got, r.Parts, tab.Repeated, tt.order, tt.parts, tt.repeated)
				}
			}
		})
	}
}

func TestTiedItemsGoWhereTheSaltSays(t *testing.T) {
	choices := []pairwise.Choice{{Worker: "w", Left: "a", Right: "b", Winner: "a"}, {Worker: "v", Left: "a", Right: "b", Winner: "b"}}
	first := map[string]int{}
	for salt := range byte(64) {
		tab, err := pairwise.NewTable(choices, pairwise.Rules{Salt: [32]byte{salt}})
		if err != nil {
			t.Fatal(err)
		}
		first[tab.Items[pairwise.BradleyTerry{}.Aggregate(tab).Order()[0]]]++
	}
	if first["a"] < 16 || first["b"] < 16 {
		t.Errorf("first of two equal items over 64 salts: %v", first)
	}
}

func TestTableRefusesWhatIsNoChoice(t *testing.T) {
	tests := []struct {
		name   string
		choice pairwise.Choice
	}{
		{"no worker", pairwise.Choice{Left: "a", Right: "b", Winner: "a"}},
		{"no left item", pairwise.Choice{Worker: "w", Right: "b", Winner: "b"}},
		{"a zero byte", pairwise.Choice{Worker: "w", Left: "a\x00", Right: "b", Winner: "b"}},
		{"one item twice", pairwise.Choice{Worker: "w", Left: "a", Right: "a", Winner: "a"}},
		{"no winner", pairwise.Choice{Worker: "w", Left: "a", Right: "b"}},
		{"a winner not shown", pairwise.Choice{Worker: "w", Left: "a", Right: "b", Winner: "c"}},
	}
	for _, tt := range tests {
		if _, err := pairwise.NewTable([]pairwise.Choice{tt.choice}, pairwise.Rules{Keep: table.KeepLast}); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: error %v, want kind invalid", tt.name, err)
		}
	}
	if _, err := pairwise.New("elo"); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("method elo: error %v, want kind invalid", err)
	}
}

func TestSpearmanOfKnownRanks(t *testing.T) {
	tab := ordered(t, []pairwise.Choice{{Worker: "w", Left: "a", Right: "b", Winner: "a"}, {Worker: "w", Left: "b", Right: "c", Winner: "b"}})
	items := pairwise.BradleyTerry{}.Aggregate(tab).Items
	tests := []struct {
		name    string
		a, b, c float64
		want    num.Ppm
	}{
		{"the same order", 30, 20, 10, num.One},
		{"the reverse", 1, 2, 3, -num.One},
		{"two swapped", 2, 3, 1, 500_000},
		{"two equal", 2, 2, 1, 866_025},
		{"all equal", 1, 1, 1, 0},
	}
	for _, tt := range tests {
		truths := []pairwise.Truth{{Item: "a", Score: tt.a}, {Item: "b", Score: tt.b}, {Item: "c", Score: tt.c}, {Item: "unknown", Score: 9}}
		if got := pairwise.Spearman(tab, items, truths); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestTurningAllChoicesTurnsTheOrder(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		choices, _ := crowd{8, 4, rapid.IntRange(1, 60).Draw(r, "choices"), always(.7), always(.6)}.draw(rapid.Uint64().Draw(r, "seed"))
		turned := slices.Clone(choices)
		for i, c := range choices {
			if turned[i].Winner = c.Left; c.Winner == c.Left {
				turned[i].Winner = c.Right
			}
		}
		items := pairwise.BradleyTerry{}.Aggregate(ordered(t, choices)).Items
		for a, item := range (pairwise.BradleyTerry{}).Aggregate(ordered(t, turned)).Items {
			if sum := item.Score + items[a].Score; sum < -1 || sum > 1 {
				r.Fatalf("item %d: score %v, turned %v", a, items[a].Score, item.Score)
			}
		}
	})
}

func TestThreadsAndOrderDoNotCount(t *testing.T) {
	choices, _ := crowd{40, 9, 900, always(.8), always(.7)}.draw(5)
	choices = unrepeated(choices)
	for _, m := range []pairwise.Method{pairwise.BradleyTerry{}, pairwise.Noisy{}} {
		want := m.Aggregate(ordered(t, choices))
		shuffled := slices.Clone(choices)
		slices.Reverse(shuffled)
		before := runtime.GOMAXPROCS(1)
		got := m.Aggregate(ordered(t, shuffled))
		runtime.GOMAXPROCS(before)
		if !slices.Equal(got.Items, want.Items) || !slices.Equal(got.Workers, want.Workers) {
			t.Errorf("%s: reversed choices on one thread give other results", m.Name())
		}
	}
}

func BenchmarkMethods(b *testing.B) {
	choices, _ := crowd{1000, 100, 100_000, always(.9), always(.5)}.draw(1)
	tab := ordered(b, choices)
	for _, m := range []pairwise.Method{pairwise.BradleyTerry{}, pairwise.Noisy{}} {
		b.Run(m.Name(), func(b *testing.B) {
			for b.Loop() {
				m.Aggregate(tab)
			}
			b.ReportMetric(float64(tab.Len()*b.N)/b.Elapsed().Seconds()/1e6, "Mchoices/s")
		})
	}
}
