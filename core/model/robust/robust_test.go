package robust_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/model/fixed"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/model/robust"
	"github.com/alaya-network/alaya/core/num"
)

func TestAClippedInputIsNoLongerThanTheNorm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(-learn.MaxValue, learn.MaxValue), 1, learn.MaxIndices).Draw(t, "values")
		x := learn.Input{Values: values}
		for i := range values {
			x.Indices = append(x.Indices, uint32(i))
		}
		norm := rapid.Int64Range(1, 2_000*fixed.One).Draw(t, "norm")
		y := robust.Clip(x, norm)
		sum, over := 0.0, false
		for k, v := range y.Values {
			sum += float64(v) * float64(v)
			over = over || v*values[k] < 0 || max(v, -v) > max(values[k], -values[k])
		}
		if sum > float64(norm)*float64(norm) || over {
			t.Fatalf("clipped to %d: square length %g, values %v of %v", norm, sum, y.Values, values)
		}
		if robust.Norm(x) <= norm && !slices.Equal(x.Values, y.Values) {
			t.Fatalf("an input of norm %d was changed by a bound of %d", robust.Norm(x), norm)
		}
	})
}

func TestClipKeepsTheDirection(t *testing.T) {
	x := learn.Input{Indices: []uint32{1, 2}, Values: []int64{300 * fixed.One, -400 * fixed.One}}
	y := robust.Clip(x, 5*fixed.One)
	for k, want := range []int64{3 * fixed.One, -4 * fixed.One} {
		if off := y.Values[k] - want; off > 100 || off < -100 {
			t.Errorf("value %d is %d, want about %d", k, y.Values[k], want)
		}
	}
	if got := robust.Clip(x, 0); !slices.Equal(got.Values, x.Values) {
		t.Errorf("no bound changed %v to %v", x.Values, got.Values)
	}
	flags := learn.Input{Indices: []uint32{1, 2, 3, 4}}
	if y := robust.Clip(flags, fixed.One); y.Values == nil || y.Values[0] > fixed.One/2 {
		t.Errorf("four features of One clipped to One: %v", y.Values)
	}
}

func TestTrimLeavesOutTheWorst(t *testing.T) {
	tests := []struct {
		name   string
		losses []int64
		share  num.Ppm
		want   []bool
	}{
		{"a quarter of four", []int64{1, 9, 2, 3}, 250_000, []bool{false, true, false, false}},
		{"rounded down", []int64{1, 9, 2, 3}, 499_999, []bool{false, true, false, false}},
		{"half", []int64{1, 9, 2, 3}, 500_000, []bool{false, true, false, true}},
		{"equals: the later one", []int64{5, 5, 1, 1}, 250_000, []bool{false, true, false, false}},
		{"nothing", []int64{5, 5}, 0, []bool{false, false}},
		{"of nothing", nil, 400_000, []bool{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := robust.Trim(tt.losses, tt.share); !slices.Equal(got, tt.want) {
				t.Errorf("Trim(%v, %s) = %v, want %v", tt.losses, tt.share, got, tt.want)
			}
		})
	}
}
