package label_test

import (
	"fmt"
	"runtime"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/synth"
)

// crowd makes up answers by a recipe.
func crowd(t testing.TB, r synth.Recipe) (*label.Table, label.Gold) {
	t.Helper()
	c, err := synth.New(r, [32]byte{})
	if err != nil {
		t.Fatal(err)
	}
	tab, truth, err := c.Table()
	if err != nil {
		t.Fatal(err)
	}
	return tab, truth
}

// padded returns a table with labels added that nobody gave, n in all: whole
// confusion matrices may not fit then.
func padded(t testing.TB, tab *label.Table, n int) *label.Table {
	t.Helper()
	labels := slices.Clone(tab.Labels)
	for i := len(labels); i < n; i++ {
		labels = append(labels, fmt.Sprintf("unused-%03d", i))
	}
	b, err := label.NewBuilder(label.Rules{Labels: labels})
	if err != nil {
		t.Fatal(err)
	}
	for i, task := range tab.Tasks {
		for _, v := range tab.Votes(i) {
			if err := b.Add(task, tab.Workers[v.Worker], tab.Labels[v.Label]); err != nil {
				t.Fatal(err)
			}
		}
	}
	wide, err := b.Table()
	if err != nil {
		t.Fatal(err)
	}
	if !tab.Dense() || wide.Dense() {
		t.Fatalf("want whole matrices of %d labels to fit, of %d not", tab.K(), wide.K())
	}
	return wide
}

// cpu returns the time all threads have used.
func cpu(t testing.TB) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// measure reports how many million things a second of one core does.
func measure(b *testing.B, things int, unit string, f func()) {
	b.ReportAllocs()
	start := cpu(b)
	for b.Loop() {
		f()
	}
	b.ReportMetric(float64(things*b.N)/(cpu(b)-start).Seconds()/1e6, "M"+unit+"/cpu-s")
}

func BenchmarkNewTable(b *testing.B) {
	tab, _ := crowd(b, synth.Reference(200_000))
	var answers []label.Answer
	for i, task := range tab.Tasks {
		for _, v := range tab.Votes(i) {
			answers = append(answers, label.Answer{Task: task, Worker: tab.Workers[v.Worker], Label: tab.Labels[v.Label]})
		}
	}
	measure(b, len(answers), "answers", func() {
		if _, err := label.NewTable(answers, label.Rules{}); err != nil {
			b.Fatal(err)
		}
	})
}

func BenchmarkMethods(b *testing.B) {
	tab, _ := crowd(b, synth.Reference(200_000))
	small, _ := crowd(b, synth.Reference(20_000))
	soft := label.DawidSkene{Title: "soft", Prior: label.Pooled, Soft: 10}
	tests := []struct {
		name   string
		table  *label.Table
		steps  int
		method label.Method
	}{
		{"majority", tab, 1, label.Majority{}},
		{"wawa", tab, 1, label.Wawa{}},
		{"onecoin", tab, 10, label.OneCoin{Iterations: 10}},
		{"soft", tab, 10, soft},
		{"soft, many labels", padded(b, small, 300), 10, soft},
	}
	for _, tt := range tests {
		b.Run(tt.name, func(b *testing.B) {
			measure(b, tt.table.Len()*tt.steps, "steps", func() { tt.method.Aggregate(tt.table, nil) })
		})
	}
}

// BenchmarkMemory reports the bytes per answer that a table takes, and the
// most that it and ten soft steps take, garbage aside.
func BenchmarkMemory(b *testing.B) {
	heap := func() float64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc)
	}
	for b.Loop() {
		before := heap()
		tab, _ := crowd(b, synth.Reference(200_000))
		n := float64(tab.Len())
		b.ReportMetric((heap()-before)/n, "B/answer-table")
		r := label.DawidSkene{Prior: label.Pooled, Soft: 10}.Aggregate(tab, nil)
		b.ReportMetric((heap()-before)/n, "B/answer-result")
		runtime.KeepAlive(tab)
		runtime.KeepAlive(r)
	}
}
