package watch_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/watch"
)

// answerer gives the label of one item, of three, whose truth is given.
type answerer func(item, truth int, r *rand.Rand) int

func honest(percent int) answerer {
	return func(_, truth int, r *rand.Rand) int {
		if r.IntN(100) < percent {
			return truth
		}
		return r.IntN(3)
	}
}

// key answers item by a fixed key: everyone with the same key copies it.
func key(seed int) answerer {
	return func(item, _ int, _ *rand.Rand) int { return (item*7 + item/3 + seed) % 3 }
}

func constant(int, int, *rand.Rand) int { return 2 }

// answered has every worker answer all items; their names are a, b, c, …
func answered(t *testing.T, items int, workers ...answerer) *label.Table {
	t.Helper()
	r := rand.New(rand.NewPCG(9, 9))
	var answers []label.Answer
	for i := range items {
		truth := r.IntN(3)
		for j, answer := range workers {
			answers = append(answers, label.Answer{
				Task: fmt.Sprintf("t%03d", i), Worker: string(rune('a' + j)), Label: fmt.Sprint(answer(i, truth, r)),
			})
		}
	}
	tab, err := label.NewTable(answers, label.Rules{})
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func infer(t *testing.T, tab *label.Table) label.Result {
	t.Helper()
	m, err := label.New("fds")
	if err != nil {
		t.Fatal(err)
	}
	return m.Aggregate(tab, nil)
}

func finding(worker, kind, peer string, value, limit int64) watch.Finding {
	return watch.Finding{Worker: worker, Kind: kind, Peer: peer, Value: value, Limit: limit}
}

func TestPairsSeeCopiersOnly(t *testing.T) {
	tab := answered(t, 120, honest(80), honest(90), honest(70), honest(80), honest(85), honest(75), key(1), key(1))
	pairs := watch.Pairs(tab, infer(t, tab))
	if want := 8 * 7 / 2; len(pairs) != want {
		t.Fatalf("%d pairs, want %d", len(pairs), want)
	}
	for _, p := range pairs {
		if p.Shared != 120 || p.A >= p.B {
			t.Errorf("pair %+v: want 120 shared tasks, A below B", p)
		}
		copiers := p.A == 6 && p.B == 7
		if copiers != (p.Z > 5_000_000) {
			t.Errorf("pair %+v: copiers %v", p, copiers)
		}
	}
}

func TestPairsNeedTenSharedTasks(t *testing.T) {
	tab := answered(t, 9, honest(80), key(1), key(1))
	if pairs := watch.Pairs(tab, infer(t, tab)); len(pairs) != 0 {
		t.Errorf("nine shared tasks give %+v, want no pairs", pairs)
	}
}

func TestRingsJoinPairs(t *testing.T) {
	tab := answered(t, 0, []answerer{}...)
	tab.Workers = []string{"a", "b", "c", "d", "e", "f"}
	z := func(z int64, a, b int32) watch.Pair { return watch.Pair{A: a, B: b, Shared: 10, Z: z} }
	got := watch.Rings(tab, []watch.Pair{z(6_000_000, 1, 2), z(9_000_000, 2, 4), z(5_000_000, 0, 1), z(7_000_000, 3, 5)})
	want := []watch.Finding{
		finding("b", "pair", "c", 6_000_000, 5_000_000), finding("b", "ring", "b", 3, 1),
		finding("c", "pair", "e", 9_000_000, 5_000_000), finding("c", "ring", "b", 3, 1),
		finding("d", "pair", "f", 7_000_000, 5_000_000), finding("d", "ring", "d", 2, 1),
		finding("e", "pair", "c", 9_000_000, 5_000_000), finding("e", "ring", "b", 3, 1),
		finding("f", "pair", "d", 7_000_000, 5_000_000), finding("f", "ring", "d", 2, 1),
	}
	if !slices.Equal(got, want) {
		t.Errorf("rings\n%v, want\n%v", got, want)
	}
}

func TestHabitsSeeTheConstantWorker(t *testing.T) {
	workers := slices.Repeat([]answerer{honest(80)}, 14)
	tab := answered(t, 100, append(workers, constant)...)
	kinds := map[string]bool{}
	for _, f := range watch.Habits(tab) {
		if f.Worker != "o" {
			t.Errorf("finding %+v against an honest worker", f)
		}
		kinds[f.Kind] = true
	}
	if !kinds[watch.KindEntropy] || !kinds[watch.KindMonotony] {
		t.Errorf("findings %v against the constant worker, want entropy and monotony", kinds)
	}
}

func TestSpeedSeesTheHasty(t *testing.T) {
	tab := answered(t, 10, honest(80), honest(80), honest(80), honest(80))
	usual := []int64{3000, 4000, 5000, 4000, 3000, 4000, 6000, 4000, 3000, 4000}
	hasty := slices.Repeat([]int64{900}, 10)
	got := watch.Speed(tab, [][]int64{usual, hasty, usual, usual})
	want := []watch.Finding{finding("b", watch.KindSpeed, "", 900, 1000)}
	if !slices.Equal(got, want) {
		t.Errorf("findings %v, want %v", got, want)
	}
	if got := watch.Speed(tab, [][]int64{usual, hasty[:9], usual, usual}); got != nil {
		t.Errorf("nine times give %v, want nothing", got)
	}
	if got := watch.Speed(tab, [][]int64{usual, hasty, nil, nil}); got != nil {
		t.Errorf("two timed workers give %v, want nothing", got)
	}
}

func TestFindingsSort(t *testing.T) {
	got := []watch.Finding{{Worker: "b", Kind: "pair", Peer: "c"}, {Worker: "b", Kind: "pair", Peer: "a"}, {Worker: "b", Kind: "entropy"}, {Worker: "a", Kind: "speed"}}
	watch.Sort(got)
	want := "[{a speed  0 0} {b entropy  0 0} {b pair a 0 0} {b pair c 0 0}]"
	if fmt.Sprint(got) != want {
		t.Errorf("sorted %v, want %v", got, want)
	}
}
