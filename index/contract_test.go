package index_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/index"
	"github.com/alaya-network/alaya/index/indextest"
	"github.com/alaya-network/alaya/internal/postgres"
)

// base makes empty databases of one kind.
type base struct {
	name, driver string
	create       func(t *testing.T) (dsn string)
}

// eachBase runs a test on both databases. Without a PostgreSQL server on the
// machine it skips that one, unless the environment says that it must not.
func eachBase(t *testing.T, test func(t *testing.T, b base)) {
	t.Run("sqlite", func(t *testing.T) {
		test(t, base{"sqlite", "sqlite", func(t *testing.T) string { return filepath.Join(t.TempDir(), "chain.db") }})
	})
	t.Run("postgres", func(t *testing.T) {
		server, err := postgres.Start(t.Context(), "fsync=off", "max_connections=200")
		if fault.Is(err, fault.KindNotFound) && os.Getenv("ALAYA_POSTGRES") != "must" {
			t.Skip(err)
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := server.Stop(); err != nil {
				t.Error(err)
			}
		})
		var made atomic.Int32
		test(t, base{"postgres", "pgx", func(t *testing.T) string {
			dsn, err := server.Create(t.Context(), fmt.Sprintf("test%d", made.Add(1)))
			if err != nil {
				t.Fatal(err)
			}
			return dsn
		}})
	})
}

// small is a world that ends.
func small() indextest.Config {
	return indextest.Config{Seed: 1, AtOnce: 2, People: 12, Crew: 3, Pages: 2, Final: 30}
}

// finish lets a world come to its end.
func finish(c indextest.Config) *indextest.World {
	w := indextest.New(c)
	for !w.Idle() {
		w.Advance(1)
	}
	return w
}

// follow writes all that the world has.
func follow(t *testing.T, x *index.Index, c index.Chain) {
	t.Helper()
	writer := index.NewWriter(x, c, nil, nil)
	for {
		at, err := x.Position(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if at.Height == c.Height() {
			return
		}
		if _, err := writer.Step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func open(t *testing.T, dsn string) *index.Index {
	t.Helper()
	x, err := index.Open(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = x.Close() })
	return x
}

// tables are all tables with what orders their rows.
func tables() map[string]string {
	return map[string]string{
		"position": "one", "blocks": "height", "txs": "height, idx", "tx_tags": "tag, height, idx", "events": "height, idx",
		"parties": "address", "submissions": "request, round, page, contributor", "contests": "request, milestone, contributor",
		"releases": "request, milestone, contributor", "verdict_blocks": "request, round", "votes": "request, round, validator",
		"requests": "id", "request_texts": "id", "bids": "request, bidder", "engagements": "request, contributor", "assignments": "request, contributor",
		"progress": "request", "rounds": "request, number", "page_items": "request, round, page", "jobs": "request, round",
		"verdicts": "request, round", "settlements": "request, milestone", "payouts": "request, milestone, contributor",
		"datasets": "id, version", "profiles": "address", "standings": "address, skill", "conducts": "address",
		"stakes": "owner, request", "models": "id", "documents": "kind, id",
	}
}

// dump is a digest of every table, row by row. The number of a document is
// the database's own.
func dump(t *testing.T, driver, dsn string) map[string]string {
	t.Helper()
	if driver == "sqlite" {
		dsn = "file:" + dsn
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	all := map[string]string{}
	for table, order := range tables() {
		columns := "*"
		if table == "documents" {
			columns = "kind, id, title, text, facets"
		}
		found, err := db.QueryContext(t.Context(), "SELECT "+columns+" FROM "+table+" ORDER BY "+order)
		if err != nil {
			t.Fatal(err)
		}
		all[table] = digest(t, found)
	}
	return all
}

func digest(t *testing.T, found *sql.Rows) string {
	t.Helper()
	defer found.Close()
	names, err := found.Columns()
	if err != nil {
		t.Fatal(err)
	}
	values, into := make([]any, len(names)), make([]any, len(names))
	for i := range values {
		into[i] = &values[i]
	}
	sum, n := sha256.New(), 0
	for ; found.Next(); n++ {
		if err := found.Scan(into...); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(sum, values...)
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%d rows %s", n, hex.EncodeToString(sum.Sum(nil)[:8]))
}

func compare(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	for table := range want {
		if got[table] != want[table] {
			t.Errorf("%s: table %s: %s, want %s", what, table, got[table], want[table])
		}
	}
}

func TestBothDatabasesHoldTheSameRows(t *testing.T) {
	w := finish(small())
	dumps := map[string]map[string]string{}
	eachBase(t, func(t *testing.T, b base) {
		dsn := b.create(t)
		follow(t, open(t, dsn), w)
		dumps[b.name] = dump(t, b.driver, dsn)
	})
	if dumps["postgres"] != nil {
		compare(t, "postgres beside sqlite", dumps["postgres"], dumps["sqlite"])
	}
	empty := 0
	for _, d := range dumps["sqlite"] {
		if strings.HasPrefix(d, "0 rows") {
			empty++
		}
	}
	if empty > 7 {
		t.Errorf("%d tables are empty: the world should touch all but contests, votes, datasets, profiles, stakes, models, conducts", empty)
	}
}

// growing is a world that a writer follows while it grows.
type growing struct {
	*indextest.World
	height id.Height
}

func (g *growing) Height() id.Height { return g.height }

func TestRowsDoNotDependOnWhenTheyWereWritten(t *testing.T) {
	eachBase(t, func(t *testing.T, b base) {
		whole := b.create(t)
		follow(t, open(t, whole), finish(small()))
		want := dump(t, b.driver, whole)

		bit := b.create(t)
		x, w := open(t, bit), indextest.New(small())
		for !w.Idle() {
			w.Advance(1)
			follow(t, x, w)
		}
		compare(t, "block by block", dump(t, b.driver, bit), want)

		for _, h := range []id.Height{0, 1, 7, w.Height()} {
			if err := x.Rewind(t.Context(), h); err != nil {
				t.Fatal(err)
			}
			follow(t, x, w)
			compare(t, fmt.Sprintf("written again from block %d", h+1), dump(t, b.driver, bit), want)
		}
		if err := x.Rewind(t.Context(), w.Height()+1); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("rewind beyond the position: %v, want kind invalid", err)
		}
	})
}

func TestTwoWritersWriteWhatOneWould(t *testing.T) {
	eachBase(t, func(t *testing.T, b base) {
		w := finish(small())
		alone := b.create(t)
		follow(t, open(t, alone), w)
		shared := b.create(t)
		x, y := open(t, shared), open(t, shared)
		lost := atomic.Int32{}
		done := make(chan error, 2)
		for _, one := range []*index.Index{x, y} {
			go func() {
				g := &growing{World: w}
				writer := index.NewWriter(one, g, nil, nil)
				for g.height = 1; g.height <= w.Height(); g.height++ {
					if _, err := writer.Step(t.Context()); err != nil {
						lost.Add(1) // the other was faster, or is further already
					}
				}
				done <- nil
			}()
		}
		<-done
		<-done
		follow(t, x, w)
		compare(t, "two writers", dump(t, b.driver, shared), dump(t, b.driver, alone))
		t.Logf("%d steps came too late", lost.Load())
	})
}

// wrong is a chain of the same name with other blocks.
type wrong struct{ *indextest.World }

func (w wrong) Ledger(ctx context.Context, h id.Height) (client.Ledger, error) {
	l, err := w.World.Ledger(ctx, h)
	l.Hash = "00" + l.Hash[2:]
	return l, err
}

func TestAnotherChainIsRefused(t *testing.T) {
	eachBase(t, func(t *testing.T, b base) {
		x, w := open(t, b.create(t)), finish(small())
		follow(t, x, w)
		err := index.NewWriter(x, wrong{w}, nil, nil).Run(t.Context())
		if !fault.Is(err, fault.KindState) {
			t.Errorf("rows of another chain: %v, want kind state", err)
		}
	})
}

// pruned is a chain whose node has dropped all blocks before the last.
type pruned struct{ *indextest.World }

func (p pruned) Ledger(ctx context.Context, h id.Height) (client.Ledger, error) {
	if h < p.Height() {
		return client.Ledger{}, fault.NotFound("block %d: dropped", h)
	}
	return p.World.Ledger(ctx, h)
}

func (p pruned) Earliest(context.Context) (id.Height, error) { return p.Height(), nil }

func TestOfDroppedBlocksTheStateIsKnown(t *testing.T) {
	eachBase(t, func(t *testing.T, b base) {
		w := finish(small())
		whole, late := b.create(t), b.create(t)
		follow(t, open(t, whole), w)
		follow(t, open(t, late), pruned{w})
		want, got := dump(t, b.driver, whole), dump(t, b.driver, late)
		for _, table := range []string{
			"request_texts", "bids", "engagements", "assignments", "progress", "rounds", "page_items", "jobs", "verdicts",
			"settlements", "payouts", "standings", "documents",
		} {
			if got[table] != want[table] {
				t.Errorf("table %s: %s, want %s", table, got[table], want[table])
			}
		}
	})
}

func TestTablesListedHereAreAllTables(t *testing.T) {
	dsn := filepath.Join(t.TempDir(), "chain.db")
	open(t, dsn)
	db, err := sql.Open("sqlite", "file:"+dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	found, err := db.QueryContext(t.Context(), "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'words%' AND name <> 'migrations' ORDER BY name")
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	var got, want []string
	for found.Next() {
		var name string
		if err := found.Scan(&name); err != nil {
			t.Fatal(err)
		}
		got = append(got, name)
	}
	for name := range tables() {
		want = append(want, name)
	}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("tables %v, want %v", got, want)
	}
}
