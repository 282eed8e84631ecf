package watch_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
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

// ring is the finding of a member, pair that of one of two who agreed on 9 of 10
// tasks.
func ring(worker, first string, members int64) watch.Finding {
	return watch.Finding{Worker: worker, Kind: watch.KindRing, Peer: first, Value: members, Limit: 1}
}

func pair(worker, peer string, z int64) watch.Finding {
	return watch.Finding{Worker: worker, Kind: watch.KindPair, Peer: peer, Value: z, Limit: 5_000_000, Count: 9, Of: 10, Expect: 4}
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
	z := func(z int64, a, b int32) watch.Pair {
		return watch.Pair{A: a, B: b, Shared: 10, Agreed: 9, Expect: 4_400_000, Z: z}
	}
	got := watch.Rings(tab, []watch.Pair{z(6_000_000, 1, 2), z(9_000_000, 2, 4), z(5_000_000, 0, 1), z(7_000_000, 3, 5)})
	want := []watch.Finding{
		pair("b", "c", 6_000_000), ring("b", "b", 3), pair("c", "e", 9_000_000), ring("c", "b", 3),
		pair("d", "f", 7_000_000), ring("d", "d", 2), pair("e", "c", 9_000_000), ring("e", "b", 3),
		pair("f", "d", 7_000_000), ring("f", "d", 2),
	}
	if !slices.Equal(got, want) {
		t.Errorf("rings\n%v, want\n%v", got, want)
	}
}

func TestHabitsSeeTheConstantWorker(t *testing.T) {
	workers := slices.Repeat([]answerer{honest(80)}, 14)
	tab := answered(t, 100, append(workers, constant)...)
	kinds := map[string]bool{}
	for _, f := range watch.Habits(tab, infer(t, tab)) {
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
	want := []watch.Finding{{Worker: "b", Kind: watch.KindSpeed, Value: 900, Limit: 1000, Of: 10}}
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

func TestPaceSeesTheClockwork(t *testing.T) {
	tab := answered(t, 20, honest(80), honest(80))
	var human, machine []int64
	for i := range int64(20) {
		human = append(human, 2000+i*200)
		machine = append(machine, 5000+i*7)
	}
	got := watch.Pace(tab, [][]int64{human, machine})
	want := []watch.Finding{{Worker: "b", Kind: watch.KindPace, Value: 13_826, Limit: 50_000, Of: 20}}
	if !slices.Equal(got, want) {
		t.Errorf("findings %+v, want %+v", got, want)
	}
	if got := watch.Pace(tab, [][]int64{nil, machine[:19]}); got != nil {
		t.Errorf("nineteen times give %+v, want nothing", got)
	}
}

func TestAgreementSeesWhoAnswersAgainstAll(t *testing.T) {
	contrary := func(_, truth int, _ *rand.Rand) int { return (truth + 1) % 3 }
	workers := append(slices.Repeat([]answerer{honest(80)}, 14), contrary)
	findings := watch.Agreement(answered(t, 100, workers...))
	if len(findings) != 1 || findings[0].Worker != "o" || findings[0].Kind != watch.KindAgreement {
		t.Fatalf("findings %+v, want one against o", findings)
	}
	if f := findings[0]; f.Of < 90 || f.Count > 5 || f.Value >= f.Limit {
		t.Errorf("finding %+v: want few of about a hundred", f)
	}
	if got := watch.Agreement(answered(t, 100, honest(80), contrary)); got != nil {
		t.Errorf("two workers give %+v, want nothing", got)
	}
}

// sorted has items come in order of their truth, ten at a time: whoever answers
// honestly repeats labels a great deal.
func sorted(t *testing.T, workers ...answerer) (*label.Table, []label.Answer) {
	t.Helper()
	r := rand.New(rand.NewPCG(4, 4))
	var answers []label.Answer
	for j, answer := range workers {
		for i := range 300 {
			given := answer(i, i/10%3, r)
			answers = append(answers, label.Answer{Task: fmt.Sprintf("t%03d", i), Worker: string(rune('a' + j)), Label: fmt.Sprint(given)})
		}
	}
	tab, err := label.NewTable(answers, label.Rules{})
	if err != nil {
		t.Fatal(err)
	}
	return tab, answers
}

func TestRepeatsSeeAnswersThatFollowTheOneBefore(t *testing.T) {
	cycle := func(item, _ int, _ *rand.Rand) int { return item % 3 }
	lazy := func(item, truth int, r *rand.Rand) int {
		if item >= 200 && item < 260 {
			return 1
		}
		return honest(80)(item, truth, r)
	}
	tests := []struct {
		name string
		last answerer
		want map[string]bool
	}{
		{"honest work on sorted tasks", honest(80), nil},
		{"labels in turn", cycle, map[string]bool{watch.KindRuns: true}},
		{"sixty of a kind", lazy, map[string]bool{watch.KindRepeat: true}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tab, answers := sorted(t, honest(80), honest(90), honest(85), honest(80), honest(75), tt.last)
			kinds := map[string]bool{}
			for _, f := range watch.Repeats(tab, infer(t, tab), watch.InOrder(tab, answers)) {
				if f.Worker != "f" {
					t.Errorf("finding against an honest worker: %s", f.Text())
				}
				kinds[f.Kind] = true
			}
			for kind := range tt.want {
				if !kinds[kind] {
					t.Errorf("kinds %v, want %s", kinds, kind)
				}
			}
			if tt.want == nil && len(kinds) > 0 {
				t.Errorf("kinds %v, want none", kinds)
			}
		})
	}
}

func TestOrderOfWorkPassesOverWhatTheTableDoesNotKnow(t *testing.T) {
	tab := answered(t, 2, honest(100))
	got := watch.InOrder(tab, []label.Answer{
		{Task: "t001", Worker: "a", Label: tab.Labels[0]}, {Task: "t000", Worker: "a", Label: tab.Labels[0]},
		{Task: "t009", Worker: "a", Label: tab.Labels[0]}, {Task: "t000", Worker: "z", Label: tab.Labels[0]},
		{Task: "t000", Worker: "a", Label: "none"},
	})
	if want := "[[{1 0} {0 0}]]"; fmt.Sprint(got) != want {
		t.Errorf("order %v, want %s", got, want)
	}
}

func TestFindingsSort(t *testing.T) {
	got := []watch.Finding{{Worker: "b", Kind: "pair", Peer: "c"}, {Worker: "b", Kind: "pair", Peer: "a"}, {Worker: "b", Kind: "entropy"}, {Worker: "a", Kind: "speed"}}
	watch.Sort(got)
	var order []string
	for _, f := range got {
		order = append(order, f.Worker+" "+f.Kind+" "+f.Peer)
	}
	if want := "a speed , b entropy , b pair a, b pair c"; strings.Join(order, ", ") != want {
		t.Errorf("sorted %v, want %s", order, want)
	}
}

func TestFindingsTellTheirEvidence(t *testing.T) {
	tests := []struct {
		finding watch.Finding
		want    string
	}{
		{watch.Finding{Worker: "w1", Kind: watch.KindSpeed, Value: 950, Limit: 1000, Of: 12},
			"w1 takes 0.9 s per answer (median of 12); a quarter of what is usual is 1.0 s"},
		{watch.Finding{Worker: "w1", Kind: watch.KindPace, Value: 13_920, Limit: 50_000, Of: 20},
			"w1 answers like a clock: the middle half of 20 times spans 1.3920% of their median; people's spans more than 5.0000%"},
		{watch.Finding{Worker: "w1", Kind: watch.KindEntropy, Value: 0, Limit: 204_870, Of: 60},
			"w1 hardly varies over 60 answers: label entropy 0.00 nat, at least 0.20 is usual"},
		{watch.Finding{Worker: "w1", Kind: watch.KindMonotony, Value: 9_710_000, Limit: 5_000_000, Label: "cat", Count: 37, Of: 48, Expect: 10},
			`w1 gave "cat" to 37 of 48 tasks where the usual worker gives it to 10: 9.71 standard deviations more, at most 5.00 is chance`},
		{watch.Finding{Worker: "w1", Kind: watch.KindAgreement, Value: 350_000, Limit: 450_000, Count: 7, Of: 20},
			"w1 agrees with most others on 7 of 20 tasks (35.0000%); at least 45.0000% is usual"},
		{watch.Finding{Worker: "w1", Kind: watch.KindRuns, Value: -9_550_000, Limit: 5_000_000, Count: 298, Of: 879, Expect: 440},
			"w1 repeated the label before in 298 of 879 answers where honest work gives 440: -9.55 standard deviations off, at most 5.00 is chance"},
		{watch.Finding{Worker: "w1", Kind: watch.KindRepeat, Value: 41, Limit: 36, Label: "cat", Of: 420},
			`w1 gave "cat" 41 times in a row, of 420 answers; chance explains at most 36`},
		{watch.Finding{Worker: "w1", Kind: watch.KindSpam, Value: 830_000, Limit: 500_000, Label: "cat", Of: 120},
			`w1 seems to draw 83.0000% of 120 answers at random, "cat" more than others; at most 50.0000% is tolerated`},
		{watch.Finding{Worker: "w1", Kind: watch.KindHours, Value: 310_000, Limit: 50_000, Label: "03:00", Count: 80, Of: 120, Expect: 2},
			"w1 works at other hours than before: 80 of 120 answers at 03:00, where the past gives 2; divergence 0.31 nat, at most 0.05 is usual"},
		{watch.Finding{Worker: "w1", Kind: watch.KindCopies, Value: 750_000, Limit: 500_000, Count: 15, Of: 20},
			"w1 gave 15 of 20 long texts nearly as another worker did (75.0000%); at most 50.0000% is tolerated"},
		{watch.Finding{Worker: "w1", Kind: watch.KindShared, Peer: "w0", Value: 4, Limit: 2},
			"w1 is one of 4 workers, from w0 on, who share a device, an address or a source of funds"},
		{watch.Finding{Worker: "w1", Kind: watch.KindPair, Peer: "w2", Value: 6_810_000, Limit: 5_000_000, Count: 36, Of: 40, Expect: 15},
			"w1 and w2 gave the same label to 36 of 40 tasks where independent work gives 15: 6.81 standard deviations more, at most 5.00 is chance"},
		{watch.Finding{Worker: "w1", Kind: watch.KindRing, Peer: "w0", Value: 5, Limit: 1},
			"w1 is one of 5 workers, from w0 on, whose answers are joined by such pairs"},
	}
	for _, tt := range tests {
		if got := tt.finding.Text(); got != tt.want {
			t.Errorf("%s:\n%s, want\n%s", tt.finding.Kind, got, tt.want)
		}
	}
}
