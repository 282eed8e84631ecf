package num_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
)

func TestApportion(t *testing.T) {
	tests := []struct {
		name   string
		total  num.Amount
		shares []num.Share
		want   []num.Amount
	}{
		{"an even split", 9, []num.Share{{"a", 1}, {"b", 1}, {"c", 1}}, []num.Amount{3, 3, 3}},
		{"a tie goes to the lowest key", 4, []num.Share{{"c", 1}, {"a", 1}, {"b", 1}}, []num.Amount{1, 2, 1}},
		{"equal keys go to the earlier", 1, []num.Share{{"a", 1}, {"a", 1}}, []num.Amount{1, 0}},
		{"the largest fraction first", 10, []num.Share{{"a", 1}, {"b", 2}, {"c", 4}}, []num.Amount{1, 3, 6}},
		{"no weight, no part", 5, []num.Share{{"a", 0}, {"b", 1}}, []num.Amount{0, 5}},
		{"nothing to give", 0, []num.Share{{"a", 3}}, []num.Amount{0}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := num.Apportion(tt.total, tt.shares)
			if err != nil || !slices.Equal(got, tt.want) {
				t.Errorf("Apportion(%d, %v) = %v, %v; want %v", tt.total, tt.shares, got, err, tt.want)
			}
		})
	}
}

func TestSplitRefusesBadWeights(t *testing.T) {
	for name, weights := range map[string][]int64{
		"no weights": {}, "only zeros": {0, 0}, "a negative one": {2, -1}, "too large a sum": {math.MaxInt64, 1},
	} {
		if _, _, err := num.Split(10, weights); err == nil {
			t.Errorf("%s: Split(10, %v) succeeded", name, weights)
		}
	}
	if _, _, err := num.Split(-1, []int64{1}); !fault.Is(err, fault.KindLimit) {
		t.Errorf("Split(-1): error %v, want kind limit", err)
	}
}

func TestSplitsLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := num.Amount(rapid.Int64Min(0).Draw(t, "total"))
		weights := rapid.SliceOfN(rapid.Int64Range(0, math.MaxInt64/8), 1, 8).Draw(t, "weights")
		weights[0]++
		parts, rest, err := num.Split(total, weights)
		if err != nil {
			t.Fatal(err)
		}
		if sum, err := num.Sum(append(parts, rest)...); err != nil || sum != total {
			t.Fatalf("Split: parts and rest make %d, %v; want %d", sum, err, total)
		}
		shares := make([]num.Share, len(weights))
		for i, w := range weights {
			shares[i].Weight = w
		}
		full, err := num.Apportion(total, shares)
		if err != nil {
			t.Fatal(err)
		}
		if sum, err := num.Sum(full...); err != nil || sum != total {
			t.Fatalf("Apportion: parts make %d, %v; want %d", sum, err, total)
		}
		for i := range parts {
			if d := full[i] - parts[i]; d < 0 || d > 1 {
				t.Fatalf("share %d gets %d, rounded down %d", i, full[i], parts[i])
			}
		}
	})
}
