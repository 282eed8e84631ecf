package quality_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/alaya-network/alaya/core/quality"
)

// A thousand labels and as many workers would take 8 GB of whole confusion
// matrices.
func TestJobsOfManyLabelsAndWorkersAreJudged(t *testing.T) {
	const items, workers, labels, each = 3000, 1000, 1000, 5
	r := rand.New(rand.NewPCG(1, 0))
	job := quality.Job{Params: quality.Defaults(), Final: true}
	for l := range labels {
		job.Labels = append(job.Labels, fmt.Sprintf("species-%03d", l))
	}
	truth := map[string]string{}
	for i := range items {
		task, right := fmt.Sprintf("item-%04d", i), r.IntN(labels)
		truth[task] = job.Labels[right]
		for _, w := range r.Perm(workers)[:each] {
			given := right
			switch n := r.IntN(100); {
			case n < 15:
				given = right ^ 1 // what most take it for who err
			case n < 30:
				given = r.IntN(labels)
			}
			job.Answers = append(job.Answers, quality.Answer{Task: task, Worker: fmt.Sprintf("w%03d", w), Label: job.Labels[given]})
		}
		if i%50 == 0 {
			job.Gold = append(job.Gold, quality.Truth{Task: task, Label: truth[task]})
		}
	}
	for _, method := range []string{"fds", "dsmap"} {
		job.Params.Method = method
		v := judge(t, job)
		if got := accuracy(v, truth); got < .9 {
			t.Errorf("%s: accuracy %.3f, want at least .9", method, got)
		}
	}
}
