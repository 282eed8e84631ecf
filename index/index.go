// Package index is the read model: the chain in SQL, in a SQLite file inside
// the node or in a Postgres that several gateways share.
//
// Words: history is what blocks say (blocks, transactions, events and what
// follows from them alone); state is what the node says of a noun that a block
// has touched; the position is the last block that the rows know; a Writer
// follows the chain, everybody else reads.
//
// Invariants:
//  1. Rows and position change in one transaction: a process killed at any
//     moment leaves the rows of a block, whole, or none of it.
//  2. A batch of blocks is taken by the position that it was read at: of two
//     writers one wins and the other reads again.
//  3. Writing a block again changes nothing: every row has a key, and is
//     written whole or moved forward by events in their order.
//  4. History follows from the blocks alone. A state row is that of its noun at
//     the position or later; a noun that no later block touches is exact. So
//     once the writer has caught up, rows do not depend on where it was
//     stopped, started or rewound.
//     History of blocks that the node has dropped is missing; state is not.
//  5. Values reach SQL as parameters only. What a stranger may ask is bounded:
//     a list gives at most 100 rows, by key and never by offset.
//  6. The same questions have the same answers in both databases.
package index

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
)

// Index is an open read model. All methods may be called concurrently.
type Index struct {
	db *sql.DB
	d  dialect
}

// Open opens the read model at dsn, "postgres://…" or the path of a SQLite
// file, and brings its tables up to date. Its errors never hold the dsn, which
// may have a password.
func Open(ctx context.Context, dsn string) (*Index, error) {
	d := sqlite(dsn)
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		d = postgres(dsn)
	}
	db, err := d.open()
	if err != nil {
		return nil, fault.Invalid("index: open %s: %s", d.name, redact(err, dsn))
	}
	x := &Index{db: db, d: d}
	if err := x.migrate(ctx); err != nil {
		_ = db.Close()
		return nil, fault.Internal("index: open %s: %s", d.name, redact(err, dsn))
	}
	return x, nil
}

// redact is an error's text without the dsn.
func redact(err error, dsn string) string {
	return strings.ReplaceAll(err.Error(), dsn, "…")
}

// Close closes the database.
func (x *Index) Close() error { return x.db.Close() }

// Position is the last block that the rows know.
type Position struct {
	Chain  string
	Height id.Height // 0: none yet
	Time   id.Time
}

// Position returns where the rows are.
func (x *Index) Position(ctx context.Context) (Position, error) {
	var p Position
	err := x.row(ctx, `SELECT chain, height, time FROM position WHERE one = 1`).Scan(&p.Chain, &p.Height, &p.Time)
	if errors.Is(err, sql.ErrNoRows) {
		return Position{}, nil
	}
	return p, broken("position", err)
}

// Rewind makes a Writer begin again after block h, at most the position. Rows
// stay, and are written again.
func (x *Index) Rewind(ctx context.Context, h id.Height) error {
	done, err := x.exec(ctx, `UPDATE position SET height = ? WHERE one = 1 AND height >= ?`, int64(h), int64(h))
	if err != nil {
		return broken("rewind", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return fault.Invalid("index: rewind to block %d: beyond the position", h)
	}
	return nil
}

func (x *Index) row(ctx context.Context, query string, args ...any) *sql.Row {
	return x.db.QueryRowContext(ctx, x.d.bind(query), args...)
}

func (x *Index) exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return x.db.ExecContext(ctx, x.d.bind(query), args...)
}

// broken is an error of the database, which is nobody's business outside.
func broken(what string, err error) error {
	if err == nil {
		return nil
	}
	return fault.Internal("index: %s: %w", what, err)
}

// rows reads all rows of a question.
func rows[T any](ctx context.Context, x *Index, scan func(*sql.Rows, *T) error, query string, args ...any) ([]T, error) {
	found, err := x.db.QueryContext(ctx, x.d.bind(query), args...)
	if err != nil {
		return nil, broken("read", err)
	}
	defer found.Close()
	list := []T{}
	for found.Next() {
		var v T
		if err := scan(found, &v); err != nil {
			return nil, broken("read", err)
		}
		list = append(list, v)
	}
	return list, broken("read", found.Err())
}
