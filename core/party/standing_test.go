package party_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/party"
)

const (
	halfLife = 90 * day
	answer   = int64(num.One) // one answer, in millionths
)

func TestFewAnswersNeverLookLikeMany(t *testing.T) {
	score := func(right, wrong int64) num.Ppm {
		return party.Standing{Right: right * answer, Wrong: wrong * answer, Updated: now}.Score(now, halfLife)
	}
	if got := score(0, 0); got < 49_000 || got > 51_000 {
		t.Errorf("a stranger's score %s, want the 5 %% quantile of the uniform", got)
	}
	for i, pair := range [][2]num.Ppm{
		{score(0, 0), score(3, 0)}, {score(3, 0), score(100, 0)}, {score(9, 1), score(900, 100)}, {score(90, 20), score(90, 10)},
	} {
		if pair[0] >= pair[1] {
			t.Errorf("case %d: %s is not below %s", i, pair[0], pair[1])
		}
	}
}

func TestStandingAges(t *testing.T) {
	s, err := party.Standing{Address: owner}.Observe(8*answer, 4*answer, now, halfLife)
	if err != nil || s.Right != 8*answer || s.Wrong != 4*answer || s.Updated != now {
		t.Fatalf("the first answers: %+v, %v", s, err)
	}
	s, err = s.Observe(answer, 0, now.Add(halfLife), halfLife)
	if err != nil || s.Right != 5*answer || s.Wrong != 2*answer || s.Updated != now.Add(halfLife) {
		t.Errorf("after a half-life: %+v, %v; want 4+1 right and 2 wrong", s, err)
	}
	back, err := s.Observe(0, 0, now, halfLife)
	if err != nil || back != s {
		t.Errorf("time running backwards: %+v, %v", back, err)
	}
}

func TestObserveRefusesAbsurdCounts(t *testing.T) {
	s := party.Standing{Address: owner}
	for _, counts := range [][2]int64{{-1, 0}, {0, -1}, {1 << 60, 0}, {0, 1 << 60}} {
		after, err := s.Observe(counts[0], counts[1], now, halfLife)
		wantError(t, err, fault.KindInvalid, "right")
		if after != s {
			t.Errorf("Observe(%d, %d) changed %+v", counts[0], counts[1], after)
		}
	}
}

func TestCountsStayInBounds(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s, at, settled := party.Standing{Address: owner, Skill: "vision"}, now, num.Amount(0)
		counts := rapid.OneOf(rapid.Int64Range(0, 100*answer), rapid.Int64Range(0, 1_000_000_000*answer))
		for range rapid.IntRange(1, 20).Draw(r, "steps") {
			before := s.Score(at, halfLife)
			at = at.Add(rapid.Int64Range(0, 400*day).Draw(r, "passes"))
			right, wrong := counts.Draw(r, "right"), counts.Draw(r, "wrong")
			var err error
			if s, err = s.Observe(right, wrong, at, halfLife); err != nil {
				r.Fatal(err)
			}
			pay := num.Amount(rapid.Int64Range(0, 1000).Draw(r, "pay"))
			if s, err = s.Earned(pay); err != nil {
				r.Fatal(err)
			}
			settled += pay
			if s.Check() != nil || s.Settled != settled {
				r.Fatalf("%+v: %v", s, s.Check())
			}
			if score := s.Score(at, halfLife); score < 0 || score >= num.One || before < 0 {
				r.Fatalf("score %s", score)
			}
		}
	})
}

func TestPayNeverWraps(t *testing.T) {
	s := party.Standing{Settled: 1<<63 - 1}
	after, err := s.Earned(1)
	wantError(t, err, fault.KindLimit, "out of range")
	if after != s {
		t.Errorf("refused, but %+v", after)
	}
}

func TestLevelsAskForScoreAndPay(t *testing.T) {
	good := func(right int64, aly num.Amount) party.Standing {
		return party.Standing{Right: right * answer, Updated: now, Settled: aly * num.ALY}
	}
	for _, tt := range []struct {
		name string
		s    party.Standing
		at   id.Time
		want party.Level
	}{
		{"a stranger", party.Standing{}, now, party.Novice},
		{"skilled, never paid", good(1000, 0), now, party.Novice},
		{"paid, but not skilled", good(0, 5000), now, party.Novice},
		{"ten ALY", good(1000, 10), now, party.Practised},
		{"a hundred ALY", good(1000, 100), now, party.Expert},
		{"a thousand ALY", good(1000, 1000), now, party.Lead},
		{"a score of 0.6 to 0.75", good(8, 5000), now, party.Practised},
		{"a score of 0.75 to 0.85", good(14, 5000), now, party.Expert},
		{"a lead who rested for ten half-lives", good(1000, 1000), now.Add(10 * halfLife), party.Novice},
	} {
		if got := tt.s.Level(tt.at, halfLife); got != tt.want {
			t.Errorf("%s: Level = %s, want %s (score %s)", tt.name, got, tt.want, tt.s.Score(tt.at, halfLife))
		}
	}
}

func TestStandingsAreChecked(t *testing.T) {
	for name, s := range map[string]party.Standing{
		"right below zero": {Right: -1}, "wrong below zero": {Wrong: -1}, "settled below zero": {Settled: -1},
		"right beyond all bounds": {Right: 1 << 62}, "wrong beyond all bounds": {Wrong: 1 << 62},
	} {
		if fault.KindOf(s.Check()) != fault.KindInternal {
			t.Errorf("%s: Check = %v, want internal", name, s.Check())
		}
	}
}

func TestConductIsCounted(t *testing.T) {
	c := party.Conduct{Address: owner}.Strike().Strike().Contest().Contest().Contest().Overturn()
	if want := (party.Conduct{Address: owner, Strikes: 2, Contests: 3, Overturned: 1}); c != want {
		t.Errorf("got %+v, want %+v", c, want)
	}
}
