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
	r, err := appraisal.Appraise(crowd(t, text, appraisal.Reading{Log: true}), o, items())
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

// items are the texts of two tasks that are nearly the same.
func items() map[string]string {
	return map[string]string{"t000": "Is there an animal in this picture of a farm?", "t001": "Is there an animal in this picture of a farm", "t002": "What else?"}
}

func TestTheReportFindsTwins(t *testing.T) {
	text, gold := campaign()
	r := report(t, appraisal.Options{Gold: gold, Method: "fds"}, text)
	if len(r.Twins) != 1 || strings.Join(r.Twins[0].Tasks, " ") != "t000 t001" {
		t.Errorf("near duplicates %+v, want t000 and t001", r.Twins)
	}
}

func TestTheReportShowsWhatAnswersBuy(t *testing.T) {
	text, gold := campaign()
	r := report(t, appraisal.Options{Gold: gold, Method: "fds"}, text)
	fixed, rules := 0.0, 0
	for _, p := range r.Curve {
		if p.Target > 0 {
			rules++
			continue
		}
		if p.Answers <= fixed || p.Quality < 0 || p.Quality > 1 {
			t.Errorf("point %+v after %v answers: want more answers, a share", p, fixed)
		}
		fixed = p.Answers
	}
	if rules < 2 || fixed != 10 {
		t.Errorf("curve %+v: want up to ten answers for all, and rules", r.Curve)
	}
}

func TestTheReportSeesWorkGetWorse(t *testing.T) {
	var text strings.Builder
	text.WriteString("task\tworker\tlabel\n")
	var gold []appraisal.Truth
	for i := range 120 {
		gold = append(gold, appraisal.Truth{Task: fmt.Sprintf("t%03d", i), Label: "ab"[i%2 : i%2+1]})
		for j := range 5 {
			given := i % 2
			if j == 0 && i > 60 {
				given = i / 3 % 2
			}
			fmt.Fprintf(&text, "t%03d\tw%d\t%s\n", i, j, "ab"[given:given+1])
		}
	}
	r := report(t, appraisal.Options{Gold: gold, Method: "majority"}, text.String())
	for _, n := range r.Drift.Notes {
		if strings.HasPrefix(n.Text, "w0 was right on 6") {
			return
		}
	}
	t.Errorf("notes %+v: want that w0 got worse", r.Drift.Notes)
}

func TestOtherKindsHaveAReport(t *testing.T) {
	for kind, labels := range map[appraisal.Kind][]string{
		appraisal.Number:  {"1", "2", "1.5", "7", "8", "7.5"},
		appraisal.Ordinal: {"1", "2", "2", "4", "4", "5"},
		appraisal.Text:    {"a cat sat", "a cat sat", "a bat sat", "x", "x", "x"},
		appraisal.Boxes:   {"[[10,10,20,20],[50,50,9,9]]", "[[11,10,20,20],[50,51,9,9]]", "[[10,10,20,20],[50,50,9,9]]"},
		appraisal.Masks:   {`{"size":[2,2],"counts":[1,3]}`, `{"size":[2,2],"counts":[1,3]}`},
	} {
		t.Run(string(kind), func(t *testing.T) {
			c := crowd(t, answers(labels...), appraisal.Reading{Kind: kind, Log: true})
			r, err := appraisal.Appraise(c, appraisal.Options{Gold: []appraisal.Truth{{Task: "t0", Label: labels[0]}}, Target: 900_000}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if r.Kind != kind || len(r.Workers) != len(c.Workers) || r.Scores == nil || r.Scores.Scored != 1 || len(r.Points) == 0 {
				t.Errorf("report %+v: want all workers, a score on one task, points", r)
			}
			if (len(r.Pictures) > 0) != (kind == appraisal.Boxes) {
				t.Errorf("%d pictures of %s", len(r.Pictures), kind)
			}
		})
	}
}
