package num_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
)

func TestParseAmount(t *testing.T) {
	tests := []struct {
		name, in string
		want     num.Amount
		kind     fault.Kind
	}{
		{"whole aly", "3aly", 3_000_000, fault.KindNone},
		{"decimals", "12.5aly", 12_500_000, fault.KindNone},
		{"the smallest unit in aly", "0.000001aly", 1, fault.KindNone},
		{"ualy", "100ualy", 100, fault.KindNone},
		{"nothing", "0ualy", 0, fault.KindNone},
		{"the largest", "9223372036854775807ualy", math.MaxInt64, fault.KindNone},
		{"one too many", "9223372036854775808ualy", 0, fault.KindLimit},
		{"far too many aly", "99999999999999999999aly", 0, fault.KindLimit},
		{"seven decimals", "0.0000001aly", 0, fault.KindInvalid},
		{"no unit", "100", 0, fault.KindInvalid},
		{"no digits", "aly", 0, fault.KindInvalid},
		{"no digits before ualy", "ualy", 0, fault.KindInvalid},
		{"a point without decimals", "1.aly", 0, fault.KindInvalid},
		{"a point without a whole", ".5aly", 0, fault.KindInvalid},
		{"a fraction of a ualy", "1.5ualy", 0, fault.KindInvalid},
		{"a sign", "-1aly", 0, fault.KindInvalid},
		{"a space", "1 aly", 0, fault.KindInvalid},
		{"another token", "1uatom", 0, fault.KindInvalid},
		{"digits of another script", "١aly", 0, fault.KindInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := num.ParseAmount(tt.in)
			if got != tt.want || fault.KindOf(err) != tt.kind {
				t.Errorf("ParseAmount(%q) = %d, %v; want %d, %v", tt.in, got, err, tt.want, tt.kind)
			}
		})
	}
}

func TestAmountString(t *testing.T) {
	for want, a := range map[string]num.Amount{
		"0ualy": 0, "999ualy": 999, "0.001aly": 1000, "12.5aly": 12_500_000, "100aly": 100_000_000,
	} {
		if got := a.String(); got != want {
			t.Errorf("Amount(%d).String() = %q, want %q", int64(a), got, want)
		}
	}
}

func TestAmountReadsWhatItWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := num.Amount(rapid.Int64Min(0).Draw(t, "amount"))
		got, err := num.ParseAmount(a.String())
		if err != nil || got != a {
			t.Fatalf("ParseAmount(%q) = %d, %v; want %d", a.String(), got, err, a)
		}
	})
}

func FuzzParseAmount(f *testing.F) {
	for _, seed := range []string{"12.5aly", "100ualy", "-1aly", "0.0000001aly", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := num.ParseAmount(text)
		if err != nil {
			return
		}
		if again, err := num.ParseAmount(a.String()); a < 0 || err != nil || again != a {
			t.Errorf("%q read as %d, written %q, read again as %d, %v", text, a, a, again, err)
		}
	})
}

func TestAmountRefusesToLeaveItsBounds(t *testing.T) {
	const top = num.Amount(math.MaxInt64)
	tests := []struct {
		name string
		op   func() (num.Amount, error)
	}{
		{"a sum above the top", func() (num.Amount, error) { return top.Add(1) }},
		{"a difference below zero", func() (num.Amount, error) { return num.Amount(1).Sub(2) }},
		{"a negative operand", func() (num.Amount, error) { return num.Amount(5).Add(-1) }},
		{"a negative subtrahend", func() (num.Amount, error) { return num.Amount(5).Sub(-1) }},
		{"a negative factor", func() (num.Amount, error) { return num.Amount(5).Mul(-1) }},
		{"a product above the top", func() (num.Amount, error) { return top.Mul(2) }},
		{"a quotient by zero", func() (num.Amount, error) { return num.Amount(5).MulDiv(1, 0, num.Down) }},
		{"a quotient above the top", func() (num.Amount, error) { return top.MulDiv(3, 2, num.Down) }},
		{"a long sum", func() (num.Amount, error) { return num.Sum(top, 0, 1) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := tt.op(); !fault.Is(err, fault.KindLimit) {
				t.Errorf("got %d, %v; want an error of kind limit", got, err)
			}
		})
	}
}

func TestMulDivRounds(t *testing.T) {
	tests := []struct {
		name      string
		a, n, d   int64
		down      int64
		up, close int64
	}{
		{"an exact quotient", 6, 2, 3, 4, 4, 4},
		{"a small rest", 10, 1, 3, 3, 4, 3},
		{"a large rest", 11, 1, 3, 3, 4, 4},
		{"a tie below an odd number", 5, 1, 2, 2, 3, 2},
		{"a tie below an even number", 7, 1, 2, 3, 4, 4},
		{"a product of 126 bits", math.MaxInt64, math.MaxInt64, math.MaxInt64, math.MaxInt64, math.MaxInt64, math.MaxInt64},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for r, want := range map[num.Rounding]int64{num.Down: tt.down, num.Up: tt.up, num.Nearest: tt.close} {
				if got, err := num.MulDiv(tt.a, tt.n, tt.d, r); err != nil || got != want {
					t.Errorf("MulDiv(%d, %d, %d, %v) = %d, %v; want %d", tt.a, tt.n, tt.d, r, got, err, want)
				}
			}
		})
	}
	if _, err := num.MulDiv(1, 1, 1, 0); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("MulDiv without a rounding: error %v, want kind invalid", err)
	}
}
