package quality_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/quality"
	"github.com/alaya-network/alaya/core/quality/watch"
)

// attack adds a ring of colluders, each of whom answers three items in ten by
// one shared random key, and makes one item in twenty gold.
func (s recorded) attack(ring int, seed uint64) quality.Job {
	r := rand.New(rand.NewPCG(seed, 1))
	job := quality.Job{Params: quality.Defaults(), Final: true}
	for _, task := range s.tasks {
		job.Answers = append(job.Answers, s.answers[task]...)
		key := []string{"0", "1"}[r.IntN(2)]
		for j := range ring {
			if r.IntN(10) < 3 {
				job.Answers = append(job.Answers, quality.Answer{Task: task, Worker: fmt.Sprintf("ring-%02d", j), Label: key})
			}
		}
		if r.IntN(20) == 0 {
			job.Gold = append(job.Gold, quality.Truth{Task: task, Label: s.truth[task]})
		}
	}
	return job
}

func (s recorded) accuracy(v quality.Verdict) float64 {
	right, n := 0, 0
	for _, item := range v.Items {
		if truth, ok := s.truth[item.Task]; ok {
			n++
			if item.Label == truth {
				right++
			}
		}
	}
	return float64(right) / float64(n)
}

// ringFindings counts the colluders, and the others, said to be in a ring.
func ringFindings(v quality.Verdict) (colluders, honest int) {
	for _, f := range v.Findings {
		switch {
		case f.Kind != watch.KindRing:
		case strings.HasPrefix(f.Worker, "ring-"):
			colluders++
		default:
			honest++
		}
	}
	return colluders, honest
}

func TestRingsAmongRecordedWorkersAreFoundAndCured(t *testing.T) {
	for _, name := range []string{"rte", "D_PosSent"} {
		s := load(t, name)
		clean := s.accuracy(judge(t, s.attack(0, 0)))
		for _, ring := range []int{5, 10, 20} {
			t.Run(fmt.Sprintf("%s with a ring of %d", name, ring), func(t *testing.T) {
				for seed := range uint64(3) {
					v := judge(t, s.attack(ring, seed))
					if got := s.accuracy(v); got < clean-.01 {
						t.Errorf("seed %d: accuracy %.4f, without attack %.4f", seed, got, clean)
					}
					colluders, honest := ringFindings(v)
					if colluders != ring || honest*100 > 3*(len(v.Workers)-ring) {
						t.Errorf("seed %d: found %d of %d colluders, and %d of %d honest workers",
							seed, colluders, ring, honest, len(v.Workers)-ring)
					}
				}
			})
		}
	}
}
