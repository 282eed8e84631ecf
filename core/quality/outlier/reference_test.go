package outlier_test

import (
	"cmp"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alaya-network/alaya/core/quality/outlier"
)

// write names a folder for the tables that bench/quality/outliers.py reads.
var write = flag.String("write", "", "write the tables of the comparison into this folder")

// auroc is the probability that an odd row scores above another; equal scores
// count half.
func auroc(scores []outlier.Score, odd []bool) float64 {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(scores[a].Value, scores[b].Value) })
	var ranks, n float64
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && scores[order[to]].Value == scores[order[from]].Value {
			to++
		}
		for _, i := range order[from:to] {
			if odd[i] {
				ranks += float64(from+to+1) / 2
				n++
			}
		}
		from = to
	}
	return (ranks - n*(n+1)/2) / (n * (float64(len(order)) - n))
}

// The figures are PyOD 3.6.7's: ECOD's, and the mean of a hundred isolation forests.
//
//	go test ./core/quality/outlier -run Reference -args -write DIR
//	python bench/quality/outliers.py DIR
func TestDetectorsReachTheReferenceAUROC(t *testing.T) {
	want := map[string][2]float64{
		"heart cleveland, severe against healthy": {.8378, .8058},
		"heart hungarian, ill against healthy":    {.6459, .6230},
		"heart va, healthy against ill":           {.5131, .5514},
		"titanic, survivors":                      {.6526, .7025},
		"mnist, some 6 among 0":                   {.8165, .8775},
		"mnist, some 9 among 4":                   {.5337, .5803},
	}
	for _, task := range tasks(t) {
		t.Run(task.name, func(t *testing.T) {
			if *write != "" {
				save(t, task)
			}
			scores, err := outlier.ECOD(task.rows)
			if err != nil {
				t.Fatal(err)
			}
			ecod := auroc(scores, task.odd)
			var forest float64
			for salt := range byte(60) {
				scores, err := outlier.Usual([32]byte{salt}).Scores(task.rows)
				if err != nil {
					t.Fatal(err)
				}
				forest += auroc(scores, task.odd) / 60
			}
			t.Logf("%d rows: ECOD %.4f, forest %.4f", len(task.rows), ecod, forest)
			if w := want[task.name]; math.Abs(ecod-w[0]) > .001 || math.Abs(forest-w[1]) > .01 {
				t.Errorf("ECOD %.4f, forest %.4f; want %.4f ± .001, %.4f ± .01", ecod, forest, w[0], w[1])
			}
		})
	}
}

// save writes a task's numbers, tab separated, the last column 1 for odd rows.
func save(t *testing.T, k task) {
	t.Helper()
	var text strings.Builder
	for i, row := range k.rows {
		for _, x := range row {
			fmt.Fprintf(&text, "%v\t", x)
		}
		if k.odd[i] {
			text.WriteString("1\n")
		} else {
			text.WriteString("0\n")
		}
	}
	if err := os.WriteFile(filepath.Join(*write, k.name+".tsv"), []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
