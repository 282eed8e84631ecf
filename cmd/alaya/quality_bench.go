package main

import (
	"fmt"
	"iter"
	"runtime"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/client/sheet"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/synth"
)

// speedFlags are the flags of quality bench.
type speedFlags struct {
	answers, iterations, workers, classes int
	method, write, gold                   string
}

// speedView is what quality bench measured.
type speedView struct {
	Method     string  `json:"method"`
	Answers    int     `json:"answers"`
	Tasks      int     `json:"tasks"`
	Workers    int     `json:"workers"`
	Classes    int     `json:"classes"`
	Iterations int     `json:"iterations,omitempty"`
	Accuracy   float64 `json:"accuracy"`
	// Seconds of processor time to put the answers in order, and to label.
	Order float64 `json:"order_cpu_s"`
	Label float64 `json:"label_cpu_s"`
	Wall  float64 `json:"label_wall_s"`
	// Rate counts answers × iterations per second of processor time.
	Rate     float64 `json:"answer_iterations_per_cpu_s"`
	PeakMiB  int64   `json:"peak_mib"`
	PerInput float64 `json:"bytes_per_answer"`
	Cores    int     `json:"cores"`
}

func newQualityBenchCommand(s *session) *cobra.Command {
	var f speedFlags
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Time truth inference on answers made up",
		Long: `Makes up a crowd whose truth is known: five answers to each task, a tenth of the workers
spam. With --write it writes the answers, and with --write-gold the truth, instead of timing.`,
		Example: `  alaya quality bench --answers 1000000
  alaya quality bench --answers 1000000 --write answers.tsv --write-gold gold.tsv`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return unlessInterrupted(cmd.Context(), func() error { return s.qualityBench(f) })
		},
	}
	reference := synth.Reference(1)
	flags := cmd.Flags()
	flags.IntVar(&f.answers, "answers", 1_000_000, "answers to make up")
	flags.StringVar(&f.method, "method", "ds", "ds (Dawid-Skene, soft steps only) or a method of aggregate")
	flags.IntVar(&f.iterations, "iterations", 10, "steps of ds")
	flags.IntVar(&f.workers, "crowd", reference.Workers, "workers of the crowd")
	flags.IntVar(&f.classes, "classes", reference.Classes, "labels")
	flags.StringVar(&f.write, "write", "", "write the answers to this table, and time nothing")
	flags.StringVar(&f.gold, "write-gold", "", "write the truth to this table")
	return cmd
}

func (s *session) qualityBench(f speedFlags) error {
	recipe := synth.Reference(f.answers / synth.Reference(1).PerTask)
	recipe.Workers, recipe.Classes = f.workers, f.classes
	crowd, err := synth.New(recipe, [32]byte{})
	if err != nil {
		return err
	}
	if f.write != "" || f.gold != "" {
		return s.writeCrowd(crowd, f)
	}
	v, err := f.time(crowd)
	if err != nil {
		return err
	}
	return s.show(v, func(p *page) {
		p.field("answers", v.Answers)
		p.field("accuracy", percent(v.Accuracy))
		p.field("in order", seconds(v.Order)+" CPU s")
		p.field("labelled", seconds(v.Label)+" CPU s")
		p.field("per second", fmt.Sprintf("%.1f million answer-iterations a CPU second", v.Rate/1e6))
		p.field("peak memory", mib(v.PeakMiB))
	})
}

// time measures one run in this process.
func (f speedFlags) time(crowd *synth.Crowd) (speedView, error) {
	method, err := f.choose()
	if err != nil {
		return speedView{}, err
	}
	begun := processor()
	table, gold, err := crowd.Table()
	if err != nil {
		return speedView{}, err
	}
	v := speedView{
		Method: f.method, Answers: table.Len(), Tasks: len(table.Tasks), Workers: len(table.Workers), Classes: table.K(),
		Cores: runtime.GOMAXPROCS(0), Order: processor() - begun,
	}
	begun = processor()
	wall := time.Now()
	r := method.Aggregate(table, nil)
	v.Wall, v.Label = time.Since(wall).Seconds(), processor()-begun
	v.Rate = float64(v.Answers) / v.Label
	if f.method == "ds" {
		v.Iterations = f.iterations
		v.Rate *= float64(f.iterations)
	}
	right := 0
	for i, class := range r.Labels {
		if class == gold.At(i) {
			right++
		}
	}
	v.Accuracy = float64(right) / float64(max(1, len(r.Labels)))
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) == nil {
		v.PeakMiB = usage.Maxrss >> 10
		v.PerInput = float64(usage.Maxrss<<10) / float64(max(1, v.Answers))
	}
	return v, nil
}

func (f speedFlags) choose() (label.Method, error) {
	if f.method != "ds" {
		return label.New(f.method)
	}
	if f.iterations < 1 || f.iterations > 10_000 {
		return nil, fault.Invalid("--iterations %d: want 1 to 10000", f.iterations)
	}
	return label.DawidSkene{Title: "ds", Prior: label.Flat, Soft: f.iterations}, nil
}

// processor returns the seconds of processor time used so far.
func processor() float64 {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds()
}

// syntheticAnswer and syntheticTruth are rows of what is written.
type syntheticAnswer struct {
	Task   string `json:"task" parquet:"task"`
	Worker string `json:"worker" parquet:"worker,dict"`
	Label  string `json:"label" parquet:"label,dict"`
}

type syntheticTruth struct {
	Task string `json:"task" parquet:"task"`
	Gold string `json:"gold" parquet:"gold,dict"`
}

func (s *session) writeCrowd(crowd *synth.Crowd, f speedFlags) error {
	if f.write != "" {
		if err := sheet.Write(s.target(f.write), syntheticAnswers(crowd)); err != nil {
			return err
		}
	}
	if f.gold == "" {
		return nil
	}
	return sheet.Write(s.target(f.gold), func(yield func(syntheticTruth) bool) {
		i := 0
		for class := range crowd.All() {
			if !yield(syntheticTruth{fmt.Sprintf("t%d", i), fmt.Sprintf("c%d", class)}) {
				return
			}
			i++
		}
	})
}

func syntheticAnswers(crowd *synth.Crowd) iter.Seq[syntheticAnswer] {
	return func(yield func(syntheticAnswer) bool) {
		i := 0
		for _, votes := range crowd.All() {
			task := fmt.Sprintf("t%d", i)
			for _, v := range votes {
				if !yield(syntheticAnswer{task, fmt.Sprintf("w%d", v.Worker), fmt.Sprintf("c%d", v.Label)}) {
					return
				}
			}
			i++
		}
	}
}
