package text

import (
	"strings"
	"unicode"

	"github.com/alaya-network/alaya/core/quality/strict"
)

// Rules say what counts when texts are compared. The zero value is for speech
// and free text: neither case nor marks count, and words are what spaces part.
type Rules struct {
	// Salt keys the breaking of ties.
	Salt [32]byte
	// KeepCase tells "Rose" from "rose".
	KeepCase bool
	// KeepMarks keeps all marks. Else only letters, digits and apostrophes
	// are kept: "well-known" becomes "wellknown".
	KeepMarks bool
	// Characters takes each character for a word, for scripts without spaces.
	Characters bool
}

// Normalise returns the words of s, joined by single spaces, or, by
// Characters, joined.
func (r Rules) Normalise(s string) string { return r.join(r.Words(s)) }

// Words normalises s and cuts it into words.
func (r Rules) Words(s string) []string {
	if !r.KeepCase {
		s = strings.ToLower(s)
	}
	if !r.KeepMarks {
		s = strings.Map(dropMark, s)
	}
	words := strings.Fields(s)
	if r.Characters {
		return strings.Split(strings.Join(words, ""), "")
	}
	return words
}

// before orders two answers to a task by hash.
func (r Rules) before(task, a, b string) bool {
	return strict.TieCompare(r.Salt, a, b, task) < 0
}

func (r Rules) join(words []string) string {
	if r.Characters {
		return strings.Join(words, "")
	}
	return strings.Join(words, " ")
}

// dropMark keeps letters, digits, accents, spaces and apostrophes, these in
// one form.
func dropMark(c rune) rune {
	switch {
	case c == '’':
		return '\''
	case c == '\'', unicode.In(c, unicode.Letter, unicode.Mark, unicode.Number), unicode.IsSpace(c):
		return c
	default:
		return -1
	}
}
