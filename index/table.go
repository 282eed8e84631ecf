package index

import (
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
