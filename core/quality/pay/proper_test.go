package pay_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/pay"
)

// proper are the scores that reward nothing more than saying what one believes.
var proper = map[string]func([]num.Ppm, int) (num.Ppm, error){"quadratic": pay.Quadratic, "logarithmic": pay.Logarithmic}

func TestProperScoresAtTheirMarks(t *testing.T) {
	tests := []struct {
		name                   string
		report                 []num.Ppm
		quadratic, logarithmic num.Ppm
	}{
		{"sure and right", []num.Ppm{1_000_000, 0, 0, 0}, 1_000_000, 1_000_000},
		{"all equal", []num.Ppm{250_000, 250_000, 250_000, 250_000}, 0, 0},
		{"half sure", []num.Ppm{500_000, 500_000, 0, 0}, 333_333, 500_000},
		{"sure and wrong", []num.Ppm{0, 1_000_000, 0, 0}, -1_666_667, -2_321_929},
	}
	for _, tt := range tests {
		for name, want := range map[string]num.Ppm{"quadratic": tt.quadratic, "logarithmic": tt.logarithmic} {
			if got, err := proper[name](tt.report, 0); err != nil || got < want-1 || got > want+1 {
				t.Errorf("%s, %s: %d, %v; want %d", name, tt.name, got, err, want)
			}
		}
	}
}

// report draws probabilities that sum to One.
func report(t *rapid.T, k int, name string) []num.Ppm {
	weights := rapid.SliceOfN(rapid.Int64Range(20, 1000), k, k).Draw(t, name)
	parts, left, err := num.Split(num.Amount(num.One), weights)
	if err != nil {
		t.Fatal(err)
	}
	p := make([]num.Ppm, k)
	for i, part := range parts {
		p[i] = num.Ppm(part)
	}
	p[0] += num.Ppm(left)
	return p
}

func TestNothingIsExpectedToBeatTheTruth(t *testing.T) {
	for name, score := range proper {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				k := rapid.IntRange(2, 5).Draw(t, "k")
				belief, said := report(t, k, "belief"), report(t, k, "said")
				expect := func(report []num.Ppm) (sum float64) {
					for truth, p := range belief {
						s, err := score(report, truth)
						if err != nil {
							t.Fatal(err)
						}
						sum += float64(p) / 1e6 * float64(s)
					}
					return sum
				}
				const rounding = 3 // ppm: a logarithm of each kind, and the floor
				if honest, other := expect(belief), expect(said); other > honest+rounding {
					t.Fatalf("believing %v: %.1f for the truth, %.1f for %v", belief, honest, other, said)
				}
			})
		})
	}
}

func TestProperScoresRefuse(t *testing.T) {
	tests := []struct {
		name   string
		report []num.Ppm
		truth  int
	}{
		{"one class", []num.Ppm{1_000_000}, 0},
		{"too many classes", make([]num.Ppm, 1025), 0},
		{"a class that is not there", []num.Ppm{500_000, 500_000}, 2},
		{"a class below the first", []num.Ppm{500_000, 500_000}, -1},
		{"a sum below one", []num.Ppm{500_000, 400_000}, 0},
		{"a negative probability", []num.Ppm{1_100_000, -100_000}, 0},
	}
	for name, score := range proper {
		for _, tt := range tests {
			if got, err := score(tt.report, tt.truth); !fault.Is(err, fault.KindInvalid) {
				t.Errorf("%s, %s: %v, %v; want an error of kind invalid", name, tt.name, got, err)
			}
		}
	}
}
