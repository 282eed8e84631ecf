package id_test

import (
	"math"
	"testing"

	"github.com/alaya-network/alaya/core/id"
)

func TestTimeAdd(t *testing.T) {
	tests := []struct {
		name string
		at   id.Time
		ms   int64
		want id.Time
	}{
		{"forward", 5, 7, 12},
		{"back", 5, -7, -2},
		{"stops at the end", math.MaxInt64 - 1, 2, math.MaxInt64},
		{"reaches the end", math.MaxInt64 - 1, 1, math.MaxInt64},
		{"stops at the beginning", math.MinInt64 + 1, -2, math.MinInt64},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.at.Add(tt.ms); got != tt.want {
				t.Errorf("%d.Add(%d) = %d, want %d", tt.at, tt.ms, got, tt.want)
			}
		})
	}
}

func TestTimeOrderAndText(t *testing.T) {
	early, late := id.Time(1_700_000_000_123), id.Time(1_700_000_000_124)
	if !late.After(early) || early.After(late) || early.After(early) {
		t.Errorf("After does not order %d and %d", early, late)
	}
	if !early.Before(late) || late.Before(early) || early.Before(early) {
		t.Errorf("Before does not order %d and %d", early, late)
	}
	if got, want := early.String(), "2023-11-14T22:13:20.123Z"; got != want {
		t.Errorf("String = %q, want %q", got, want)
	}
	if got := id.Height(42).String(); got != "42" {
		t.Errorf("Height(42) = %q", got)
	}
}
