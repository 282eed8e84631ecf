// Package similar finds copies and near copies among texts and images, so that
// the same work is not paid twice.
//
// Words: a group is a set of things joined by pairs that are near; its first
// member came first, and is the one to credit. A shingle is a stretch of five
// characters of a normalised text; a fingerprint is 64 bits that differ in few
// places for things that look alike.
//
// Which one: Texts for near copies of sentences and documents, with a share of
// common shingles that is computed, not estimated. SimHash with Near where only
// fingerprints can be kept or exchanged; it is coarser and wants texts of some
// fifty characters and more. PHash with Near for images: it sees through
// scaling, compression and brightness, but not through cropping, turning or
// mirroring.
//
// Assumptions: whoever calls decodes images. Groups chain: their first and last
// members may differ more than any pair that joined them.
//
// Invariants:
//  1. Everything but shingle counts is integer arithmetic: fingerprints and
//     groups are the same on every machine, for any number of threads.
//  2. Groups come by first member, members ascend, nothing is in two groups.
//  3. Time is near-linear: where very many things collide, each is compared with
//     the first and the nearest before it alone, which misses no group of equal
//     things, as those are joined first.
//
// Sources: Broder, On the resemblance and containment of documents, 1997 (with
// the banding of Leskovec, Rajaraman and Ullman, Mining of Massive Datasets,
// chapter 3); Charikar, STOC 2002, as Manku et al., WWW 2007, use it; Zauner,
// Implementation and benchmarking of perceptual image hash functions, 2010;
// Norouzi, Punjani and Fleet, Fast search in Hamming space, CVPR 2012.
package similar

import (
	"crypto/sha256"
	"strings"
	"unicode"

	"github.com/alaya-network/alaya/core/quality/component"
)

// Normalise returns a text in lower case, with letters, digits and marks alone,
// single spaces between words and none around them.
func Normalise(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	gap := false
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// Exact returns the groups of texts that are equal once normalised. Texts of
// which nothing is left are in none.
func Exact(texts []string) [][]int32 {
	groups := component.New(len(texts))
	joinEqual(groups, texts)
	return groups.Groups()
}

// joinEqual joins equal texts, and returns the first of each.
func joinEqual(groups component.Forest, texts []string) (first []int32) {
	met := make(map[[sha256.Size]byte]int32, len(texts))
	for i, text := range texts {
		normal := Normalise(text)
		if normal == "" {
			continue
		}
		key := sha256.Sum256([]byte(normal))
		if at, known := met[key]; known {
			groups.Join(at, int32(i))
			continue
		}
		met[key] = int32(i)
		first = append(first, int32(i))
	}
	return first
}
