package watch_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/watch"
)

// Two rings of different keys, and a ring large enough to bend the labels: the
// honest look odd until it is removed.
func TestCollusionRemovesRingAfterRing(t *testing.T) {
	crowd := []answerer{honest(80), honest(85), honest(75), honest(80), honest(90), honest(80), honest(70), honest(85)}
	tab := answered(t, 200, append(crowd, key(1), key(1), key(1), key(2), key(2))...)
	m, err := label.New("fds")
	if err != nil {
		t.Fatal(err)
	}
	rings, result := watch.Collusion(tab, nil, m)
	var members []string
	for _, r := range rings {
		members = append(members, fmt.Sprint(r.Workers))
		for _, f := range r.Findings(tab) {
			if f.Kind == watch.KindPair && f.Count != f.Of {
				t.Errorf("copiers who differ: %s", f.Text())
			}
		}
	}
	slices.Sort(members)
	if got, want := strings.Join(members, " "), "[11 12] [8 9 10]"; got != want {
		t.Errorf("rings %s, want %s", got, want)
	}
	out := make([]bool, len(tab.Workers))
	for j := 8; j <= 12; j++ {
		out[j] = true
	}
	if want := m.Aggregate(tab.Without(out), nil); !slices.Equal(result.Labels, want.Labels) {
		t.Error("labels are not those of the honest")
	}
}

func TestCollusionFindsNothingAmongTheHonest(t *testing.T) {
	tab := answered(t, 200, slices.Repeat([]answerer{honest(60), honest(80), honest(95)}, 5)...)
	m, err := label.New("fds")
	if err != nil {
		t.Fatal(err)
	}
	rings, result := watch.Collusion(tab, nil, m)
	if len(rings) != 0 || !slices.Equal(result.Labels, m.Aggregate(tab, nil).Labels) {
		t.Errorf("rings %+v among the honest", rings)
	}
}

// Time per answer must stay level from tasks of few answers to tasks of very
// many.
func BenchmarkPairs(b *testing.B) {
	for _, workers := range []int{5, 50, 500, 2000} {
		builder, err := label.NewBuilder(label.Rules{})
		if err != nil {
			b.Fatal(err)
		}
		for i := range 100_000 / workers {
			for j := range workers {
				if err := builder.Add(fmt.Sprintf("t%05d", i), fmt.Sprintf("w%05d", j), fmt.Sprint((i*i+j*j*i)%7%3)); err != nil {
					b.Fatal(err)
				}
			}
		}
		tab, err := builder.Table()
		if err != nil {
			b.Fatal(err)
		}
		r := label.Majority{}.Aggregate(tab, nil)
		b.Run(fmt.Sprintf("%d answers per task", workers), func(b *testing.B) {
			for b.Loop() {
				watch.Pairs(tab, r)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*tab.Len()), "ns/answer")
		})
	}
}
