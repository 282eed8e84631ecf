// Command portal measures the read model: how fast it takes events, and how
// fast it answers the questions that pages ask, on SQLite and on PostgreSQL.
//
//	go run ./bench/portal -write bench/portal/README.md
//
// The chain is made up in memory (package index/indextest), so the figures are
// the read model's own.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/index"
	"github.com/alaya-network/alaya/index/indextest"
	"github.com/alaya-network/alaya/internal/postgres"
)

func main() {
	requests := flag.Int("requests", 100_000, "requests of the made-up chain")
	asks := flag.Int("asks", 200, "times that each question is asked")
	write := flag.String("write", "", "file whose figures are replaced")
	flag.Parse()
	if err := run(*requests, *asks, *write); err != nil {
		fmt.Fprintln(os.Stderr, "portal:", err)
		os.Exit(1)
	}
}

func run(requests, asks int, write string) error {
	ctx := context.Background()
	w := indextest.New(indextest.Config{Seed: 1, AtOnce: 100, People: 2000, Crew: 2, Pages: 60, Every: 25, Final: requests})
	for !w.Idle() {
		w.Advance(1)
	}
	fmt.Printf("%d requests, %d blocks, %d events\n", w.Requests(), w.Height(), w.Events())
	var figures []figure
	for _, base := range []func(context.Context) (string, func() error, error){inFile, inServer} {
		dsn, remove, err := base(ctx)
		if fault.Is(err, fault.KindNotFound) {
			fmt.Println("left out:", err)
			continue
		}
		if err != nil {
			return err
		}
		f, err := measure(ctx, dsn, w, asks)
		if err := errors.Join(err, remove()); err != nil {
			return err
		}
		figures = append(figures, f)
	}
	text := table(w, figures)
	fmt.Print(text)
	if write == "" {
		return nil
	}
	return replace(write, text)
}

func inFile(context.Context) (string, func() error, error) {
	folder, err := os.MkdirTemp("", "alaya-portal")
	return filepath.Join(folder, "chain.db"), func() error { return os.RemoveAll(folder) }, err
}

func inServer(ctx context.Context) (string, func() error, error) {
	s, err := postgres.Start(ctx, "shared_buffers=256MB", "max_wal_size=4GB")
	if err != nil {
		return "", nil, err
	}
	dsn, err := s.Create(ctx, "portal")
	return dsn, s.Stop, err
}

func measure(ctx context.Context, dsn string, w *indextest.World, asks int) (figure, error) {
	x, err := index.Open(ctx, dsn)
	if err != nil {
		return figure{}, err
	}
	f := figure{name: "SQLite"}
	if strings.HasPrefix(dsn, "postgres:") {
		f.name = "PostgreSQL"
	}
	if err = f.ingest(ctx, x, w); err == nil {
		f.answers, err = answer(ctx, x, w, asks)
	}
	return f, errors.Join(err, x.Close())
}

// Where the figures stand in the page.
const begin, end = "<!-- index -->\n", "<!-- /index -->\n"

func replace(file, text string) error {
	page, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(page), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		return fault.Invalid("%s: no place for the figures", file)
	}
	return os.WriteFile(file, []byte(before+begin+text+end+after), 0o644)
}
