package box_test

import (
	"encoding/json"
	"math"
	"path/filepath"
	"testing"

	"github.com/alaya-network/alaya/core/quality/box"
	"github.com/alaya-network/alaya/core/quality/geometry"
	"github.com/alaya-network/alaya/internal/recorded"
)

// pedestrians reads the recorded boxes, in hundredths of a pixel, or skips the
// test. A box there is its centre and its size.
func pedestrians(t testing.TB) []answer {
	t.Helper()
	var all []answer
	for _, f := range recorded.Lines(t, filepath.Join(recorded.Root(t), "crowd", "bbox_pedestrians", "answers.tsv")) {
		var boxes [][4]float64
		if err := json.Unmarshal([]byte(f[2]), &boxes); err != nil {
			t.Fatal(err)
		}
		a := answer{Task: f[0], Worker: f[1]}
		for _, b := range boxes {
			hundredth := func(v float64) int64 { return int64(math.Round(100 * v)) }
			a.Value = append(a.Value, box.Drawing[geometry.Box]{Shape: geometry.Box{
				X1: hundredth(b[0] - b[2]/2), Y1: hundredth(b[1] - b[3]/2),
				X2: hundredth(b[0] + b[2]/2), Y2: hundredth(b[1] + b[3]/2),
			}})
		}
		all = append(all, a)
	}
	return all
}

func TestRecordedPedestriansAreFound(t *testing.T) {
	answers := pedestrians(t)
	tab := tableOf(t, answers)
	r := aggregate(t, tab, box.Rules{})
	f1, overlap := box.Agreement(tab, 0.5)
	things, drawn, alone, invalid := 0, 0, 0, 0
	for _, all := range shapes(r) {
		things += len(all)
	}
	for _, w := range r.Workers {
		drawn, alone, invalid = drawn+w.Drawn, alone+w.Alone, invalid+w.Invalid
	}
	t.Logf("%d scenes, %d workers, %d answers: %d drawings, %d things, %d drawings of none, %d invalid", len(tab.Tasks), len(tab.Workers), tab.Len(), drawn, things, alone, invalid)
	t.Logf("two workers agree: F1 %d, mean IoU %d", f1, overlap)
	// What each worker drew, against what was found: most must agree with it
	// better than with each other.
	var given, wanted [][]geometry.Box
	for i := range tab.Tasks {
		for _, v := range tab.Votes(i) {
			var own []geometry.Box
			for _, d := range v.Value {
				if d.Shape.Check() == nil {
					own = append(own, d.Shape)
				}
			}
			given, wanted = append(given, own), append(wanted, shapes(r)[i])
		}
	}
	counts, meanIoU := box.Score(given, wanted, 0.5)
	t.Logf("workers against the result: F1 %d, mean IoU %d", counts.F1(), meanIoU)
	if len(tab.Tasks) != 1448 || len(tab.Workers) != 47 || things < 1500 || things > 1800 || invalid == 0 || counts.F1() < f1 || meanIoU < overlap {
		t.Errorf("%d scenes, %d workers, %d things; F1 %d against %d between workers, IoU %d against %d",
			len(tab.Tasks), len(tab.Workers), things, counts.F1(), f1, meanIoU, overlap)
	}
}
