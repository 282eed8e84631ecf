package scenarios_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/alaya-network/alaya/agent/replay"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/internal/recorded"
)

func TestTheBuiltInTableGoesTheWholeWay(t *testing.T) {
	y := open(t, nil)
	r := run(t, y, replay.Anaesthesia())
	wholeWay(t, y, r)
	if r.Items != 45 || r.Contributors != 7 || r.AnswersAvailable != 315 || r.Accuracy != nil {
		t.Errorf("%d items, %d doctors, %d answers, accuracy %v: want 45, 7, 315 and no gold to measure by", r.Items, r.Contributors, r.AnswersAvailable, r.Accuracy)
	}
}

func TestRecordedCampaignsGoTheWholeWay(t *testing.T) {
	root := recorded.Root(t)
	tests := []struct {
		set              string
		bought, accuracy float64 // at most, at least
	}{
		{"rte", 0.65, 0.92},
		{"bluebird", 1, 0.75},
		{"D_PosSent", 1, 0.90},
	}
	for _, tt := range tests {
		t.Run(tt.set, func(t *testing.T) {
			y := open(t, nil)
			r := run(t, y, os.DirFS(filepath.Join(root, "crowd", tt.set)))
			wholeWay(t, y, r)
			if bought := float64(r.AnswersBought) / float64(r.AnswersAvailable); bought > tt.bought {
				t.Errorf("%d of %d answers bought (%.3f), want at most %.2f", r.AnswersBought, r.AnswersAvailable, bought, tt.bought)
			}
			if r.Accuracy == nil {
				t.Fatal("no accuracy was measured")
			}
			t.Logf("accuracy %.3f on %d items", *r.Accuracy, r.AccuracyItems)
			if *r.Accuracy < tt.accuracy {
				t.Errorf("accuracy %.3f, want at least %.2f", *r.Accuracy, tt.accuracy)
			}
		})
	}
}

// skewed is a campaign in which one item in five is odd: six workers look and
// err now and then, one says always that it is not.
func skewed() fs.FS {
	text := "task\tworker\tlabel\n"
	for item := range 100 {
		for worker := range 6 {
			odd := (item%5 == 0) != ((item*7+worker*13)%20 == 0)
			text += fmt.Sprintf("item%02d\tlooks%d\t%t\n", item, worker, odd)
		}
		text += fmt.Sprintf("item%02d\tconstant\tfalse\n", item)
	}
	return fstest.MapFS{"answers.tsv": {Data: []byte(text)}}
}

func TestAConstantAnswerToASkewedQuestionEarnsNothing(t *testing.T) {
	y := open(t, nil)
	r := run(t, y, skewed())
	wholeWay(t, y, r)
	for _, p := range r.Payouts {
		constant := p.Name == "constant"
		if constant && (p.Answers == 0 || p.Skill < .7 || p.Paid != 0) || !constant && p.Factor < .99 {
			t.Errorf("%+v: want nothing for the constant answer, often right as it is, and all for the others", p)
		}
	}
	if len(r.Payouts) != 7 {
		t.Errorf("%d payouts, want 7", len(r.Payouts))
	}
}

// run plays a recording and reports.
func run(t *testing.T, y yard, folder fs.FS) replay.Report {
	t.Helper()
	script, err := replay.Read(folder)
	if err != nil {
		t.Fatal(err)
	}
	report, err := replay.Run(y.ctx, y.stage(t.Logf), script, replay.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// stage lets the treasury ask for work; pages are leased one at a time, so that
// many take part.
func (y yard) stage(logf func(string, ...any)) replay.Stage {
	return replay.Stage{
		Client: y.Client, Blobs: y.Store, Requester: y.treasury, Seed: id.Sum("test/seed"), Batch: 1,
		Tell: func(p replay.Progress) { logf("%s: %d of %d answers", p.Doing, p.Answers, p.Of) },
	}
}

// wholeWay checks what must hold of every campaign that is over.
func wholeWay(t *testing.T, y yard, r replay.Report) {
	t.Helper()
	m := r.Money
	if !m.Balanced || m.Paid <= 0 || m.Fees <= 0 || m.Refunded < 0 {
		t.Errorf("money %+v: not balanced", m)
	}
	if r.Dataset.Records == 0 || r.Dataset.Records != r.Accepted+r.Delivered || r.Contested != uint64(r.Items)-r.Dataset.Records {
		t.Errorf("dataset of %d records; %d accepted, %d delivered, %d contested of %d items", r.Dataset.Records, r.Accepted, r.Delivered, r.Contested, r.Items)
	}
	t.Logf("%d answers in %d rounds: %d accepted, %d delivered, %d contested; %d txs in %.1f s", r.AnswersBought, r.Rounds, r.Accepted, r.Delivered, r.Contested, r.Chain.Txs, r.Seconds)
	y.sound(t)
}
