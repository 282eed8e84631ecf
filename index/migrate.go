package index

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate applies the migrations that the database has not seen, each in a
// transaction. NNNN_what.sql is for both databases, NNNN_what.NAME.sql for one.
func (x *Index) migrate(ctx context.Context) error {
	tx, err := x.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if err := x.d.takeTurn(ctx, tx); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)`); err != nil {
		return err
	}
	for _, name := range x.d.migrations() {
		var seen int
		if err := tx.QueryRowContext(ctx, x.d.bind(`SELECT COUNT(*) FROM migrations WHERE name = ?`), name).Scan(&seen); err != nil {
			return err
		}
		if seen > 0 {
			continue
		}
		text, err := migrations.ReadFile("migrations/" + name)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, strings.ReplaceAll(string(text), "/* keyed */", x.d.keyed)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if _, err := tx.ExecContext(ctx, x.d.bind(`INSERT INTO migrations (name) VALUES (?)`), name); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// migrations are the files for the dialect, in order.
func (d dialect) migrations() []string {
	files, _ := migrations.ReadDir("migrations") // embedded: it is there
	var names []string
	for _, f := range files {
		if parts := strings.Split(f.Name(), "."); len(parts) == 2 || parts[1] == d.name {
			names = append(names, f.Name())
		}
	}
	slices.Sort(names)
	return names
}
