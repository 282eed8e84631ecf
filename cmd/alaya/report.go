package main

import (
	"fmt"

	"github.com/alaya-network/alaya/agent/replay"
)

func percent(share float64) string { return fmt.Sprintf("%.1f %%", 100*share) }

func percentOf(part, whole uint64) string {
	if whole == 0 {
		return fmt.Sprint(part)
	}
	return fmt.Sprintf("%d of %d (%.0f %%)", part, whole, 100*float64(part)/float64(whole))
}

func labelsOf(r replay.Report) string {
	return fmt.Sprintf("%d accepted, %d delivered below the target, %d contested", r.Accepted, r.Delivered, r.Contested)
}

func clauseOf(c replay.ClauseReport) string {
	verdict := "holds"
	if !c.Holds {
		verdict = "fails"
	}
	return fmt.Sprintf("%s at least %s: %s, lower bound %s by %s", c.Metric, percent(c.Threshold), verdict, percent(c.LowerBound), c.Evidence)
}

func latencyOf(c replay.ChainReport) string {
	return fmt.Sprintf("p50 %d ms, p95 %d ms", c.LatencyMs.P50, c.LatencyMs.P95)
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "NO"
}
