package mask_test

import (
	"fmt"
	"reflect"
	"runtime"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/mask"
	"github.com/alaya-network/alaya/core/quality/table"
)

func methods(t testing.TB) []mask.Method {
	t.Helper()
	var all []mask.Method
	for _, name := range []string{"majority", "weighted", "em"} {
		m, err := mask.New(name)
		if err != nil || m.Name() != name {
			t.Fatalf("New(%q) = %v, %v", name, m, err)
		}
		all = append(all, m)
	}
	return all
}

func TestUnknownMethodsAreRefused(t *testing.T) {
	if m, err := mask.New("staple"); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("New(staple) = %v, %v; want kind invalid", m, err)
	}
}

func TestWeightsAndEMBeatTheMajority(t *testing.T) {
	tests := []struct {
		each         int
		weighted, em float64 // gain in mean IoU over the majority, at least
	}{
		{2, .09, .09}, {3, 0, .02}, {5, 0, .02}, {7, .008, .015}, {9, .005, .01},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%d answers each", tt.each), func(t *testing.T) {
			c := simulate(t, uint64(tt.each), 200, tt.each, 18)
			tab := c.table(t)
			var overlap [3]float64
			for i, m := range methods(t) {
				overlap[i] = c.overlap(tab, aggregate(t, tab, m))
			}
			t.Logf("mean IoU: majority %.3f, weighted %.3f, em %.3f", overlap[0], overlap[1], overlap[2])
			if overlap[1] < overlap[0]+tt.weighted || overlap[2] < overlap[0]+tt.em {
				t.Errorf("mean IoU %.4f; want gains of at least %.3f and %.3f", overlap, tt.weighted, tt.em)
			}
		})
	}
}

func TestCarefulWorkersOverlapMore(t *testing.T) {
	c := simulate(t, 3, 300, 5, 18) // w00 to w08 are careful
	tab := c.table(t)
	for _, m := range methods(t) {
		workers := aggregate(t, tab, m).Workers
		for j := range 9 {
			for k := 9; k < 18; k++ {
				if workers[j].Overlap <= workers[k].Overlap {
					t.Errorf("%s: %s overlaps %.3f, %s %.3f", m.Name(), tab.Workers[j], workers[j].Overlap, tab.Workers[k], workers[k].Overlap)
				}
			}
		}
	}
}

func TestLoneAnswersStand(t *testing.T) {
	block := paint(t, 4, 5, func(x, y int) bool { return x < 2 })
	empty := paint(t, 4, 5, func(x, y int) bool { return false })
	answers := []answer{{Task: "t1", Worker: "w", Value: block}, {Task: "t2", Worker: "w", Value: empty}}
	tab, err := table.New(answers, table.KeepFirst)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range methods(t) {
		if r := aggregate(t, tab, m); !r.Masks[0].Equal(block) || !r.Masks[1].Equal(empty) || r.Workers[0].Overlap != 1 {
			t.Errorf("%s: masks %v, %v, workers %+v", m.Name(), r.Masks[0].Runs(), r.Masks[1].Runs(), r.Workers)
		}
	}
}

func TestMasksOfOneTaskMustFit(t *testing.T) {
	a := paint(t, 4, 5, func(x, y int) bool { return x < 2 })
	b := paint(t, 5, 4, func(x, y int) bool { return x < 2 })
	tests := []struct {
		name    string
		answers []answer
		want    fault.Kind
	}{
		{"no answers", nil, fault.KindNone},
		{"two sizes in two tasks", []answer{{Task: "t1", Worker: "w1", Value: a}, {Task: "t2", Worker: "w2", Value: b}}, fault.KindNone},
		{"two sizes in one", []answer{{Task: "t1", Worker: "w1", Value: a}, {Task: "t1", Worker: "w2", Value: b}}, fault.KindInvalid},
		{"no picture", []answer{{Task: "t1", Worker: "w1", Value: mask.Mask{}}}, fault.KindInvalid},
	}
	for _, tt := range tests {
		tab, err := table.New(tt.answers, table.KeepFirst)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range methods(t) {
			if _, err := m.Aggregate(tab); fault.KindOf(err) != tt.want {
				t.Errorf("%s, %s: %v, want kind %s", tt.name, m.Name(), err, tt.want)
			}
		}
	}
}

func TestRunsOfATaskAreBounded(t *testing.T) {
	comb := paint(t, 1, 1<<19, func(x, y int) bool { return x&1 == 1 })
	var answers []answer
	for j := range 65 {
		answers = append(answers, answer{Task: "t", Worker: fmt.Sprint(j), Value: comb})
	}
	tab, err := table.New(answers, table.KeepFirst)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (mask.Majority{}).Aggregate(tab); !fault.Is(err, fault.KindLimit) {
		t.Errorf("%d masks of %d runs: %v, want kind limit", len(answers), len(comb.Runs()), err)
	}
}

func TestMajorityCountsPixels(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		height, width := rapid.IntRange(1, 5).Draw(t, "height"), rapid.IntRange(1, 5).Draw(t, "width")
		votes := make([]int, height*width)
		var answers []answer
		workers := rapid.IntRange(1, 70).Draw(t, "workers")
		for j := range workers {
			bits := rapid.SliceOfN(rapid.Bool(), len(votes), len(votes)).Draw(t, "pixels")
			m, err := mask.Paint(height, width, func(x, y int) bool { return bits[x*height+y] })
			if err != nil {
				t.Fatal(err)
			}
			for i, inside := range bits {
				if inside {
					votes[i]++
				}
			}
			answers = append(answers, answer{Task: "t", Worker: fmt.Sprint(j), Value: m})
		}
		tab, err := table.New(answers, table.KeepFirst)
		if err != nil {
			t.Fatal(err)
		}
		r, err := mask.Majority{}.Aggregate(tab)
		if err != nil {
			t.Fatal(err)
		}
		want, err := mask.Paint(height, width, func(x, y int) bool { return 2*votes[x*height+y] >= workers })
		if err != nil {
			t.Fatal(err)
		}
		if !r.Masks[0].Equal(want) {
			t.Fatalf("%d votes of %d: mask %v, want %v", votes, workers, r.Masks[0].Runs(), want.Runs())
		}
	})
}

func TestResultsDoNotDependOnOrderOrThreads(t *testing.T) {
	c := simulate(t, 5, 100, 4, 12)
	first := c.table(t)
	for i, j := 0, len(c.answers)-1; i < j; i, j = i+1, j-1 {
		c.answers[i], c.answers[j] = c.answers[j], c.answers[i]
	}
	second := c.table(t)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for _, m := range methods(t) {
		runtime.GOMAXPROCS(1)
		a := aggregate(t, first, m)
		runtime.GOMAXPROCS(4)
		if b := aggregate(t, second, m); !reflect.DeepEqual(a, b) {
			t.Errorf("%s: the result depends on order or threads", m.Name())
		}
	}
}

func BenchmarkMethods(b *testing.B) {
	c := simulate(b, 1, 400, 5, 20)
	tab := c.table(b)
	runs := 0
	for _, a := range c.answers {
		runs += len(a.Value.Runs())
	}
	for _, m := range methods(b) {
		b.Run(m.Name(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				aggregate(b, tab, m)
			}
			b.ReportMetric(float64(runs*b.N)/b.Elapsed().Seconds()/1e6, "Mruns/s")
		})
	}
}
