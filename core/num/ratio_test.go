package num_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/num"
)

func TestRamp(t *testing.T) {
	tests := []struct {
		name             string
		p, floor, target num.Ppm
		want             num.Ppm
	}{
		{"below the floor", 400_000, 500_000, 900_000, 0},
		{"at the floor", 500_000, 500_000, 900_000, 0},
		{"half way", 700_000, 500_000, 900_000, 500_000},
		{"a third, rounded down", 1, 0, 3, 333_333},
		{"at the target", 900_000, 500_000, 900_000, num.One},
		{"above the target", 990_000, 500_000, 900_000, num.One},
		{"a step, below", 499_999, 500_000, 500_000, 0},
		{"a step, on it", 500_000, 500_000, 500_000, num.One},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.p.Ramp(tt.floor, tt.target); got != tt.want {
				t.Errorf("%v.Ramp(%v, %v) = %v, want %v", tt.p, tt.floor, tt.target, got, tt.want)
			}
		})
	}
}

func TestShareAndFeeOfAnAmount(t *testing.T) {
	if got, err := num.Ppm(333_333).Of(10, num.Down); err != nil || got != 3 {
		t.Errorf("33.3333%% of 10 = %d, %v; want 3", got, err)
	}
	if got, err := num.Bps(250).Of(1001, num.Up); err != nil || got != 26 {
		t.Errorf("250 bps of 1001 = %d, %v; want 26", got, err)
	}
	if got, err := num.Ratio(2, 3, num.Nearest); err != nil || got != 666_667 {
		t.Errorf("2/3 = %v, %v; want 66.6667%%", got, err)
	}
	if got := num.Ppm(-5).String(); got != "-0.0005%" {
		t.Errorf("Ppm(-5) prints %q, want -0.0005%%", got)
	}
	if low, high := num.Ppm(-5).Clip(), (num.One + 5).Clip(); low != 0 || high != num.One {
		t.Errorf("Clip = %v, %v; want 0 and One", low, high)
	}
}
