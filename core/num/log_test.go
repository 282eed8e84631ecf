package num_test

import (
	"math"
	"testing"

	"github.com/alaya-network/alaya/core/num"
)

func TestLogRatio(t *testing.T) {
	tests := []struct {
		name string
		a, b int64
		want int64
	}{
		{"equal", 7, 7, 0},
		{"two", 2, 1, 693_147},
		{"a half", 1, 2, -693_147},
		{"ten", 10, 1, 2_302_585},
		{"the widest", math.MaxInt64, 1, 43_668_272},
		{"zero above", 0, 1, 0},
		{"negative below", 1, -1, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := num.LogRatio(tt.a, tt.b); got != tt.want {
				t.Errorf("LogRatio(%d, %d) = %d, want %d", tt.a, tt.b, got, tt.want)
			}
		})
	}
}
