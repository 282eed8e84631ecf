package fixed_test

import (
	"testing"

	"github.com/alaya-network/alaya/core/model/fixed"
)

func BenchmarkFunctions(b *testing.B) {
	for _, f := range []struct {
		name string
		of   func(int64) int64
	}{
		{"log2 of small numbers", fixed.Log2},
		{"sigmoid", fixed.Sigmoid},
		{"exp", func(v int64) int64 { return fixed.Exp(-v << 8) }},
		{"root", func(v int64) int64 { return fixed.Isqrt(v << 24) }},
	} {
		b.Run(f.name, func(b *testing.B) {
			sum := int64(0)
			for k := range b.N {
				sum += f.of(int64(k) & 0xffff)
			}
			if sum == 0 && b.N > 2 {
				b.Fatal("all zero")
			}
		})
	}
}
