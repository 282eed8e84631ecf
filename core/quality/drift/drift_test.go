package drift_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/drift"
)

// column makes the numbers of the reference below: gen(n, a, b, m) + shift.
func column(n, a, b, m int, shift float64) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = float64((i*a+b)%m)/7 + float64(i%5)*0.3 + shift
	}
	return x
}

func near(got num.Ppm, want float64) bool { return math.Abs(float64(got)-want*1e6) <= 1.5 }

// The reference is SciPy 1.17.1 and NumPy:
//
//	def gen(n,a,b,m): return np.array([((i*a+b)%m)/7.0+(i%5)*0.3 for i in range(n)])
//	x, y, z = gen(200,37,11,101), gen(150,53,7,97)+1.5, gen(180,41,5,103)
//	d = ks_2samp(x,y).statistic; kstwobign.sf(d*np.sqrt(len(x)*len(y)/(len(x)+len(y))))
//	wasserstein_distance(x,y)/x.std()
//	e = np.quantile(x,np.arange(1,10)/10,method='inverted_cdf')
//	b = lambda v: np.maximum(np.bincount(np.searchsorted(e,v),minlength=10)/len(v),1e-4)
//	((b(y)-b(x))*np.log(b(y)/b(x))).sum()
func TestNumbersAgreeWithTheReference(t *testing.T) {
	x := column(200, 37, 11, 101, 0)
	tests := []struct {
		name                string
		current             []float64
		ks, p, distance, si float64
	}{
		{"shifted", column(150, 53, 7, 97, 1.5), .116667, .193767, .283299, .309925},
		{"alike", column(180, 41, 5, 103, 0), .047222, .984133, .064698, .032012},
		{"the same", x, 0, 1, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := drift.Numbers("x", x, tt.current)
			if err != nil {
				t.Fatal(err)
			}
			if !near(r.KS, tt.ks) || !near(r.P, tt.p) || !near(r.Wasserstein, tt.distance) || !near(r.PSI, tt.si) {
				t.Errorf("%+v, want KS %v (P %v), Wasserstein %v, PSI %v", r, tt.ks, tt.p, tt.distance, tt.si)
			}
		})
	}
}

// The reference is SciPy 1.17.1:
//
//	chi2_contingency([a, b], correction=False).pvalue
//	jensenshannon(a, b)**2
func TestLabelsAgreeWithTheReference(t *testing.T) {
	tests := []struct {
		name   string
		a, b   []int64
		p, gap float64
	}{
		{"a small shift", []int64{500, 300, 200}, []int64{430, 330, 240}, .005702, .002586},
		{"a label that is new, and one never seen", []int64{50, 30, 20, 0, 0}, []int64{20, 40, 10, 5, 0}, .000221, .061053},
		{"nothing in common", []int64{20, 0}, []int64{0, 20}, 0, .693147},
		{"one label", []int64{20, 0}, []int64{30, 0}, 1, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := drift.Labels("label", tt.a, tt.b)
			if err != nil {
				t.Fatal(err)
			}
			if !near(r.P, tt.p) || !near(r.JS, tt.gap) {
				t.Errorf("%+v, want P %v, JS %v", r, tt.p, tt.gap)
			}
		})
	}
}

// Of samples that do not differ P-values are even, for few labels and for many.
func TestLabelsGiveEvenPValues(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, labels := range []int{2, 5, 50, 500} {
		below := 0
		for range 400 {
			a, b := make([]int64, labels), make([]int64, labels)
			for range 20 * labels {
				a[r.IntN(labels)]++
				b[r.IntN(labels)]++
			}
			result, err := drift.Labels("label", a, b)
			if err != nil {
				t.Fatal(err)
			}
			if result.P < num.One/4 {
				below++
			}
		}
		if below < 65 || below > 135 { // 100 ± 4 standard deviations
			t.Errorf("%d labels: %d of 400 P-values lie below a quarter", labels, below)
		}
	}
}

// SciPy 1.17.1: false_discovery_control([.01, .04, .03, .005, .5, .9]).
func TestManyPValuesAreAdjusted(t *testing.T) {
	got := drift.Adjust([]num.Ppm{10_000, 40_000, 30_000, 5_000, 500_000, 900_000})
	if want := "[3.0000% 6.0000% 6.0000% 3.0000% 60.0000% 90.0000%]"; fmt.Sprint(got) != want {
		t.Errorf("adjusted %v, want %s", got, want)
	}
	if got := drift.Adjust(nil); len(got) != 0 {
		t.Errorf("adjusted nothing to %v", got)
	}
}

// normal draws n numbers around a mean.
func normal(r *rand.Rand, n int, mean float64) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = r.NormFloat64() + mean
	}
	return x
}

func TestVerdictsAskForSizeAndSignificance(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	numbers := func(n int, shift float64) drift.Result {
		result, err := drift.Numbers("x", normal(r, n, 0), normal(r, n, shift))
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	labels := func(a, b []int64) drift.Result {
		result, err := drift.Labels("l", a, b)
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	tests := []struct {
		name   string
		result drift.Result
		want   drift.Verdict
	}{
		{"few alike rows, whose index is large by chance", numbers(30, 0), drift.Steady},
		{"very many rows, a shift that matters to nobody", numbers(100_000, .03), drift.Steady},
		{"a small shift", numbers(5_000, .2), drift.Watch},
		{"a large shift", numbers(500, 1), drift.Act},
		{"a few labels by chance", labels([]int64{10, 12}, []int64{14, 8}), drift.Steady},
		{"very many labels, a shift that matters to nobody", labels([]int64{500_000, 500_000}, []int64{505_000, 495_000}), drift.Steady},
		{"some more of one label", labels([]int64{500, 500}, []int64{700, 300}), drift.Watch},
		{"the labels turned round", labels([]int64{800, 200}, []int64{200, 800}), drift.Act},
	}
	for _, tt := range tests {
		if got := drift.Judge([]drift.Result{tt.result})[0]; got.Verdict != tt.want {
			t.Errorf("%s: %v (%+v), want %v", tt.name, got.Verdict, got, tt.want)
		}
	}
	if text, err := json.Marshal(drift.Act); err != nil || string(text) != `"act"` {
		t.Errorf("act is written %s, error %v", text, err)
	}
}

func TestManyColumnsOfChanceStaySteady(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	var results []drift.Result
	for range 500 {
		result, err := drift.Numbers("x", normal(r, 40, 0), normal(r, 40, 0))
		if err != nil {
			t.Fatal(err)
		}
		results = append(results, result)
	}
	for i, r := range drift.Judge(results) {
		if r.Verdict != drift.Steady {
			t.Errorf("column %d: %+v, want steady", i, r)
		}
	}
}

func TestComparisonsRefuseWhatCannotBeCompared(t *testing.T) {
	enough := make([]float64, 20)
	gap := append(make([]float64, 20), math.NaN())
	for name, sides := range map[string][2][]float64{"few rows now": {enough, enough[:19]}, "few before": {enough[:19], enough}, "a gap": {enough, gap}} {
		if _, err := drift.Numbers("x", sides[0], sides[1]); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: error %v, want kind invalid", name, err)
		}
	}
	many := make([]int64, drift.MaxLabels+1)
	for name, tt := range map[string]struct {
		a, b []int64
		kind fault.Kind
	}{
		"other labels": {[]int64{30}, []int64{20, 10}, fault.KindInvalid}, "few rows": {[]int64{30}, []int64{19}, fault.KindInvalid},
		"a count below zero": {[]int64{30, 30}, []int64{-1, 30}, fault.KindInvalid}, "too many labels": {many, many, fault.KindLimit},
	} {
		if _, err := drift.Labels("l", tt.a, tt.b); !fault.Is(err, tt.kind) {
			t.Errorf("%s: error %v, want kind %v", name, err, tt.kind)
		}
	}
}

func TestEffectSizesStayWithinTheirBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		side := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 20, 60)
		a, b := side.Draw(t, "a"), side.Draw(t, "b")
		r, err := drift.Numbers("x", a, b)
		if err != nil {
			t.Fatal(err)
		}
		if r.KS < 0 || r.KS > num.One || r.P < 0 || r.P > num.One || r.PSI < 0 || r.Wasserstein < 0 || r.Wasserstein > 1000*num.One {
			t.Fatalf("result %+v", r)
		}
		again, err := drift.Numbers("x", rapid.Permutation(a).Draw(t, "order"), b)
		if err != nil || again != r {
			t.Fatalf("in another order %+v, error %v; want %+v", again, err, r)
		}
	})
}

func TestCusumCallsSoonAfterTheTurn(t *testing.T) {
	c, err := drift.NewCusum(900_000, 600_000, 4_600_000)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(4, 4))
	length := func(percent int) (mean float64) {
		const runs = 2000
		for range runs {
			sum, review := int64(0), false
			for !review {
				sum, review = c.Step(sum, r.IntN(100) < percent)
				mean += 1. / runs
			}
		}
		return mean
	}
	steady, turned := length(90), length(60)
	t.Logf("mean answers to a review: %.0f without a turn, %.1f after one", steady, turned)
	if steady < 400 || turned > 20 {
		t.Errorf("mean answers to a review: %.0f without a turn, %.1f after one; want above 400 and below 20", steady, turned)
	}
	if sum, review := c.Step(0, true); sum != 0 || review {
		t.Errorf("a right answer leaves %d, review %v; want nothing", sum, review)
	}
	for name, p := range map[string][2]num.Ppm{"no turn": {600_000, 600_000}, "to the better": {600_000, 900_000}, "perfection": {num.One, 600_000}, "nothing right": {900_000, 0}} {
		if _, err := drift.NewCusum(p[0], p[1], 1); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: error %v, want kind invalid", name, err)
		}
	}
}
