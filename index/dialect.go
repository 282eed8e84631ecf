package index

import (
	"context"
	"database/sql"
	"encoding/hex"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	_ "modernc.org/sqlite"           // the driver "sqlite"
)

// dialect is where the two databases differ.
type dialect struct {
	name    string
	readers int
	connect func() (*sql.DB, error)
	// numbered says that parameters are $1, $2, … and not ?.
	numbered bool
	// search writes words and facets as one parameter.
	search func(words, facets []string) string
	// newest asks for n and id of the newest documents of a search before an n,
	// so many at most.
	newest func(search string, before int64, most int) (query string, args []any)
	// analyse counts what the tables have, where plans are made by that.
	analyse string
	// keyed makes a table lie in the order of its key.
	keyed string
	// lock takes the writers' lock for the transaction; pipelined says that it
	// takes many statements in one journey.
	lock      string
	pipelined bool
}

// sqlite keeps everything in one file with a write-ahead log: one writer, and
// readers that never wait for it.
func sqlite(path string) dialect {
	options := url.Values{}
	for _, p := range []string{"journal_mode(WAL)", "synchronous(NORMAL)", "busy_timeout(10000)", "temp_store(MEMORY)", "mmap_size(268435456)", "cache_size(-65536)"} {
		options.Add("_pragma", p)
	}
	options.Set("_txlock", "immediate")
	source := "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + options.Encode()
	return dialect{
		name: "sqlite", readers: 8, keyed: "WITHOUT ROWID",
		connect: func() (*sql.DB, error) { return sql.Open("sqlite", source) },
		search:  fts,
		newest: func(search string, before int64, most int) (string, []any) {
			return `SELECT d.n, d.id FROM words CROSS JOIN documents d ON d.n = words.rowid
				WHERE words MATCH ? AND words.rowid < ? ORDER BY words.rowid DESC LIMIT ?`, []any{search, before, most}
		},
	}
}

// writersLock names the lock by which writers of a shared Postgres take turns.
const writersLock = 0x616c617961 // "alaya"

func postgres(dsn string) dialect {
	return dialect{
		name: "postgres", readers: 16, numbered: true,
		connect: func() (*sql.DB, error) { return planning(dsn) },
		search:  tsquery, newest: frequentFirst, analyse: `ANALYZE`,
		// A commit need not wait for the disk: a server that dies forgets the last
		// batches whole, with their position, and they are written again.
		// Its statements are all alike, and planned once.
		lock:      `SET LOCAL synchronous_commit = off; SET LOCAL plan_cache_mode = auto; SELECT pg_advisory_xact_lock(` + strconv.Itoa(writersLock) + `)`,
		pipelined: true,
	}
}

// frequentFirst looks through the newest documents in their order: what is
// frequent has its newest hits there. What is rarer it fetches by its words and
// sorts: "+ 0" keeps Postgres, which cannot tell how frequent the beginning of a
// word is, from reading all documents in their order. The number looked through
// makes the worse of both least for a hundred thousand documents.
func frequentFirst(search string, before int64, most int) (string, []any) {
	const look = 10_000
	return `WITH near AS MATERIALIZED (
			SELECT n, id FROM (SELECT n, id, words FROM documents WHERE n < ? ORDER BY n DESC LIMIT ?) d
			WHERE words @@ to_tsquery('simple', ?) ORDER BY n DESC LIMIT ?)
		SELECT n, id FROM near WHERE (SELECT COUNT(*) FROM near) = ?
		UNION ALL (SELECT n, id FROM documents
			WHERE (SELECT COUNT(*) FROM near) < ? AND words @@ to_tsquery('simple', ?) AND n < ? ORDER BY n + 0 DESC LIMIT ?)`,
		[]any{before, look, search, most, most, most, search, before, most}
}

// planning opens a Postgres that plans a question anew for what is asked:
// whether a word or a party is frequent decides the plan.
func planning(dsn string) (*sql.DB, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	config.RuntimeParams["plan_cache_mode"] = "force_custom_plan"
	return stdlib.OpenDB(*config), nil
}

func (d dialect) open() (*sql.DB, error) {
	db, err := d.connect()
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(d.readers)
	db.SetMaxIdleConns(d.readers)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return db, nil
}

// bind writes a question in the database's own parameters.
func (d dialect) bind(query string) string {
	if !d.numbered {
		return query
	}
	var out strings.Builder
	n := 0
	for _, r := range query {
		if r == '?' {
			n++
			out.WriteString("$" + strconv.Itoa(n))
			continue
		}
		out.WriteRune(r)
	}
	return out.String()
}

// takeTurn waits for the writers' lock, which the end of tx gives back.
func (d dialect) takeTurn(ctx context.Context, tx *sql.Tx) error {
	if d.lock == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, d.lock)
	return err
}

// pipeline sends rows to Postgres in one journey.
func pipeline(ctx context.Context, conn *sql.Conn, d dialect, rows []row) error {
	var batch pgx.Batch
	bound := map[string]string{}
	for _, r := range rows {
		if bound[r.sql] == "" {
			bound[r.sql] = d.bind(r.sql)
		}
		batch.Queue(bound[r.sql], r.args...)
	}
	return conn.Raw(func(c any) error {
		return c.(*stdlib.Conn).Conn().SendBatch(ctx, &batch).Close()
	})
}

// maxWords bounds the words of a search.
const maxWords = 12

// wordsOf splits a search into words of letters and digits, in lower case.
func wordsOf(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !isWord(r) })
	return words[:min(len(words), maxWords)]
}

// fts asks for documents with all words, of which the last may go on, and all
// facets.
func fts(words, facets []string) string {
	text := `{title text} : ("` + strings.Join(words, `" AND "`) + `"*)`
	for _, f := range facets {
		text += ` AND facets : "` + f + `"`
	}
	return text
}

func tsquery(words, facets []string) string {
	text := strings.Join(words, " & ") + ":*"
	for _, f := range facets {
		text += " & " + f
	}
	return text
}

// facet is a value that a search may filter by, as a word of letters and
// digits.
func facet(name, value string) string {
	return "facet" + name + hex.EncodeToString([]byte(strings.ToLower(value)))
}
