package quality_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/alaya-network/alaya/core/quality"
)

// pages simulates a campaign: pages of 100 items, each answered by five of
// 1,000 workers, four labels; one item in twenty is gold.
func pages(items int) quality.Job {
	const workers, each, size = 1000, 5, 100
	labels := []string{"bird", "cat", "dog", "fish"}
	r := rand.New(rand.NewPCG(42, 0))
	job := quality.Job{Params: quality.Defaults(), Labels: labels}
	for page := 0; page < items; page += size {
		for _, w := range r.Perm(workers)[:each] {
			worker := fmt.Sprintf("worker-%d", w)
			for i := page; i < page+size; i++ {
				truth := i % len(labels)
				if r.IntN(100) > 60+w%40 {
					truth = r.IntN(len(labels))
				}
				job.Answers = append(job.Answers, quality.Answer{Task: fmt.Sprintf("item-%d", i), Worker: worker, Label: labels[truth], Millis: 1000})
			}
		}
		for i := page; i < page+size; i += 20 {
			job.Gold = append(job.Gold, quality.Truth{Task: fmt.Sprintf("item-%d", i), Label: labels[i%len(labels)]})
		}
	}
	return job
}

func BenchmarkJudge(b *testing.B) {
	job := pages(200_000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := quality.Judge(job); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(job.Answers)*b.N)/b.Elapsed().Seconds()/1e6, "Manswers/s")
}
