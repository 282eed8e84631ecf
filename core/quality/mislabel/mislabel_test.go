package mislabel_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/mislabel"
	"github.com/alaya-network/alaya/internal/recorded"
)

// The reference is cleanlab 2.9.0 on the numbers below:
//
//	compute_confident_joint(y, p, calibrate=False)  # 15 1 1, 5 10 0, 2 0 5
//	find_label_issues(y, p, filter_by="confident_learning",
//	                  return_indices_ranked_by="normalized_margin")
//
// It rounds the joint to whole items; here it is not.
func TestFindAgreesWithTheReference(t *testing.T) {
	const n, k = 60, 3
	given, probability := make([]int32, n), make([]float64, n*k)
	for i := range n {
		row, sum, best := probability[i*k:][:k], 0.0, 0
		for l := range row {
			row[l] = float64((i*37+l*53+i*i*l)%23 + 1)
			sum += row[l]
			if row[l] > row[best] {
				best = l
			}
		}
		for l := range row {
			row[l] /= sum
		}
		given[i] = int32(best)
		if i%4 == 0 {
			given[i] = int32(i * 5 % 3)
		}
	}
	r, err := mislabel.Find(given, probability, k)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(r.Threshold), "[41.3370% 52.5303% 46.2275%]"; got != want {
		t.Errorf("thresholds %s, want %s", got, want)
	}
	var got []string
	for _, s := range r.Suspects {
		got = append(got, fmt.Sprintf("%d:%d", s.Item, s.Margin))
	}
	if want := "0:-583333 48:-392857 40:-333333 44:-272727 32:-166667 16:-78947"; strings.Join(got, " ") != want {
		t.Errorf("suspects %v, want %s", got, want)
	}
	sizes, counts := [k]float64{25, 21, 14}, [k][k]float64{{15, 1, 1}, {5, 10, 0}, {2, 0, 5}}
	for g, row := range counts {
		for l, c := range row {
			want := c / (row[0] + row[1] + row[2]) * sizes[g] / n * 1e6
			if got := r.Joint[g*k+l]; math.Abs(float64(got)-want) > 1 {
				t.Errorf("joint of given %d, true %d is %v, want %.0f ppm", g, l, got, want)
			}
		}
	}
	if want := r.Joint[1] + r.Joint[2] + r.Joint[3] + r.Joint[5] + r.Joint[6] + r.Joint[7]; r.Noise < want-3 || r.Noise > want+3 {
		t.Errorf("noise %v, want %v", r.Noise, want)
	}
}

func TestFindRefusesWhatIsNoData(t *testing.T) {
	tests := []struct {
		name        string
		given       []int32
		probability []float64
		k           int
		kind        fault.Kind
	}{
		{"a probability missing", []int32{0, 1}, []float64{.5, .5, 1}, 2, fault.KindInvalid},
		{"no classes", nil, nil, 0, fault.KindInvalid},
		{"too many classes", nil, nil, mislabel.MaxClasses + 1, fault.KindLimit},
		{"a class out of range", []int32{2}, []float64{.5, .5}, 2, fault.KindInvalid},
		{"a class below zero", []int32{-1}, []float64{.5, .5}, 2, fault.KindInvalid},
		{"a negative probability", []int32{0}, []float64{1.5, -.5}, 2, fault.KindInvalid},
		{"no number", []int32{0}, []float64{math.NaN(), 1}, 2, fault.KindInvalid},
		{"an infinite one", []int32{0}, []float64{math.Inf(1), 0}, 2, fault.KindInvalid},
		{"more than one in all", []int32{0}, []float64{.6, .5}, 2, fault.KindInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := mislabel.Find(tt.given, tt.probability, tt.k); !fault.Is(err, tt.kind) {
				t.Errorf("error %v, want kind %v", err, tt.kind)
			}
		})
	}
}

func TestReportsHoldTheirInvariants(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(1, 5).Draw(t, "classes")
		n := rapid.IntRange(0, 30).Draw(t, "items")
		given, probability := make([]int32, n), make([]float64, n*k)
		share := make([]float64, k)
		for i := range given {
			given[i] = int32(rapid.IntRange(0, k-1).Draw(t, "given"))
			share[given[i]] += 1e6 / float64(n)
			row, sum := probability[i*k:][:k], 0.0
			for l := range row {
				row[l] = rapid.Float64Range(.01, 1).Draw(t, "p")
				sum += row[l]
			}
			for l := range row {
				row[l] /= sum
			}
		}
		r, err := mislabel.Find(given, probability, k)
		if err != nil {
			t.Fatal(err)
		}
		for g := range k {
			var sum num.Ppm
			for _, s := range r.Joint[g*k:][:k] {
				sum += s
			}
			if math.Abs(float64(sum)-share[g]) > float64(k) {
				t.Fatalf("joint row %d sums to %v, want %.0f ppm", g, sum, share[g])
			}
		}
		for i, s := range r.Suspects {
			if s.Margin > 0 || s.Given != given[s.Item] || s.Likely == s.Given || s.Margin != r.Margin[s.Item] {
				t.Fatalf("suspect %+v of an item given %d with margin %v", s, given[s.Item], r.Margin[s.Item])
			}
			if i > 0 && s.Margin < r.Suspects[i-1].Margin {
				t.Fatalf("suspect %+v stands behind %+v", s, r.Suspects[i-1])
			}
		}
	})
}

// The crowd's posteriors, which know nothing of the labels under suspicion,
// must point to those made wrong; 7 % of their own labels are wrong.
func TestFlippedLabelsOfRecordedTasksAreFound(t *testing.T) {
	answers, truths := recorded.Crowd(t, "rte")
	tab, err := label.NewTable(answers, label.Rules{})
	if err != nil {
		t.Fatal(err)
	}
	method, err := label.New("fds")
	if err != nil {
		t.Fatal(err)
	}
	given := []int32(tab.Gold(truths))
	r := rand.New(rand.NewPCG(5, 5))
	flipped := map[int]bool{}
	for i := range given {
		if r.IntN(20) == 0 {
			given[i], flipped[i] = 1-given[i], true
		}
	}
	report, err := mislabel.Find(given, method.Aggregate(tab, nil).Posterior, tab.K())
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, s := range report.Suspects {
		if flipped[s.Item] {
			found++
		}
	}
	t.Logf("%d of %d flipped labels among %d suspects of %d; noise %v", found, len(flipped), len(report.Suspects), len(given), report.Noise)
	if found*10 < len(flipped)*8 || found*3 < len(report.Suspects) {
		t.Errorf("%d of %d flipped labels among %d suspects", found, len(flipped), len(report.Suspects))
	}
}
