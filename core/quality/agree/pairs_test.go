package agree_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/agree"
	"github.com/alaya-network/alaya/core/quality/label"
)

func rng(seed int) *rand.Rand { return rand.New(rand.NewPCG(uint64(seed), 0)) }

func TestPairwiseAgreesWithCohen(t *testing.T) {
	tab := rated(t, "aabbccaabb", "aabbcabbba", "..bbccaab.", "aaaa......", "bbbbbbbbbb")
	pairs := agree.Pairwise(tab, 4)
	var got []string
	for _, p := range pairs {
		got = append(got, fmt.Sprintf("%d-%d %d/%d", p.A, p.B, p.Agreed, p.Shared))
		want := agree.Cohen(agree.Labels(tab), p.A, p.B, agree.Unweighted).Value()
		if p.Kappa != want {
			t.Errorf("pair %d-%d: kappa %v, want %v", p.A, p.B, p.Kappa, want)
		}
		if p.Kappa != num.One && (p.Lower > p.Kappa || p.Upper < p.Kappa) {
			t.Errorf("pair %d-%d: kappa %v outside %v to %v", p.A, p.B, p.Kappa, p.Lower, p.Upper)
		}
	}
	want := "0-1 6/10 0-2 7/7 0-3 2/4 0-4 4/10 1-2 4/7 1-3 2/4 1-4 5/10 2-4 3/7 3-4 0/4"
	if strings.Join(got, " ") != want {
		t.Errorf("pairs %v, want %s", got, want)
	}
}

// crowded has every worker answer every task.
func crowded(t testing.TB, tasks, workers int) *label.Table {
	t.Helper()
	r := rng(1)
	b, err := label.NewBuilder(label.Rules{Salt: [32]byte{3}})
	if err != nil {
		t.Fatal(err)
	}
	for i := range tasks {
		for j := range workers {
			if err := b.Add(fmt.Sprintf("t%05d", i), fmt.Sprintf("w%05d", j), fmt.Sprint(r.IntN(3))); err != nil {
				t.Fatal(err)
			}
		}
	}
	tab, err := b.Table()
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func TestLargeTasksMeetInBlocks(t *testing.T) {
	const tasks, workers = 3, 200
	tab := crowded(t, tasks, workers)
	met := make([]int, workers)

	pairs := agree.Pairwise(tab, 1)
	for _, p := range pairs {
		if p.A >= p.B || p.Shared != tasks {
			t.Fatalf("pair %+v: want A below B, and the same block in all %d tasks", p, tasks)
		}
		met[p.A]++
		met[p.B]++
	}
	for j, n := range met { // four blocks of 50
		if n != 49 {
			t.Errorf("worker %d meets %d others, want 49", j, n)
		}
	}
}

func TestMeetingsAreAllPairsOfSmallTasks(t *testing.T) {
	tab := crowded(t, 5, agree.MaxPeers)
	pairs := agree.Pairwise(tab, 5)
	if want := agree.MaxPeers * (agree.MaxPeers - 1) / 2; len(pairs) != want {
		t.Fatalf("%d pairs, want %d", len(pairs), want)
	}
	if !slices.IsSortedFunc(pairs, func(p, q agree.Pair) int { return int(p.A-q.A)*1000 + int(p.B-q.B) }) {
		t.Error("pairs are out of order")
	}
	if got := agree.Pairwise(tab, 6); len(got) != 0 {
		t.Errorf("%d pairs share six of five tasks", len(got))
	}
}

func TestPairsDoNotDependOnTheNumberOfThreads(t *testing.T) {
	tab := crowded(t, 40, 150)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	runtime.GOMAXPROCS(1)
	want := agree.Pairwise(tab, 1)
	runtime.GOMAXPROCS(5)
	if !slices.Equal(agree.Pairwise(tab, 1), want) {
		t.Error("five threads give other pairs than one")
	}
}

// Time per answer must stay level while tasks grow from few answers to very
// many.
func BenchmarkPairwise(b *testing.B) {
	for _, workers := range []int{5, 50, 500, 5000} {
		tab := crowded(b, 200_000/workers, workers)
		b.Run(fmt.Sprintf("%d answers per task", workers), func(b *testing.B) {
			for b.Loop() {
				agree.Pairwise(tab, 10)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*tab.Len()), "ns/answer")
		})
	}
}

func BenchmarkAlphaInterval(b *testing.B) {
	tab := crowded(b, 20_000, 5)
	for b.Loop() {
		if _, err := agree.Krippendorff(agree.Labels(tab), agree.Nominal).Estimate(agree.Thousand([32]byte{})); err != nil {
			b.Fatal(err)
		}
	}
}
