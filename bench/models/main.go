// Command models measures collaborative models: how many answers each family
// gets right, with clean and with wrong labels, beside the peer's contracts; what
// attacks cost whom; and how many updates and answers one node takes. It writes
// the tables of README.md beside it, between their markers.
//
// Words: a section is a table with a marker; a column is a data set with a share
// of its labels turned; a peer is a contract of DCAI, computed as it computes.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime/pprof"
	"slices"
	"strings"

	"github.com/alaya-network/alaya/internal/heap"
)

func main() {
	heap.Widen() // as the binary does
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var o options
	flag.StringVar(&o.data, "data", os.Getenv("ALAYA_DATA"), "folder of the public data sets; $ALAYA_DATA by default")
	flag.StringVar(&o.readme, "write", "", "README whose tables are replaced; empty: print them")
	flag.StringVar(&o.profile, "profile", "", "file for the CPU profile of a run; empty: none")
	only := flag.String("only", "", "sections to measure, with commas between: "+strings.Join(sectionNames(), ","))
	flag.Parse()
	if *only != "" {
		o.only = strings.Split(*only, ",")
	}
	if err := profiled(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "models:", err)
		os.Exit(1)
	}
}

// options say what to measure, on what.
type options struct {
	data, readme, profile string
	only                  []string
}

// section is one table.
type section struct {
	name    string
	measure func(context.Context, options) (string, error)
}

func sections() []section {
	return []section{
		{"reviews", reviews}, {"sentences", sentences}, {"passengers", passengers},
		{"deposits", deposits}, {"markets", markets}, {"speed", speed},
	}
}

func sectionNames() []string {
	var names []string
	for _, s := range sections() {
		names = append(names, s.name)
	}
	return names
}

// profiled is run, under the profiler if that is asked for.
func profiled(ctx context.Context, o options) error {
	if o.profile == "" {
		return run(ctx, o)
	}
	f, err := os.Create(o.profile)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	return run(ctx, o)
}

func run(ctx context.Context, o options) error {
	for _, s := range sections() {
		if len(o.only) > 0 && !slices.Contains(o.only, s.name) {
			continue
		}
		table, err := s.measure(ctx, o)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		if o.readme == "" {
			fmt.Printf("## %s\n\n%s\n", s.name, table)
			continue
		}
		if err := replace(o.readme, s.name, table); err != nil {
			return err
		}
	}
	return nil
}

// replace puts a table between the markers of its section.
func replace(file, name, table string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	begin, end := []byte("<!-- "+name+" -->\n"), []byte("<!-- /"+name+" -->")
	from, to := bytes.Index(text, begin), bytes.Index(text, end)
	if from < 0 || to < from {
		return fmt.Errorf("%s has no markers %q", file, name)
	}
	from += len(begin)
	return os.WriteFile(file, slices.Concat(text[:from], []byte(table), text[to:]), 0o644)
}
