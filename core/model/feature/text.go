package feature

import (
	"slices"
	"strings"
	"unicode"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/learn"
)

// Tokens cuts a text into words in lower case: runs of letters, marks and
// apostrophes. Of a word only the first MaxTokenLen bytes count. In scripts
// without spaces between words, such as Chinese, every run is one token: cut
// those before.
func Tokens(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return r != '\'' && !unicode.IsLetter(r) && !unicode.IsMark(r)
	})
	for k, w := range words {
		words[k] = w[:min(len(w), MaxTokenLen)]
	}
	return words
}

// Text encodes a text, by kind hashed or words. Of a text with more than
// learn.MaxIndices features the first count. It refuses a text without any.
func (e Encoder) Text(text string) (learn.Input, error) {
	if len(text) > MaxTextLen {
		return learn.Input{}, fault.Limit("feature: text of %d bytes: at most %d", len(text), MaxTextLen)
	}
	return e.Tokens(Tokens(text))
}

// Tokens encodes a text that was cut before.
func (e Encoder) Tokens(tokens []string) (learn.Input, error) {
	switch e.Kind {
	case Hashed:
		return e.input(first(e.hashed(tokens)), nil)
	case Words:
		return e.input(first(e.known(tokens)), nil)
	default:
		return learn.Input{}, fault.Invalid("feature: %s encoder: takes no text", e.Kind)
	}
}

// first returns the different features in front, at most learn.MaxIndices.
func first(features []uint32) []uint32 {
	sorted := slices.Compact(slices.Sorted(slices.Values(features)))
	if len(sorted) <= learn.MaxIndices {
		return sorted
	}
	seen := make(map[uint32]bool, learn.MaxIndices)
	for _, i := range features {
		if len(seen) == learn.MaxIndices {
			break
		}
		seen[i] = true
	}
	return slices.DeleteFunc(sorted, func(i uint32) bool { return !seen[i] })
}

// hashed returns the features of tokens and pairs as they come.
func (e Encoder) hashed(tokens []string) []uint32 {
	mask := uint32(1)<<e.Bits - 1
	var all []uint32
	for k, t := range tokens {
		all = append(all, Hash([]byte(t))&mask)
		if e.Pairs && k > 0 {
			all = append(all, Hash([]byte(tokens[k-1]+" "+t))&mask)
		}
	}
	return all
}

// known returns the features of the tokens in the vocabulary as they come.
func (e Encoder) known(tokens []string) []uint32 {
	var all []uint32
	for _, t := range tokens {
		if i, ok := slices.BinarySearch(e.Words, t); ok {
			all = append(all, uint32(i))
		}
	}
	return all
}

// input makes features unique and ascending, and checks the bounds.
func (e Encoder) input(features []uint32, values []int64) (learn.Input, error) {
	slices.Sort(features)
	x := learn.Input{Indices: slices.Compact(features), Values: values}
	if len(x.Indices) == 0 {
		return x, fault.Invalid("feature: nothing in it has a feature")
	}
	return x, x.Validate(e.Features())
}
