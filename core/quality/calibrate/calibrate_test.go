package calibrate_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/calibrate"
)

// drawn returns n trials, believed evenly between a half and one, that are
// right with the probability given.
func drawn(n int, right func(p float64) float64) []calibrate.Trial {
	r := rand.New(rand.NewPCG(7, 0))
	trials := make([]calibrate.Trial, n)
	for i := range trials {
		p := 0.5 + r.Float64()/2
		trials[i] = calibrate.Trial{P: p, Right: r.Float64() < right(p)}
	}
	return trials
}

func honest(p float64) float64 { return p }

// boastful believes a half more than it should: odds are to the power of two.
func boastful(p float64) float64 {
	a, b := math.Sqrt(p), math.Sqrt(1-p)
	return a / (a + b)
}

func mended(trials []calibrate.Trial, by func(float64) float64) num.Ppm {
	after := make([]calibrate.Trial, len(trials))
	for i, t := range trials {
		after[i] = calibrate.Trial{P: by(t.P), Right: t.Right}
	}
	return calibrate.Measure(after).Error()
}

func TestTheErrorIsWhatIsBelievedTooMuch(t *testing.T) {
	trials := []calibrate.Trial{{0.95, true}, {0.95, true}, {0.95, false}, {1, false}, {0.55, true}, {0, false}}
	got := calibrate.Measure(trials)
	// The last bin believes 3.85 and gets 2, the sixth 0.55 and gets 1.
	if want := num.Ppm((1_850_000 + 450_000) / 6); got.Error() != want {
		t.Errorf("error %d, want %d", got.Error(), want)
	}
	if want := num.Ppm((2*2_500 + 902_500 + 1_000_000 + 202_500) / 6); got.Brier != want {
		t.Errorf("Brier score %d, want %d", got.Brier, want)
	}
	if got.Trials() != 6 || got.Bins[9].Trials != 4 || got.Bins[9].Right != 2 || got.Bins[0].Trials != 1 {
		t.Errorf("table %+v: want 4 trials in the last bin, 1 in the first", got)
	}
	if none := calibrate.Measure(nil); none.Error() != 0 || none.Brier != 0 {
		t.Errorf("no trials measure %+v, want nothing", none)
	}
}

func TestEveryMapMendsBoastsAndLeavesHonestyAlone(t *testing.T) {
	for _, tt := range []struct {
		name   string
		right  func(float64) float64
		before num.Ppm // at least
	}{{"boastful", boastful, 80_000}, {"honest", honest, 0}} {
		t.Run(tt.name, func(t *testing.T) {
			trials := drawn(4000, tt.right)
			if got := mended(trials, honest); got < tt.before {
				t.Fatalf("error %v before, want at least %v", got, tt.before)
			}
			for name, by := range map[string]func(float64) float64{
				"platt": calibrate.FitPlatt(trials).At, "isotonic": calibrate.FitIsotonic(trials).At,
			} {
				if got := mended(trials, by); got > 15_000 {
					t.Errorf("%s: error %v after, want at most 1.5%%", name, got)
				}
			}
		})
	}
}

func TestPlattFindsTheSlope(t *testing.T) {
	m := calibrate.FitPlatt(drawn(20_000, boastful))
	if math.Abs(m.Slope-0.5) > 0.05 || math.Abs(m.Offset) > 0.1 {
		t.Errorf("map %+v, want a slope of 0.5 and no offset", m)
	}
}

func TestIsotonicPoolsViolators(t *testing.T) {
	m := calibrate.FitIsotonic([]calibrate.Trial{
		{0.6, false}, {0.7, true}, {0.8, false}, {0.9, true}, {0.9, true},
	})
	for p, want := range map[float64]float64{0.5: 0, 0.6: 0, 0.65: 0.25, 0.7: 0.5, 0.75: 0.5, 0.8: 0.5, 0.85: 0.75, 0.9: 1, 1: 1} {
		if got := m.At(p); math.Abs(got-want) > 1e-12 {
			t.Errorf("At(%v) = %v, want %v", p, got, want)
		}
	}
	if got := (calibrate.Isotonic{}).At(0.3); got != 0.3 {
		t.Errorf("the zero map makes 0.3 to %v", got)
	}
}

func TestMapsAreMonotoneAndForgetTheOrder(t *testing.T) {
	trial := rapid.Custom(func(r *rapid.T) calibrate.Trial {
		return calibrate.Trial{P: rapid.Float64Range(0, 1).Draw(r, "p"), Right: rapid.Bool().Draw(r, "right")}
	})
	rapid.Check(t, func(r *rapid.T) {
		trials := rapid.SliceOf(trial).Draw(r, "trials")
		shuffled := rapid.Permutation(trials).Draw(r, "shuffled")
		p := rapid.Float64Range(0, 1).Draw(r, "p")
		q := rapid.Float64Range(p, 1).Draw(r, "q")
		platt, isotonic := calibrate.FitPlatt(trials), calibrate.FitIsotonic(trials)
		for name, at := range map[string]func(float64) float64{"platt": platt.At, "isotonic": isotonic.At} {
			if a, b := at(p), at(q); !(0 <= a && a <= b && b <= 1) {
				r.Fatalf("%s: At(%v) = %v, At(%v) = %v; want them to rise from 0 to 1", name, p, a, q, b)
			}
		}
		if again := calibrate.FitPlatt(shuffled); again != platt {
			r.Fatalf("shuffled, %+v becomes %+v", platt, again)
		}
		if again := calibrate.FitIsotonic(shuffled).At(p); again != isotonic.At(p) {
			r.Fatalf("shuffled, At(%v) = %v becomes %v", p, isotonic.At(p), again)
		}
		if calibrate.Measure(shuffled) != calibrate.Measure(trials) {
			r.Fatalf("shuffled, the table changes")
		}
	})
}

// posteriors returns n tasks of k classes, believed by softmax of random
// scores, and truths drawn at temperature T with a share of doubt.
func posteriors(n, k int, temperature, doubt float64) (posterior []float64, truth []int32) {
	r := rand.New(rand.NewPCG(11, 0))
	for range n {
		row := make([]float64, k)
		hot := make([]float64, k)
		var sum, all float64
		for c := range row {
			x := 20 * r.Float64()
			row[c], hot[c] = math.Exp(x), math.Exp(x/temperature)
			sum, all = sum+row[c], all+hot[c]
		}
		at, class := r.Float64(), 0
		for class < k-1 && at > hot[class]/all {
			at -= hot[class] / all
			class++
		}
		if r.Float64() < doubt {
			class = r.IntN(k)
		}
		for c := range row {
			row[c] /= sum
		}
		posterior, truth = append(posterior, row...), append(truth, int32(class))
	}
	return posterior, truth
}

func TestTemperatureAndDoubtAreFound(t *testing.T) {
	tests := []struct {
		name               string
		temperature, doubt float64
		tenths, percent    int // within 4 and 5
	}{
		{"a calibrated model", 1, 0, 10, 0},
		{"too sure", 2.5, 0, 25, 0},
		{"surely wrong at times", 1, 0.15, 10, 15},
		{"both", 2, 0.15, 20, 15},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			posterior, truth := posteriors(4000, 3, tt.temperature, tt.doubt)
			got := calibrate.FitTemperature(posterior, 3, truth)
			if got.Tenths < tt.tenths-4 || got.Tenths > tt.tenths+4 || got.Doubt < tt.percent-5 || got.Doubt > tt.percent+5 {
				t.Errorf("fitted %+v, want T %.1f and doubt %d %%", got, tt.temperature, tt.percent)
			}
		})
	}
}

func TestFewKnownTasksChangeNothing(t *testing.T) {
	posterior, truth := posteriors(calibrate.MinTasks, 3, 5, 0.4)
	truth[0] = -1
	if got := calibrate.FitTemperature(posterior, 3, truth); got != calibrate.Raw() {
		t.Errorf("fitted %+v on %d tasks, want nothing changed", got, calibrate.MinTasks-1)
	}
	if got := calibrate.FitPlatt(nil); math.Abs(got.At(0.7)-0.7) > 1e-12 {
		t.Errorf("platt makes 0.7 to %v with no trials", got.At(0.7))
	}
}

func TestSofteningKeepsLabelsAndSums(t *testing.T) {
	posterior, truth := posteriors(200, 4, 1, 0)
	soft := calibrate.Temperature{Tenths: 30}.Soften(posterior, 4)
	for i := range truth {
		sum, best, was := 0.0, 0, 0
		for c := range 4 {
			sum += soft[4*i+c]
			if soft[4*i+c] > soft[4*i+best] {
				best = c
			}
			if posterior[4*i+c] > posterior[4*i+was] {
				was = c
			}
		}
		if best != was || math.Abs(sum-1) > 1e-12 || soft[4*i+best] > posterior[4*i+was] {
			t.Fatalf("task %d: %v softens to %v", i, posterior[4*i:4*i+4], soft[4*i:4*i+4])
		}
	}
}
