package quality_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality"
	"github.com/alaya-network/alaya/core/quality/label"
)

// crowd simulates n yes/no items answered by every worker; skills are in per
// cent, and a worker of skill 0 copies the shared key of a ring.
func crowd(n int, seed uint64, skills ...int) (job quality.Job, truth map[string]string) {
	r := rand.New(rand.NewPCG(seed, 0))
	labels := []string{"no", "yes"}
	job = quality.Job{Params: quality.Defaults(), Labels: labels}
	job.Params.MaxAnswers = 1000
	truth = map[string]string{}
	for i := range n {
		task := fmt.Sprintf("item-%03d", i)
		right, key := r.IntN(2), r.IntN(2)
		truth[task] = labels[right]
		for j, skill := range skills {
			given := right
			switch {
			case skill == 0:
				given = key
			case r.IntN(100) >= skill:
				given = 1 - right
			}
			job.Answers = append(job.Answers, quality.Answer{Task: task, Worker: fmt.Sprintf("w%02d", j), Label: labels[given]})
		}
	}
	return job, truth
}

// withGold makes every step-th item gold.
func withGold(job quality.Job, truth map[string]string, step int) quality.Job {
	for i := 0; i < len(truth); i += step {
		task := fmt.Sprintf("item-%03d", i)
		job.Gold = append(job.Gold, quality.Truth{Task: task, Label: truth[task]})
	}
	return job
}

func judge(t testing.TB, job quality.Job) quality.Verdict {
	t.Helper()
	v, err := quality.Judge(job)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func accuracy(v quality.Verdict, truth map[string]string) float64 {
	right := 0
	for _, item := range v.Items {
		if item.Label == truth[item.Task] {
			right++
		}
	}
	return float64(right) / float64(len(truth))
}

func worker(t *testing.T, v quality.Verdict, name string) quality.Worker {
	t.Helper()
	for _, w := range v.Workers {
		if w.Worker == name {
			return w
		}
	}
	t.Fatalf("no worker %s in the verdict", name)
	return quality.Worker{}
}

func TestVerdictDependsOnNothingButTheJob(t *testing.T) {
	job, truth := crowd(60, 1, 90, 80, 70, 95, 60)
	job = withGold(job, truth, 5)
	want, err := json.Marshal(judge(t, job))
	if err != nil {
		t.Fatal(err)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	rapid.Check(t, func(r *rapid.T) {
		shuffled := job
		shuffled.Answers = rapid.Permutation(job.Answers).Draw(r, "answers")
		shuffled.Gold = rapid.Permutation(job.Gold).Draw(r, "gold")
		shuffled.Labels = rapid.Permutation(job.Labels).Draw(r, "labels")
		runtime.GOMAXPROCS(rapid.IntRange(1, 8).Draw(r, "threads"))
		if got, _ := json.Marshal(judge(t, shuffled)); string(got) != string(want) {
			r.Fatalf("verdict\n%s, want\n%s", got, want)
		}
	})
}

func TestVerdictIsTheSameForAnyNumberOfThreadsOnLargeJobs(t *testing.T) {
	job := pages(4_000)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var want string
	for _, threads := range []int{1, 3, 16} {
		runtime.GOMAXPROCS(threads)
		got, err := json.Marshal(judge(t, job))
		if err != nil {
			t.Fatal(err)
		}
		if want == "" {
			want = string(got)
		}
		if string(got) != want {
			t.Errorf("%d threads give another verdict than one", threads)
		}
	}
}

func TestItemsGetTheirStatus(t *testing.T) {
	answers := func(n int, labels ...string) []quality.Answer {
		var all []quality.Answer
		for i, l := range labels {
			all = append(all, quality.Answer{Task: fmt.Sprintf("probe-%d", n), Worker: fmt.Sprintf("w%02d", i), Label: l})
		}
		return all
	}
	base, _ := crowd(80, 2, 95, 95, 95, 95, 95, 95)
	tests := []struct {
		name   string
		labels []string
		change func(*quality.Job)
		want   quality.Status
	}{
		{"agreement is accepted", []string{"yes", "yes", "yes", "yes"}, nil, quality.Accepted},
		{"too few answers are contested, however sure", []string{"yes", "yes"}, nil, quality.Contested},
		{"a split is contested", []string{"yes", "yes", "no", "no"}, nil, quality.Contested},
		{"a split at the most answers is delivered", []string{"yes", "no", "yes", "no"},
			func(j *quality.Job) { j.Params.MaxAnswers = 4 }, quality.Delivered},
		{"a split in the final job is delivered", []string{"yes", "no"},
			func(j *quality.Job) { j.Final = true }, quality.Delivered},
		{"agreement in the final job is accepted", []string{"yes", "yes", "yes", "yes"},
			func(j *quality.Job) { j.Final = true }, quality.Accepted},
		{"the control sample goes on", []string{"yes", "yes", "yes", "yes"},
			func(j *quality.Job) { j.Params.Control = num.One }, quality.Contested},
		{"the control sample stops at the most answers", []string{"yes", "yes", "yes", "yes"},
			func(j *quality.Job) { j.Params.Control, j.Params.MaxAnswers = num.One, 4 }, quality.Accepted},
	}
	for n, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			job := base
			job.Answers = append(append([]quality.Answer{}, base.Answers...), answers(n, tt.labels...)...)
			if tt.change != nil {
				tt.change(&job)
			}
			items := judge(t, job).Items
			if got := items[len(items)-1]; got.Status != tt.want || got.Answers != len(tt.labels) {
				t.Errorf("answers %v: %+v, want %v", tt.labels, got, tt.want)
			}
		})
	}
}

func TestGoldCuresARing(t *testing.T) {
	skills := []int{85, 80, 85, 90, 80, 85, 80, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	job, truth := crowd(300, 3, skills...)
	if got := accuracy(judge(t, job), truth); got > .75 {
		t.Fatalf("without gold: accuracy %.3f; the ring should win, or this test shows nothing", got)
	}
	v := judge(t, withGold(job, truth, 15))
	if got := accuracy(v, truth); got < .95 {
		t.Errorf("with gold: accuracy %.3f, want at least .95", got)
	}
	for j, skill := range skills {
		w := worker(t, v, fmt.Sprintf("w%02d", j))
		if skill == 0 && !w.Dropped || skill > 0 && w.Spam {
			t.Errorf("worker of skill %d%%: %+v", skill, w)
		}
	}
}

func TestRingsAreFoundWithoutGold(t *testing.T) {
	skills := []int{85, 80, 85, 90, 80, 85, 80, 85, 85, 85, 0, 0, 0}
	job, _ := crowd(300, 4, skills...)
	members := map[string]int64{}
	for _, f := range judge(t, job).Findings {
		if f.Kind == "ring" {
			members[f.Worker] = f.Value
			if f.Peer != "w10" {
				t.Errorf("ring named by %s, want its first member w10", f.Peer)
			}
		}
	}
	if len(members) != 3 || members["w10"] != 3 || members["w11"] != 3 || members["w12"] != 3 {
		t.Errorf("rings %v, want w10, w11 and w12 in one of 3", members)
	}
}

func TestNobodyIsSpamForASingleMiss(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		skills := rapid.SliceOfN(rapid.IntRange(1, 100), 3, 8).Draw(r, "skills")
		job, truth := crowd(30, rapid.Uint64().Draw(r, "seed"), skills...)
		for _, w := range judge(t, withGold(job, truth, 3)).Workers {
			if missed := w.GoldSeen - w.GoldRight; missed <= 1 && (w.Spam || w.Dropped) {
				r.Fatalf("%+v: punished for %d misses", w, missed)
			}
			if w.Right+w.Wrong != int64(w.Resolved)*int64(num.One) || w.Right < 0 || w.Wrong < 0 {
				r.Fatalf("%+v: right and wrong do not make the resolved", w)
			}
		}
	})
}

func TestGoldIsMeasuredBeforeItIsKnown(t *testing.T) {
	job, truth := crowd(200, 5, 90, 90, 90)
	for task, label := range truth { // a requester whose gold is always the contrary
		truth[task] = map[string]string{"no": "yes", "yes": "no"}[label]
	}
	job = withGold(job, truth, 50) // too little to drop anybody by
	job.Params.MinEvidence = 4
	v := judge(t, job)
	m := v.Measure
	if m.Evidence != quality.EvidenceGold || m.Items != 4 || m.Right > 1 {
		t.Errorf("measure %+v: want gold, 4 items, hardly any right", m)
	}
	if got := v.Items[50]; got.Label != truth[got.Task] || got.Posterior != num.One {
		t.Errorf("gold item %+v: want the label %s for certain", got, truth[got.Task])
	}
	if m.Lower > m.Estimate {
		t.Errorf("measure %+v: bound above the estimate", m)
	}
}

func TestFewGoldItemsLeaveTheMeasureToThePosteriors(t *testing.T) {
	job, truth := crowd(200, 6, 90, 90, 90, 90, 90)
	m := judge(t, withGold(job, truth, 20)).Measure
	if m.Evidence != quality.EvidencePosterior || m.Items != 200 || m.Estimate < 950_000 {
		t.Errorf("measure %+v: want posterior evidence of at least 95%%", m)
	}
}

func TestOddAnswersAreCountedNotJudged(t *testing.T) {
	job, _ := crowd(20, 7, 90, 90, 90)
	again := job.Answers[0]
	again.Label = map[string]string{"no": "yes", "yes": "no"}[again.Label]
	job.Answers = append(job.Answers, again, quality.Answer{Task: "item-001", Worker: "w09", Label: "maybe"})
	v := judge(t, job)
	if v.Repeated != 1 || v.Foreign != 1 || len(v.Workers) != 3 {
		t.Errorf("repeated %d, foreign %d, %d workers; want 1, 1, 3", v.Repeated, v.Foreign, len(v.Workers))
	}
}

func TestSmallestJobs(t *testing.T) {
	one := quality.Answer{Task: "t", Worker: "w", Label: "l"}
	gold := []quality.Truth{{Task: "t", Label: "l"}, {Task: "unasked", Label: "l"}, {Task: "t", Label: "unheard"}}
	for _, method := range label.Names() {
		p := quality.Defaults()
		p.Method = method
		if v := judge(t, quality.Job{Params: p, Gold: gold}); len(v.Items) != 0 || v.Measure.Items != 0 {
			t.Errorf("%s: no answers give %+v", method, v)
		}
		if v := judge(t, quality.Job{Params: p, Labels: []string{"l", "m"}}); len(v.Items) != 0 {
			t.Errorf("%s: no answers to two labels give %+v", method, v)
		}
		v := judge(t, quality.Job{Params: p, Answers: []quality.Answer{one}, Gold: gold, Final: true})
		if len(v.Items) != 1 || v.Items[0].Label != "l" || v.Items[0].Posterior != num.One || v.Items[0].Status != quality.Delivered {
			t.Errorf("%s: one answer gives %+v", method, v.Items)
		}
	}
}

func TestParamsOutOfBoundsAreRefusedByName(t *testing.T) {
	tests := []struct {
		name   string
		change func(*quality.Params)
		want   string
	}{
		{"an unknown method", func(p *quality.Params) { p.Method = "vibes" },
			`quality: method "vibes": want one of ` + strings.Join(label.Names(), ", ")},
		{"another version", func(p *quality.Params) { p.Version = 2 }, "quality: version is 2: want 1"},
		{"an unknown metric", func(p *quality.Params) { p.Metric = "wer" }, "quality: metric is wer: want accuracy"},
		{"a target no better than guessing", func(p *quality.Params) { p.Target = 500_000 },
			"quality: target is 50.0000%: want above 50%, at most 100%"},
		{"no answers", func(p *quality.Params) { p.MinAnswers = 0 }, "quality: min answers is 0: want 1 to max answers"},
		{"a minimum above the maximum", func(p *quality.Params) { p.MaxAnswers = 2 },
			"quality: min answers is 3: want 1 to max answers"},
		{"too many answers", func(p *quality.Params) { p.MaxAnswers = 1001 },
			"quality: max answers is 1001: want at most 1000"},
		{"a confidence outside the table", func(p *quality.Params) { p.Confidence = 940_000 },
			"num: confidence 94.0000%: want 80, 90, 95, 97.5 or 99%"},
		{"a negative control", func(p *quality.Params) { p.Control = -1 }, "quality: control is -0.0001%: want 0 to 100%"},
		{"no evidence", func(p *quality.Params) { p.MinEvidence = 0 }, "quality: min evidence is 0: want at least 1"},
		{"spam better than honest", func(p *quality.Params) { p.Spam = 950_000 },
			"quality: spam is 95.0000%: want 0 to below honest"},
		{"perfect honesty", func(p *quality.Params) { p.Honest = num.One },
			"quality: honest is 100.0000%: want between 0 and 100%"},
		{"no risk", func(p *quality.Params) { p.Risk = 0 }, "quality: risk is 0.0000%: want between 0 and 50%"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := quality.Defaults()
			tt.change(&p)
			_, err := quality.Judge(quality.Job{Params: p})
			if !fault.Is(err, fault.KindInvalid) || err.Error() != tt.want {
				t.Errorf("error %v, want invalid: %s", err, tt.want)
			}
		})
	}
}
