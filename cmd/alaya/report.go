package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/alaya-network/alaya/agent/replay"
	"github.com/alaya-network/alaya/core/fault"
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

func seconds(n float64) string { return fmt.Sprintf("%.1f", n) }

func mib(n int64) string { return fmt.Sprintf("%d MiB", n) }

func kib(n int64) string { return fmt.Sprintf("%d KiB", n) }

// writeJSON writes figures to a file; "" writes nothing.
func writeJSON(file string, v any) error {
	if file == "" {
		return nil
	}
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fault.Internal("write %s: %w", file, err)
	}
	if err := os.WriteFile(file, append(text, '\n'), 0o644); err != nil {
		return fault.Invalid("write %s: %w", file, err)
	}
	return nil
}
