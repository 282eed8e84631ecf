package agree_test

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/agree"
	"github.com/alaya-network/alaya/core/quality/label"
)

// rated makes a table of coders, each a string of one letter per unit, a dot
// where missing; coder j is worker j.
func rated(t testing.TB, coders ...string) *label.Table {
	t.Helper()
	var answers []label.Answer
	for j, given := range coders {
		for i, l := range given {
			if l != '.' {
				answers = append(answers, label.Answer{Task: fmt.Sprintf("u%02d", i), Worker: fmt.Sprintf("%03d", j), Label: string(l)})
			}
		}
	}
	tab, err := label.NewTable(answers, label.Rules{})
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

// Worked examples: Krippendorff, Computing Krippendorff's Alpha-Reliability,
// 2011, sections A to D (to three digits), and Content Analysis, chapter 12.
// The further digits are those of the package krippendorff 0.9.0:
//
//	krippendorff.alpha(rows, level_of_measurement="ordinal")
func TestAlphaOfPublishedTables(t *testing.T) {
	four := []string{"123321412...", "1233224125.3", ".3332342251.", "12332441251."}
	three := []string{".....34121133.3", "1.213343.......", "..21344.21133.4"}
	tests := []struct {
		name   string
		coders []string
		scale  agree.Scale
		want   num.Ppm
	}{
		{"two observers, binary data", []string{"0100000010", "1110010000"}, agree.Nominal, 95_238},
		{"two observers, five labels", []string{"aabbdcccedda", "babbbccceddd"}, agree.Nominal, 691_964},
		{"four observers with gaps, nominal", four, agree.Nominal, 743_421},
		{"four observers with gaps, ordinal", four, agree.Ordinal, 815_388},
		{"four observers with gaps, interval", four, agree.Interval, 849_107},
		{"three coders with gaps, nominal", three, agree.Nominal, 691_358},
		{"three coders with gaps, ordinal", three, agree.Ordinal, 806_721},
		{"three coders with gaps, interval", three, agree.Interval, 810_845},
		{"full agreement", []string{"aabb", "aabb"}, agree.Nominal, num.One},
		{"full disagreement of two", []string{"ab", "ba"}, agree.Nominal, -500_000},
		{"one label only", []string{"aaa", "aaa"}, agree.Nominal, num.One},
		{"nobody to agree with", []string{"abc"}, agree.Nominal, num.One},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tab := rated(t, tt.coders...)
			ratings := agree.Labels(tab)
			if tt.scale != agree.Nominal {
				var err error
				if ratings, err = agree.Numeric(tab); err != nil {
					t.Fatal(err)
				}
			}
			if got := agree.Krippendorff(ratings, tt.scale).Value(); got != tt.want {
				t.Errorf("alpha of %v is %v, want %v", tt.coders, got, tt.want)
			}
			if got := agree.Alpha(tab); tt.scale == agree.Nominal && got != tt.want {
				t.Errorf("Alpha(%v) = %v, want %v", tt.coders, got, tt.want)
			}
		})
	}
}

// The reference is krippendorff 0.9.0, as above.
func TestAlphaOfDecimalNumbers(t *testing.T) {
	ratings, err := agree.Numbers([][]float64{{1.5, 1.25, 2}, {2.5, 3}, {9, 8, 8.5}, {7, 6}, {4, 4.75}})
	if err != nil {
		t.Fatal(err)
	}
	for scale, want := range map[agree.Scale]num.Ppm{agree.Nominal: 0, agree.Ordinal: 942_308, agree.Interval: 968_875} {
		if got := agree.Krippendorff(ratings, scale).Value(); got != want {
			t.Errorf("scale %d: alpha %v, want %v", scale, got, want)
		}
	}
	if _, err := agree.Numbers([][]float64{{1}, {2, math.NaN()}}); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("a rating that is no number: error %v, want kind invalid", err)
	}
}

// psychiatrists is the table of Fleiss, 1971: 30 patients, six psychiatrists,
// five diagnoses (depression, personality disorder, schizophrenia, neurosis,
// other). He finds the shares .144 .144 .167 .306 .239 and kappa .430.
func psychiatrists() [][]float64 {
	counts := []string{
		"00060", "03003", "01401", "00006", "03030", "20400", "00402", "20310", "20040", "00006",
		"10050", "11040", "03300", "10050", "02031", "00501", "30012", "51000", "02040", "10203",
		"00006", "01050", "02013", "20040", "10041", "05010", "40002", "02040", "10500", "00006",
	}
	patients := make([][]float64, len(counts))
	for i, row := range counts {
		for class, n := range row {
			patients[i] = append(patients[i], slices.Repeat([]float64{float64(class)}, int(n-'0'))...)
		}
	}
	return patients
}

func TestKappaOfFleiss(t *testing.T) {
	ratings, err := agree.Numbers(psychiatrists())
	if err != nil {
		t.Fatal(err)
	}
	if got := agree.Fleiss(ratings).Value(); got != 430_245 {
		t.Errorf("kappa %v, want 0.430245", got)
	}
	if got := agree.Fleiss(agree.Ratings{}).Value(); got != num.One {
		t.Errorf("kappa of nothing is %v, want 1", got)
	}
}

// The reference is scikit-learn 1.9.1:
//
//	cohen_kappa_score(a, b, weights="linear")
func TestKappaOfCohen(t *testing.T) {
	a, b := "111111222222333344455551", "112111232222334344415552"
	tests := []struct {
		name    string
		a, b    string
		weights agree.Weights
		want    num.Ppm
	}{
		{"unweighted", a, b, agree.Unweighted, 734_513},
		{"linear", a, b, agree.Linear, 785_714},
		{"quadratic", a, b, agree.Quadratic, 785_523},
		{"gaps leave no trace", "1." + a + ".", ".1" + b + "1", agree.Quadratic, 785_523},
		{"as chance gives", "1122", "1212", agree.Unweighted, 0},
		{"nothing in common", "1.", ".1", agree.Linear, num.One},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ratings, err := agree.Numeric(rated(t, tt.a, tt.b))
			if err != nil {
				t.Fatal(err)
			}
			got, swapped := agree.Cohen(ratings, 0, 1, tt.weights).Value(), agree.Cohen(ratings, 1, 0, tt.weights).Value()
			if got != tt.want || swapped != tt.want {
				t.Errorf("kappa of %s and %s is %v, swapped %v, want %v", tt.a, tt.b, got, swapped, tt.want)
			}
		})
	}
}

func TestOrderCountsWhereItIsGiven(t *testing.T) {
	tab := rated(t, "lmhlmhlm", "lmhmmhll") // low, mid, high sort as h, l, m
	ordered, err := agree.Ordered(tab, []string{"l", "m", "h", "x"})
	if err != nil {
		t.Fatal(err)
	}
	numbered, err := agree.Numeric(rated(t, "12312312", "12322311"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := agree.Krippendorff(ordered, agree.Ordinal).Value(), agree.Krippendorff(numbered, agree.Ordinal).Value(); got != want {
		t.Errorf("alpha of names %v, of numbers %v", got, want)
	}
	for name, order := range map[string][]string{"a label left out": {"l", "m"}, "a label named twice": {"l", "m", "h", "l"}} {
		if _, err := agree.Ordered(tab, order); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: error %v, want kind invalid", name, err)
		}
	}
	if _, err := agree.Numeric(tab); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("names for numbers: error %v, want kind invalid", err)
	}
}

func TestIntervalsHoldTheValueAndRepeat(t *testing.T) {
	ratings, err := agree.Numbers(psychiatrists())
	if err != nil {
		t.Fatal(err)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for name, m := range map[string]agree.Measure{
		"alpha": agree.Krippendorff(ratings, agree.Nominal), "ordinal alpha": agree.Krippendorff(ratings, agree.Ordinal),
		"Fleiss": agree.Fleiss(ratings), "Cohen": agree.Cohen(ratings, 0, 5, agree.Linear),
	} {
		var first agree.Estimate
		for i, threads := range []int{1, 4} {
			runtime.GOMAXPROCS(threads)
			e, err := m.Estimate(agree.Thousand([32]byte{7}))
			if err != nil {
				t.Fatal(err)
			}
			if e.Value != m.Value() || e.Lower >= e.Value || e.Upper <= e.Value {
				t.Errorf("%s: estimate %+v does not surround %v", name, e, m.Value())
			}
			if i == 0 {
				first = e
			}
			if e != first {
				t.Errorf("%s: %+v on one thread, %+v on four", name, first, e)
			}
		}
	}
	for name, b := range map[string]agree.Bootstrap{
		"too few": {Resamples: 19, Confidence: 950_000}, "too many": {Resamples: 10_001, Confidence: 950_000},
		"certainty": {Resamples: 100, Confidence: num.One}, "nothing": {Resamples: 100},
	} {
		if _, err := agree.Fleiss(ratings).Estimate(b); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: error %v, want kind invalid", name, err)
		}
	}
}

// The alpha that all such crowds share must lie within the interval about as
// often as it says.
func TestIntervalsCover(t *testing.T) {
	covered := 0
	const crowds, tasks, truth = 200, 60, 0.64 // two raters right with .9 of two labels: alpha = (2·.9 - 1)²
	for crowd := range crowds {
		units := make([][]float64, tasks)
		r := rng(crowd)
		for i := range units {
			right := float64(r.IntN(2))
			for range 2 {
				given := right
				if r.IntN(10) == 0 {
					given = 1 - right
				}
				units[i] = append(units[i], given)
			}
		}
		ratings, err := agree.Numbers(units)
		if err != nil {
			t.Fatal(err)
		}
		e, err := agree.Krippendorff(ratings, agree.Nominal).Estimate(agree.Bootstrap{Resamples: 400, Confidence: 900_000})
		if err != nil {
			t.Fatal(err)
		}
		if float64(e.Lower) <= truth*1e6 && truth*1e6 <= float64(e.Upper) {
			covered++
		}
	}
	if covered < 168 || covered > 192 {
		t.Errorf("90%% intervals cover the truth in %d of %d cases", covered, crowds)
	}
}

func TestAgreementDoesNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		units := rapid.SliceOfN(rapid.SliceOfN(rapid.Float64Range(-100, 100), 0, 6), 1, 8).Draw(t, "units")
		shuffled := rapid.Permutation(units).Draw(t, "order")
		for i := range shuffled {
			shuffled[i] = rapid.Permutation(shuffled[i]).Draw(t, "raters")
		}
		one, err := agree.Numbers(units)
		if err != nil {
			t.Fatal(err)
		}
		two, err := agree.Numbers(shuffled)
		if err != nil {
			t.Fatal(err)
		}
		for _, scale := range []agree.Scale{agree.Nominal, agree.Ordinal, agree.Interval} {
			a, b := agree.Krippendorff(one, scale).Value(), agree.Krippendorff(two, scale).Value()
			if d := a - b; d < -1 || d > 1 { // the last bit of a sum may turn a rounding
				t.Fatalf("scale %d: alpha %v, shuffled %v", scale, a, b)
			}
			if a > num.One {
				t.Fatalf("scale %d: alpha %v above 1", scale, a)
			}
		}
	})
}
