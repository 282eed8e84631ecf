package quality_test

import (
	"math/rand/v2"
	"testing"

	"github.com/alaya-network/alaya/core/quality"
	"github.com/alaya-network/alaya/internal/recorded"
)

// recording is a public set of answers, by task in the order recorded.
type recording struct {
	tasks   []string
	answers map[string][]quality.Answer
	truth   map[string]string
}

// load reads a crowd set, or skips the test.
func load(t testing.TB, name string) recording {
	t.Helper()
	answers, truths := recorded.Crowd(t, name)
	s := recording{answers: map[string][]quality.Answer{}, truth: map[string]string{}}
	for _, a := range answers {
		if s.answers[a.Task] == nil {
			s.tasks = append(s.tasks, a.Task)
		}
		s.answers[a.Task] = append(s.answers[a.Task], quality.Answer{Task: a.Task, Worker: a.Worker, Label: a.Label})
	}
	for _, k := range truths {
		s.truth[k.Task] = k.Label
	}
	return s
}

// outcome is what a campaign of rounds came to.
type outcome struct {
	rounds, bought int
	accuracy       float64 // of the items that were not gold
	verdict        quality.Verdict
}

// campaign buys three recorded answers to each task, then two more to each
// contested one, until none is contested; one item in twenty is gold.
func (s recording) campaign(t testing.TB, p quality.Params, seed uint64) outcome {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 0))
	job := quality.Job{Params: p}
	gold, queue := map[string]bool{}, map[string][]quality.Answer{}
	var wanted []string
	for _, task := range s.tasks {
		answers := append([]quality.Answer{}, s.answers[task]...)
		r.Shuffle(len(answers), func(i, j int) { answers[i], answers[j] = answers[j], answers[i] })
		queue[task] = answers
		if label, ok := s.truth[task]; ok && r.IntN(20) == 0 {
			job.Gold = append(job.Gold, quality.Truth{Task: task, Label: label})
			gold[task] = true
		}
		wanted = append(wanted, task)
	}
	var o outcome
	for batch := p.MinAnswers; !job.Final; batch = 2 {
		before := len(job.Answers)
		for _, task := range wanted {
			n := min(batch, len(queue[task]))
			job.Answers = append(job.Answers, queue[task][:n]...)
			queue[task] = queue[task][n:]
		}
		job.Final = len(job.Answers) == before
		verdict, err := quality.Judge(job)
		if err != nil {
			t.Fatal(err)
		}
		o.rounds++
		o.verdict = verdict
		wanted = nil
		for _, item := range verdict.Items {
			if item.Status == quality.Contested {
				wanted = append(wanted, item.Task)
			}
		}
	}
	o.bought = len(job.Answers)
	right, n := 0, 0
	for _, item := range o.verdict.Items {
		if truth, ok := s.truth[item.Task]; ok && !gold[item.Task] {
			n++
			if item.Label == truth {
				right++
			}
		}
	}
	o.accuracy = float64(right) / float64(max(1, n))
	return o
}

func TestDynamicOverlapKeepsAccuracyForFewerAnswers(t *testing.T) {
	tests := []struct {
		set      string
		most     int     // per cent of the answers
		accuracy float64 // at least, of the items that were not gold
	}{
		{"rte", 65, .92},
		{"D_PosSent", 45, .95},
		{"SP_amt", 20, .93},
		{"bluebird", 35, .84},
		{"CF", 65, .84},
	}
	for _, tt := range tests {
		t.Run(tt.set, func(t *testing.T) {
			s := load(t, tt.set)
			available := 0
			for _, answers := range s.answers {
				available += len(answers)
			}
			p := quality.Defaults()
			p.MaxAnswers = 40
			for seed := range uint64(3) {
				o := s.campaign(t, p, seed)
				t.Logf("seed %d: %d of %d answers in %d rounds, accuracy %.4f, %+v",
					seed, o.bought, available, o.rounds, o.accuracy, o.verdict.Measure)
				if 100*o.bought > tt.most*available || o.accuracy < tt.accuracy {
					t.Errorf("seed %d: bought %d of %d answers at accuracy %.4f; want at most %d%% and at least %.2f",
						seed, o.bought, available, o.accuracy, tt.most, tt.accuracy)
				}
			}
		})
	}
}

// The anaesthesia table has 45 patients, 5 doctors, one of whom judged three
// times, 4 classes and no gold. Its authors' own estimates are the reference;
// all agree but for a patient or two on the border of two classes.
func TestFewWorkersWithoutGoldAreJudged(t *testing.T) {
	s := load(t, "anaesthesia")
	job := quality.Job{Params: quality.Defaults(), Final: true}
	for _, task := range s.tasks {
		job.Answers = append(job.Answers, s.answers[task]...)
	}
	v, err := quality.Judge(job)
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Items) != 45 || v.Measure.Evidence != quality.EvidencePosterior {
		t.Fatalf("%d items, evidence %s; want 45, posterior", len(v.Items), v.Measure.Evidence)
	}
	for _, item := range v.Items {
		if item.Status == quality.Contested || item.Answers < 5 {
			t.Errorf("item %+v: want it settled on five answers or more", item)
		}
	}
	for _, w := range v.Workers {
		if w.Skill < 700_000 || w.Dropped || w.Spam {
			t.Errorf("worker %+v: want an honest doctor", w)
		}
	}
}
