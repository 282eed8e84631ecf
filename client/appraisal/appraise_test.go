package appraisal_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/client/appraisal"
)

// campaign makes up answers of ten honest workers and a ring of four, with
// times, and the gold of half the tasks.
func campaign() (text string, gold []appraisal.Truth) {
	r := rand.New(rand.NewPCG(3, 1))
	var out strings.Builder
	out.WriteString("task\tworker\tlabel\ttime\tms\n")
	names := []string{"cat", "dog", "owl"}
	for i := range 120 {
		truth, key := r.IntN(3), r.IntN(3)
		if i%2 == 0 {
			gold = append(gold, appraisal.Truth{Task: fmt.Sprintf("t%03d", i), Label: names[truth]})
		}
		for j := range 14 {
			given := truth
			switch {
			case j >= 10:
				given = key
			case r.IntN(10) < 2:
				given = r.IntN(3)
			}
			ms := 4000 + r.IntN(3000)
			if j >= 10 {
				ms = 400
			}
			fmt.Fprintf(&out, "t%03d\tw%02d\t%s\t%d\t%d\n", i, j, names[given], 1_772_000_000+60*i+j, ms)
		}
	}
	return out.String(), gold
}

func report(t testing.TB, o appraisal.Options, text string) *appraisal.Report {
	t.Helper()
	o.Target = 950_000
	r, err := appraisal.Appraise(crowd(t, text, appraisal.Reading{Log: true}), o, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheReportFindsTheRing(t *testing.T) {
	text, gold := campaign()
	r := report(t, appraisal.Options{Gold: gold, Method: "fds"}, text)
	if len(r.Suspects) != 4 {
		t.Fatalf("suspects %+v, want the four of the ring", r.Suspects)
	}
	for _, s := range r.Suspects {
		if s.Worker < "w10" || !s.Dropped || len(s.Evidence) < 3 {
			t.Errorf("suspect %+v: want one of the ring, dropped, with evidence on gold, pair and speed", s)
		}
	}
	if r.Totals.Flagged != 4 || r.Totals.Dropped != 4 || r.Totals.Gold != 60 {
		t.Errorf("totals %+v; want 4 flagged, 4 dropped, 60 gold", r.Totals)
	}
}

func TestTheReportCountsEveryAnswer(t *testing.T) {
	text, gold := campaign()
	r := report(t, appraisal.Options{Gold: gold, Method: "fds"}, text)
	given, found := 0, 0
	for k, l := range r.Labels {
		given, found = given+l.Answers, found+l.Tasks
		for _, n := range r.Confusion.Counts[k] {
			given -= n
		}
	}
	if given != 0 || found != 120 || r.Totals.Answers != 14*120 {
		t.Errorf("labels %+v, confusion %+v, totals %+v: want all answers in both, 120 tasks", r.Labels, r.Confusion, r.Totals)
	}
	blocks := 0
	for _, b := range r.Drift.Blocks {
		blocks += b.Answers
		if b.Workers != 14 || b.Millis < 400 {
			t.Errorf("block %+v: want 14 workers and a time", b)
		}
	}
	if r.Drift.By != "time" || blocks != 14*120 {
		t.Errorf("drift by %s over %d answers; want by time, all answers", r.Drift.By, blocks)
	}
	sure := r.Certainty.Accepted + r.Certainty.Delivered + r.Certainty.Contested
	if sure != 120 || r.Scores.Scored != 60 || *r.Scores.Accuracy < .9 {
		t.Errorf("certainty of %d labels, scores %+v; want 120, and above .9 on 60", sure, r.Scores)
	}
}
