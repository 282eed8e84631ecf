package beside

import (
	"math"
	"testing"
)

func TestMayDoAnything(t *testing.T) {
	for _, x := range map[string]float64{"one": 1} {
		t.Log(math.Exp(x)*x + x)
	}
}
