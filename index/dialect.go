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
	name, driver, source string
	readers              int
	// numbered says that parameters are $1, $2, … and not ?.
	numbered bool
	// hits is what has the words and facets of one parameter, which search
	// writes; newest is the column by which it sorts.
	hits, newest string
	search       func(words, facets []string) string
	// latest asks for the ids of the newest hits of a search, a number of them.
	latest func(search string, reach int) (query string, args []any)
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
	return dialect{
		name: "sqlite", driver: "sqlite", keyed: "WITHOUT ROWID", source: "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + options.Encode(), readers: 8,
		hits: `FROM words CROSS JOIN documents d ON d.n = words.rowid WHERE words MATCH ?`, newest: "words.rowid", search: fts,
		latest: func(search string, reach int) (string, []any) {
			return `SELECT d.id AS hit FROM words CROSS JOIN documents d ON d.n = words.rowid
				WHERE words MATCH ? ORDER BY words.rowid DESC LIMIT ?`, []any{search, reach}
		},
	}
}

// writersLock names the lock by which writers of a shared Postgres take turns.
const writersLock = 0x616c617961 // "alaya"

func postgres(dsn string) dialect {
	return dialect{
		name: "postgres", driver: "pgx", source: dsn, readers: 16, numbered: true,
		hits: `FROM documents d WHERE d.words @@ to_tsquery('simple', ?)`, newest: "d.n", search: tsquery,
		latest: latestOfFrequent, analyse: `ANALYZE`,
		// A commit need not wait for the disk: a server that dies forgets the last
		// batches whole, with their position, and they are written again.
		// Its statements are all alike, and planned once.
		lock:      `SET LOCAL synchronous_commit = off; SET LOCAL plan_cache_mode = auto; SELECT pg_advisory_xact_lock(` + strconv.Itoa(writersLock) + `)`,
		pipelined: true,
	}
}

// latestOfFrequent looks through the newest documents first, in their order:
// what is frequent has its newest hits there. Postgres, which cannot tell how
// frequent the beginning of a word is, would fetch and sort all of them; it does
// so for what is rarer.
func latestOfFrequent(search string, reach int) (string, []any) {
	const look = 5000
	return `WITH q AS (SELECT to_tsquery('simple', ?) AS q), near AS MATERIALIZED (
			SELECT d.n, d.id FROM (SELECT n, id, words FROM documents ORDER BY n DESC LIMIT ?) d, q WHERE d.words @@ q.q ORDER BY d.n DESC LIMIT ?)
		SELECT id AS hit FROM near WHERE (SELECT COUNT(*) FROM near) = ?
		UNION ALL (SELECT d.id FROM documents d
			WHERE (SELECT COUNT(*) FROM near) < ? AND d.words @@ to_tsquery('simple', ?) ORDER BY d.n DESC LIMIT ?)`,
		[]any{search, look, reach, reach, reach, search, reach}
}

// connect makes Postgres plan a question anew for what is asked: whether a word
// or a party is frequent decides the plan.
func (d dialect) connect() (*sql.DB, error) {
	if d.name != "postgres" {
		return sql.Open(d.driver, d.source)
	}
	config, err := pgx.ParseConfig(d.source)
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
