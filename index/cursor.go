package index

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
)

// place is where a list goes on: after the row with these keys.
type place struct {
	// List names the list and its order, so that the cursor of one is none of
	// another.
	List string `json:"l"`
	N    int64  `json:"n"`
	M    int64  `json:"m,omitempty"`
	ID   string `json:"i,omitempty"`
}

// maxCursor bounds the text of a cursor.
const maxCursor = 400

func (p place) cursor() string { return base64.RawURLEncoding.EncodeToString([]byte(text(p))) }

// after reads a cursor of a list; "" is its beginning, and then ok is false.
func after(list, cursor string) (p place, ok bool, err error) {
	if cursor == "" {
		return place{List: list}, false, nil
	}
	refused := fault.Invalid("index: cursor %.50q: not one of the list %s", cursor, list)
	if len(cursor) > maxCursor {
		return p, false, refused
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil {
		return p, false, refused
	}
	dec := json.NewDecoder(strings.NewReader(string(b)))
	dec.DisallowUnknownFields()
	if dec.Decode(&p) != nil || dec.More() || p.List != list || strings.ContainsRune(p.ID, 0) || p.cursor() != cursor {
		return place{}, false, refused
	}
	return p, true, nil
}

// question collects conditions with their values.
type question struct {
	where []string
	args  []any
}

func (q *question) and(condition string, args ...any) {
	q.where = append(q.where, condition)
	q.args = append(q.args, args...)
}

// String is the WHERE clause.
func (q *question) String() string {
	if len(q.where) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(q.where, " AND ")
}

// has is the condition that a list of texts, kept as JSON, has one of the
// given value, in any case of letters.
func (q *question) has(column, value string) {
	escape := strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")
	q.and("LOWER("+column+") LIKE ? ESCAPE '!'", "%"+escape.Replace(strings.ToLower(text(value)))+"%")
}

// marks is "?, ?, …" for n values.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

func anys[T any](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}

// MaxLimit is the most items of one page.
const MaxLimit = 100

// pageOf cuts a list that was asked for one item more than limit, and makes
// the cursor of what follows.
func pageOf[T any](list []T, limit int, next func(T) place) ([]T, string) {
	if len(list) <= limit {
		return list, ""
	}
	list = list[:limit]
	return list, next(list[limit-1]).cursor()
}

// limited returns a limit within its bounds.
func limited(n int) int { return max(1, min(n, MaxLimit)) }
