// Package feature turns texts, vectors and table rows into the numbered
// features that core/model/learn learns from.
//
// Words: an encoder says how, and is data, published with the model, so that
// whoever contributes or asks makes the same features; a token is a word of a
// text; a pair is two neighbouring tokens; a vocabulary is the list of tokens
// that have a feature; hashing gives every token one, by chance shared with
// others; a column is one property of a table row, a bin one of its features.
//
// An encoder knows what is in one item, nothing about the others: it cannot
// scale by what came before. Weights of frequency, stemming, images and sounds
// are for an encoder off the chain, whose vectors come in as kind vector.
//
// Invariants:
//  1. The same encoder and the same item give the same input on every machine.
//  2. What an encoder gives passes learn's Input.Validate for its Features:
//     indices are unique and ascending, and never more than learn.MaxIndices.
//  3. Unknown tokens are dropped, or hashed; unknown categories and missing
//     values have a bin of their own.
//
// Sources: Weinberger and others, Feature hashing for large scale multitask
// learning (ICML 2009), without signs; Appleby's MurmurHash3.
package feature

import (
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/model/learn"
)

// The kinds of encoders.
const (
	Hashed = "hashed" // text: tokens and pairs, hashed
	Words  = "words"  // text: tokens of a vocabulary
	Vector = "vector" // numbers, as they are
	Table  = "table"  // a row of numbers and categories
)

// Bounds of an encoder.
const (
	MinBits     = 8
	MaxBits     = 20
	MaxWords    = 1 << 16
	MaxTokenLen = 64 // bytes of a token; the rest is dropped
	MaxTextLen  = 1 << 20
	MaxColumns  = 256
	MaxBins     = 1024 // edges or categories of a column
)

// Encoder says how items become inputs. Each kind reads its own fields, the
// others must be empty.
type Encoder struct {
	Kind    string   `json:"kind"`
	Bits    uint32   `json:"bits,omitempty"`    // hashed: 2^Bits features
	Pairs   bool     `json:"pairs,omitempty"`   // hashed: also pairs
	Words   []string `json:"words,omitempty"`   // words: the vocabulary, ascending; a word's place is its feature
	Length  uint32   `json:"length,omitempty"`  // vector: how many numbers
	Columns []Column `json:"columns,omitempty"` // table
	// Labels are the names of the classes, for people; without them classes
	// are numbers. Any kind may have them.
	Labels []string `json:"labels,omitempty"`
}

// Column is one property of a table row: a number with Edges, or a category
// with Values. Bin 0 is for what is missing, or no listed value.
type Column struct {
	Name   string    `json:"name"`
	Edges  []Decimal `json:"edges,omitempty"`  // ascending: a number is in the bin 1 + how many are not above it
	Values []string  `json:"values,omitempty"` // value k is in bin k+1
}

// bins returns how many features a column has.
func (c Column) bins() uint32 {
	if len(c.Values) > 0 {
		return uint32(len(c.Values)) + 1
	}
	return uint32(len(c.Edges)) + 2
}

// Validate says whether the encoder is well formed; the error names what is
// not.
func (e Encoder) Validate() error {
	if err := e.onlyItsOwn(); err != nil {
		return err
	}
	if err := e.checkLabels(); err != nil {
		return err
	}
	switch e.Kind {
	case Hashed:
		return within("bits", int(e.Bits), MinBits, MaxBits)
	case Words:
		return e.checkWords()
	case Vector:
		return within("length", int(e.Length), 1, learn.MaxIndices)
	default:
		return e.checkColumns()
	}
}

// onlyItsOwn refuses unknown kinds, and fields that a kind does not read.
func (e Encoder) onlyItsOwn() error {
	own := map[string]Encoder{
		Hashed: {Bits: e.Bits, Pairs: e.Pairs},
		Words:  {Words: e.Words},
		Vector: {Length: e.Length},
		Table:  {Columns: e.Columns},
	}
	want, ok := own[e.Kind]
	if !ok {
		return fault.Invalid("feature: kind %.32q: want %s, %s, %s or %s", e.Kind, Hashed, Words, Vector, Table)
	}
	if want.Bits != e.Bits || want.Pairs != e.Pairs || len(want.Words) != len(e.Words) || want.Length != e.Length || len(want.Columns) != len(e.Columns) {
		return fault.Invalid("feature: %s encoder with settings of another kind", e.Kind)
	}
	return nil
}

func within(what string, n, low, high int) error {
	if n < low || n > high {
		return fault.Limit("feature: %s %d: %d to %d", what, n, low, high)
	}
	return nil
}

func (e Encoder) checkWords() error {
	if err := within("words", len(e.Words), 1, MaxWords); err != nil {
		return err
	}
	for k, w := range e.Words {
		if len(w) < 1 || len(w) > MaxTokenLen {
			return fault.Limit("feature: word %.80q of %d bytes: 1 to %d", w, len(w), MaxTokenLen)
		}
		if k > 0 && w <= e.Words[k-1] {
			return fault.Invalid("feature: word %q after %q: want ascending", w, e.Words[k-1])
		}
	}
	return nil
}

func (e Encoder) checkColumns() error {
	if err := within("columns", len(e.Columns), 1, MaxColumns); err != nil {
		return err
	}
	for k, c := range e.Columns {
		if len(c.Name) < 1 || len(c.Name) > MaxTokenLen {
			return fault.Limit("feature: column %d: name of %d bytes: 1 to %d", k, len(c.Name), MaxTokenLen)
		}
		if (len(c.Edges) > 0) == (len(c.Values) > 0) {
			return fault.Invalid("feature: column %q: want edges or values", c.Name)
		}
		if err := within("bins of column "+c.Name+":", int(c.bins()), 2, MaxBins); err != nil {
			return err
		}
		if err := c.checkBins(); err != nil {
			return err
		}
	}
	return nil
}

func (c Column) checkBins() error {
	for k := 1; k < len(c.Edges); k++ {
		if c.Edges[k] <= c.Edges[k-1] {
			return fault.Invalid("feature: column %q: edge %v after %v: want ascending", c.Name, c.Edges[k], c.Edges[k-1])
		}
	}
	sorted := slices.Sorted(slices.Values(c.Values))
	for k, v := range sorted {
		if v == "" || len(v) > MaxTokenLen || k > 0 && v == sorted[k-1] {
			return fault.Invalid("feature: column %q: value %.80q is empty, too long or there twice", c.Name, v)
		}
	}
	return nil
}

// Features returns how many features there are: the model's Config.Features.
func (e Encoder) Features() uint32 {
	switch e.Kind {
	case Hashed:
		return 1 << e.Bits
	case Words:
		return uint32(len(e.Words))
	case Vector:
		return e.Length
	default:
		sum := uint32(0)
		for _, c := range e.Columns {
			sum += c.bins()
		}
		return sum
	}
}
