package watch

import (
	"fmt"

	"github.com/alaya-network/alaya/core/quality/drift"
	"github.com/alaya-network/alaya/core/quality/label"
)

// hoursLimit is the divergence that drift calls for action at.
const hoursLimit = 50_000

// Hours reports workers who answer at other hours of the day than they used
// to, as an account does that changed hands: past and now count the answers of
// each worker of t by hour. Those with fewer than twenty on either side are
// passed over. P-values are adjusted for the number of workers.
func Hours(t *label.Table, past, now [][24]int64) []Finding {
	var workers []int
	var results []drift.Result
	for j := range t.Workers {
		if r, err := drift.Labels(t.Workers[j], past[j][:], now[j][:]); err == nil {
			workers, results = append(workers, j), append(results, r)
		}
	}
	var findings []Finding
	for i, r := range drift.Judge(results) {
		if r.Verdict != drift.Act {
			continue
		}
		j, busiest := workers[i], 0
		for h, n := range now[j] {
			if n > now[j][busiest] {
				busiest = h
			}
		}
		findings = append(findings, Finding{
			Worker: t.Workers[j], Kind: KindHours, Value: int64(r.JS), Limit: hoursLimit,
			Label: fmt.Sprintf("%02d:00", busiest), Count: now[j][busiest], Of: r.Current,
			Expect: past[j][busiest] * r.Current / r.Reference,
		})
	}
	return findings
}
