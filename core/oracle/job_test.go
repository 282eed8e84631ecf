package oracle_test

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/oracle"
	"github.com/alaya-network/alaya/core/work"
)

const (
	now id.Time = 1_000_000
	ms          = int64(60_000)
)

func facts() oracle.Job {
	return oracle.Job{Request: "0123456789abcdef", Round: 3, Inputs: id.Sum("inputs"), Submissions: 7}
}

func TestAJobMovesOnlyAlongItsTable(t *testing.T) {
	may := map[[2]oracle.JobState]bool{
		{oracle.JobOpen, oracle.JobAgreed}:      true,
		{oracle.JobOpen, oracle.JobAbandoned}:   true,
		{oracle.JobAgreed, oracle.JobDone}:      true,
		{oracle.JobAgreed, oracle.JobAbandoned}: true,
	}
	for from := oracle.JobState(0); from <= oracle.JobAbandoned+1; from++ {
		for to := oracle.JobState(0); to <= oracle.JobAbandoned+1; to++ {
			if got, want := from.CanMove(to), may[[2]oracle.JobState{from, to}]; got != want {
				t.Errorf("%s → %s: %t, want %t", from, to, got, want)
			}
		}
	}
}

func TestMoreThanTwoThirdsOnOneDigestAgree(t *testing.T) {
	yes, no := id.Sum("yes"), id.Sum("no")
	for name, c := range map[string]struct {
		ballots []oracle.Ballot
		total   int64
		agreed  bool
	}{
		"nobody voted":                        {nil, 3, false},
		"two thirds exactly":                  {[]oracle.Ballot{{yes, 2}}, 3, false},
		"two thirds exactly, of many":         {[]oracle.Ballot{{yes, 200}}, 300, false},
		"one more than two thirds":            {[]oracle.Ballot{{yes, 201}}, 300, true},
		"all of three":                        {[]oracle.Ballot{{yes, 1}, {yes, 1}, {yes, 1}}, 3, true},
		"three of four":                       {[]oracle.Ballot{{yes, 1}, {yes, 1}, {yes, 1}}, 4, true},
		"two of four":                         {[]oracle.Ballot{{yes, 1}, {yes, 1}}, 4, false},
		"three of four with one against":      {[]oracle.Ballot{{no, 1}, {yes, 1}, {yes, 1}, {yes, 1}}, 4, true},
		"two against two":                     {[]oracle.Ballot{{no, 1}, {yes, 1}, {no, 1}, {yes, 1}}, 4, false},
		"all of a total that ends by one":     {[]oracle.Ballot{{yes, 667}}, 1_000, true},
		"just under a total that ends by one": {[]oracle.Ballot{{yes, 666}}, 1_000, false},
		"all of the largest power":            {[]oracle.Ballot{{yes, math.MaxInt64}}, math.MaxInt64, true},
		"two thirds of the largest power":     {[]oracle.Ballot{{yes, math.MaxInt64 / 3 * 2}}, math.MaxInt64, false},
		"no power at all":                     {[]oracle.Ballot{{yes, 0}}, 0, false},
	} {
		job, err := oracle.NewJob(facts(), now, ms).Count(c.ballots, c.total)
		if err != nil || (job.State == oracle.JobAgreed) != c.agreed {
			t.Errorf("%s: %s, %v; want agreed %t", name, job.State, err, c.agreed)
		}
		if c.agreed && (job.Digest != yes || job.TotalPower != c.total || job.Check() != nil) {
			t.Errorf("%s: %+v", name, job)
		}
	}
	agreed := agreedOn(t, oracle.Verdict{})
	if _, err := agreed.Count([]oracle.Ballot{{no, 1}}, 1); !fault.Is(err, fault.KindState) {
		t.Errorf("counted again: %v", err)
	}
}

func TestCountingAgreesWithPlainArithmetic(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var ballots []oracle.Ballot
		sums := map[id.Hash]int64{}
		rest := rapid.Int64Range(0, 1_000).Draw(r, "silent")
		total := rest
		for range rapid.IntRange(0, 8).Draw(r, "voters") {
			b := oracle.Ballot{Digest: id.Sum(rapid.SampledFrom([]string{"a", "b", "c"}).Draw(r, "digest")), Power: rapid.Int64Range(1, 1_000).Draw(r, "power")}
			ballots = append(ballots, b)
			sums[b.Digest] += b.Power
			total += b.Power
		}
		job, err := oracle.NewJob(facts(), now, ms).Count(ballots, total)
		if err != nil {
			r.Fatal(err)
		}
		var want id.Hash
		for d, power := range sums {
			if 3*power > 2*total {
				want = d
			}
		}
		if job.Digest != want || (job.State == oracle.JobAgreed) == want.IsZero() || job.Power != sums[want] {
			r.Fatalf("%v of %d: %+v, want %s", ballots, total, job, want)
		}
	})
}

func TestAJobIsTriedAgainAndAtLastAbandoned(t *testing.T) {
	job := oracle.NewJob(facts(), now, ms)
	if _, err := job.Retry(now.Add(ms-1), ms); !fault.Is(err, fault.KindState) {
		t.Errorf("tried again too early: %v", err)
	}
	keys := map[id.Hash]bool{job.Key(): true}
	for attempt := uint32(2); attempt <= oracle.MaxAttempts; attempt++ {
		before := job
		var err error
		if job, err = job.Retry(job.Deadline, ms); err != nil {
			t.Fatal(err)
		}
		if job.Attempt != attempt || job.State != oracle.JobOpen || job.Deadline != before.Deadline.Add(ms) || job.Inputs != before.Inputs || job.Submissions != 7 {
			t.Errorf("attempt %d: %+v", attempt, job)
		}
		if keys[job.Key()] {
			t.Errorf("attempt %d has the key of an earlier one", attempt)
		}
		keys[job.Key()] = true
	}
	job, err := job.Retry(job.Deadline, ms)
	if err != nil || job.State != oracle.JobAbandoned || job.Waits() {
		t.Errorf("after %d attempts: %+v, %v", oracle.MaxAttempts, job, err)
	}
	if _, err := job.Retry(job.Deadline, ms); !fault.Is(err, fault.KindState) {
		t.Errorf("tried an abandoned job: %v", err)
	}
}

func TestAnAgreedJobWhoseVerdictNobodyBringsForgetsItsDigest(t *testing.T) {
	job := agreedOn(t, oracle.Verdict{})
	job, err := job.Retry(job.Deadline, ms)
	if err != nil || job.State != oracle.JobOpen || !job.Digest.IsZero() || job.Power != 0 || job.Votes != 0 {
		t.Errorf("second attempt %+v, %v", job, err)
	}
}

func verdict() oracle.Verdict {
	return oracle.Verdict{Request: facts().Request, Round: 3, Inputs: facts().Inputs, Final: true, Items: 10, Accepted: 10}
}

func agreedOn(t *testing.T, v oracle.Verdict) oracle.Job {
	t.Helper()
	job, err := oracle.NewJob(facts(), now, ms).Count([]oracle.Ballot{{Digest: v.Digest(), Power: 3}}, 4)
	if err != nil || job.State != oracle.JobAgreed {
		t.Fatalf("not agreed: %+v, %v", job, err)
	}
	return job
}

func TestOnlyTheAgreedVerdictIsTaken(t *testing.T) {
	good := verdict()
	agreed := agreedOn(t, good)
	last := agreed
	last.Last = true
	another := good
	another.Accepted = 9
	follow := good
	follow.Final, follow.NextPages = false, []work.PagePlan{{Page: 1, Items: 1}}
	agreedToFollow := agreedOn(t, follow)
	lastToFollow := agreedToFollow
	lastToFollow.Last = true
	for name, c := range map[string]struct {
		job     oracle.Job
		verdict oracle.Verdict
		want    fault.Kind
	}{
		"the agreed one":                 {agreed, good, fault.KindNone},
		"the agreed one, the last":       {last, good, fault.KindNone},
		"one that another round follows": {agreedToFollow, follow, fault.KindNone},
		"the same after the last round":  {lastToFollow, follow, fault.KindInvalid},
		"one with another digest":        {agreed, another, fault.KindInvalid},
		"one on another round":           {agreed, oracle.Verdict{Request: good.Request, Round: 4, Inputs: good.Inputs}, fault.KindInvalid},
		"one on another request":         {agreed, oracle.Verdict{Request: "other", Round: 3, Inputs: good.Inputs}, fault.KindInvalid},
		"one over other inputs":          {agreed, oracle.Verdict{Request: good.Request, Round: 3}, fault.KindInvalid},
		"one that nobody agreed on":      {oracle.NewJob(facts(), now, ms), good, fault.KindState},
	} {
		job, err := c.job.Take(c.verdict)
		if !fault.Is(err, c.want) || (job.State == oracle.JobDone) != (err == nil) {
			t.Errorf("%s: %s, %v; want %s", name, job.State, err, c.want)
		}
	}
	done, err := agreed.Take(good)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := done.Take(good); !fault.Is(err, fault.KindState) {
		t.Errorf("taken twice: %v", err)
	}
}

func TestADigestCoversEveryFieldAndIgnoresHowNothingIsWritten(t *testing.T) {
	base := verdict()
	seen := map[id.Hash]string{base.Digest(): "the verdict itself"}
	for name, change := range map[string]func(*oracle.Verdict){
		"round":      func(v *oracle.Verdict) { v.Round++ },
		"final":      func(v *oracle.Verdict) { v.Final = false },
		"records":    func(v *oracle.Verdict) { v.Records = "b" },
		"measure":    func(v *oracle.Verdict) { v.Measure.LowerBound++ },
		"next pages": func(v *oracle.Verdict) { v.NextPages = []work.PagePlan{{Page: 1}} },
		"suspended":  func(v *oracle.Verdict) { v.Suspended = []id.Address{"a"} },
		"payouts":    func(v *oracle.Verdict) { v.PayoutsTotal++ },
		"missing":    func(v *oracle.Verdict) { v.Missing = []uint64{1} },
		"due":        func(v *oracle.Verdict) { v.Due++ },
	} {
		v := base
		change(&v)
		if before, twice := seen[v.Digest()]; twice {
			t.Errorf("another %s has the digest of %s", name, before)
		}
		seen[v.Digest()] = name
	}
	empty := base
	empty.NextPages, empty.Suspended, empty.Missing = []work.PagePlan{}, []id.Address{}, []uint64{}
	if empty.Digest() != base.Digest() {
		t.Error("empty lists and absent ones have different digests")
	}
}

func TestAVerdictThatContradictsItselfIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*oracle.Verdict)
		says  string
	}{
		"more items judged than there are": {func(v *oracle.Verdict) { v.Contested = 1 }, "10 items"},
		"more records than items":          {func(v *oracle.Verdict) { v.RecordsCount = 11 }, "11 records"},
		"final with pages to follow":       {func(v *oracle.Verdict) { v.NextPages = []work.PagePlan{{}} }, "final true"},
		"neither final nor followed":       {func(v *oracle.Verdict) { v.Final = false }, "final false"},
		"pay before it is final": {func(v *oracle.Verdict) {
			v.Final, v.NextPages, v.NextTarget, v.PayoutsTotal = false, []work.PagePlan{{}}, 1, 5
		}, "pays 5ualy"},
	} {
		v := verdict()
		if err := v.Check(); err != nil {
			t.Fatalf("refused %+v: %v", v, err)
		}
		c.spoil(&v)
		if err := v.Check(); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want an error that says %q", name, err, c.says)
		}
	}
}

func TestAJobThatContradictsItselfIsFound(t *testing.T) {
	for name, spoil := range map[string]func(*oracle.Job){
		"no state":                 func(j *oracle.Job) { j.State = 0 },
		"no attempt":               func(j *oracle.Job) { j.Attempt = 0 },
		"too many attempts":        func(j *oracle.Job) { j.Attempt = oracle.MaxAttempts + 1 },
		"agreed without the power": func(j *oracle.Job) { j.Power = 2 },
	} {
		job := agreedOn(t, verdict())
		job.Power, job.TotalPower = 3, 4
		if err := job.Check(); err != nil {
			t.Fatalf("refused %+v: %v", job, err)
		}
		spoil(&job)
		if err := job.Check(); !fault.Is(err, fault.KindInternal) {
			t.Errorf("%s: passed: %v", name, err)
		}
	}
}

func TestTheWaitForAQuorumIsBounded(t *testing.T) {
	for _, c := range []struct {
		ms   int64
		good bool
	}{{0, false}, {oracle.MinJobMs - 1, false}, {oracle.MinJobMs, true}, {oracle.MaxJobMs, true}, {oracle.MaxJobMs + 1, false}} {
		if err := oracle.CheckJobMs(c.ms); (err == nil) != c.good {
			t.Errorf("%d ms: %v, want accepted %t", c.ms, err, c.good)
		}
	}
}
