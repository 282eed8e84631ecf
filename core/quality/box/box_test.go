package box_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/box"
	"github.com/alaya-network/alaya/core/quality/geometry"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/score"
	"github.com/alaya-network/alaya/core/quality/table"
)

func TestModelBeatsTheMajority(t *testing.T) {
	for _, each := range []int{3, 5, 8} {
		t.Run(fmt.Sprintf("%d answers each", each), func(t *testing.T) {
			c := simulate(uint64(each), 300, each, 20)
			tab := tableOf(t, c.answers)
			want := c.wanted(tab)
			base, baseIoU := box.Score(majority(tab), want, .85)
			got, meanIoU := box.Score(shapes(aggregate(t, tab, box.Rules{})), want, .85)
			t.Logf("majority: F1 %d, IoU %d; model: F1 %d, IoU %d", base.F1(), baseIoU, got.F1(), meanIoU)
			if got.F1() <= base.F1() || meanIoU < baseIoU+15_000 {
				t.Errorf("F1 %d, mean IoU %d; want more than the majority's %d, and 15000 over its %d", got.F1(), meanIoU, base.F1(), baseIoU)
			}
		})
	}
}

func TestWorkersAreKnownByTheirDrawings(t *testing.T) {
	c := simulate(9, 400, 6, 20)
	tab := tableOf(t, c.answers)
	r := aggregate(t, tab, box.Rules{})
	for j, w := range r.Workers {
		h := c.habits[j]
		invent := h.invent / (h.invent + 1 - h.miss) // of his drawings
		if math.Abs(w.Missed-h.miss) > .07 || math.Abs(w.FalseShape-invent) > .07 {
			t.Errorf("worker %s misses %.3f, invents %.3f; want about %.3f, %.3f", tab.Workers[j], w.Missed, w.FalseShape, h.miss, invent)
		}
		if j > 10 && w.Sigma <= r.Workers[j-1].Sigma {
			t.Errorf("worker %s: sigma %.3f, more careful than %s: %.3f", tab.Workers[j], w.Sigma, tab.Workers[j-1], r.Workers[j-1].Sigma)
		}
	}
}

func TestPresenceIsNearTheShareThatIsThere(t *testing.T) {
	c := simulate(4, 2000, 3, 40)
	tab := tableOf(t, c.answers)
	r := aggregate(t, tab, box.Rules{})
	right, sum, n := 0, 0.0, 0
	for i, task := range tab.Tasks {
		for _, cluster := range r.Clusters[i] {
			n++
			sum += cluster.Presence
			for _, d := range c.truth[task] {
				if d.Shape.IoU(cluster.Shape) >= 0.5 {
					right++
					break
				}
			}
		}
	}
	if share, mean := float64(right)/float64(n), sum/float64(n); math.Abs(share-mean) > .03 {
		t.Errorf("%d of %d things are there, %.3f; presence says %.3f", right, n, share, mean)
	}
}

func TestLabelsAreFoundInsideClusters(t *testing.T) {
	c := simulate(2, 300, 5, 20)
	tab := tableOf(t, c.answers)
	method, err := label.New("dsmap")
	if err != nil {
		t.Fatal(err)
	}
	r := aggregate(t, tab, box.Rules{Labels: method})
	right, given, n := 0, 0, 0
	for i, task := range tab.Tasks {
		for _, cluster := range r.Clusters[i] {
			for _, d := range c.truth[task] {
				if d.Shape.IoU(cluster.Shape) < 0.7 {
					continue
				}
				n++
				if d.Label == cluster.Label {
					right++
				}
				m := cluster.Members[0]
				for _, v := range tab.Votes(i) {
					if v.Worker == m.Worker && v.Value[m.Drawing].Label == d.Label {
						given++
					}
				}
			}
			if !(cluster.Posterior > 0 && cluster.Posterior <= 1) {
				t.Fatalf("posterior %v of %q", cluster.Posterior, cluster.Label)
			}
		}
	}
	if 100*right < 97*n || right <= given {
		t.Errorf("%d of %d labels right, of one member %d; want 97%%", right, n, given)
	}
}

func TestNoWorkerTakesTheShapesOver(t *testing.T) {
	c := simulate(6, 400, 4, 8) // w00 to w03 are equally careful
	tab := tableOf(t, c.answers)
	r := aggregate(t, tab, box.Rules{})
	for j := range 4 {
		for k := range 4 {
			if a, b := r.Workers[j].Sigma, r.Workers[k].Sigma; a > 1.25*b {
				t.Errorf("sigma of equals: w%d %.4f, w%d %.4f", j, a, k, b)
			}
		}
	}
}

// street simulates cuboids of cars, drawn with jitter, some of them with the
// heading turned about or the sides exchanged.
func street(seed uint64) (answers []table.Answer[[]box.Drawing[geometry.Cuboid]], truth map[string][]geometry.Cuboid) {
	r := rand.New(rand.NewPCG(seed, 5))
	truth = map[string][]geometry.Cuboid{}
	for i := range 60 {
		task := fmt.Sprintf("t%d", i)
		for n := range r.Int64N(6) {
			truth[task] = append(truth[task], geometry.Cuboid{
				X: 8000 * n, Y: r.Int64N(5000), Z: 800 + r.Int64N(200),
				Length: 3800 + r.Int64N(1500), Width: 1700 + r.Int64N(300), Height: 1400 + r.Int64N(400),
				Yaw: r.Int64N(geometry.Turn) - geometry.Turn/2,
			})
		}
		for j := range 5 {
			var drawn []box.Drawing[geometry.Cuboid]
			for _, c := range truth[task] {
				if r.IntN(10) == 0 {
					continue
				}
				off := func(sd float64) int64 { return int64(r.NormFloat64() * sd * float64(1+j)) }
				c.X, c.Y, c.Z = c.X+off(60), c.Y+off(60), c.Z+off(30)
				c.Length, c.Width, c.Height = c.Length+off(60), c.Width+off(30), c.Height+off(30)
				c.Yaw = (c.Yaw + off(10_000)) % geometry.Turn
				if r.IntN(10) == 0 {
					c.Yaw = (c.Yaw + geometry.Turn/2) % geometry.Turn
				}
				if r.IntN(10) == 0 {
					c.Yaw, c.Length, c.Width = (c.Yaw+geometry.Turn/4)%geometry.Turn, c.Width, c.Length
				}
				drawn = append(drawn, box.Drawing[geometry.Cuboid]{Shape: c})
			}
			answers = append(answers, table.Answer[[]box.Drawing[geometry.Cuboid]]{Task: task, Worker: fmt.Sprint("w", j), Value: drawn})
		}
	}
	return answers, truth
}

func TestCuboidsAreFoundByTheSameModel(t *testing.T) {
	answers, truth := street(1)
	tab := tableOf(t, answers)
	r := aggregate(t, tab, box.Rules{})
	var want [][]geometry.Cuboid
	headings, turned := 0, 0
	for i, task := range tab.Tasks {
		want = append(want, truth[task])
		for _, p := range box.Match(shapes(r)[i], truth[task], 0.5) {
			headings++
			if diff := shapes(r)[i][p.Given].Yaw - truth[task][p.Wanted].Yaw; math.Cos(float64(diff)/1e6) < 0.95 {
				turned++
			}
		}
	}
	counts, meanIoU := box.Score(shapes(r), want, 0.7)
	_, apart := box.Agreement(tab, 0.5)
	t.Logf("F1 %d, mean IoU %d, of two workers %d; %d of %d headings wrong", counts.F1(), meanIoU, apart, turned, headings)
	if counts.F1() < 990_000 || meanIoU < 860_000 || meanIoU < apart+100_000 || 20*turned > headings {
		t.Errorf("F1 %d, mean IoU %d, of two workers %d; %d of %d headings wrong", counts.F1(), meanIoU, apart, turned, headings)
	}
}

func TestDrawingsThatCannotBeUsedArePassedOver(t *testing.T) {
	good := box.Drawing[geometry.Box]{Shape: geometry.Box{X2: 10, Y2: 10}}
	click := box.Drawing[geometry.Box]{Shape: geometry.Box{X1: 3, Y1: 3, X2: 3, Y2: 3}}
	far := box.Drawing[geometry.Box]{Shape: geometry.Box{X2: geometry.MaxCoord + 1, Y2: 1}}
	r := aggregate(t, tableOf(t, []answer{
		{Task: "t", Worker: "w1", Value: []box.Drawing[geometry.Box]{click, good, far}},
		{Task: "t", Worker: "w2", Value: []box.Drawing[geometry.Box]{good}},
	}), box.Rules{})
	if len(r.Clusters[0]) != 1 || r.Clusters[0][0].Members[0].Drawing != 1 || r.Workers[0].Invalid != 2 || r.Workers[0].Drawn != 1 {
		t.Errorf("%+v; want one thing of two, and two drawings of w1 invalid", r)
	}
}

func TestScenesAreBounded(t *testing.T) {
	draw := func(n int) []answer {
		return []answer{{Task: "t", Worker: "w", Value: make([]box.Drawing[geometry.Box], n)}}
	}
	tests := []struct {
		name    string
		answers []answer
		want    fault.Kind
	}{
		{"no answers", nil, fault.KindNone},
		{"an empty scene", draw(0), fault.KindNone},
		{"as many as may be", draw(box.MaxDrawings), fault.KindNone},
		{"one more", draw(box.MaxDrawings + 1), fault.KindLimit},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := box.Aggregate(tableOf(t, tt.answers), box.Rules{})
			if fault.KindOf(err) != tt.want {
				t.Errorf("%v, %v; want kind %s", r, err, tt.want)
			}
		})
	}
}

func TestClustersKeepTheirPromises(t *testing.T) {
	side := rapid.Int64Range(0, 12)
	drawing := rapid.Custom(func(t *rapid.T) box.Drawing[geometry.Box] {
		x, y := side.Draw(t, "x"), side.Draw(t, "y")
		return box.Drawing[geometry.Box]{Shape: geometry.Box{
			X1: x, Y1: y, X2: x + 1 + side.Draw(t, "width"), Y2: y + 1 + side.Draw(t, "height"),
		}}
	})
	rapid.Check(t, func(t *rapid.T) {
		var answers []answer
		for j := range rapid.IntRange(1, 5).Draw(t, "workers") {
			answers = append(answers, answer{Task: "t", Worker: fmt.Sprint(j), Value: rapid.SliceOfN(drawing, 0, 6).Draw(t, "drawings")})
		}
		tab, err := table.New(answers, table.KeepFirst)
		if err != nil {
			t.Fatal(err)
		}
		r, err := box.Aggregate(tab, box.Rules{})
		if err != nil {
			t.Fatal(err)
		}
		used := map[[2]int32]bool{}
		for _, c := range r.Clusters[0] {
			last := int32(-1)
			for _, m := range c.Members {
				at := [2]int32{m.Worker, m.Drawing}
				if used[at] || m.Worker <= last {
					t.Fatalf("members %+v: a drawing twice or two of one worker", c.Members)
				}
				used[at], last = true, m.Worker
			}
			if c.Shape.Check() != nil || len(c.Members) == 0 || !(c.Presence >= 0 && c.Presence <= 1) || !(c.BadBorder >= 0 && c.BadBorder <= 1) {
				t.Fatalf("cluster %+v", c)
			}
		}
	})
}

func TestResultsDoNotDependOnOrderOrThreads(t *testing.T) {
	c := simulate(8, 300, 4, 20)
	first := tableOf(t, c.answers)
	for i, j := 0, len(c.answers)-1; i < j; i, j = i+1, j-1 {
		c.answers[i], c.answers[j] = c.answers[j], c.answers[i]
	}
	second := tableOf(t, c.answers)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	a := aggregate(t, first, box.Rules{})
	runtime.GOMAXPROCS(4)
	if b := aggregate(t, second, box.Rules{}); !reflect.DeepEqual(a, b) {
		t.Error("the result depends on order or threads")
	}
}

func TestMatchPairsOneToOne(t *testing.T) {
	at := func(x, y, side int64) geometry.Box { return geometry.Box{X1: x, Y1: y, X2: x + side, Y2: y + side} }
	wanted := []geometry.Box{at(0, 0, 10), at(100, 0, 10), at(200, 0, 10)}
	given := []geometry.Box{at(100, 1, 10), at(0, 3, 10), at(0, 1, 10), at(300, 0, 10)}
	pairs := box.Match(given, wanted, 0.5)
	if len(pairs) != 2 || pairs[0].Given != 0 || pairs[0].Wanted != 1 || pairs[1].Given != 2 || pairs[1].Wanted != 0 {
		t.Errorf("pairs %+v", pairs)
	}
	counts, meanIoU := box.Score([][]geometry.Box{given}, [][]geometry.Box{wanted}, 0.5)
	if want := (score.Counts{Right: 2, Given: 4, Wanted: 3}); counts != want || meanIoU != 818_182 {
		t.Errorf("counts %+v, mean IoU %d; want %+v, 818182", counts, meanIoU, want)
	}
	if _, none := box.Score([][]geometry.Box{nil}, [][]geometry.Box{nil}, 0.5); none != 0 {
		t.Errorf("mean IoU of nothing is %d", none)
	}
}

func BenchmarkAggregate(b *testing.B) {
	for _, scenes := range []int{1000, 4000} {
		c := simulate(1, scenes, 6, 50)
		tab := tableOf(b, c.answers)
		drawings := 0
		for _, a := range c.answers {
			drawings += len(a.Value)
		}
		b.Run(fmt.Sprint(scenes, " scenes"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				aggregate(b, tab, box.Rules{})
			}
			b.ReportMetric(float64(drawings*b.N)/b.Elapsed().Seconds()/1e3, "kdrawings/s")
		})
	}
}

func BenchmarkCrowdedScene(b *testing.B) {
	for _, side := range []int64{16, 22} {
		var answers []answer
		for j := range 8 {
			var drawn []box.Drawing[geometry.Box]
			for n := range side * side {
				x, y := 100*(n%side)+int64(j), 100*(n/side)
				drawn = append(drawn, box.Drawing[geometry.Box]{Shape: geometry.Box{X1: x, Y1: y, X2: x + 60, Y2: y + 60}})
			}
			answers = append(answers, answer{Task: "t", Worker: fmt.Sprint(j), Value: drawn})
		}
		tab := tableOf(b, answers)
		b.Run(fmt.Sprint(8*side*side, " drawings"), func(b *testing.B) {
			for b.Loop() {
				if r := aggregate(b, tab, box.Rules{}); len(r.Clusters[0]) != int(side*side) {
					b.Fatal(len(r.Clusters[0]))
				}
			}
		})
	}
}
