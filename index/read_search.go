package index

import (
	"context"
	"database/sql"
	"encoding/hex"
	"math"
	"strconv"
	"strings"

	"github.com/alaya-network/alaya/index/view"
)

// Search looks for words, ids, addresses, hashes and heights in everything.
// What is named exactly comes first, then what has all the words, the newest
// first.
func (x *Index) Search(ctx context.Context, words, cursor string, limit int) (view.Page[view.Found], error) {
	const list = "search"
	at, on, err := after(list, cursor)
	if err != nil {
		return view.Page[view.Found]{}, err
	}
	exact := []view.Found{}
	if !on {
		if exact, err = x.named(ctx, strings.TrimSpace(words)); err != nil {
			return view.Page[view.Found]{}, err
		}
	}
	limit = limited(limit)
	if len(wordsOf(words)) == 0 {
		return view.Page[view.Found]{Items: exact}, nil
	}
	before := int64(math.MaxInt64)
	if on {
		before = at.N
	}
	newest, args := x.d.newest(x.d.search(wordsOf(words), nil), before, limit+1)
	type hit struct {
		n     int64
		found view.Found
	}
	hits, err := rows(ctx, x, func(r *sql.Rows, h *hit) error {
		return r.Scan(&h.n, &h.found.Kind, &h.found.ID, &h.found.Title, &h.found.Summary)
	}, `SELECT d.n, d.kind, d.id, d.title, d.text FROM (`+newest+`) h JOIN documents d ON d.n = h.n ORDER BY d.n DESC`, args...)
	if err != nil {
		return view.Page[view.Found]{}, err
	}
	hits, next := pageOf(hits, limit, func(h hit) place { return place{List: list, N: h.n} })
	for _, h := range hits {
		h.found.Summary = clip(h.found.Summary)
		exact = append(exact, h.found)
	}
	return view.Page[view.Found]{Items: exact, Next: next}, nil
}

// Reach is how many hits a list of one kind looks at: the newest that have the
// words. Beyond them a search is not for reading.
const Reach = 500

// among is where a list of one kind looks: its table, or with words what the
// search finds of it, with the values of its parameters.
func (x *Index) among(table, key, kind, words string, facets []string) (from string, args []any) {
	if words == "" {
		return table, nil
	}
	list := wordsOf(words)
	if len(list) == 0 {
		return "(SELECT '' AS id WHERE 1 = 0) h JOIN " + table + " ON " + key + " = h.id", nil // signs alone are nowhere
	}
	if len(facets) == 0 { // any other facet is one that this kind alone has
		facets = []string{facet("kind", kind)}
	}
	newest, args := x.d.newest(x.d.search(list, facets), math.MaxInt64, Reach)
	return "(" + newest + ") h JOIN " + table + " ON " + key + " = h.id", args
}

// clip shortens a summary to a line or two.
func clip(s string) string {
	const most = 200
	runes := []rune(strings.TrimSpace(s))
	return string(runes[:min(len(runes), most)])
}

// named returns what the text is the very name of.
func (x *Index) named(ctx context.Context, name string) ([]view.Found, error) {
	found, err := rows(ctx, x, func(r *sql.Rows, f *view.Found) error { return r.Scan(&f.Kind, &f.ID, &f.Title, &f.Summary) },
		`SELECT kind, id, title, text FROM documents WHERE kind IN ('dataset', 'model', 'party', 'request') AND id = ? ORDER BY kind`, name)
	if err != nil {
		return nil, err
	}
	for i := range found {
		found[i].Summary = clip(found[i].Summary)
	}
	more := func(kind, id, query string, arg any) error {
		var n int
		if err := x.row(ctx, query, arg).Scan(&n); err != nil {
			return broken("search", err)
		}
		if n > 0 {
			found = append(found, view.Found{Kind: kind, ID: id, Title: id})
		}
		return nil
	}
	if h, err := strconv.ParseInt(name, 10, 64); err == nil {
		return found, more("block", name, `SELECT COUNT(*) FROM blocks WHERE height = ?`, h)
	}
	if b, err := hex.DecodeString(name); err == nil && len(b) == 32 {
		hash := strings.ToUpper(name)
		return found, more("tx", hash, `SELECT COUNT(*) FROM (SELECT 1 FROM txs WHERE hash = ? LIMIT 1) AS hit`, hash)
	}
	if strings.HasPrefix(name, "alaya1") && len(found) == 0 {
		return found, more("party", name, `SELECT COUNT(*) FROM parties WHERE address = ?`, name)
	}
	return found, nil
}

// Models is a question for models; zero fields ask for nothing.
type Models struct {
	Q, Family, Incentive, State, Cursor string
	Limit                               int
}

// Models returns models, the newest first.
func (x *Index) Models(ctx context.Context, f Models) (view.Page[view.Model], error) {
	const list = "models"
	at, on, err := after(list, f.Cursor)
	if err != nil {
		return view.Page[view.Model]{}, err
	}
	var q question
	if on {
		q.and("(m.created, m.id) < (?, ?)", at.N, at.ID)
	}
	for _, c := range []struct{ condition, value string }{
		{"m.family = ?", f.Family}, {"m.incentive = ?", f.Incentive}, {"m.state = ?", f.State},
	} {
		if c.value != "" {
			q.and(c.condition, c.value)
		}
	}
	from, args := x.among("models m", "m.id", "model", f.Q, nil)
	limit := limited(f.Limit)
	found, err := rows(ctx, x, scanJSON[view.Model], `SELECT m.body FROM `+from+q.String()+` ORDER BY m.created DESC, m.id DESC LIMIT ?`, append(append(args, q.args...), limit+1)...)
	items, next := pageOf(found, limit, func(v view.Model) place { return place{List: list, N: v.CreatedAt, ID: v.ID} })
	return view.Page[view.Model]{Items: items, Next: next}, err
}
