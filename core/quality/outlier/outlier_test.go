package outlier_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/outlier"
)

// cloud draws rows around 0, with one that stands out in one column.
func cloud(n, columns, at, odd int) [][]float64 {
	r := rand.New(rand.NewPCG(1, 1))
	rows := make([][]float64, n)
	for i := range rows {
		for range columns {
			rows[i] = append(rows[i], r.NormFloat64())
		}
	}
	rows[at][odd] = 9
	return rows
}

// detectors run both with the usual settings.
func detectors(t testing.TB, rows [][]float64) map[string][]outlier.Score {
	t.Helper()
	ecod, err := outlier.ECOD(rows)
	if err != nil {
		t.Fatal(err)
	}
	forest, err := outlier.Usual([32]byte{1}).Scores(rows)
	if err != nil {
		t.Fatal(err)
	}
	return map[string][]outlier.Score{"ECOD": ecod, "forest": forest}
}

func TestWhatStandsOutIsFoundAndExplained(t *testing.T) {
	const at, column = 123, 2
	for name, scores := range detectors(t, cloud(500, 4, at, column)) {
		top := outlier.Top(scores, 100_000) // rank counts for ECOD, not distance
		if !slices.Contains(top, at) || name == "forest" && top[0] != at {
			t.Errorf("%s: rows %v score highest, want %d among them", name, top, at)
		}
		if s := scores[at]; s.Column != column || s.Share < 400_000 || s.Share > num.One {
			t.Errorf("%s: score %+v, want most of it due to column %d", name, s, column)
		}
	}
}

// Two rows of four: P(X <= x) are 1/4, 1/2, 3/4, 1 and P(X >= x) the same
// backwards, so the ends score ln 4, the others ln 2.
func TestScoresOfASmallTable(t *testing.T) {
	scores := detectors(t, [][]float64{{3, 1}, {1, 1}, {4, 1}, {2, 1}})
	if got, want := fmt.Sprint(scores["ECOD"]), "[{69.3147% 0 100.0000%} {138.6294% 0 100.0000%} {138.6294% 0 100.0000%} {69.3147% 0 100.0000%}]"; got != want {
		t.Errorf("ECOD %s, want %s", got, want)
	}
	for i, s := range scores["forest"] {
		if s.Column != 0 || s.Share != num.One {
			t.Errorf("forest: row %d is %+v, want all of it due to the column that varies", i, s)
		}
	}
	if f := scores["forest"]; f[1].Value <= f[0].Value || f[2].Value <= f[3].Value {
		t.Errorf("forest %v: want the ends to score higher", f)
	}
}

func TestTablesWithoutContrast(t *testing.T) {
	for name, rows := range map[string][][]float64{
		"no rows": nil, "one row": {{1, 2}}, "no columns": {{}, {}}, "equal rows": {{1, 2}, {1, 2}, {1, 2}},
	} {
		for detector, scores := range detectors(t, rows) {
			for i := range scores {
				if scores[i] != scores[0] {
					t.Errorf("%s: %s scores row %d %+v, row 0 %+v", name, detector, i, scores[i], scores[0])
				}
			}
		}
	}
}

func TestDetectorsRefuseWhatIsNoTable(t *testing.T) {
	for name, rows := range map[string][][]float64{
		"rows of different lengths": {{1}, {1, 2}}, "no number": {{1}, {math.NaN()}}, "an infinite one": {{1}, {math.Inf(-1)}},
	} {
		if _, err := outlier.ECOD(rows); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: ECOD gives error %v, want kind invalid", name, err)
		}
		if _, err := outlier.Usual([32]byte{}).Scores(rows); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: the forest gives error %v, want kind invalid", name, err)
		}
	}
	for name, f := range map[string]outlier.Forest{
		"no trees": {Sample: 256}, "too many": {Trees: 1001, Sample: 256}, "a sample of one": {Trees: 1, Sample: 1}, "too large a one": {Trees: 1, Sample: 4097},
	} {
		if _, err := f.Scores([][]float64{{1}, {2}}); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: error %v, want kind invalid", name, err)
		}
	}
}

func TestScoresDoNotDependOnScaleOrThreads(t *testing.T) {
	rows := cloud(600, 3, 7, 1)
	scaled := make([][]float64, len(rows))
	for i, row := range rows {
		for _, x := range row {
			scaled[i] = append(scaled[i], 1024*x)
		}
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	runtime.GOMAXPROCS(1)
	want := detectors(t, rows)
	runtime.GOMAXPROCS(6)
	for name, scores := range detectors(t, scaled) {
		if !slices.Equal(scores, want[name]) {
			t.Errorf("%s: scaled rows on six threads score otherwise", name)
		}
	}
}

func TestECODDoesNotDependOnTheOrderOfRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(rapid.Float64Range(-9, 9), 3, 3), 1, 20).Draw(t, "rows")
		scores, err := outlier.ECOD(rows)
		if err != nil {
			t.Fatal(err)
		}
		order := make([]int, len(rows))
		for i := range order {
			order[i] = i
		}
		order = rapid.Permutation(order).Draw(t, "order")
		shuffled := make([][]float64, len(rows))
		for i, from := range order {
			shuffled[i] = rows[from]
		}
		got, err := outlier.ECOD(shuffled)
		if err != nil {
			t.Fatal(err)
		}
		for i, from := range order {
			if got[i] != scores[from] {
				t.Fatalf("row %v scores %+v, elsewhere %+v", shuffled[i], scores[from], got[i])
			}
		}
	})
}

func TestTopIsAShareRoundedUp(t *testing.T) {
	scores := []outlier.Score{{Value: 1}, {Value: 5}, {Value: 3}, {Value: 5}, {Value: 2}}
	for share, want := range map[num.Ppm]string{0: "[]", 1: "[1]", 200_000: "[1]", 200_001: "[1 3]", num.One: "[1 3 2 4 0]", 2 * num.One: "[1 3 2 4 0]"} {
		if got := fmt.Sprint(outlier.Top(scores, share)); got != want {
			t.Errorf("top %v is %s, want %s", share, got, want)
		}
	}
}

func BenchmarkECOD(b *testing.B) {
	rows := cloud(100_000, 10, 0, 0)
	for b.Loop() {
		if _, err := outlier.ECOD(rows); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkForest(b *testing.B) {
	rows := cloud(100_000, 10, 0, 0)
	for b.Loop() {
		if _, err := outlier.Usual([32]byte{}).Scores(rows); err != nil {
			b.Fatal(err)
		}
	}
}
