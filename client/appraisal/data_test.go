package appraisal_test

import (
	"path/filepath"
	"testing"

	"github.com/alaya-network/alaya/client/appraisal"
	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/internal/recorded"
)

// TestPublicSetsReachTheirFigures runs the whole way, from file to score, on
// recorded answers, with the method chosen by default.
func TestPublicSetsReachTheirFigures(t *testing.T) {
	root := recorded.Root(t)
	tests := []struct {
		set   string
		kind  appraisal.Kind
		score func(appraisal.Scores) *float64
		least float64
		most  float64
	}{
		{"bluebird", appraisal.Choice, accuracy, .885, 1},
		{"rte", appraisal.Choice, accuracy, .923, 1},
		{"CF", appraisal.Choice, accuracy, .885, 1},
		{"SP_amt", appraisal.Choice, accuracy, .941, 1},
		{"N_Emotion", appraisal.Number, func(s appraisal.Scores) *float64 { return s.MAE }, 0, 12.0225},
		{"CrowdWSA_T1", appraisal.Text, wer, 0, .483},
		{"CrowdWSA_J1", appraisal.Text, wer, 0, .612},
	}
	for _, tt := range tests {
		t.Run(tt.set, func(t *testing.T) {
			folder := filepath.Join(root, "crowd", tt.set)
			c, err := appraisal.ReadCrowd(sheet.Source{Name: filepath.Join(folder, "answers.tsv")}, appraisal.Reading{})
			if err != nil {
				t.Fatal(err)
			}
			if c.Kind != tt.kind {
				t.Errorf("kind %s (%s), want %s", c.Kind, c.Why, tt.kind)
			}
			out, err := appraisal.Aggregate(c, appraisal.Options{})
			if err != nil {
				t.Fatal(err)
			}
			labels := filepath.Join(t.TempDir(), "labels.parquet")
			if err := out.Write(sheet.Target{Name: labels}); err != nil {
				t.Fatal(err)
			}
			gold, err := appraisal.ReadGold(sheet.Source{Name: filepath.Join(folder, "gold.tsv")})
			if err != nil {
				t.Fatal(err)
			}
			s, err := appraisal.Evaluate(sheet.Source{Name: labels}, gold, tt.kind)
			if err != nil {
				t.Fatal(err)
			}
			got := *tt.score(s)
			t.Logf("%s by %s: %.4f on %d tasks", tt.set, out.Method, got, s.Scored)
			if got < tt.least || got > tt.most {
				t.Errorf("%.4f by %s, want from %.4f to %.4f", got, out.Method, tt.least, tt.most)
			}
		})
	}
}

func accuracy(s appraisal.Scores) *float64 { return s.Accuracy }

func wer(s appraisal.Scores) *float64 { return s.WER }
