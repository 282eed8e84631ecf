package index

import (
	"context"
	"database/sql"
	"errors"
)

// row is a statement with its values.
type row struct {
	sql  string
	args []any
}

// atOnce is how many rows a pen holds before the database gets them.
const atOnce = 500

// pen writes in one transaction. Rows wait and go to the database together, in
// their order: over a network each by itself would cost a journey.
type pen struct {
	ctx     context.Context
	tx      *sql.Tx
	d       dialect
	send    func([]row) error
	waiting []row
	made    map[string]*sql.Stmt // each statement is prepared once
	// texts are statements by table, seen addresses that are in the rows.
	texts map[string]string
	seen  map[string]bool
}

// writing gives do a pen, in turn with other writers, and commits what it
// wrote unless it fails.
func (x *Index) writing(ctx context.Context, do func(*pen) error) error {
	conn, err := x.db.Conn(ctx)
	if err != nil {
		return broken("begin", err)
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return broken("begin", err)
	}
	defer func() { _ = tx.Rollback() }() // after Commit it does nothing
	if err := x.d.takeTurn(ctx, tx); err != nil {
		return broken("begin", err)
	}
	p := &pen{ctx: ctx, tx: tx, d: x.d, made: map[string]*sql.Stmt{}, texts: map[string]string{}, seen: map[string]bool{}}
	defer p.close()
	p.send = p.each
	if x.d.pipelined {
		p.send = func(rows []row) error { return pipeline(ctx, conn, x.d, rows) }
	}
	if err := errors.Join(do(p), p.flush()); err != nil {
		return err
	}
	return broken("commit", tx.Commit())
}

func (p *pen) do(query string, args ...any) error {
	p.waiting = append(p.waiting, row{query, args})
	if len(p.waiting) < atOnce {
		return nil
	}
	return p.flush()
}

func (p *pen) all(rows []row) error {
	for _, r := range rows {
		if err := p.do(r.sql, r.args...); err != nil {
			return err
		}
	}
	return nil
}

// flush sends what waits.
func (p *pen) flush() error {
	err := p.send(p.waiting)
	p.waiting = p.waiting[:0]
	return broken("write", err)
}

// each executes rows one after the other.
func (p *pen) each(rows []row) error {
	for _, r := range rows {
		s, err := p.prepare(r.sql)
		if err == nil {
			_, err = s.ExecContext(p.ctx, r.args...)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// put writes a row, or replaces the one with its key: the first columns.
func (p *pen) put(name string, keys int, columns string, values ...any) error {
	return p.do(p.text(name, func() string { return newTable(name, keys, columns).put() }), values...)
}

// keep writes a row unless there is one with its key.
func (p *pen) keep(name string, keys int, columns string, values ...any) error {
	return p.do(p.text(name, func() string { return newTable(name, keys, columns).keep() }), values...)
}

// text makes the statement of a table once.
func (p *pen) text(table string, write func() string) string {
	query, ok := p.texts[table]
	if !ok {
		query = write()
		p.texts[table] = query
	}
	return query
}

// look reads one row, with all that was written before; without one it is
// sql.ErrNoRows.
func (p *pen) look(query string, args []any, into ...any) error {
	if err := p.flush(); err != nil {
		return err
	}
	s, err := p.prepare(query)
	if err != nil {
		return err
	}
	return s.QueryRowContext(p.ctx, args...).Scan(into...)
}

func (p *pen) prepare(query string) (*sql.Stmt, error) {
	s, ok := p.made[query]
	if ok {
		return s, nil
	}
	s, err := p.tx.PrepareContext(p.ctx, p.d.bind(query))
	if err == nil {
		p.made[query] = s
	}
	return s, err
}

func (p *pen) close() {
	for _, s := range p.made {
		_ = s.Close() // the transaction's end closes it anyway
	}
}
