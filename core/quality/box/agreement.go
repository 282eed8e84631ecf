package box

import (
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/table"
)

// Agreement says how far any two workers of one scene agree, without a model:
// the harmonic mean of precision and recall of the one's shapes against the
// other's at an IoU of at least so much, over all pairs together, and the mean
// IoU of the shapes matched. Shapes that Check refuses are passed over. It takes time quadratic in the answers to a scene.
func Agreement[S Shape[S]](t *table.Table[[]Drawing[S]], least float64) (f1, meanIoU num.Ppm) {
	var given, wanted [][]S
	for i := range t.Tasks {
		votes := t.Votes(i)
		shapes := make([][]S, len(votes))
		for n, v := range votes {
			for _, d := range v.Value {
				if d.Shape.Check() == nil {
					shapes[n] = append(shapes[n], d.Shape)
				}
			}
			for _, other := range shapes[:n] {
				given, wanted = append(given, shapes[n]), append(wanted, other)
			}
		}
	}
	counts, meanIoU := Score(given, wanted, least)
	return counts.F1(), meanIoU
}
