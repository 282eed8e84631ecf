package score_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/score"
)

func TestRatiosOfCounts(t *testing.T) {
	tests := []struct {
		name                  string
		counts                score.Counts
		precision, recall, f1 num.Ppm
	}{
		{"all right", score.Counts{Right: 3, Given: 3, Wanted: 3}, num.One, num.One, num.One},
		{"some right", score.Counts{Right: 1, Given: 4, Wanted: 3}, 250_000, 333_333, 285_714},
		{"nothing given", score.Counts{Wanted: 3}, num.One, 0, 0},
		{"nothing wanted", score.Counts{Given: 3}, 0, num.One, 0},
		{"nothing at all", score.Counts{}, num.One, num.One, num.One},
	}
	for _, tt := range tests {
		if p, r, f := tt.counts.Precision(), tt.counts.Recall(), tt.counts.F1(); p != tt.precision || r != tt.recall || f != tt.f1 {
			t.Errorf("%s: precision %d, recall %d, F1 %d; want %d, %d, %d", tt.name, p, r, f, tt.precision, tt.recall, tt.f1)
		}
	}
	sum := score.Counts{Right: 1, Given: 2, Wanted: 3}
	sum.Add(score.Counts{Right: 4, Given: 5, Wanted: 6})
	if want := (score.Counts{Right: 5, Given: 7, Wanted: 9}); sum != want {
		t.Errorf("sum %+v, want %+v", sum, want)
	}
}
