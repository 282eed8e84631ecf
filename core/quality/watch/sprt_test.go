package watch_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/watch"
)

// walk runs a record of r (right) and w (wrong) through a test.
func walk(test watch.Test, record string) watch.Walk {
	var w watch.Walk
	for _, c := range record {
		w = test.Step(w, c == 'r')
	}
	return w
}

// The steps of 0.9 against 0.6 are ln(.6/.9) = -0.405465 and ln(.4/.1) =
// 1.386294, the bounds ±4.595120: Wald's formulas.
func TestSequentialTestWalks(t *testing.T) {
	test, err := watch.NewTest(900_000, 600_000, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, record string
		sum          int64
		spam         bool
	}{
		{"nothing seen", "", 0, false},
		{"one right", "r", -405_465, false},
		{"one miss", "w", 1_386_294, false},
		{"three misses in a row do not suffice", "www", 4_158_882, false},
		{"four do", "wwww", 5_545_176, true},
		{"what came after changes nothing", "wwwwrrrrrrrrrrrrrrrr", 5_545_176, true},
		{"twelve right are found honest and start again", strings.Repeat("r", 12), 0, false},
		{"an honest record does not pay for misses", strings.Repeat("r", 120) + "wwww", 5_545_176, true},
		{"misses among enough right ones", "rrrwrrrwrrrwrrrw", 679_596, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := walk(test, tt.record)
			if d := got.Sum - tt.sum; d < -20 || d > 20 || got.Spam != tt.spam {
				t.Errorf("%q: %+v, want sum %d, spam %v", tt.record, got, tt.sum, tt.spam)
			}
		})
	}
}

func TestSequentialTestKeepsItsRisk(t *testing.T) {
	test, err := watch.NewTest(900_000, 600_000, 10_000)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	spam := func(percent, answers int) (flagged int) {
		for range 2000 {
			var w watch.Walk
			for range answers {
				w = test.Step(w, r.IntN(100) < percent)
			}
			if w.Spam {
				flagged++
			}
		}
		return flagged
	}
	if got := spam(90, 20); got > 20 {
		t.Errorf("%d of 2000 honest workers called spam within 20 gold answers, want at most 1%%", got)
	}
	if got := spam(60, 60); got < 1900 {
		t.Errorf("%d of 2000 bad workers called spam within 60 gold answers, want at least 95%%", got)
	}
}

func TestSequentialTestRefusesNonsense(t *testing.T) {
	for name, p := range map[string][3]num.Ppm{
		"spam above honest": {600_000, 900_000, 10_000}, "no spam rate": {900_000, 0, 10_000},
		"perfect honesty": {num.One, 600_000, 10_000}, "no risk": {900_000, 600_000, 0}, "even risk": {900_000, 600_000, 500_000},
	} {
		if _, err := watch.NewTest(p[0], p[1], p[2]); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: error %v, want kind invalid", name, err)
		}
	}
}
