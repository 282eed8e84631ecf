package main

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/agent/replay"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/station"
)

func newBenchCommand(s *session) *cobra.Command {
	return newGroup(&cobra.Command{
		Use:     "bench",
		Short:   "Measure this machine: figures as in bench/README.md",
		Example: "  alaya bench campaign --items 20000 --contributors 100",
	}, newBenchCampaignCommand(s))
}

// campaignFlags are the flags of bench campaign.
type campaignFlags struct {
	items, answers, contributors, page int
	json                               string
}

func newBenchCampaignCommand(s *session) *cobra.Command {
	var f campaignFlags
	cmd := &cobra.Command{
		Use:   "campaign",
		Short: "Time a whole campaign of synthetic contributors on a throw-away node",
		Long: `Posts a request, lets contributors of known skill bid, answer and be paid, and tells how
long each step took, how much memory the process needed at the most, and how large the
chain's state became. One process: node, verifier and all contributors.`,
		Example: `  alaya bench campaign --items 200000 --answers-per-item 5 --contributors 1000 --page 100
  alaya bench campaign --items 20000 --page 10 --json small.json`,
		RunE: func(cmd *cobra.Command, _ []string) error { return s.benchCampaign(cmd.Context(), f) },
	}
	flags := cmd.Flags()
	flags.IntVar(&f.items, "items", 20_000, "items asked about")
	flags.IntVar(&f.answers, "answers-per-item", 5, "independent answers to each")
	flags.IntVar(&f.contributors, "contributors", 100, "contributors")
	flags.IntVar(&f.page, "page", 100, "items on a page")
	flags.StringVar(&f.json, "json", "", "write the figures to this file as JSON")
	return cmd
}

// campaignView is what bench campaign found. Times are seconds.
type campaignView struct {
	Labels       uint64             `json:"labels"`
	Items        int                `json:"items"`
	Pages        int                `json:"pages"`
	Contributors int                `json:"contributors"`
	Accuracy     float64            `json:"accuracy"`
	Balanced     bool               `json:"money_balanced"`
	Steps        []campaignStep     `json:"steps"`
	LeaseToPaid  float64            `json:"lease_to_paid_s"`
	LabelsPerS   float64            `json:"labels_per_s"`
	CPU          float64            `json:"cpu_s"`
	PeakMiB      int64              `json:"peak_rss_mib"`
	StateKiB     int64              `json:"state_kib"`
	BlobsMiB     int64              `json:"blobs_mib"`
	Chain        replay.ChainReport `json:"chain"`
}

type campaignStep struct {
	Doing   string  `json:"doing"`
	Seconds float64 `json:"seconds"`
}

func (s *session) benchCampaign(ctx context.Context, f campaignFlags) (err error) {
	if f.items < 1 || f.page < 1 || f.answers < 1 || f.contributors < f.answers {
		return fault.Invalid("%d items, pages of %d, %d answers, %d contributors: at least 1 each, as many contributors as answers", f.items, f.page, f.answers, f.contributors)
	}
	home, remove, err := throwAway(false)
	if err != nil {
		return err
	}
	defer remove()
	st, err := startLocal(ctx, station.Config{Home: home})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Stop()) }()
	requester, err := localAccount(st, home, "requester")
	if err != nil {
		return err
	}
	clock := newStopwatch(s)
	stage := replay.Stage{Client: st.Client, Blobs: st.Store, Requester: requester, Batch: 10, Tell: clock.tell}
	crowd := f.crowd()
	script := replay.Script{Layout: crowd.Layout(), Labels: crowd.LabelSet(), Crowd: crowd, Truth: crowd.Truth()}
	report, err := script.Run(ctx, stage, f.options())
	if err != nil {
		return err
	}
	if err := st.Node.App().Invariants(); err != nil {
		return err
	}
	return s.showCampaign(clock.view(report, home, len(script.Layout.Pages)), f.json)
}

func (f campaignFlags) crowd() replay.Synthetic {
	pages := (f.items + f.page - 1) / f.page
	each := (pages*f.answers/f.contributors + 2) * f.page
	return replay.Synthetic{
		Items: f.items, Page: f.page, Contributors: f.contributors, Labels: 4, Each: uint64(each),
		Lowest: 600_000, Highest: 950_000, Seed: "bench",
	}
}

// options ask for all answers in one round.
func (f campaignFlags) options() replay.Options {
	o := replay.Defaults()
	n := uint32(f.answers)
	o.Spend = num.One
	o.Title, o.Redundancy = "bench", market.Redundancy{Min: n, Max: n, Step: 1, Target: 990_000}
	return o
}

// stopwatch times the steps of a run.
type stopwatch struct {
	s       *session
	steps   []campaignStep
	current string
	since   time.Time
}

func newStopwatch(s *session) *stopwatch { return &stopwatch{s: s, since: time.Now()} }

func (w *stopwatch) tell(p replay.Progress) {
	if p.Doing == w.current {
		return
	}
	w.lap()
	w.current = p.Doing
	w.s.say("%s", p.Doing)
}

func (w *stopwatch) lap() {
	now := time.Now()
	if w.current != "" {
		w.steps = append(w.steps, campaignStep{Doing: w.current, Seconds: now.Sub(w.since).Seconds()})
	}
	w.since = now
}

func (w *stopwatch) view(r replay.Report, home string, pages int) campaignView {
	w.lap()
	v := campaignView{
		Labels: r.AnswersBought, Items: r.Items, Pages: pages, Contributors: r.Contributors, Balanced: r.Money.Balanced,
		Steps: w.steps, Chain: r.Chain,
		StateKiB: folderSize(filepath.Join(home, "data", "application.db")) >> 10,
		BlobsMiB: folderSize(filepath.Join(home, "blobs")) >> 20,
	}
	if r.Accuracy != nil {
		v.Accuracy = *r.Accuracy
	}
	working := false
	for _, step := range w.steps {
		working = working || len(step.Doing) > 5 && step.Doing[:5] == "round"
		if working {
			v.LeaseToPaid += step.Seconds
		}
	}
	v.LabelsPerS = float64(v.Labels) / v.LeaseToPaid
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) == nil {
		v.PeakMiB = usage.Maxrss >> 10
		v.CPU = time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds()
	}
	return v
}

// folderSize adds up the files of a folder, in bytes; 0 for none.
func folderSize(dir string) int64 {
	var sum int64
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil // what cannot be read is not counted
		}
		if info, err := d.Info(); err == nil {
			sum += info.Size()
		}
		return nil
	})
	return sum
}

func (s *session) showCampaign(v campaignView, file string) error {
	if err := writeJSON(file, v); err != nil {
		return err
	}
	return s.show(v, func(p *page) {
		p.table("step", "seconds")
		for _, step := range v.Steps {
			p.row(step.Doing, seconds(step.Seconds))
		}
		p.line("")
		p.field("labels", v.Labels)
		p.field("pages", v.Pages)
		p.field("contributors", v.Contributors)
		p.field("accuracy", percent(v.Accuracy))
		p.field("money balanced", yesNo(v.Balanced))
		p.field("lease to paid", seconds(v.LeaseToPaid)+" s")
		p.field("labels per s", int(v.LabelsPerS))
		p.field("transactions", v.Chain.Txs)
		p.field("cpu", seconds(v.CPU)+" s")
		p.field("peak memory", mib(v.PeakMiB))
		p.field("state", kib(v.StateKiB))
		p.field("blobs", mib(v.BlobsMiB))
	})
}
