package fixed_test

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/model/fixed"
)

// digest is the SHA-256 of numbers as little-endian int32.
func digest(count int, of func(int) int64) string {
	var b []byte
	for k := range count {
		b = binary.LittleEndian.AppendUint32(b, uint32(int32(of(k))))
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func TestTablesHaveTheirGoldenHashes(t *testing.T) {
	logs := digest(65537, func(n int) int64 { return fixed.Log2(int64(n)) })
	if want := "5c9b1020bf0526dd8fd9e57f5e2ffda7c1966fa720ca7f29732cb62a4639c42f"; logs != want {
		t.Errorf("logarithms: %s, want %s", logs, want)
	}
	sigmoids := digest(1025, func(k int) int64 { return fixed.Sigmoid(int64(k-512) << 14) })
	if want := "7a7642551d7483d26bf27035abf7027429e82d2a9562eed708912a0e408959b1"; sigmoids != want {
		t.Errorf("sigmoids: %s, want %s", sigmoids, want)
	}
}

func TestGoldenValues(t *testing.T) {
	for _, tt := range []struct {
		name      string
		got, want int64
	}{
		{"log2 of nothing is 0", fixed.Log2(0), 0},
		{"log2 of less is 0", fixed.Log2(math.MinInt64), 0},
		{"log2 of 3", fixed.Log2(3), 1661953},
		{"log2 of 10", fixed.Log2(10), 3483294},
		{"log2 of 1000", fixed.Log2(1000), 10449882},
		{"log2 of the largest is nearly 63", fixed.Log2(math.MaxInt64), 63<<20 - 1},
		{"ln of 2", fixed.Ln(2), 726817},
		{"sigmoid of 0", fixed.Sigmoid(0), 524288},
		{"sigmoid of 1", fixed.Sigmoid(fixed.One), 766570},
		{"sigmoid of the smallest", fixed.Sigmoid(math.MinInt64), 351},
		{"sigmoid of the largest", fixed.Sigmoid(math.MaxInt64), 1048224},
		{"e to the 0", fixed.Exp(0), fixed.One},
		{"e to the -1", fixed.Exp(-fixed.One), 385749},
		{"e to the smallest", fixed.Exp(math.MinInt64), 0},
		{"a sum beyond the end stays there", fixed.Add(math.MaxInt64, 1), math.MaxInt64},
		{"a sum below the start stays there", fixed.Add(math.MinInt64, -1), math.MinInt64},
		{"a difference beyond the end stays there", fixed.Sub(math.MaxInt64, math.MinInt64), math.MaxInt64},
		{"a product rounds down", fixed.Mul(-1, 1), -1},
		{"a quotient by 0 saturates", fixed.MulDiv(-3, 5, 0), math.MinInt64},
		{"nothing by 0 is 0", fixed.MulDiv(0, 5, 0), 0},
		{"root of 15", fixed.Isqrt(15), 3},
		{"root of 16", fixed.Isqrt(16), 4},
		{"root of the largest", fixed.Isqrt(math.MaxInt64), 3037000499},
		{"root of less than 0", fixed.Isqrt(-4), 0},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, tt.got, tt.want)
		}
	}
}

func TestRootsTurnAtTheSquares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		root := rapid.OneOf(rapid.Int64Range(1, 3037000499), rapid.Int64Range(1, 1<<17)).Draw(t, "root")
		if got := fixed.Isqrt(root * root); got != root {
			t.Fatalf("root of %d squared: %d", root, got)
		}
		if got := fixed.Isqrt(root*root - 1); got != root-1 {
			t.Fatalf("root of less than %d squared: %d", root, got)
		}
	})
}

// saturated returns a large number as an int64.
func saturated(v *big.Int) int64 {
	switch {
	case v.IsInt64():
		return v.Int64()
	case v.Sign() < 0:
		return math.MinInt64
	default:
		return math.MaxInt64
	}
}

func TestArithmeticIsThatOfLargeNumbersSaturated(t *testing.T) {
	any64 := rapid.OneOf(rapid.Int64(), rapid.Int64Range(-1<<33, 1<<33), rapid.SampledFrom([]int64{math.MinInt64, math.MaxInt64, 0, 1, -1}))
	rapid.Check(t, func(t *rapid.T) {
		a, b, c, d := any64.Draw(t, "a"), any64.Draw(t, "b"), any64.Draw(t, "c"), any64.Draw(t, "d")
		x, y, z := big.NewInt(a), big.NewInt(b), big.NewInt(c)
		product := new(big.Int).Mul(x, y)
		want := map[string][2]int64{
			"add":    {fixed.Add(a, b), saturated(new(big.Int).Add(x, y))},
			"sub":    {fixed.Sub(a, b), saturated(new(big.Int).Sub(x, y))},
			"mul":    {fixed.Mul(a, b), saturated(new(big.Int).Rsh(product, fixed.Shift))},
			"mulint": {fixed.MulInt(a, b), saturated(product)},
			"compare": {
				int64(fixed.CompareProducts(a, b, c, d)),
				int64(product.Cmp(new(big.Int).Mul(z, big.NewInt(d)))),
			},
		}
		if c != 0 {
			want["muldiv"] = [2]int64{fixed.MulDiv(a, b, c), saturated(new(big.Int).Quo(product, z))}
		}
		if a >= 0 {
			want["isqrt"] = [2]int64{fixed.Isqrt(a), new(big.Int).Sqrt(x).Int64()}
		}
		for name, v := range want {
			if v[0] != v[1] {
				t.Fatalf("%s of %d, %d, %d, %d: %d, want %d", name, a, b, c, d, v[0], v[1])
			}
		}
	})
}

func TestFunctionsAreNearTheTruthAndNeverFall(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.OneOf(rapid.Int64Range(1, 1<<20), rapid.Int64Range(1, math.MaxInt64-1)).Draw(t, "n")
		if got, want := float64(fixed.Log2(n))/(1<<20), math.Log2(float64(n)); math.Abs(got-want) > 2e-6 {
			t.Fatalf("log2 of %d: %f, want %f", n, got, want)
		}
		if fixed.Log2(n+1) < fixed.Log2(n) {
			t.Fatalf("log2 falls at %d", n)
		}
		z := rapid.Int64Range(-9<<20, 9<<20).Draw(t, "z")
		real := max(-8, min(8, float64(z)/(1<<20)))
		if got, want := float64(fixed.Sigmoid(z))/(1<<20), 1/(1+math.Exp(-real)); math.Abs(got-want) > 5e-6 {
			t.Fatalf("sigmoid of %d: %f, want %f", z, got, want)
		}
		if fixed.Sigmoid(z+1) < fixed.Sigmoid(z) {
			t.Fatalf("sigmoid falls at %d", z)
		}
		y := -max(z, -z)
		if got, want := fixed.Exp(y), math.Exp(float64(y)/(1<<20))*(1<<20); math.Abs(float64(got)-want) > 2 {
			t.Fatalf("e to the %d: %d, want %f", y, got, want)
		}
	})
}
