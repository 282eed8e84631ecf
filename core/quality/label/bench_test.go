package label_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/alaya-network/alaya/core/quality/label"
)

// crowd simulates tasks·5 answers of 5,000 workers in ten classes; one worker
// in ten guesses.
func crowd(tasks int) []label.Answer {
	const workers, classes, each = 5000, 10, 5
	r := rand.New(rand.NewPCG(42, 0))
	names := func(prefix string, n int) []string {
		all := make([]string, n)
		for i := range all {
			all[i] = fmt.Sprintf("%s%d", prefix, i)
		}
		return all
	}
	task, worker, class := names("t", tasks), names("w", workers), names("c", classes)
	skill := make([]float64, workers)
	for j := range skill {
		if skill[j] = 0.1; r.IntN(10) > 0 {
			skill[j] = 0.3 + 0.6*r.Float64()
		}
	}
	answers := make([]label.Answer, 0, tasks*each)
	for i := range tasks {
		truth := r.IntN(classes)
		for range each {
			j, given := r.IntN(workers), truth
			if r.Float64() > skill[j] {
				given = r.IntN(classes)
			}
			answers = append(answers, label.Answer{Task: task[i], Worker: worker[j], Label: class[given]})
		}
	}
	return answers
}

func BenchmarkNewTable(b *testing.B) {
	answers := crowd(200_000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := label.NewTable(answers, label.Rules{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(answers)*b.N)/b.Elapsed().Seconds()/1e6, "Manswers/s")
}

func BenchmarkMethods(b *testing.B) {
	tab := table(b, crowd(200_000))
	methods := []struct {
		steps int
		label.Method
	}{
		{1, label.Majority{}},
		{1, label.Wawa{}},
		{10, label.OneCoin{Iterations: 10}},
		{10, label.DawidSkene{Title: "soft", Prior: label.Pooled, Soft: 10}},
	}
	for _, m := range methods {
		b.Run(m.Name(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m.Aggregate(tab, nil)
			}
			b.ReportMetric(float64(tab.Len()*m.steps*b.N)/b.Elapsed().Seconds()/1e6, "Manswer-steps/s")
		})
	}
}
