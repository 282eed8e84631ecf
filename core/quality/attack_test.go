package quality_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/quality"
	"github.com/alaya-network/alaya/core/quality/watch"
)

// scheme is how a ring works together: each member answers a share of the
// items, in per cent; the answer is the shared random key's with probability
// copies, and else honest work of accuracy .8.
type scheme struct {
	ring, share, copies int
	// spares says that members know which items are gold, and work there.
	spares bool
}

// attack adds a ring to the recorded answers and makes one item in twenty
// gold.
func (s recording) attack(by scheme, seed uint64) quality.Job {
	r := rand.New(rand.NewPCG(seed, 1))
	job := quality.Job{Params: quality.Defaults(), Final: true}
	labels := []string{"0", "1"}
	for _, task := range s.tasks {
		job.Answers = append(job.Answers, s.answers[task]...)
		key, gold := labels[r.IntN(2)], r.IntN(20) == 0
		for j := range by.ring {
			if r.IntN(100) >= by.share {
				continue
			}
			given := key
			if r.IntN(100) >= by.copies || by.spares && gold {
				given = s.truth[task]
				if r.IntN(10) < 2 {
					given = labels[1-slices.Index(labels, given)]
				}
			}
			job.Answers = append(job.Answers, quality.Answer{Task: task, Worker: fmt.Sprintf("ring-%02d", j), Label: given})
		}
		if gold {
			job.Gold = append(job.Gold, quality.Truth{Task: task, Label: s.truth[task]})
		}
	}
	return job
}

func (s recording) accuracy(v quality.Verdict) float64 {
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
	all := []scheme{}
	for _, ring := range []int{5, 10, 20} {
		all = append(all, scheme{ring, 30, 100, false}, scheme{ring, 60, 100, false}, scheme{ring, 30, 75, false})
	}
	for _, name := range []string{"rte", "D_PosSent"} {
		s := load(t, name)
		clean := s.accuracy(judge(t, s.attack(scheme{}, 0)))
		for _, by := range all {
			t.Run(fmt.Sprintf("%s, %d members answer %d%% of the items, %d%% by key", name, by.ring, by.share, by.copies), func(t *testing.T) {
				for seed := range uint64(3) {
					v := judge(t, s.attack(by, seed))
					if got := s.accuracy(v); got < clean-.01 {
						t.Errorf("seed %d: accuracy %.4f, without attack %.4f", seed, got, clean)
					}
					colluders, honest := ringFindings(v)
					if colluders*5 < by.ring*4 || honest*100 > 3*(len(v.Workers)-by.ring) {
						t.Errorf("seed %d: found %d of %d colluders, and %d of %d honest workers",
							seed, colluders, by.ring, honest, len(v.Workers)-by.ring)
					}
				}
			})
		}
	}
}

// Members who meet on fewer than ten items, or copy no more than half, are
// mostly not found, but do no harm either. What fails, and can not be mended
// by looking at answers: twenty who know the gold of rte and spare it win, 6 of
// 16 answers being theirs, and accuracy falls to .52. Hide gold and rotate it.
func TestRingsTooWeakToBeFoundDoNoHarm(t *testing.T) {
	for _, name := range []string{"rte", "D_PosSent"} {
		s := load(t, name)
		clean := s.accuracy(judge(t, s.attack(scheme{}, 0)))
		for _, by := range []scheme{{5, 10, 100, false}, {20, 10, 100, false}, {10, 30, 50, false}, {20, 30, 50, false}, {20, 30, 25, false}, {10, 30, 100, true}} {
			t.Run(fmt.Sprintf("%s, %+v", name, by), func(t *testing.T) {
				var sum float64
				for seed := range uint64(3) {
					v := judge(t, s.attack(by, seed))
					sum += s.accuracy(v)
					if _, honest := ringFindings(v); honest*100 > 3*(len(v.Workers)-by.ring) {
						t.Errorf("seed %d: %d of %d honest workers found", seed, honest, len(v.Workers)-by.ring)
					}
				}
				if mean := sum / 3; mean < clean-.01 {
					t.Errorf("mean accuracy %.4f, without attack %.4f", mean, clean)
				}
			})
		}
	}
}
