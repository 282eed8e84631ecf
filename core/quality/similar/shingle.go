package similar

import (
	"slices"
	"unicode/utf8"

	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// width of a shingle in characters. A shorter text is one shingle.
const width = 5

// shingles returns the hashes of a text's shingles, sorted, each once.
func shingles(text string) []uint64 {
	normal := Normalise(text)
	if normal == "" {
		return nil
	}
	hashes := make([]uint64, 0, len(normal))
	end := 0
	for range width {
		_, size := utf8.DecodeRuneInString(normal[end:])
		end += size
	}
	for start := 0; ; {
		hashes = append(hashes, hash(normal[start:end]))
		if end == len(normal) {
			break
		}
		_, size := utf8.DecodeRuneInString(normal[start:])
		start += size
		_, size = utf8.DecodeRuneInString(normal[end:])
		end += size
	}
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

// hash is FNV-1a, scattered.
func hash(text string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	return h ^ h>>33
}

// Jaccard returns the share of shingles that two texts have in common, of those
// that either has; 0 where one has none.
func Jaccard(a, b string) num.Ppm {
	x, y := shingles(a), shingles(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	both := common(x, y)
	return strict.Ppm(float64(both) / float64(len(x)+len(y)-both))
}

// common counts the numbers that two sorted lists share.
func common(a, b []uint64) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		x, y := a[0], b[0]
		if x == y {
			n++
		}
		if x <= y {
			a = a[1:]
		}
		if y <= x {
			b = b[1:]
		}
	}
	return n
}

// Copied returns the share of a text's shingles that another holds too: One for
// a text copied whole, 0 where it has none.
func Copied(text, from string) num.Ppm {
	own := shingles(text)
	if len(own) == 0 {
		return 0
	}
	return strict.Ppm(float64(common(own, shingles(from))) / float64(len(own)))
}
