package numeric_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/numeric"
	"github.com/alaya-network/alaya/core/quality/table"
)

// crowd simulates ten workers who answer each of 300 tasks with the errors
// that noise draws for them.
func crowd(noise func(r *rand.Rand, worker int) float64) (answers []numeric.Answer, truths []numeric.Truth) {
	r := rand.New(rand.NewPCG(1, 2))
	for i := range 300 {
		task, value := fmt.Sprintf("t%03d", i), 100*r.Float64()
		truths = append(truths, numeric.Truth{Task: task, Value: value})
		for j := range 10 {
			answers = append(answers, numeric.Answer{Task: task, Worker: fmt.Sprintf("w%d", j), Value: value + noise(r, j)})
		}
	}
	return answers, truths
}

// clean errors are normal and alike; wild ones are far off in one answer of
// twenty; uneven ones are twelve times as large in eight of ten workers, of
// whom one is off by 40 besides.
func clean(r *rand.Rand, _ int) float64 { return r.NormFloat64() }

func wild(r *rand.Rand, _ int) float64 {
	if r.IntN(20) == 0 {
		return 50
	}
	return r.NormFloat64()
}

func uneven(r *rand.Rand, worker int) float64 {
	switch {
	case worker < 2:
		return r.NormFloat64()
	case worker == 2:
		return 40 + 12*r.NormFloat64()
	default:
		return 12 * r.NormFloat64()
	}
}

func TestMethodsAreBestWhereTheySayTheyAre(t *testing.T) {
	tests := []struct {
		name        string
		noise       func(*rand.Rand, int) float64
		best, worst string
	}{
		{"clean errors: the mean", clean, "mean", "median"},
		{"wild answers: a robust method", wild, "huber", "mean"},
		{"uneven workers: the weighted mean", uneven, "lfc", "mean"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			answers, truths := crowd(tt.noise)
			tab := ordered(t, answers)
			mae := map[string]numeric.Micro{}
			for _, name := range []string{"mean", "median", "trimmed", "huber", "lfc", "auto"} {
				m, err := numeric.New(name)
				if err != nil {
					t.Fatal(err)
				}
				mae[name] = numeric.Evaluate(tab, numeric.Aggregate(tab, m).Values, truths).MAE
			}
			if mae[tt.best] >= mae[tt.worst] {
				t.Errorf("errors %v: want %s below %s", mae, tt.best, tt.worst)
			}
			if near := mae[tt.best] + mae[tt.best]/10; mae["auto"] > near {
				t.Errorf("errors %v: want auto at most %d", mae, near)
			}
		})
	}
}

func TestMarginsHoldInNineteenOfTwenty(t *testing.T) {
	answers, truths := crowd(clean)
	tab := ordered(t, answers)
	covered := 0
	for i, v := range numeric.Aggregate(tab, numeric.Mean{}).Values {
		if math.Abs(truths[i].Value*1e6-float64(v.Value)) <= float64(v.Margin) {
			covered++
		}
	}
	if covered < 270 || covered > 296 {
		t.Errorf("%d of 300 values are within the margin, want about 285", covered)
	}
}

func TestWorkersAreDescribed(t *testing.T) {
	answers, _ := crowd(uneven)
	tab := ordered(t, answers)
	workers := numeric.Aggregate(tab, numeric.LFC{}).Workers
	for j, bias := range []float64{0, 0, 40, 0} {
		deviation := []float64{1, 1, 12, 12}[j]
		got := workers[j]
		if got.Answers != 300 || math.Abs(float64(got.Bias)/1e6-bias) > 5 || math.Abs(float64(got.Deviation)/1e6-deviation) > 2 {
			t.Errorf("worker %d: %+v; want 300 answers off by %v ± %v", j, got, bias, deviation)
		}
	}
}

func TestOneAnswerIsItsOwnValue(t *testing.T) {
	for _, name := range []string{"mean", "median", "trimmed", "huber", "lfc", "auto"} {
		m, err := numeric.New(name)
		if err != nil {
			t.Fatal(err)
		}
		tab := ordered(t, []numeric.Answer{{Task: "t", Worker: "w", Value: -2.5}})
		if got, want := numeric.Aggregate(tab, m).Values[0], (numeric.Value{Value: -2_500_000, Answers: 1}); got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
		if got := numeric.Aggregate(ordered(t, nil), m); len(got.Values) != 0 {
			t.Errorf("%s: %+v of no answers", name, got)
		}
	}
}

func TestTableRefusesNumbersOutOfBounds(t *testing.T) {
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 1.1e9, -1.1e9} {
		if _, err := numeric.NewTable([]numeric.Answer{{Task: "t", Worker: "w", Value: x}}, table.KeepFirst); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("value %v: error %v, want kind invalid", x, err)
		}
	}
	if _, err := numeric.New("mode"); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("method mode: error %v, want kind invalid", err)
	}
}

func TestValuesLieAmongTheAnswers(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var answers []numeric.Answer
		for j := range rapid.IntRange(1, 12).Draw(r, "workers") {
			answers = append(answers, numeric.Answer{Task: "t", Worker: fmt.Sprint(j), Value: rapid.Float64Range(-1e9, 1e9).Draw(r, "value")})
		}
		tab := ordered(t, answers)
		low, high := math.Inf(1), math.Inf(-1)
		for _, a := range answers {
			low, high = min(low, a.Value*1e6), max(high, a.Value*1e6)
		}
		for _, m := range []numeric.Method{numeric.Mean{}, numeric.Median{}, numeric.Trimmed{}, numeric.Huber{}} {
			// The slack is the rounding of a sum of values as large as these.
			if got := float64(numeric.Aggregate(tab, m).Values[0].Value); got < low-2 || got > high+2 {
				r.Fatalf("%s of %v: %v", m.Name(), answers, got)
			}
		}
	})
}

func TestThreadsAndOrderDoNotCount(t *testing.T) {
	answers, _ := crowd(uneven)
	want := numeric.Aggregate(ordered(t, answers), numeric.LFC{})
	slices.Reverse(answers)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	got := numeric.Aggregate(ordered(t, answers), numeric.LFC{})
	if !slices.Equal(got.Values, want.Values) || !slices.Equal(got.Workers, want.Workers) {
		t.Error("reversed answers on one thread give other values")
	}
}
