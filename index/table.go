package index

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"unicode"
)

// table is a table with its key first.
type table struct {
	name    string
	keys    int
	columns []string
}

func newTable(name string, keys int, columns string) table {
	return table{name, keys, strings.Fields(columns)}
}

// put writes a row, or replaces the one with its key.
func (t table) put() string {
	var set []string
	for _, c := range t.columns[t.keys:] {
		set = append(set, c+" = excluded."+c)
	}
	text := t.insert() + " ON CONFLICT (" + strings.Join(t.columns[:t.keys], ", ") + ") DO "
	if len(set) == 0 {
		return text + "NOTHING"
	}
	return text + "UPDATE SET " + strings.Join(set, ", ")
}

// keep writes a row unless there is one with its key.
func (t table) keep() string {
	return t.insert() + " ON CONFLICT (" + strings.Join(t.columns[:t.keys], ", ") + ") DO NOTHING"
}

func (t table) insert() string {
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(t.columns)), ", ")
	return "INSERT INTO " + t.name + " (" + strings.Join(t.columns, ", ") + ") VALUES (" + marks + ")"
}

// pen writes in one transaction, with each statement prepared once.
type pen struct {
	ctx  context.Context
	tx   *sql.Tx
	d    dialect
	made map[string]*sql.Stmt
	// texts are statements by table, seen addresses that are in the rows.
	texts map[string]string
	seen  map[string]bool
}

func (x *Index) pen(ctx context.Context, tx *sql.Tx) *pen {
	return &pen{ctx, tx, x.d, map[string]*sql.Stmt{}, map[string]string{}, map[string]bool{}}
}

func (p *pen) do(query string, args ...any) error {
	s, err := p.prepare(query)
	if err == nil {
		_, err = s.ExecContext(p.ctx, args...)
	}
	return broken("write", err)
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

// look reads one row; without one it is sql.ErrNoRows.
func (p *pen) look(query string, args []any, into ...any) error {
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

// isWord says whether a rune belongs to a word.
func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// text writes a value as JSON; what we put into rows always has some.
func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("index: " + err.Error())
	}
	return string(b)
}

func unmarshal(s string, into any) error { return json.Unmarshal([]byte(s), into) }

// clean takes zeros out of a stranger's text, which Postgres does not keep.
func clean(s string) string { return strings.ReplaceAll(strings.ToValidUTF8(s, "?"), "\x00", "") }

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
